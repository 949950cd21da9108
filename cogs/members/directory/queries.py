"""The directory as one asker sees it: found, resolved, completed while typing."""

from collections.abc import Sequence

import discord
from discord import app_commands

from bot import names
from bot.choosing import CHOICES
from bot.delegations import seating_of
from bot.errors import NotFoundError
from bot.languages import Language
from bot.lookup import Hit, search
from bot.names import SeatFound
from bot.naming import with_flag
from bot.seating import Seating
from bot.services import Services
from bot.texts import t
from bot.ui import Context
from cogs.members.directory.cards import Sight, seat_card
from storage.models import Delegation, Seat


async def seats_of(context: Context) -> Sequence[Seat]:
    """Return the network's seats in the alphabet of whoever asks."""
    return (await seating_of(context.services, context.asker)).in_order(context.reader.language)


def found_by(seating: Seating, typed: str, language: Language) -> SeatFound:
    """Search the seats for what was typed: a delegation, a person, a ministry or a skill."""
    return names.find_seat(seating.entries(language), typed, seating.by_code.keys())


def picked(seating: Seating, hits: Sequence[Hit]) -> list[Seat]:
    """Return the seats that were hit, in the order of the hits, as many as a list to pick from can hold."""
    return [seating.by_code[hit.key] for hit in hits[:CHOICES]]


def card_for(context: Context, seat: Seat) -> discord.Embed:
    """Show a seat to whoever asks, with the contact details that they may see."""
    sight = Sight(context.asker.is_secretariat, context.asker.person.id if context.asker.person else None)
    return seat_card(seat, context.reader, context.services.clock.now(), sight)


def has_left() -> NotFoundError:
    """Say that the delegation behind an old button has no seat any more."""
    return NotFoundError(t("That delegation has left the network: see all with {command}.", command="/member list"))


async def complete_anything(context: Context, typed: str) -> list[app_commands.Choice[str]]:
    """Return what may be meant while somebody types a delegation, a person, a ministry or a skill."""
    seating = await seating_of(context.services, context.asker)
    if not typed.strip():
        return [_choice(context, seat) for seat in seating.in_order(context.reader.language)[:CHOICES]]
    hits = search(seating.entries(context.reader.language), typed, CHOICES)
    return [_choice(context, seating.by_code[hit.key], hit.term.text) for hit in hits]


def _choice(context: Context, seat: Seat, because: str | None = None) -> app_commands.Choice[str]:
    """Offer a seat by its name; where a person or a skill was typed, say which."""
    name = with_flag(seat.delegation, context.reader.language)
    people = {holder.person.name for holder in seat.holders} | {h.appointment.ministry for h in seat.holders}
    people |= {skill for holder in seat.holders for skill in holder.person.expertise}
    if because and because in people:
        name = f"{name} · {because}"
    return app_commands.Choice(name=name[:100], value=seat.delegation.code)


async def delegation_by_id(services: Services, guild_id: int, delegation_id: int) -> Delegation | None:
    """Return one delegation of the network, also one that has left; None where there is none with that id."""
    return next((d for d in await services.members.delegations(guild_id) if d.id == delegation_id), None)
