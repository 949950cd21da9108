"""What a delegation's answer is called, and what is said of answers and of those that are missing."""

from collections.abc import Sequence

from bot.commands import Command
from bot.meeting_names import title
from bot.request_reach import RequestReach
from bot.texts import Markdown, Reader, t
from cogs.meetings import sentences
from cogs.meetings.rules import registration_closes
from cogs.meetings.sentences import REGISTER, Background, closing, names_of
from storage.meetings.models import Meeting, Registration


def request(meeting: Meeting, delegations: str, background: Background, reader: Reader) -> str:
    """Ask an appointee for the answer that ``delegations`` (markdown) have not given."""
    named = names_of(meeting, background, reader)
    asked = {**named, "delegation": Markdown(delegations), "command": REGISTER}
    if registration_closes(meeting) <= background.now:
        return reader.say(
            t(
                "{delegation} has not said yet whether it will attend the {meeting} in {place}, {days}. Please inform"
                " the secretariat.",
                **asked,
            )
        )
    return reader.say(
        t(
            "{delegation} has not said yet whether it will attend the {meeting} in {place}, {days}. Please answer by"
            " {deadline}, here or with {command}.",
            deadline=closing(meeting, reader),
            **asked,
        )
    )


def counts(meeting: Meeting, answers: Sequence[Registration], missing: RequestReach, reader: Reader) -> str:
    """Tell the secretariat, in one line, where registration stands."""
    coming = sum(answer.attends for answer in answers)
    closes = registration_closes(meeting)
    return reader.say(
        t(
            "Registration for the {meeting}: {coming} attending, {declined} not attending, {missing}; open until"
            " {deadline}. See {command}.",
            meeting=title(meeting, reader),
            coming=coming,
            declined=len(answers) - coming,
            missing=sentences.not_answered(missing),
            deadline=Markdown(f"<t:{int(closes.timestamp())}:F> ({reader.moment(closes, meeting.timezone)})"),
            command=Command("meeting registrations"),
        )
    )


def registered(
    meeting: Meeting, code: str, line: str, by: str | None, background: Background, reader: Reader, reference: str = ""
) -> str:
    """Tell a colleague what their delegation answered. ``by`` names the account; None: it came by note verbale.

    ``reference`` is that of the note verbale; empty where the secretariat has not noted it.
    """
    said = {
        "delegation": background.delegations.called(code, reader.language),
        "answer": Markdown(line),
        **names_of(meeting, background, reader),
    }
    if by is None and reference:
        answered = t(
            "The secretariat recorded the answer of {delegation} to the {meeting} in {place}: {answer}. It came by note"
            " verbale ({reference}).",
            reference=reference,
            **said,
        )
    elif by is None:
        answered = t(
            "The secretariat recorded the answer of {delegation} to the {meeting} in {place}: {answer}. It came by note"
            " verbale.",
            **said,
        )
    else:
        answered = t("{by} answered for {delegation} to the {meeting} in {place}: {answer}.", by=Markdown(by), **said)
    mended = t("Change it with {command} if it is not right.", command=REGISTER)
    if registration_closes(meeting) <= background.now:
        mended = t("Registration is closed: write to the secretariat if it is not right.")
    return f"{reader.say(answered)} {reader.say(mended)}"
