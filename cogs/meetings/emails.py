"""What a meeting's messages to people say as e-mails. Pure."""

from collections.abc import Sequence
from typing import Literal

from bot.commands import Command
from bot.outbox.email_text import EmailText
from bot.texts import Listing, Markdown, Reader, t
from cogs.meetings import sentences
from cogs.meetings.calendar import calendar_of
from cogs.meetings.rules import Kind, registration_closes
from cogs.meetings.sentences import Background, names_of
from storage.meetings.models import Meeting


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


def notice(kind: Kind, meeting: Meeting, old_days: str, background: Background, reader: Reader) -> EmailText:
    """Say to an appointee of an invited delegation what a channel says where all are invited."""
    named = names_of(meeting, background, reader)
    calendar = calendar_of(meeting, (), background, reader, with_links=False)
    if kind is Kind.CANCELLED:
        said = sentences.cancellation(meeting, background, reader)
        return EmailText(t("meeting cancelled"), [said], "nothing", calendar)
    if kind is Kind.UNINVITED:
        said = t("The secretariat has withdrawn your invitation to the {meeting} in {place}, {days}.", **named)
        return EmailText(t("invitation withdrawn"), [said])
    closes = registration_closes(meeting)
    asked = t("Please register by {deadline}.", deadline=Markdown(reader.moment_in_both(closes, meeting.timezone)))
    paragraphs = [asked] if closes > background.now else []
    asks: Literal["nothing", "an_answer"] = "an_answer" if paragraphs else "nothing"
    day = closes.astimezone(reader.tzinfo).date()
    if kind is Kind.CHANGED:
        said = sentences.change(old_days, meeting, background, reader)
        asking = t("meeting changed, reply requested by {day}", day=day)
        return EmailText(asking if paragraphs else t("meeting changed"), [said, *paragraphs], asks, calendar)
    if kind in (Kind.ANNOUNCED, Kind.INVITED):
        said = t("Your delegation is invited to the {meeting} in {place}, {days}.", **named)
        asking = t("invitation to a meeting, reply requested by {day}", day=day)
        return EmailText(asking if paragraphs else t("invitation to a meeting"), [said, *paragraphs], asks, calendar)
    said = t("The {meeting} takes place in {place}, {days}.", **named)
    return EmailText(t("meeting from {day}", day=meeting.starts_on), [said, *paragraphs], asks, calendar)


def registered(meeting: Meeting, code: str, background: Background, reader: Reader) -> EmailText:
    """Say to a colleague that an answer was recorded: neither which, nor by whom, nor who travels."""
    said = t(
        "An answer of {delegation} to the {meeting} in {place}, {days}, was recorded or changed: {command} in the"
        " network's server on Discord shows it.",
        delegation=background.delegations.called(code, reader.language),
        command=Command("meeting show"),
        **names_of(meeting, background, reader),
    )
    return EmailText(t("your delegation's answer to a meeting"), [said])
