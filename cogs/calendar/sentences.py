"""What the calendar's commands say."""

from datetime import date
from typing import Final

from bot.commands import Command
from bot.texts import Text, t

SHOW: Final = Command("calendar show")
HEADING: Final = t("What is ahead")
NOTHING: Final = t("Nothing is planned yet. New events are posted in the announcements.")
FILE: Final = t("Open the file to put all of it into your calendar.")


def added(title: str, day: date, *, is_yearly: bool) -> Text:
    """Say that a day was added; ``day`` is when it comes next."""
    if is_yearly:
        return t(
            "“{title}” is in the calendar now, each year, next on {day}: {command} shows it.",
            title=title,
            day=day,
            command=SHOW,
        )
    return t("“{title}” is in the calendar now, on {day}: {command} shows it.", title=title, day=day, command=SHOW)


def exists(title: str, day: date) -> Text:
    """Say that an entry is there already."""
    return t(
        "“{title}” on {day} is in the calendar already, so nothing was added: choose another day or another title.",
        title=title,
        day=day,
    )


def ask_to_remove(title: str, day: date | None, *, is_yearly: bool) -> Text:
    """Ask whether a day is to be removed; ``day`` is when it comes next (None: it is over)."""
    if is_yearly:
        return t("Remove “{title}” from the calendar, for all years to come?", title=title)
    if day is None:
        return t("Remove “{title}” from the calendar?", title=title)
    return t("Remove “{title}” on {day} from the calendar?", title=title, day=day)


def removed(title: str) -> Text:
    """Say that a day was removed."""
    return t(
        "“{title}” is not in the calendar any more. The file of {command} removes it from people's own calendars too.",
        title=title,
        command=SHOW,
    )
