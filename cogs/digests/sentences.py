"""What the digests say of themselves."""

from datetime import date, datetime
from typing import Final

from bot.commands import Command
from bot.texts import Markdown, Reader, Text, nt, t

DIGESTS: Final = Command("setup digests")
CHANNELS: Final = Command("setup channels")
SHOW: Final = Command("calendar show")
WEEKLY_HEADING: Final = t("The week ahead")
TWO_WEEKS: Final = t("Deadlines and dates of the next two weeks")
WEEKLY_TITLE: Final = t("The weekly digest for the secretariat")
MONTHLY_TITLE: Final = t("The monthly digest of what is ahead")
CALLED: Final = t("the digests")
SHOW_ALL: Final = t("Open the calendar")
NOTHING_CHOSEN: Final = t("Nothing was chosen, so nothing was changed: add at least one of the options.")
NOTHING_NOW: Final = t("There is nothing to say today, so none would be sent now.")
NO_SECRETARIAT_CHANNEL: Final = t(
    "The weekly digest goes to the secretariat's channel, which is not named yet: name it with {command}.",
    command=CHANNELS,
)
NO_CHANNEL: Final = t("There is no channel for the monthly digest yet: name one with {command}.", command=CHANNELS)
WEEKLY_OFF: Final = t("The weekly digest for the secretariat is off.")
MONTHLY_OFF: Final = t("The monthly digest is off.")
READS_NOW: Final = t("If it were sent now, it would read:")


def weekly(attention: int, upcoming: int) -> list[Text]:
    """Say how much the weekly digest has; counts of nothing are left out."""
    said = [
        nt("{count} thing needs your attention.", "{count} things need your attention.", attention),
        nt(
            "{count} date or deadline falls within the next two weeks.",
            "{count} dates and deadlines fall within the next two weeks.",
            upcoming,
        ),
    ]
    return [text for text in said if text.count]


def monthly(month: date, reader: Reader) -> Text:
    """Open the monthly digest, which may have only news."""
    return t("What is ahead for the network: {month}.", month=Markdown(reader.month(month)))


def monthly_title(month: date, reader: Reader) -> Text:
    """Name the monthly digest."""
    return t("What is ahead: {month}", month=Markdown(reader.month(month)))


def weekly_on(due: datetime, zone: str, reader: Reader) -> Text:
    """Say that the weekly digest is on; ``due`` is the next one."""
    return t(
        "The weekly digest goes to the secretariat's channel each Monday at 08:30, next on {moment}.",
        moment=reader.stamp(due, zone, "f"),
    )


def monthly_on(due: datetime, zone: str, reader: Reader) -> Text:
    """Say that the monthly digest is on; ``due`` is the next one."""
    return t("The monthly digest is on; the next is due on {moment}.", moment=reader.stamp(due, zone, "f"))


def ask_monthly(channel_id: int, due: datetime, zone: str, reader: Reader) -> Text:
    """Say when and where the monthly digest goes, before it is turned on."""
    return t(
        "On the first working day of each month at 09:00, {place}, a digest of what is ahead goes to {channel} and"
        " calls nobody, and by e-mail to the members who ask for it with {command}; a month with nothing to say has"
        " none. The next is due on {moment}.",
        place=reader.place(zone),
        channel=Markdown(f"<#{channel_id}>"),
        command=Command("settings reminders"),
        moment=reader.stamp(due, zone, "f"),
    )
