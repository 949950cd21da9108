"""What the rows of meetings, their sessions and their registrations mean."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, get_args

from storage.event_state import EventState

Attendance = Literal["in_person", "online", "not_attending"]
Representative = Literal["capital", "mission"]
SessionFormat = Literal["plenary", "case_study", "workshop"]
SessionLevel = Literal["national", "sub_regional", "regional", "global"]
AnswerSource = Literal["delegation", "note_verbale", "record"]
MeetingKind = Literal["annual", "regional", "preparatory"]
MeetingRegion = Literal[
    "african",
    "asia_pacific",
    "eastern_european",
    "latin_american_caribbean",
    "western_european_and_others",
    "europe",
    "americas",
]
"""A regional group of the United Nations, or a continent that has meetings of its own."""

ATTENDANCES: Final[tuple[Attendance, ...]] = get_args(Attendance)
REPRESENTATIVES: Final[tuple[Representative, ...]] = get_args(Representative)
MEETING_KINDS: Final[tuple[MeetingKind, ...]] = get_args(MeetingKind)
MEETING_REGIONS: Final[tuple[MeetingRegion, ...]] = get_args(MeetingRegion)
SESSION_FORMATS: Final[tuple[SessionFormat, ...]] = get_args(SessionFormat)
SESSION_LEVELS: Final[tuple[SessionLevel, ...]] = get_args(SessionLevel)

MeetingValue = str | int | date | datetime | tuple[str, ...] | None
"""What a field of a meeting or a session may hold."""


class NumberTakenError(Exception):
    """Another meeting of the same kind and region has that number."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting. ``starts_on`` and ``ends_on`` (inclusive) are days in ``timezone``, its own IANA zone.

    ``number`` counts the meetings of its ``kind`` and ``region``. ``invited`` are the codes of the delegations that it
    invites, in order; the annual meeting, which invites all, has none. ``is_public``: it is announced where everybody
    reads, and shown as Discord's event.

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
    kind: MeetingKind = "annual"
    region: MeetingRegion | None = None
    invited: tuple[str, ...] = ()
    is_public: bool = True

    @property
    def invites_all(self) -> bool:
        """Whether every delegation of the network is invited, also one that joins it later."""
        return self.kind == "annual"

    @property
    def series(self) -> tuple[MeetingKind, MeetingRegion | None]:
        """The meetings with which it is counted."""
        return self.kind, self.region

    @property
    def tells_year_only(self) -> bool:
        """Whether the record does not tell its days: then these are the first and the last of its year."""
        days = (self.starts_on.month, self.starts_on.day, self.ends_on.month, self.ends_on.day)
        return self.is_recorded and days == (1, 1, 12, 31)

    def invites(self, code: str) -> bool:
        """Tell whether the delegation is invited."""
        return self.invites_all or code in self.invited


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

    ``reference``: of the note verbale, or of what else the secretariat has recorded it from.

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
    reference: str = ""
    by_predecessor: bool = False

    @property
    def attends(self) -> bool:
        """Whether the delegation takes part, in person or online."""
        return self.attendance != "not_attending"


@dataclass(frozen=True, slots=True)
class RecordedMeeting:
    """A past meeting as the record has it. A count that no source tells is None.

    Where no source tells the days, they are the first and the last of the year.
    """

    kind: MeetingKind
    region: MeetingRegion | None
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
