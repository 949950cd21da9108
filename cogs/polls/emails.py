"""What a poll's messages to people say as e-mails: never a ballot, nor who has cast one. Pure."""

from bot.outbox.email_text import EmailText
from bot.texts import Markdown, Reader, t
from storage.polls.models import Poll

KINDS = ("invited", "reminder")
"""The messages that may go by e-mail."""


def text_of(poll: Poll, reader: Reader) -> EmailText:
    """Ask somebody who can vote for their ballot."""
    closes, zone = poll.plan.closes_at, poll.plan.timezone
    asked = t(
        "A poll is open until {moment}: “{question}”.",
        moment=Markdown(reader.moment_in_both(closes, zone)),
        question=poll.plan.question,
    )
    day = closes.astimezone(reader.tzinfo).date()
    return EmailText(t("vote requested by {day}", day=day), [asked], "a_vote")
