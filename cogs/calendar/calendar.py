"""A day to prepare for as an entry of a calendar. Pure."""

from datetime import date

from bot.calendar import CalendarEvent
from cogs.calendar.rules import STRUCK_OUT_FOR, Day


def is_in_file(day: Day, today: date) -> bool:
    """Tell whether calendars should hear of a day: it is ahead, or was removed and may still stand in them."""
    return day.is_yearly or day.first >= (today - STRUCK_OUT_FOR if day.is_removed else today)


def entry_of(day: Day, zone: str) -> CalendarEvent:
    """Return the entry; one that comes each year begins with its first day and is repeated."""
    return CalendarEvent(
        key=day.uid,
        sequence=day.sequence,
        title=day.title,
        starts=day.first,
        zone=zone,
        description=day.description,
        url=day.link,
        cancelled=day.is_removed,
        is_yearly=day.is_yearly,
    )
