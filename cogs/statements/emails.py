"""What a statement's messages to people say as e-mails: never its text, nor a link to it. Pure."""

from typing import Final

from bot.outbox.email_text import EmailText
from bot.texts import Markdown, Reader, Text, t
from cogs.statements.rules import Kind
from storage.statements.models import Statement

_OF_COLLEAGUES: Final = (Kind.COLLEAGUE_JOINED, Kind.COLLEAGUE_WITHDREW)
KINDS: Final = (Kind.ASKED, Kind.ASKED_AGAIN, Kind.NOT_JOINED, Kind.MORE_TIME, *_OF_COLLEAGUES, Kind.WITHDRAWAL)
"""The messages that a person may be owed."""


def text_of(kind: Kind, statement: Statement, reader: Reader) -> EmailText:
    """Say that a statement can be joined, until when, and how; or that something was recorded, and where to read it."""
    if kind in _OF_COLLEAGUES:
        said = t(
            "For the statement “{title}” something was recorded for your delegation: the network's server on Discord"
            " shows what.",
            title=statement.title,
        )
        return EmailText(t("your delegation and a statement"), [said])
    if kind is Kind.WITHDRAWAL:
        said = t(
            "A delegation no longer joins the statement “{title}”: the network's server on Discord shows which.",
            title=statement.title,
        )
        return EmailText(t("the joinings of a statement"), [said])
    moment = reader.moment_in_both(statement.closes_at, statement.timezone)
    named: dict[str, object] = {"title": statement.title, "moment": Markdown(moment)}
    day = statement.closes_at.astimezone(reader.tzinfo).date()
    return EmailText(t("a statement can be joined until {day}", day=day), [_what(kind, named), _HOW])


_HOW: Final = t(
    "The text is in the network's server on Discord, where you can join. You can also answer by note verbale or e-mail:"
    " the secretariat then records that your delegation joins."
)


def _what(kind: Kind, named: dict[str, object]) -> Text:
    if kind is Kind.ASKED_AGAIN:
        return t(
            "The statement “{title}” has a new text, so your delegation's joining no longer counts. Your delegation can"
            " join the new text until {moment}.",
            **named,
        )
    return t("Your delegation can join the statement “{title}” until {moment}.", **named)
