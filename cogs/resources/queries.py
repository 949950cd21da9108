"""Which annual meeting a resource belongs to, as people name meetings."""

from discord.app_commands import Choice

from bot.choosing import chosen, offered
from bot.errors import NotFoundError
from bot.names import city_names
from bot.texts import t
from bot.ui import Context
from cogs.resources.cards import cut, meeting_name
from storage.meeting_models import Meeting


async def meeting_typed(context: Context, typed: str) -> int:
    """Return the id of the meeting that is meant: chosen from the list, or its only day, year or place.

    Raises NotFoundError.
    """
    meetings = await context.services.meetings.all(context.guild_id)
    meeting = chosen(meetings, typed, _value, _names, whole=True)
    if meeting is None:
        raise NotFoundError(
            t(
                "No one meeting is meant by “{typed}”: choose one from the list that opens as you type.",
                typed=cut(typed, 100),
            )
        )
    return meeting.id


async def complete_meeting(context: Context, typed: str) -> list[Choice[str]]:
    """Return the meetings that may be meant while somebody types, the latest first."""
    meetings = await context.services.meetings.all(context.guild_id)
    return offered(meetings, typed, _value, lambda meeting: meeting_name(meeting, context.reader))


def _value(meeting: Meeting) -> str:
    return f"#{meeting.id}"


def _names(meeting: Meeting) -> list[str]:
    return [
        *dict.fromkeys((meeting.city, *city_names(meeting.city, meeting.country).values())),
        str(meeting.starts_on.year),
        meeting.starts_on.isoformat(),
    ]
