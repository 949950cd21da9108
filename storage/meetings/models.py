"""What the rows of annual meetings, their sessions and their registrations mean."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, get_args

from storage.event_state import EventState

Attendance = Literal["in_person", "online", "not_attending"]
Representative = Literal["capital", "mission"]
SessionFormat = Literal["plenary", "case_study", "workshop"]
SessionLevel = Literal["national", "sub_regional", "regional", "global"]
AnswerSource = Literal["delegation", "note_verbale", "record"]

ATTENDANCES: Final[tuple[Attendance, ...]] = get_args(Attendance)
REPRESENTATIVES: Final[tuple[Representative, ...]] = get_args(Representative)
SESSION_FORMATS: Final[tuple[SessionFormat, ...]] = get_args(SessionFormat)
SESSION_LEVELS: Final[tuple[SessionLevel, ...]] = get_args(SessionLevel)

MeetingValue = str | int | date | datetime | tuple[str, ...] | None
"""What a field of a meeting or a session may hold."""


class NumberTakenError(Exception):
    """Another meeting of the network bears that number."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """An annual meeting. ``starts_on`` and ``ends_on`` (inclusive) are days in ``timezone``, its own IANA zone.

    ``hosts`` are delegations' codes in the order given, ``partners`` the names of hosts that are none.
    ``reminders``: leads as stored, None for the defaults. ``countries`` and ``countries_more_than`` are counts that
    the record tells without naming delegations. ``sequence`` counts the changes a calendar has to hear of.
    ``event_id`` is Discord's scheduled event; ``event_state`` says what is out of step with it (empty: nothing).
    """

    id: int
    guild_id: int
    uid: str
    number: int | None
    starts_on: date
    ends_on: date
    city: str
    country: str | None
    timezone: str
    theme: str = ""
    hosts: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    register_by: datetime | None = None
    reminders: str | None = None
    panelists: int | None = None
    observers: int | None = None
    countries: int | None = None
    countries_more_than: int | None = None
    source: str = ""
    is_recorded: bool = False
    cancelled_at: datetime | None = None
    cancel_reason: str = ""
    sequence: int = 0
    event_id: int | None = None
    event_state: EventState = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A session of a meeting: ``starts_at`` in UTC, shown in the meeting's zone; ``minutes`` long.

    ``links`` (to join, documents) are for members. A removed session is kept for calendars that hold it.
    """

    id: int
    guild_id: int
    meeting_id: int
    uid: str
    starts_at: datetime
    minutes: int
    format: SessionFormat
    title: str
    level: SessionLevel | None = None
    speakers: str = ""
    links: tuple[str, ...] = ()
    removed_at: datetime | None = None
    sequence: int = 0

    @property
    def ends_at(self) -> datetime:
        """The instant at which the session is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Registration:
    """What a delegation answered to a meeting. ``comes``: who, in its own words; ``account_id``: who wrote it.

    ``by_predecessor`` is worked out from the directory, and not stored: who wrote it has left the seat since, and
    nobody of the delegation has confirmed it.
    """

    guild_id: int
    meeting_id: int
    code: str
    attendance: Attendance
    representative: Representative | None
    comes: str
    source: AnswerSource
    changed_at: datetime
    account_id: int | None = None
    by_predecessor: bool = False

    @property
    def attends(self) -> bool:
        """Whether the delegation takes part, in person or online."""
        return self.attendance != "not_attending"


@dataclass(frozen=True, slots=True)
class RecordedMeeting:
    """A past meeting as the record has it. A count that no source tells is None."""

    number: int
    starts_on: date
    ends_on: date
    city: str
    country: str
    timezone: str
    theme: str
    hosts: tuple[str, ...]
    partners: tuple[str, ...]
    countries: int | None
    countries_more_than: int | None
    panelists: int | None
    observers: int | None
    source: str
    from_capital: tuple[str, ...]
    from_mission: tuple[str, ...]
