"""The seats of a network on one day, held in memory while they are as they were, ready to be listed and searched."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from bot import names
from bot.languages import Language
from bot.names.delegation_names import in_order
from bot.search.entries import Entry, Term, TermKind
from bot.search.lookup import Index
from bot.version_cache import Held, VersionCache
from storage.members.members import MembersRepository
from storage.members.models import Delegation, Seat

SECONDS: Final = 600
"""How long a network is held at most: what was erased from the file is in no memory after that, asked for or not."""
_AT_ONCE: Final = 20
"""Seats that are made ready to be searched without leaving the loop to others."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What was worked out of a network's seats, each for a language when it was first asked for."""

    in_order: dict[Language, Sequence[Seat]] = field(default_factory=dict[Language, Sequence[Seat]])
    indexes: dict[Language, Index] = field(default_factory=dict[Language, Index])
    delegation_indexes: dict[Language, Index] = field(default_factory=dict[Language, Index])


class Seating:
    """Every seat of one network on one day. ``before``: the same network earlier, of which what is the same is kept."""

    def __init__(self, seats: Iterable[Seat], before: "Seating | None" = None) -> None:
        in_order_of_codes = sorted(seats, key=lambda seat: seat.delegation.code)
        self.by_code: Mapping[str, Seat] = {seat.delegation.code: seat for seat in in_order_of_codes}
        self.made = _Made()
        self._reusable: Mapping[str, Entry] = {}
        self._earlier: Mapping[str, Entry] = {}
        if before is not None:
            self._reusable = before.unchanged_in(self.by_code)
            self._earlier = {code: entry for code, entry in before.entries_made.items() if code not in self._reusable}
            self._keep(before.made, same_delegations=self.delegations == before.delegations)
            # Some of it may have been erased.
            self._earlier = {}

    def _keep(self, made: _Made, *, same_delegations: bool) -> None:
        # Copies: in a thread, while the loop goes on to answer from the seats of before in yet another language.
        if same_delegations:
            self.made.delegation_indexes.update(made.delegation_indexes)
            for language, seats in [*made.in_order.items()]:
                self.made.in_order[language] = tuple(self.by_code[seat.delegation.code] for seat in seats)
        for language, index in [*made.indexes.items()]:
            entries = tuple(self.entries(language))
            self.made.indexes[language] = index if entries == index.entries else Index(entries, index)

    @property
    def delegations(self) -> Sequence[Delegation]:
        """The delegations of the seats, by code."""
        return [seat.delegation for seat in self.by_code.values()]

    def in_order(self, language: Language) -> Sequence[Seat]:
        """Return the seats in the alphabet of ``language``, organisations after states."""
        if language not in self.made.in_order:
            self.made.in_order[language] = tuple(in_order(self.by_code.values(), language))
        return self.made.in_order[language]

    def entries(self, language: Language) -> Sequence[Entry]:
        """Return what each seat may be found by, people, ministries and skills too, in the order of ``language``."""
        return [self._by_anything[seat.delegation.code] for seat in self.in_order(language)]

    def index(self, language: Language) -> Index:
        """Return what :meth:`entries` does, ready to be searched."""
        if language not in self.made.indexes:
            self.made.indexes[language] = Index(self.entries(language))
        return self.made.indexes[language]

    def delegation_index(self, language: Language) -> Index:
        """Return what each delegation may be found by, without its people, in the order of ``language``."""
        if language not in self.made.delegation_indexes:
            entries = [self._by_delegation[seat.delegation.code] for seat in self.in_order(language)]
            self.made.delegation_indexes[language] = Index(entries)
        return self.made.delegation_indexes[language]

    def unchanged_in(self, seats: Mapping[str, Seat]) -> Mapping[str, Entry]:
        """Return the entries, if they were ever made, of those of ``seats`` that are as they are here."""
        made = self.entries_made
        return {code: entry for code, entry in made.items() if _is_same(seats.get(code), self.by_code[code])}

    @property
    def entries_made(self) -> Mapping[str, Entry]:
        """The entries that were made until now."""
        return self.__dict__.get("_by_anything", self._reusable)

    def prepare(self) -> None:
        """Make what every search needs; else the first search does."""
        self._by_anything  # noqa: B018 - it is made by being asked for

    @cached_property
    def _by_anything(self) -> Mapping[str, Entry]:
        known = {(term.text, term.kind): term for entry in self._earlier.values() for term in entry.terms}
        entries = {code: self._reusable.get(code) or self._entry(seat, known) for code, seat in self.by_code.items()}
        self._reusable = {}
        return entries

    def _entry(self, seat: Seat, known: dict[tuple[str, TermKind], Term]) -> Entry:
        code = seat.delegation.code
        terms = (*_delegation_terms(seat, known), *_people_terms(seat, known))
        earlier = self._earlier.get(code)
        # Most changes, of a telephone number or a link, are of nothing that a seat is found by.
        return earlier if earlier is not None and earlier.terms == terms else Entry(code, terms)

    @cached_property
    def _by_delegation(self) -> Mapping[str, Entry]:
        return {code: Entry(code, _delegation_terms(seat, {})) for code, seat in self.by_code.items()}


class SeatCache:
    """The seats of each network on a day; after a change only the seats that changed are read."""

    def __init__(self, members: MembersRepository, seconds: float = SECONDS) -> None:
        self._members = members
        self._cache = VersionCache[date, Seating](members.version, self._read, seconds)

    async def of(self, guild_id: int, on: date) -> Seating:
        """Return the seats of the network on the day ``on``, as last committed."""
        return await self._cache.of(guild_id, on)

    async def _read(self, guild_id: int, on: date, before: Held[date, Seating] | None) -> tuple[int, Seating]:
        same_day = before is not None and before.on == on
        changed = await self._members.seats_changed(guild_id, on, before.version if before and same_day else 0)
        seats = [seat for seat in changed.rows.values() if seat is not None]
        if before is not None and same_day and not changed.is_all:
            seats += [s for s in before.value.by_code.values() if s.delegation.id not in changed.rows]
        earlier = before.value if before is not None else None
        if len(changed.rows) <= _AT_ONCE:
            return changed.version, Seating(seats, earlier)
        return changed.version, await asyncio.to_thread(_prepared, seats, earlier)


def _prepared(seats: Iterable[Seat], before: Seating | None) -> Seating:
    seating = Seating(seats, before)
    seating.prepare()
    return seating


def _is_same(one: Seat | None, other: Seat) -> bool:
    return one is other or one == other


def _delegation_terms(seat: Seat, known: dict[tuple[str, TermKind], Term]) -> tuple[Term, ...]:
    own = _terms([(name, TermKind.NAME) for name in seat.delegation.names.values()], known)
    return (*own, *names.terms(seat.delegation.code))


def _people_terms(seat: Seat, known: dict[tuple[str, TermKind], Term]) -> tuple[Term, ...]:
    texts: list[tuple[str, TermKind]] = []
    for holder in seat.holders:
        texts += [(holder.person.name, TermKind.PERSON), (holder.appointment.ministry, TermKind.MINISTRY)]
        texts += [(skill, TermKind.SKILL) for skill in holder.person.expertise]
    return _terms([text for text in texts if text[0]], known)


def _terms(texts: Iterable[tuple[str, TermKind]], known: dict[tuple[str, TermKind], Term]) -> tuple[Term, ...]:
    return tuple(known.get(text) or known.setdefault(text, Term(*text)) for text in texts)
