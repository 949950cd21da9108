"""What a meeting's messages to people say as e-mails. Pure."""

from collections.abc import Sequence

from bot.outbox.email_text import EmailText
from bot.texts import Listing, Markdown, Reader, t
from cogs.meetings.calendar import calendar_of
from cogs.meetings.rules import Kind, registration_closes
from cogs.meetings.sentences import Background, names_of
from storage.meetings.models import Meeting

KINDS = (Kind.DEADLINE, Kind.CHASED)
"""The messages that may go by e-mail."""


def request(meeting: Meeting, codes: Sequence[str], background: Background, reader: Reader) -> EmailText:
    """Ask an appointee for the answer that the delegations of ``codes`` have not given."""
    closes = registration_closes(meeting)
    named = {
        **names_of(meeting, background, reader),
        "delegations": Listing(background.delegations.called(code, reader.language) for code in codes),
    }
    calendar = calendar_of(meeting, (), background, reader, with_links=False)
    if closes <= background.now:
        asked = t(
            "The secretariat does not know yet whether {delegations} will take part in the {meeting} in {place},"
            " {days}.",
            **named,
        )
        return EmailText(t("reply requested"), [asked], "an_answer", calendar)
    deadline = Markdown(reader.moment_in_both(closes, meeting.timezone))
    asked = t(
        "The secretariat does not know yet whether {delegations} will take part in the {meeting} in {place}, {days}."
        " Please answer by {deadline}.",
        deadline=deadline,
        **named,
    )
    day = closes.astimezone(reader.tzinfo).date()
    return EmailText(t("reply requested by {day}", day=day), [asked], "an_answer", calendar)
