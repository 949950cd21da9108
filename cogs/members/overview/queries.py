"""What the overview is worked out from."""

from zoneinfo import ZoneInfo

from bot.ui import Context
from cogs.members.directory.queries import seats_of
from cogs.members.overview.rules import Concern, concerns


async def concerns_of(context: Context) -> list[Concern] | None:
    """Return what to look after today, in the order of the seats; None for a directory without any seat."""
    zone = ZoneInfo(context.services.zone(context.network))
    last = await context.services.activity.last(context.guild_id)
    last_days = {seat: at.astimezone(zone).date() for seat, at in last.items()}
    seats = await seats_of(context)
    return concerns(seats, last_days, context.services.today(context.network)) if seats else None
