"""Looks up which session is meant."""

import discord
from discord.app_commands import Choice

from bot.errors import NotFoundError
from bot.search.choosing import offered
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


async def complete_session(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer the sessions of meetings ahead that may be meant while somebody types."""
    context = Context.of(interaction)
    services = context.services
    ahead = [
        (meeting, session)
        for meeting in await services.meetings.all(context.guild_id)
        if meeting.cancelled_at is None and meeting.ends_on >= services.clock.today(meeting.timezone)
        for session in await services.sessions.of_meeting(context.guild_id, meeting.id)
    ]
    return offered(
        ahead,
        typed,
        lambda found: f"#{found[1].id}",
        lambda found: f"{context.reader.moment(found[1].starts_at, found[0].timezone)} · {found[1].title}",
    )
