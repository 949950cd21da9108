"""Looks up which session is meant."""

from bot.errors import NotFoundError
from bot.texts import t
from bot.ui import Context, id_typed
from storage.meetings.models import Meeting, Session


async def session_typed(context: Context, typed: str) -> tuple[Meeting, Session]:
    """Return the session chosen from the list, with its meeting. Raises NotFoundError."""
    services, guild_id = context.services, context.guild_id
    number = id_typed(typed.removeprefix("#"))
    session = await services.sessions.get(guild_id, number) if number is not None else None
    meeting = await services.meetings.get(guild_id, session.meeting_id) if session is not None else None
    if session is None or meeting is None:
        raise NotFoundError(
            t("No session is meant by “{typed}”: choose one from the list that opens as you type.", typed=typed[:100])
        )
    return meeting, session
