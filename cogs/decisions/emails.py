"""What a procedure's messages to people say as e-mails: never the proposal, its title or a link to it. Pure."""

from typing import Final

from bot.outbox.email_text import EmailText
from bot.texts import Markdown, Reader, t
from cogs.decisions.rules import Kind
from storage.decisions.models import Decision

KINDS: Final = (Kind.ASKED, Kind.REMINDER, Kind.EXTENDED, Kind.INTERRUPTED)
"""The messages that may go by e-mail."""


def text_of(decision: Decision, kind: str, reader: Reader) -> EmailText:
    """Say that a proposal is under silence procedure, until when, and where it is to be read."""
    day = decision.expires_at.astimezone(reader.tzinfo).date()
    moment = Markdown(reader.moment_in_both(decision.expires_at, decision.timezone))
    if kind in (Kind.EXTENDED, Kind.INTERRUPTED):
        said = t("A silence procedure of the network now ends later: {moment}.", moment=moment)
    else:
        said = t(
            "A proposal is under silence procedure until {moment}: it is adopted then unless a delegation objects.",
            moment=moment,
        )
    read = t("The text is on the network's server only. Please read it there and press “I have seen it”.")
    return EmailText(t("silence procedure until {day}", day=day), [said, read], "an_objection")
