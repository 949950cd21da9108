"""What the record of a meeting comes to: counts, the days of its agenda, the numbers that are missing. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import names
from bot.names import REGIONAL_GROUPS, RegionalGroup
from storage.meeting_models import Meeting, Registration, Session

Row = RegionalGroup | str
"""A regional group, or the code of a delegation that stands apart from all of them (US, EU, OAS)."""


@dataclass(frozen=True, slots=True)
class Report:
    """The counts of a meeting as the summary of the first one gave them. None: not known.

    ``at_least`` marks ``countries`` as a number that the record says was exceeded. ``by_region`` has, for each
    group and delegation apart, how many came from the capital and how many from the mission.
    """

    countries: int | None
    at_least: bool
    organisations: int
    from_capital: int | None
    from_mission: int | None
    in_person: int | None
    online: int | None
    panelists: int | None
    observers: int | None
    by_region: Sequence[tuple[Row, int, int]]


def report(meeting: Meeting, registrations: Iterable[Registration]) -> Report:
    """Count who takes part; where nobody's answer is on record, give the counts that the record itself tells."""
    came = [registration for registration in registrations if registration.attends]
    states = [r for r in came if names.kind_of(r.code) != "organisation"]
    whence = Counter(r.representative for r in came)
    how = Counter(r.attendance for r in came)
    counted = bool(came) or not meeting.is_recorded
    recorded = meeting.countries if meeting.countries is not None else meeting.countries_more_than
    return Report(
        countries=len(states) if counted else recorded,
        at_least=not counted and meeting.countries is None and recorded is not None,
        organisations=len(came) - len(states),
        from_capital=whence["capital"] if counted else None,
        from_mission=whence["mission"] if counted else None,
        in_person=how["in_person"] if counted else None,
        online=how["online"] if counted else None,
        panelists=meeting.panelists,
        observers=meeting.observers,
        by_region=_by_region(came),
    )


def _by_region(came: Iterable[Registration]) -> list[tuple[Row, int, int]]:
    counts: Counter[tuple[Row, str | None]] = Counter()
    for registration in came:
        row = names.regional_group(registration.code) or registration.code
        counts[row, registration.representative] += 1
    found = {row for row, _ in counts}
    apart = sorted(row for row in found if row not in REGIONAL_GROUPS)
    rows: list[Row] = [*(group for group in REGIONAL_GROUPS if group in found), *apart]
    return [(row, counts[row, "capital"], counts[row, "mission"]) for row in rows]


def missing_numbers(meetings: Iterable[Meeting]) -> list[int]:
    """Return the numbers below the highest that no meeting of the network bears."""
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
