"""Looks up which meeting an audience of ``/message send`` is about."""

from bot.commands import Command
from bot.errors import UserError
from bot.invitations import is_ahead, next_annual
from bot.meeting_choice import chosen_meeting, only_one, option_value
from bot.meeting_names import full_name
from bot.services import Services
from bot.texts import t
from bot.ui import Context
from cogs.outbox.sentences import OF_A_MEETING
from storage.meetings.models import Meeting
from storage.outbox.models import WrittenMessage


async def meeting_meant(services: Services, written: WrittenMessage) -> Meeting | None:
    """Return the meeting that a message's audience attends or has not answered to; None for another audience.

    Messages of before there were meetings of several kinds are about the next annual one.
    """
    if written.audience not in OF_A_MEETING:
        return None
    if written.meeting_id is None:
        return await next_annual(services, written.guild_id)
    return await services.meetings.get(written.guild_id, written.meeting_id)


async def meeting_for(context: Context, audience: str, typed: str) -> Meeting | None:
    """Return the meeting for an audience: the one ``typed``, else the only one ahead; None where it needs none.

    Raises UserError where several are ahead, or none is, and NotFoundError.
    """
    services = context.services
    if audience not in OF_A_MEETING:
        if typed:
            raise UserError(t("The option *meeting* is for an audience of a meeting: leave it out, or choose another."))
        return None
    meetings = await services.meetings.all(context.guild_id)
    if typed:
        return chosen_meeting(meetings, typed)
    today = services.today(context.network)
    ahead = [meeting for meeting in meetings if is_ahead(meeting, today)]
    if ahead:
        return only_one(ahead, context.reader)
    raise UserError(t("No meeting is ahead: plan one with {command}.", command=Command("meeting plan")))


async def meeting_in_words(context: Context, typed: str) -> str:
    """Return the whole name of a meeting that was chosen from the list, for a form to show; else what was typed."""
    meetings = await context.services.meetings.all(context.guild_id)
    named = next((one for one in meetings if option_value(one) == typed.strip()), None)
    return full_name(named, context.reader) if named is not None else typed
