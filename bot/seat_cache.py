"""The seats of a network on one day, held in memory while they are as they were, ready to be listed and searched."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from bot import names
from bot.languages import Language
from bot.names.delegation_names import in_order
from bot.search.lookup import Entry, Index, Term, TermKind
from storage.members.members import MembersRepository
from storage.members.models import Seat

NETWORKS: Final = 16
"""How many networks are held at a time; the one that was asked for longest ago makes room."""
SECONDS: Final = 600
"""How long a network is held at most: what was erased from the file is in no memory after that, asked for or not."""


class Seating:
    """Every seat of one network on one day. ``before``: the same network earlier, whose unchanged seats are reused."""

    def __init__(self, seats: Sequence[Seat], before: "Seating | None" = None) -> None:
        self.by_code: Mapping[str, Seat] = {seat.delegation.code: seat for seat in seats}
        self._in_order: dict[Language, Sequence[Seat]] = {}
        self._entries: dict[Language, Sequence[Entry]] = {}
        self._indexes: dict[Language, Index] = {}
        self._delegation_indexes: dict[Language, Index] = {}
        self._reusable: Mapping[str, Entry] = before.unchanged_in(self.by_code) if before is not None else {}

    def in_order(self, language: Language) -> Sequence[Seat]:
        """Return the seats in the alphabet of ``language``, organisations after states."""
        if language not in self._in_order:
            self._in_order[language] = tuple(in_order(self.by_code.values(), language))
        return self._in_order[language]

    def entries(self, language: Language) -> Sequence[Entry]:
        """Return what each seat may be found by, people, ministries and skills too, in the order of ``language``."""
        if language not in self._entries:
            self._entries[language] = tuple(self._by_anything[s.delegation.code] for s in self.in_order(language))
        return self._entries[language]

    def index(self, language: Language) -> Index:
        """Return what :meth:`entries` does, ready to be searched."""
        if language not in self._indexes:
            self._indexes[language] = Index(self.entries(language))
        return self._indexes[language]

    def delegation_index(self, language: Language) -> Index:
        """Return what each delegation may be found by, without its people, in the order of ``language``."""
        if language not in self._delegation_indexes:
            entries = [self._by_delegation[seat.delegation.code] for seat in self.in_order(language)]
            self._delegation_indexes[language] = Index(entries)
        return self._delegation_indexes[language]

    def unchanged_in(self, seats: Mapping[str, Seat]) -> Mapping[str, Entry]:
        """Return the entries, if they were ever made, of those of ``seats`` that are as they are here."""
        made = self.__dict__.get("_by_anything", self._reusable)
        return {code: entry for code, entry in made.items() if seats.get(code) == self.by_code[code]}

    @cached_property
    def _by_anything(self) -> Mapping[str, Entry]:
        known: dict[tuple[str, TermKind], Term] = {}
        entries = {
            code: self._reusable.get(code) or Entry(code, (*_delegation_terms(seat), *_people_terms(seat, known)))
            for code, seat in self.by_code.items()
        }
        self._reusable = {}
        return entries

    @cached_property
    def _by_delegation(self) -> Mapping[str, Entry]:
        return {code: Entry(code, _delegation_terms(seat)) for code, seat in self.by_code.items()}


@dataclass(frozen=True, slots=True)
class _Held:
    version: int
    on: date
    seating: Seating
    forgetting: asyncio.TimerHandle


class SeatCache:
    """The seats of each network, read again whenever anything in its directory, or the day, is another."""

    def __init__(self, members: MembersRepository, seconds: float = SECONDS) -> None:
        self._members = members
        self._seconds = seconds
        self._held: OrderedDict[int, _Held] = OrderedDict()
        self._reading = asyncio.Lock()

    async def of(self, guild_id: int, on: date) -> Seating:
        """Return the seats of the network on the day ``on``, as last committed."""
        held = self._current(guild_id, await self._members.version(guild_id), on)
        if held is not None:
            return held
        async with self._reading:
            # Read before the seats: what is written in between makes another version, and they are read again.
            version = await self._members.version(guild_id)
            return self._current(guild_id, version, on) or await self._read(guild_id, version, on)

    def _current(self, guild_id: int, version: int | None, on: date) -> Seating | None:
        held = self._held.get(guild_id)
        if held is None or (held.version, held.on) != (version, on):
            return None
        self._held.move_to_end(guild_id)
        return held.seating

    async def _read(self, guild_id: int, version: int | None, on: date) -> Seating:
        seats = await self._members.seats(guild_id, on)
        before = self._forget(guild_id)
        seating = Seating(seats, before)
        if version is not None:
            forgetting = asyncio.get_running_loop().call_later(self._seconds, self._forget, guild_id)
            self._held[guild_id] = _Held(version, on, seating, forgetting)
            if len(self._held) > NETWORKS:
                self._forget(next(iter(self._held)))
        return seating

    def _forget(self, guild_id: int) -> Seating | None:
        held = self._held.pop(guild_id, None)
        if held is None:
            return None
        held.forgetting.cancel()
        return held.seating


def _delegation_terms(seat: Seat) -> tuple[Term, ...]:
    own = tuple(Term(name, TermKind.NAME) for name in seat.delegation.names.values())
    return (*own, *names.terms(seat.delegation.code))


def _people_terms(seat: Seat, known: dict[tuple[str, TermKind], Term]) -> tuple[Term, ...]:
    texts: list[tuple[str, TermKind]] = []
    for holder in seat.holders:
        texts += [(holder.person.name, TermKind.PERSON), (holder.appointment.ministry, TermKind.MINISTRY)]
        texts += [(skill, TermKind.SKILL) for skill in holder.person.expertise]
    return tuple(known.get(text) or known.setdefault(text, Term(*text)) for text in texts if text[0])
