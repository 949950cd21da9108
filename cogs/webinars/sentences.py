"""What webinars and their values are called, and what the bot says of one by itself: one plain sentence each."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.commands import Command
from bot.occasions.kinds import complete, series_of
from bot.occasions.leads import mark_named
from bot.texts import Markdown, Reader, Text, escaped, nt, t
from cogs.webinars.rules import Kind
from storage.webinars.models import ListedWebinar, Webinar, WebinarReply

REPLY: Final[dict[WebinarReply, Text]] = {
    "attending": t("Attending"),
    "maybe": t("Maybe"),
    "cant": t("Can't"),
}
ADD_TO_CALENDAR: Final = t("Add to calendar")
ONLINE: Final = t("Online")
WITHOUT_GROUP: Final = t("Without a regional group")
CHOICE: Final = 100
"""Characters that Discord shows of a choice."""


def length(span: timedelta, reader: Reader) -> str:
    """Write how long a webinar lasts: "1 hour 30 minutes"."""
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    parts = [reader.label(nt("{count} hour", "{count} hours", hours))] if hours else []
    if minutes or not hours:
        parts.append(reader.label(nt("{count} minute", "{count} minutes", minutes)))
    return " ".join(parts)


def languages(codes: tuple[str, ...], reader: Reader) -> str:
    """Name the languages of a webinar."""
    return reader.listing([reader.language_name(code) for code in codes])


def choice_name(webinar: Webinar | ListedWebinar, reader: Reader) -> str:
    """Write a webinar as one line of a list to choose from, its time in the reader's own zone."""
    moment = reader.moment(webinar.starts_at)
    name = webinar.title
    if webinar.cancelled_at is not None:
        name = reader.label(t("{webinar} (cancelled)", webinar=name))
    return shortened(f"{moment} · {name}", CHOICE)


def card_title(webinar: Webinar) -> str:
    """Name a webinar as the title of a card, in markdown."""
    return escaped(shortened(webinar.title, 200))[:256]


def shortened(text: str, longest: int) -> str:
    """Return ``text`` cut to ``longest`` characters, with an ellipsis where something was cut."""
    text = text.strip()
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


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
            button=REPLY["attending"],
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
        said = t("The webinar “{title}” ({moment}) has changed: the card below has the current details.", **named)
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
            "Someone edited the Discord event of the webinar “{title}” ({moment}). The bot restored it. To change the"
            " webinar itself, type {command}.",
            command=Command("webinar edit"),
            **_named(webinar, reader),
        )
    elif what == "gone":
        said = t(
            "Someone deleted the Discord event of the webinar “{title}” ({moment}). The webinar itself has not"
            " changed.",
            **_named(webinar, reader),
        )
    else:
        said = t(
            "The Discord event of the webinar “{title}” ({moment}) could not be updated: allow the bot *Create"
            " Events* and *Manage Events*, then try again.",
            **_named(webinar, reader),
        )
    return reader.say(said)


_TITLES: Final = complete(
    Kind,
    {
        Kind.ANNOUNCED: t("Announcement of the webinar “{title}”"),
        Kind.REMINDER: t("{lead} ahead of the webinar “{title}”"),
        Kind.LINK: t("The link of the webinar “{title}”, to those attending"),
        Kind.CHANGED: t("Change of the webinar “{title}”, to those attending"),
        Kind.MOVED: t("Notice that the webinar “{title}” has moved"),
        Kind.CANCELLED: t("Cancellation of the webinar “{title}”"),
        Kind.CANCELLED_TO_PEOPLE: t("Cancellation of the webinar “{title}”, to those coming"),
        Kind.RECORDING: t("The recording of the webinar “{title}”"),
        Kind.EVENT: t("Discord's event of the webinar “{title}”"),
    },
)


def row_title(kind: str, webinar: Webinar) -> Text:
    """Name a message for the secretariat's lists."""
    series, mark = series_of(kind)
    values: dict[str, object] = {"title": webinar.title}
    if series == Kind.REMINDER:
        values["lead"] = mark_named(mark)
    return replace(_TITLES[Kind(series)], values=values)
