"""No role of its own: what the commands of ``/meeting`` offer while somebody types."""

import discord
from discord.app_commands import Choice

from bot.search.choosing import offered
from bot.ui import Context


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
