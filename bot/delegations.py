"""Which delegation somebody means, and for which they speak."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from discord.app_commands import Choice

from bot import names
from bot.access import Asker
from bot.commands import Command
from bot.errors import NotFoundError
from bot.names.delegation_names import order_of, with_code
from bot.search.choosing import CHOICES
from bot.search.lookup import Match, search
from bot.seat_cache import Seating
from bot.services import Services
from bot.texts import t
from storage.members.models import Delegation

_NEAREST: Final = 5
_SEATS: Final = Command("member list")
_SEPARATORS: Final = re.compile(r"[;\n]")


async def seating_of(services: Services, asker: Asker) -> Seating:
    """Return the network's seats of today, ready to be searched."""
    return await services.seat_cache.of(asker.guild_id, services.today(asker.network))


async def own_delegations(services: Services, asker: Asker) -> list[Delegation]:
    """Return the delegations that the asker speaks for today, in the alphabet of their language."""
    return await _in_order(services, asker, asker.delegation_ids)


async def readable_delegations(services: Services, asker: Asker) -> list[Delegation]:
    """Return the delegations whose own answers the asker may read, in the alphabet of their language."""
    return await _in_order(services, asker, asker.readable_delegation_ids)


async def _in_order(services: Services, asker: Asker, ids: Collection[int]) -> list[Delegation]:
    found = await services.members.delegations_among(asker.guild_id, ids) if ids else []
    return sorted(found, key=lambda delegation: order_of(delegation, asker.reader.language))


async def delegation_typed(services: Services, asker: Asker, typed: str) -> Delegation:
    """Return the delegation that a writing command means: a whole code or name, never a guess.

    Raises NotFoundError with the nearest names.
    """
    seating = await seating_of(services, asker)
    found = names.find_seat(seating.delegation_index(asker.reader.language), typed, seating.by_code.keys())
    if found.without_seat is not None:
        raise no_seat(asker, found.without_seat)
    exact = [hit for hit in found.matches if hit.match is Match.EXACT]
    if len(exact) == 1:
        return seating.by_code[exact[0].key].delegation
    near = [seating.by_code[hit.key].delegation for hit in (*found.matches, *found.near)[:_NEAREST]]
    raise unknown(asker, typed, [with_code(delegation, asker.reader.language) for delegation in near])


async def delegations_typed(services: Services, asker: Asker, typed: str) -> list[Delegation]:
    """Return the delegations that a writing command names, each once, in the order typed.

    They are separated by semicolons or lines, or else by commas. Raises NotFoundError as :func:`delegation_typed`.
    """
    pieces = _SEPARATORS.split(typed) if _SEPARATORS.search(typed) else typed.split(",")
    found = [await delegation_typed(services, asker, piece.strip()) for piece in pieces if piece.strip()]
    return list({delegation.id: delegation for delegation in found}.values())


def no_seat(asker: Asker, code: str) -> NotFoundError:
    """Say that a country is known and has no seat here: never a neighbour's card."""
    country = f"{names.flag(code)} {names.name(code, asker.reader.language)}".strip()
    return NotFoundError(
        t("{country} has no seat in this network: see who has with {command}.", country=country, command=_SEATS)
    )


def unknown(asker: Asker, typed: str, near: Sequence[str]) -> NotFoundError:
    """Say that nothing is called so, with the nearest names where there are any."""
    typed = typed if len(typed) <= 100 else f"{typed[:100]}…"  # noqa: PLR2004 - enough to recognise what one typed
    if near:
        return NotFoundError(
            t(
                "Nothing here is called {typed}. The nearest: {names}. Choose one from the list that opens as you"
                " type.",
                typed=typed,
                names=asker.reader.listing(near),
            )
        )
    return NotFoundError(
        t(
            "Nothing here is called {typed}. Type a delegation, a person, a ministry or a skill, or see all with"
            " {command}.",
            typed=typed,
            command=Command("member list"),
        )
    )


async def complete_delegation(services: Services, asker: Asker, typed: str, *, own: bool = False) -> list[Choice[str]]:
    """Return which delegations may be meant while somebody types; with ``own``, of the asker's own."""
    language = asker.reader.language
    seating = await seating_of(services, asker)
    mine = asker.delegation_ids
    codes = [s.delegation.code for s in seating.in_order(language) if not own or s.delegation.id in mine]
    if typed.strip():
        index = seating.delegation_index(language)
        searched = [entry for entry in index.entries if entry.key in codes] if own else index
        codes = [hit.key for hit in search(searched, typed, CHOICES)]
    offered = [seating.by_code[code].delegation for code in codes[:CHOICES]]
    return [Choice(name=with_code(delegation, language)[:100], value=delegation.code) for delegation in offered]


async def complete_delegations(services: Services, asker: Asker, typed: str) -> list[Choice[str]]:
    """Return which delegation may be meant by the last of several, separated by semicolons; those before it stay."""
    *before, last = typed.split(";")
    kept = "".join(f"{piece.strip()}; " for piece in before if piece.strip())
    offered = await complete_delegation(services, asker, last)
    longest = 100
    return [
        Choice(name=f"{kept}{one.name}"[:longest], value=f"{kept}{one.value}")
        for one in offered
        if len(f"{kept}{one.value}") <= longest
    ]
