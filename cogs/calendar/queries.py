"""The network's days, and what lies ahead as one asker may see it."""

from bot.ahead import Viewer
from bot.errors import NotFoundError
from bot.search.choosing import chosen
from bot.services import Services
from bot.texts import Reader, t
from bot.ui import Context
from cogs.calendar.rules import Day, days_of
from cogs.calendar.sentences import SHOW


def viewer_of(context: Context) -> Viewer:
    """Return the asker as one for whom what lies ahead is put together."""
    asker = context.asker
    may_see = asker.is_member or asker.is_secretariat
    return Viewer(asker.guild_id, may_see, asker.is_secretariat, asker.delegation_ids)


async def network_days(services: Services, guild_id: int, reader: Reader) -> list[Day]:
    """Return the network's days, removed ones too."""
    entries = services.calendar_entries
    return days_of(guild_id, await entries.all(guild_id), await entries.removed_days(guild_id), reader)


async def days_shown(context: Context) -> list[Day]:
    """Return the days that can be removed."""
    days = await network_days(context.services, context.guild_id, context.reader)
    return [day for day in days if not day.is_removed]


async def day_typed(context: Context, typed: str) -> Day:
    """Return the day chosen from the list, or the only one whose title has what was typed. Raises NotFoundError."""
    day = chosen(await days_shown(context), typed, lambda one: one.value, lambda one: [one.title])
    if day is None:
        raise NotFoundError(
            t(
                "“{typed}” is not one entry of the calendar: choose one from the list that opens as you type; {command}"
                " shows them.",
                typed=typed[:100],
                command=SHOW,
            )
        )
    return day
