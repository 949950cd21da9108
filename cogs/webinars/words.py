"""What the values of this room are called, and how webinars are named."""

from datetime import timedelta
from typing import Final

from bot.texts import Reader, Text, nt, t
from storage.webinar_models import Webinar, WebinarReply

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


def choice_name(webinar: Webinar, reader: Reader) -> str:
    """Write a webinar as one line of a list to choose from, its time in the reader's own zone."""
    moment = reader.moment(webinar.starts_at)
    name = webinar.title
    if webinar.cancelled_at is not None:
        name = reader.label(t("{webinar} (cancelled)", webinar=name))
    return shortened(f"{moment} · {name}", CHOICE)


def shortened(text: str, longest: int) -> str:
    """Return ``text`` cut to ``longest`` characters, with an ellipsis where something was cut."""
    text = text.strip()
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
