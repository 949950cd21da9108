"""What the rows of webinars mean. Instants are aware UTC datetimes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias, get_args

from storage.event_state import EventState

WebinarReply = Literal["attending", "maybe", "cant"]
WebinarValue: TypeAlias = str | int | datetime | timedelta | tuple[str, ...]

WEBINAR_REPLIES: Final[tuple[WebinarReply, ...]] = get_args(WebinarReply)


@dataclass(frozen=True, slots=True)
class Webinar:
    """A webinar. ``timezone`` is its own IANA zone, ``languages`` are ISO 639 codes.

    ``reminders`` are leads as :func:`bot.timeparse.written_leads` writes them. ``sequence`` counts the changes.
    ``link`` is where members join, ``recording`` where they watch it afterwards (empty: none yet). ``event_id`` is
    Discord's scheduled event; ``event_state`` says what is out of step with it (empty: nothing).
    """

    id: int
    guild_id: int
    title: str
    starts_at: datetime
    length: timedelta
    timezone: str
    link: str
    description: str = ""
    speakers: str = ""
    languages: tuple[str, ...] = ()
    reminders: str = ""
    sequence: int = 0
    cancelled_at: datetime | None = None
    cancel_reason: str = ""
    recording: str = ""
    event_id: int | None = None
    event_state: EventState = ""

    @property
    def ends_at(self) -> datetime:
        """The instant at which it ends."""
        return self.starts_at + self.length


@dataclass(frozen=True, slots=True)
class ListedWebinar:
    """As much of a webinar as lists to choose from show."""

    id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    cancelled_at: datetime | None


@dataclass(frozen=True, slots=True)
class WebinarAnswer:
    """What one account answered. ``reply`` is None where it only asked for the recording."""

    account_id: int
    reply: WebinarReply | None
    answered_at: datetime
    wants_recording: bool = False


@dataclass(frozen=True, slots=True)
class WebinarCounts:
    """How many answered what."""

    attending: int = 0
    maybe: int = 0
    cant: int = 0
