"""The annual meetings of the demo: those on record, and one ahead that says that it is an example."""

from datetime import time, timedelta
from typing import Final

from bot.demo.dates import in_new_york, wednesday_and_thursday, working_day
from bot.demo.world import NEW_YORK
from bot.occasions.record import merged
from bot.outbox import ANNOUNCEMENTS
from bot.recorded_meetings import last_annual_number, recorded_meetings
from bot.services import Services
from cogs.meetings.messages import owed_by
from cogs.meetings.rules import SUBJECT, Kind, unsaved
from storage.database import Transaction
from storage.meetings.models import MeetingValue, SessionFormat, SessionLevel

AHEAD: Final = timedelta(days=100)
"""More than the longest lead, so that every reminder of the default countdown is still to come."""
REGISTER_BY: Final = 30
"""Days before the first day of the meeting."""
THEME: Final = "An example for this demo: no such meeting is planned"

# Day of the meeting, start, minutes, title, format, level.
_SESSIONS: Final[tuple[tuple[int, str, int, str, SessionFormat, SessionLevel], ...]] = (
    (0, "09:30", 60, "Opening plenary", "plenary", "global"),
    (0, "11:00", 90, "Case study: from early warning to early action", "case_study", "regional"),
    (0, "14:30", 120, "Workshop: how a focal point works across ministries", "workshop", "national"),
    (1, "09:30", 120, "Workshop: what neighbours can do together", "workshop", "sub_regional"),
    (1, "12:00", 60, "Closing plenary", "plenary", "global"),
)


async def furnish_meetings(services: Services, tx: Transaction, guild_id: int) -> None:
    """Add the meetings on record, and plan and announce the example."""
    await services.meetings.add_recorded(tx, guild_id, recorded_meetings())
    days = wednesday_and_thursday(services.clock.today(NEW_YORK) + AHEAD)
    fields: dict[str, MeetingValue] = {
        "number": last_annual_number() + 1,
        "starts_on": days[0],
        "ends_on": days[1],
        "city": "New York",
        "country": "US",
        "timezone": NEW_YORK,
        "theme": THEME,
        "hosts": ("DK", "GH"),
        "register_by": in_new_york(working_day(days[0], -REGISTER_BY), time(23, 59, 59)),
    }
    meeting_id = await services.meetings.add(tx, guild_id, **fields)
    for day, starts, minutes, title, session_format, level in _SESSIONS:
        await services.sessions.add(
            tx,
            guild_id,
            meeting_id,
            title=title,
            starts_at=in_new_york(days[day], time.fromisoformat(starts)),
            minutes=minutes,
            format=session_format,
            level=level,
        )
    meeting = merged(unsaved(guild_id, fields), {"id": meeting_id})
    await services.outbox.plan(tx, guild_id, SUBJECT, meeting_id, owed_by(meeting))
    await services.outbox.plan_now(tx, guild_id, SUBJECT, meeting_id, Kind.ANNOUNCED.value, ANNOUNCEMENTS)
