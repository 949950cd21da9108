"""Which resource and which annual meeting are meant, by the names that people give them."""

from bot.access import Level
from bot.errors import NotFoundError
from bot.names import city_names
from bot.search.choosing import chosen
from bot.texts import clipped, t
from bot.ui import Context
from storage.meetings.models import Meeting
from storage.resources.models import Category, Resource
from storage.resources.search import Scope


async def scope_of(context: Context, category: Category | None = None, language: str | None = None) -> Scope:
    """Return what the person who asks may look through."""
    for_members = context.asker.may(Level.MEMBERS)
    return await context.services.shelf.scope(
        context.guild_id, for_members=for_members, category=category, language=language
    )


async def resource_typed(context: Context, typed: str) -> Resource:
    """Return the resource to change: chosen from the list, or its whole title or address. Raises NotFoundError."""
    shelf = context.services.shelf
    named = await shelf.named(await shelf.scope(context.guild_id, for_members=True), typed)
    if named is None:
        raise NotFoundError(
            t(
                "“{typed}” is not a title on the shelf: type a word of it and choose from the list.",
                typed=clipped(typed, 100),
            )
        )
    return named


async def meeting_typed(context: Context, typed: str) -> int:
    """Return the id of the meeting that is meant: chosen from the list, or its only day, year or place.

    Raises NotFoundError.
    """
    meetings = await context.services.meetings.all(context.guild_id)
    meeting = chosen(meetings, typed, meeting_value, _names, whole=True)
    if meeting is None:
        raise NotFoundError(
            t(
                "No one meeting is meant by “{typed}”: choose one from the list that opens as you type.",
                typed=clipped(typed, 100),
            )
        )
    return meeting.id


def meeting_value(meeting: Meeting) -> str:
    """Return what stands for a meeting that is chosen from the list."""
    return f"#{meeting.id}"


def _names(meeting: Meeting) -> list[str]:
    return [
        *dict.fromkeys((meeting.city, *city_names(meeting.city, meeting.country).values())),
        str(meeting.starts_on.year),
        meeting.starts_on.isoformat(),
    ]
