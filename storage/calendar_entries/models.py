"""What the rows of the calendar mean."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A day that the network prepares for. ``day`` is the only one, or the first one of a yearly entry.

    ``sequence`` counts the changes that a calendar which holds it has to hear of. A removed entry is kept, so that
    calendars strike it out.
    """

    id: int
    guild_id: int
    title: str
    day: date
    is_yearly: bool
    link: str = ""
    description: str = ""
    sequence: int = 0
    removed_at: datetime | None = None


class EntryExistsError(Exception):
    """The network's calendar has an entry of that title on that day."""
