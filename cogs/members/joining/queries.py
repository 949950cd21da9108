"""What a newcomer is shown: read from all that concerns their delegation."""

from typing import Final

from bot.audience import region_of
from bot.ui import Context
from cogs.members.joining.rules import Welcome
from storage.meetings.models import Meeting
from storage.members.models import Delegation
from storage.polls.models import Poll

_POLLS: Final = 5
_WEBINARS: Final = 3
_MANUALS: Final = 3


async def welcome_of(context: Context, delegation: Delegation) -> Welcome:
    """Return what there is for somebody who has just got in for ``delegation``."""
    services, guild_id = context.services, context.guild_id
    webinars = await services.webinars.ahead(guild_id, services.clock.now())
    scope = await services.shelf.scope(guild_id, for_members=True, category="manual")
    manuals = (await services.shelf.browse(scope)).resources
    region = region_of(delegation.code)
    seats = await services.members.seats(guild_id, services.today(context.network)) if region is not None else []
    return Welcome(
        meeting=await _meeting(context),
        webinars=webinars[:_WEBINARS],
        polls=await _polls(context, delegation),
        manuals=manuals[:_MANUALS],
        region=region,
        neighbours=[s for s in seats if region_of(s.delegation.code) == region and s.delegation.id != delegation.id],
    )


async def _meeting(context: Context) -> Meeting | None:
    today = context.services.today(context.network)
    meeting = await context.services.meetings.next(context.guild_id, today)
    is_ahead = meeting is not None and meeting.cancelled_at is None and meeting.ends_on >= today
    return meeting if is_ahead else None


async def _polls(context: Context, delegation: Delegation) -> list[Poll]:
    """Return the open polls in which the delegation votes."""
    found: list[Poll] = []
    for poll in (await context.services.polls.polls(context.guild_id, ("open",)))[:_POLLS]:
        electors = await context.services.polls.electors(context.guild_id, poll.id)
        if any(elector.delegation_id == delegation.id for elector in electors):
            found.append(poll)
    return found
