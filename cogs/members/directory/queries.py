"""The directory as one asker sees it."""

from collections.abc import Sequence

from bot import names
from bot.commands import Command
from bot.delegations import seating_of
from bot.errors import NotFoundError
from bot.languages import Language
from bot.names import SeatFound
from bot.search.choosing import CHOICES
from bot.search.lookup import Hit
from bot.seat_cache import Seating
from bot.services import Services
from bot.texts import t
from bot.ui import Context
from storage.members.models import Delegation, Seat


async def seats_of(context: Context) -> Sequence[Seat]:
    """Return the network's seats in the alphabet of the person who asks."""
    return (await seating_of(context.services, context.asker)).in_order(context.reader.language)


def search_seats(seating: Seating, typed: str, language: Language) -> SeatFound:
    """Search the seats for what was typed: a delegation, a person, a ministry or a skill."""
    return names.find_seat(seating.index(language), typed, seating.by_code.keys())


def seats_hit(seating: Seating, hits: Sequence[Hit]) -> list[Seat]:
    """Return the seats that were hit, in the order of the hits, as many as a list to pick from can hold."""
    return [seating.by_code[hit.key] for hit in hits[:CHOICES]]


def has_left() -> NotFoundError:
    """Say that the delegation behind an old button has no seat any more."""
    return NotFoundError(
        t("That delegation has left the network: see all with {command}.", command=Command("member list"))
    )


async def delegation_by_id(services: Services, guild_id: int, delegation_id: int) -> Delegation | None:
    """Return one delegation of the network, also one that has left; None where there is none with that id."""
    return next((d for d in await services.members.delegations(guild_id) if d.id == delegation_id), None)
