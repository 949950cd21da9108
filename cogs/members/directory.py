"""The directory as one asker sees it: found, resolved, completed while typing."""

from collections.abc import Sequence

import discord
from discord import app_commands

from bot import names
from bot.access import Asker
from bot.errors import NotFoundError
from bot.languages import Language
from bot.lookup import Hit, search
from bot.names import SeatFound
from bot.naming import with_code, with_flag
from bot.seating import Seating
from bot.services import Services
from bot.texts import Markdown, t
from cogs.members.cards import Sight, seat_card
from storage.models import Delegation, Seat

CHOICES = 25
_SEATS = Markdown("`/member list`")


async def seating_of(services: Services, asker: Asker) -> Seating:
    """Return the network's seats of today, ready to be searched."""
    return await services.seatings.of(asker.guild_id, services.today(asker.network))


async def seats_of(services: Services, asker: Asker) -> Sequence[Seat]:
    """Return the network's seats in the alphabet of whoever asks."""
    return (await seating_of(services, asker)).in_order(asker.reader.language)


def found_by(seating: Seating, typed: str, language: Language) -> SeatFound:
    """Search the seats for what was typed: a delegation, a person, a ministry or a skill."""
    return names.find_seat(seating.entries(language), typed, seating.by_code.keys())


def picked(seating: Seating, hits: Sequence[Hit]) -> list[Seat]:
    """Return the seats that were hit, in the order of the hits, as many as a list to pick from can hold."""
    return [seating.by_code[hit.key] for hit in hits[:CHOICES]]


def card_for(services: Services, asker: Asker, seat: Seat) -> discord.Embed:
    """Show a seat to whoever asks, with the contact details that they may see."""
    sight = Sight(asker.is_secretariat, asker.person.id if asker.person else None)
    return seat_card(seat, asker.reader, services.clock.now(), sight)


async def delegation_typed(services: Services, asker: Asker, typed: str) -> Delegation:
    """Return the delegation that a writing command means: a whole code or name, never a guess.

    Raises NotFoundError with the nearest names.
    """
    seating = await seating_of(services, asker)
    entries = seating.delegation_entries(asker.reader.language)
    found = names.find_seat(entries, typed, seating.by_code.keys())
    if found.without_seat is not None:
        raise no_seat(asker, found.without_seat)
    exact = [hit for hit in found.matches if names.normalise(typed) in map(names.normalise, _names(seating, hit.key))]
    if len(exact) == 1:
        return picked(seating, exact)[0].delegation
    near = [
        with_code(seat.delegation, asker.reader.language) for seat in picked(seating, (*found.matches, *found.near))
    ]
    raise unknown(asker, typed, near[:5])


def _names(seating: Seating, code: str) -> set[str]:
    own = seating.by_code[code].delegation.names.values()
    return {*own, *names.search_names(code), code}


def no_seat(asker: Asker, code: str) -> NotFoundError:
    """Say that a country is known and has no seat here: never a neighbour's card."""
    country = f"{names.flag(code)} {names.name(code, asker.reader.language)}".strip()
    return NotFoundError(
        t("{country} has no seat in this network: see who has with {command}.", country=country, command=_SEATS)
    )


def has_left() -> NotFoundError:
    """Say that the delegation behind an old button has no seat any more."""
    return NotFoundError(t("That delegation has left the network: see all with {command}.", command="/member list"))


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
            command="/member list",
        )
    )


async def complete_anything(services: Services, asker: Asker, typed: str) -> list[app_commands.Choice[str]]:
    """Return what may be meant while somebody types a delegation, a person, a ministry or a skill."""
    seating = await seating_of(services, asker)
    if not typed.strip():
        return [_choice(asker, seat) for seat in seating.in_order(asker.reader.language)[:CHOICES]]
    hits = search(seating.entries(asker.reader.language), typed, CHOICES)
    return [_choice(asker, seating.by_code[hit.key], hit.term.text) for hit in hits]


async def complete_delegation(
    services: Services, asker: Asker, typed: str, *, own: bool = False
) -> list[app_commands.Choice[str]]:
    """Return which delegations may be meant while somebody types; with ``own``, of the asker's own."""
    seating = await seating_of(services, asker)
    mine = {post.delegation_id for post in asker.appointments}
    seats = [s for s in seating.in_order(asker.reader.language) if not own or s.delegation.id in mine]
    if not typed.strip():
        return [_choice(asker, seat) for seat in seats[:CHOICES]]
    offered = {seat.delegation.code for seat in seats}
    entries = [entry for entry in seating.delegation_entries(asker.reader.language) if entry.key in offered]
    return [_choice(asker, seating.by_code[hit.key]) for hit in search(entries, typed, CHOICES)]


def _choice(asker: Asker, seat: Seat, because: str | None = None) -> app_commands.Choice[str]:
    """Offer a seat by its name; where a person or a skill was typed, say which."""
    name = with_flag(seat.delegation, asker.reader.language)
    people = {holder.person.name for holder in seat.holders} | {h.appointment.ministry for h in seat.holders}
    people |= {skill for holder in seat.holders for skill in holder.person.expertise}
    if because and because in people:
        name = f"{name} · {because}"
    return app_commands.Choice(name=name[:100], value=seat.delegation.code)
