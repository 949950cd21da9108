"""When a meeting's messages are owed and until when each makes sense, and on which days its sessions fall. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.occasions import leads
from bot.timeparse import Lead, parse_leads
from storage.meetings.models import Meeting, MeetingValue, Registration, Session
from storage.members.models import Holder


def unsaved(guild_id: int, fields: Mapping[str, MeetingValue]) -> Meeting:
    """Return the meeting that ``fields`` will make, for showing it before it is written; its id is 0."""
    values: dict[str, Any] = {"number": None, "country": None, **fields}
    return Meeting(id=0, guild_id=guild_id, uid="", **values)


SUBJECT: Final = "meeting"
"""What the outbox calls a meeting."""


class Kind(StrEnum):
    """The messages of a meeting; the outbox's kind of a reminder adds its lead or day ("countdown:90d", "day:1")."""

    ANNOUNCED = "announced"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    COUNTDOWN = "countdown"
    DAY = "day"
    DEADLINE = "deadline"
    COUNTS = "counts"
    CHASED = "chased"
    REGISTERED = "registered"
    INVITED = "invited"
    UNINVITED = "uninvited"
    EVENT = "event"


DEFAULT_REMINDERS: Final = "90d 60d 30d 14d 7d 1d"
"""Of a meeting that invites all: in the channel."""
PERSONAL_REMINDERS: Final = "30d 7d 1d"
"""Of a meeting that invites some: to each of their people."""
SECOND_ANNUAL_WITHIN: Final = timedelta(days=300)
"""Two annual meetings that begin less far apart than this are probably one, planned twice."""
ASKING: Final = (Kind.DEADLINE, Kind.CHASED)
"""Those that ask a delegation for its answer."""
DEADLINE_REMINDERS: Final = "14d 3d 1d"
REMINDED_AT: Final = time(9)
DAY_OPENS_AT: Final = time(8)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder of ``series``: ``mark`` is its lead ("90d") or the day of the meeting ("1").

    ``until`` is the instant from which the next one, or the thing itself, takes its place. ``lead`` is how long
    before the meeting (or the deadline) it comes, a calendar day counted as 24 hours.
    """

    series: Kind
    mark: str
    due_at: datetime
    until: datetime
    lead: timedelta

    @property
    def kind(self) -> str:
        """The outbox's name for it, unique in the meeting."""
        return f"{self.series.value}:{self.mark}"


def leads_of(meeting: Meeting) -> tuple[Lead, ...]:
    """Return how long before its first day a meeting is announced again, the longest first."""
    default = DEFAULT_REMINDERS if meeting.invites_all else PERSONAL_REMINDERS
    return parse_leads(meeting.reminders if meeting.reminders is not None else default)


def reminders(meeting: Meeting) -> list[Reminder]:
    """Return all that is owed for a meeting ahead, past instants included; nothing for one cancelled or on record."""
    if meeting.cancelled_at is not None or meeting.is_recorded:
        return []
    return [
        *_countdown(meeting),
        *_days(meeting),
        *_deadline(meeting, Kind.DEADLINE),
        *_deadline(meeting, Kind.COUNTS),
    ]


def reminder(meeting: Meeting, kind: str) -> Reminder | None:
    """Return the reminder of that kind, or None when the meeting does not owe it (any more)."""
    return next((due for due in reminders(meeting) if due.kind == kind), None)


def registration_closes(meeting: Meeting) -> datetime:
    """Return from when on only the secretariat writes registrations: the deadline, else the first day's beginning."""
    return meeting.register_by or first_instant(meeting)


def registration_ends(meeting: Meeting) -> datetime | date:
    """Return the last moment at which delegations register; the day, where that is the end of a day in its zone."""
    closes = registration_closes(meeting)
    last = (closes - timedelta(seconds=1)).astimezone(ZoneInfo(meeting.timezone))
    return last.date() if (last.hour, last.minute) == (23, 59) else closes


def first_instant(meeting: Meeting) -> datetime:
    """Return the beginning of the meeting's first day."""
    return leads.at(meeting.starts_on, time(), meeting.timezone)


def last_instant(meeting: Meeting) -> datetime:
    """Return the end of the meeting's last day."""
    return leads.at(meeting.ends_on + timedelta(days=1), time(), meeting.timezone)


def _countdown(meeting: Meeting) -> list[Reminder]:
    opens = leads.at(meeting.starts_on, DAY_OPENS_AT, meeting.timezone)
    return _series(Kind.COUNTDOWN, leads_of(meeting), meeting.starts_on, meeting.timezone, opens)


def _days(meeting: Meeting) -> list[Reminder]:
    owed: list[Reminder] = []
    for offset in range((meeting.ends_on - meeting.starts_on).days + 1):
        day = meeting.starts_on + timedelta(days=offset)
        midnight = leads.at(day + timedelta(days=1), time(), meeting.timezone)
        due_at = leads.at(day, DAY_OPENS_AT, meeting.timezone)
        owed.append(Reminder(Kind.DAY, str(offset + 1), due_at, midnight, timedelta(days=1)))
    return owed


def _deadline(meeting: Meeting, series: Kind) -> list[Reminder]:
    if meeting.register_by is None:
        return []
    last_day = meeting.register_by.astimezone(ZoneInfo(meeting.timezone)).date()
    return _series(series, parse_leads(DEADLINE_REMINDERS), last_day, meeting.timezone, meeting.register_by)


def _series(series: Kind, ahead: Sequence[Lead], day: date, zone: str, ends: datetime) -> list[Reminder]:
    dues = leads.series(ahead, leads.at(day, REMINDED_AT, zone), zone, ends)
    return [Reminder(series, str(due.lead), due.at, due.until, due.lead.span) for due in dues]


def is_by_predecessor(answer: Registration, holders: Iterable[Holder], today: date, zone: str) -> bool:
    """Tell whether a delegation's answer was written by somebody who has left, before today's focal point began.

    ``holders`` are all who ever held a post of the delegation, ``zone`` the one in which terms are counted. What came
    by note verbale is the ministry's, no matter who holds the seat.
    """
    if answer.source != "delegation":
        return False
    written_on = answer.changed_at.astimezone(ZoneInfo(zone)).date()
    present = [holder for holder in holders if holder.appointment.is_current(today)]
    is_there = any(h.person.account_id is not None and h.person.account_id == answer.account_id for h in present)
    followed = any(h.appointment.role == "focal_point" and h.appointment.starts_on >= written_on for h in present)
    return followed and not is_there


def too_near(planned: Meeting, meetings: Iterable[Meeting]) -> Meeting | None:
    """Return the annual meeting that begins so near to an annual one that both may be the same; None: there is none."""
    if planned.kind != "annual":
        return None
    others = [m for m in meetings if m.kind == "annual" and m.id != planned.id and m.cancelled_at is None]
    near = [m for m in others if abs(m.starts_on - planned.starts_on) < SECOND_ANNUAL_WITHIN]
    return min(near, key=lambda m: abs(m.starts_on - planned.starts_on), default=None)


def missing_numbers(meetings: Iterable[Meeting]) -> list[int]:
    """Return the numbers below the highest that none of the meetings, all of one kind and region, has."""
    held = {meeting.number for meeting in meetings if meeting.number is not None}
    return [number for number in range(1, max(held, default=0)) if number not in held]


def day_of(session: Session, meeting: Meeting) -> date:
    """Return the day of the meeting on which a session starts, in the meeting's zone."""
    return session.starts_at.astimezone(ZoneInfo(meeting.timezone)).date()


def moved(session: Session, old: Meeting, new: Meeting) -> datetime:
    """Return when a session starts after its meeting moved: as many days later, at the same wall-clock time."""
    wall = session.starts_at.astimezone(ZoneInfo(old.timezone)).replace(tzinfo=None)
    shifted = wall + (new.starts_on - old.starts_on)
    return shifted.replace(tzinfo=ZoneInfo(new.timezone))


def left_outside(sessions: Iterable[Session], meeting: Meeting) -> list[Session]:
    """Return the sessions that do not fall on the meeting's days."""
    return [s for s in sessions if not meeting.starts_on <= day_of(s, meeting) <= meeting.ends_on]


def opens_and_closes(meeting: Meeting, sessions: Sequence[Session]) -> tuple[datetime, datetime]:
    """Return from when to when the meeting is on: from its first session to its last, else from 09:00 to 18:00."""
    zone = ZoneInfo(meeting.timezone)
    start = datetime.combine(meeting.starts_on, datetime.min.time(), zone) + timedelta(hours=9)
    end = datetime.combine(meeting.ends_on, datetime.min.time(), zone) + timedelta(hours=18)
    first = [s.starts_at for s in sessions if day_of(s, meeting) == meeting.starts_on]
    last = [s.ends_at for s in sessions if day_of(s, meeting) == meeting.ends_on]
    return min(first, default=start), max(last, default=end)
