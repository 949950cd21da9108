"""What a webinar's messages to people say as e-mails. Pure."""

from datetime import datetime

from bot.outbox.email_text import EmailText
from bot.texts import Markdown, Reader, Text, t
from cogs.webinars.calendar import calendar_of
from cogs.webinars.rules import Kind
from storage.webinars.models import Webinar

KINDS = (Kind.LINK, Kind.CHANGED, Kind.CANCELLED_TO_PEOPLE, Kind.RECORDING)
"""The messages that may go by e-mail."""


def text_of(kind: Kind, webinar: Webinar, reader: Reader, now: datetime, *, with_link: bool) -> EmailText:
    """Write a message to somebody who attends; ``with_link`` names the link by which the webinar is joined."""
    calendar = calendar_of([webinar], webinar.title, reader, now, with_links=with_link)
    return EmailText(
        _subject(kind, webinar, reader), _paragraphs(kind, webinar, reader, with_link), "nothing", calendar
    )


def _subject(kind: Kind, webinar: Webinar, reader: Reader) -> Text:
    day = webinar.starts_at.astimezone(reader.tzinfo).date()
    if webinar.cancelled_at is not None:
        return t("the webinar on {day} is cancelled", day=day)
    match kind:
        case Kind.CHANGED:
            return t("a webinar has changed: it is on {day}", day=day)
        case Kind.RECORDING:
            return t("the recording of the webinar on {day}", day=day)
        case _:
            return t("webinar on {day}", day=day)


def _paragraphs(kind: Kind, webinar: Webinar, reader: Reader, with_link: bool) -> list[Text]:
    named: dict[str, object] = {
        "title": webinar.title,
        "moment": Markdown(reader.moment_in_both(webinar.starts_at, webinar.timezone)),
    }
    if webinar.cancelled_at is not None:
        return [t("The webinar “{title}”, planned for {moment}, is cancelled.", **named)]
    if kind is Kind.RECORDING:
        return [
            t("The recording of the webinar “{title}” is available: the network's server on Discord has it.", **named)
        ]
    begins = (
        t("The webinar “{title}” has changed. It begins on {moment}.", **named)
        if kind is Kind.CHANGED
        else t("You are attending the webinar “{title}”. It begins on {moment}.", **named)
    )
    join = (
        t("Join it at {link}", link=Markdown(webinar.link))
        if with_link and webinar.link
        else t("The link to join it is in the network's server on Discord.")
    )
    return [begins, join]
