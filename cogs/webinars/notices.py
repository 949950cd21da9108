"""What the bot says of a webinar by itself: one plain sentence each. Pure."""

from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.occasions.leads import mark_named
from bot.texts import Markdown, Reader, Text, t
from cogs.webinars import words
from storage.webinar_models import Webinar

ANNOUNCED: Final = "announced"
REMINDER: Final = "reminder"
LINK: Final = "link"
CHANGED: Final = "changed"
CANCELLED: Final = "cancelled"
MOVED: Final = "moved"
RECORDING: Final = "recording"
EVENT: Final = "event"
TOLD: Final = "told"
"""The kinds of messages; a reminder's has its lead behind a colon, and ``told`` is a cancellation to one person."""
PUBLIC: Final = (ANNOUNCED, MOVED, CANCELLED)
"""Those that call the members in the channel."""


def _named(webinar: Webinar, reader: Reader) -> dict[str, object]:
    return {"title": webinar.title, "moment": Markdown(reader.moment(webinar.starts_at, webinar.timezone))}


def _stamp(webinar: Webinar, reader: Reader) -> Markdown:
    day = reader.day(webinar.starts_at.astimezone(ZoneInfo(webinar.timezone)).date())
    return Markdown(
        f"<t:{int(webinar.starts_at.timestamp())}:F> ({day}, {reader.time(webinar.starts_at, webinar.timezone)})"
    )


def announced(webinar: Webinar, reader: Reader) -> str:
    """Announce a webinar."""
    return reader.say(
        t("Webinar: “{title}”, {moment}; say below whether you will be there.", **_named(webinar, reader))
    )


def reminder(webinar: Webinar, reader: Reader) -> str:
    """Remind of a webinar by its time, which stays right however late it is read."""
    return reader.say(
        t(
            "The webinar “{title}” begins on {moment}; press {button} for the link.",
            title=webinar.title,
            moment=_stamp(webinar, reader),
            button=words.REPLY["attending"],
        )
    )


def link(webinar: Webinar, reader: Reader) -> str:
    """Send the link to somebody who attends."""
    return reader.say(
        t(
            "You are attending “{title}”, which begins on {moment}: join at {link}",
            title=webinar.title,
            moment=_stamp(webinar, reader),
            link=Markdown(webinar.link),
        )
    )


def moved(webinar: Webinar, reader: Reader, old_start: datetime | None) -> str:
    """Say in the channel that a webinar has moved."""
    return changed(webinar, reader, old_start, ())


def changed(webinar: Webinar, reader: Reader, old_start: datetime | None, what: tuple[str, ...]) -> str:
    """Tell somebody who attends what has changed; ``old_start`` is when it would have begun (None: the same)."""
    named = _named(webinar, reader)
    if old_start is not None:
        said = t(
            "The webinar “{title}” has moved: it now begins {moment}, instead of {old}.",
            old=Markdown(reader.moment(old_start, webinar.timezone)),
            **named,
        )
    else:
        said = t("The webinar “{title}” ({moment}) has changed: the card below says what holds now.", **named)
    if "link" not in what:
        return reader.say(said)
    new_link = t("Its link is new: join at {link}", link=Markdown(webinar.link))
    return f"{reader.say(said)} {reader.say(new_link)}"


def cancelled(webinar: Webinar, reader: Reader) -> str:
    """Say that a webinar does not take place."""
    named = _named(webinar, reader)
    if webinar.cancel_reason:
        return reader.say(
            t("The webinar “{title}” ({moment}) is cancelled: {reason}", reason=webinar.cancel_reason, **named)
        )
    return reader.say(t("The webinar “{title}” ({moment}) is cancelled.", **named))


def recording(webinar: Webinar, reader: Reader) -> str:
    """Send the recording."""
    return reader.say(
        t(
            "The recording of the webinar “{title}” ({moment}) is available: {link}",
            link=Markdown(webinar.recording),
            **_named(webinar, reader),
        )
    )


def event(what: str, webinar: Webinar, reader: Reader) -> str:
    """Tell the secretariat what became of Discord's event: "mended", "gone" or "refused"."""
    if what == "mended":
        said = t(
            "Somebody changed Discord's event of the webinar “{title}” ({moment}); it was put back to what the record"
            " says. To change the webinar itself, type {command}.",
            command=Markdown("`/webinar edit`"),
            **_named(webinar, reader),
        )
    elif what == "gone":
        said = t(
            "Somebody deleted Discord's event of the webinar “{title}” ({moment}); the webinar itself stands.",
            **_named(webinar, reader),
        )
    else:
        said = t(
            "Discord's event of the webinar “{title}” ({moment}) is out of step: allow the bot Create Events and"
            " Manage Events, then try again.",
            **_named(webinar, reader),
        )
    return reader.say(said)


_TITLES: Final[dict[str, Text]] = {
    ANNOUNCED: t("Announcement of the webinar “{title}”"),
    LINK: t("The link of the webinar “{title}”, to those attending"),
    CHANGED: t("Change of the webinar “{title}”, to those attending"),
    MOVED: t("Notice that the webinar “{title}” has moved"),
    CANCELLED: t("Cancellation of the webinar “{title}”"),
    TOLD: t("Cancellation of the webinar “{title}”, to those coming"),
    RECORDING: t("The recording of the webinar “{title}”"),
    EVENT: t("Discord's event of the webinar “{title}”"),
}


def row_title(kind: str, webinar: Webinar) -> Text:
    """Name a message for the secretariat's lists."""
    series, _, mark = kind.partition(":")
    if series == REMINDER:
        return t("{lead} ahead of the webinar “{title}”", lead=mark_named(mark), title=webinar.title)
    return replace(_TITLES[series], values={"title": webinar.title})
