"""What the bot says of a webinar by itself: one plain sentence each. Pure."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.texts import Markdown, Reader, Text, nt, t
from storage.webinar_models import Webinar

ANNOUNCED: Final = "announced"
REMINDER: Final = "reminder"
LINK: Final = "link"
CHANGED: Final = "changed"
CANCELLED: Final = "cancelled"
RECORDING: Final = "recording"
EVENT: Final = "event"
TOLD: Final = "told"
"""The kinds of messages; a reminder's has its lead behind a colon, and ``told`` is a cancellation to one person."""
PUBLIC: Final = (ANNOUNCED, CANCELLED)
"""Those that call the members in the channel."""


def _named(webinar: Webinar, reader: Reader) -> dict[str, object]:
    return {"title": webinar.title, "moment": Markdown(reader.moment(webinar.starts_at, webinar.timezone))}


def _soon(webinar: Webinar) -> Markdown:
    return Markdown(f"<t:{int(webinar.starts_at.timestamp())}:R>")


def announced(webinar: Webinar, reader: Reader) -> str:
    """Announce a webinar."""
    return reader.say(
        t("Webinar: “{title}”, {moment}; say below whether you will be there.", **_named(webinar, reader))
    )


def reminder(webinar: Webinar, reader: Reader) -> str:
    """Remind of a webinar; how far off it is stays right, however late it is read."""
    return reader.say(
        t(
            "The webinar “{title}” begins {soon} ({moment}); press Attending for the link.",
            soon=_soon(webinar),
            **_named(webinar, reader),
        )
    )


def link(webinar: Webinar, reader: Reader) -> str:
    """Send the link to somebody who attends."""
    return reader.say(
        t(
            "You are attending “{title}”, which begins {soon} ({moment}): join at {link}",
            soon=_soon(webinar),
            link=Markdown(webinar.link),
            **_named(webinar, reader),
        )
    )


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
    CANCELLED: t("Cancellation of the webinar “{title}”"),
    TOLD: t("Cancellation of the webinar “{title}”, to those coming"),
    RECORDING: t("The recording of the webinar “{title}”"),
    EVENT: t("Discord's event of the webinar “{title}”"),
}


def row_title(kind: str, webinar: Webinar) -> Text:
    """Name a message for the secretariat's lists."""
    series, _, mark = kind.partition(":")
    if series == REMINDER:
        return t("{lead} ahead of the webinar “{title}”", lead=lead_named(mark), title=webinar.title)
    return replace(_TITLES[series], values={"title": webinar.title})


def lead_named(mark: str) -> Text:
    """Name a lead ("7d", "24h") in words."""
    amount = int(mark[:-1])
    if mark.endswith("h"):
        return nt("{count} hour", "{count} hours", amount)
    return nt("{count} day", "{count} days", amount)
