"""Looks up which meeting an invitation is for."""

from bot.errors import UserError
from bot.meeting_choice import only_one
from bot.texts import t
from bot.ui import Context
from cogs.meetings import queries
from storage.meetings.models import Meeting


async def meeting_typed(context: Context, typed: str | None) -> Meeting:
    """Return the meeting that is meant, which is ahead and does not invite all; left out, the one that there is.

    Raises UserError.
    """
    if typed is not None:
        meeting = await queries.open_meeting(context, typed)
        if meeting.invites_all:
            raise UserError(t("The annual meeting invites all delegations: there is nothing to change."))
        return meeting
    meetings = await context.services.meetings.all(context.guild_id)
    ahead = [
        meeting
        for meeting in meetings
        if not meeting.invites_all and meeting.cancelled_at is None and not queries.is_over(context.services, meeting)
    ]
    if not ahead:
        raise UserError(
            t(
                "Every meeting that is ahead invites all delegations: plan a regional or preparatory one with"
                " {command}.",
                command=queries.PLAN,
            )
        )
    return only_one(ahead, context.reader)
