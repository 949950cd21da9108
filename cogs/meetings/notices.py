"""What the bot says of a meeting by itself: one plain sentence, which also says what is next to do. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.names import city_names
from bot.occasions.leads import mark_named
from bot.texts import Markdown, NameIn, Reader, Text, nt, t
from cogs.meetings import words
from cogs.meetings.countdown import registration_closes
from cogs.meetings.kinds import Series
from cogs.meetings.rules import day_of
from cogs.meetings.words import Delegations
from storage.meeting_models import Meeting, Registration, Session

_REGISTER: Final = Markdown("`/meeting register`")
_AGENDA: Final = Markdown("`/meeting agenda`")
_SHOW: Final = Markdown("`/meeting show`")
_TRAVEL_SOON: Final = 7
"""Days ahead from which on a reminder speaks of the journey."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a notice is about beside the meeting, at the instant ``now``."""

    now: datetime
    delegations: Delegations
    sessions: Sequence[Session] = ()


def _name(meeting: Meeting, told: Told, reader: Reader) -> dict[str, object]:
    return {
        "meeting": words.title(meeting, reader),
        "place": words.place(meeting, told.delegations, reader),
        "days": Markdown(words.days(meeting, reader)),
    }


def announced(meeting: Meeting, told: Told, reader: Reader) -> str:
    """Announce a meeting that was planned."""
    said = reader.say(t("The {meeting} takes place in {place}, {days}.", **_name(meeting, told, reader)))
    return f"{said} {reader.say(_next_step(meeting, told, reader))}"


def changed(old_days: str, meeting: Meeting, told: Told, reader: Reader) -> str:
    """Say that a meeting was moved or changed; ``old_days`` are its days before, empty where they are the same."""
    if old_days:
        return reader.say(
            t(
                "The {meeting} has moved: it now takes place in {place}, {days}, instead of {old_days}.",
                old_days=Markdown(old_days),
                **_name(meeting, told, reader),
            )
        )
    return reader.say(t("The {meeting} has changed: see the card for what holds now.", **_name(meeting, told, reader)))


def cancelled(meeting: Meeting, told: Told, reader: Reader) -> str:
    """Say that a meeting is cancelled."""
    return reader.say(
        t("The {meeting} in {place}, {days}, is cancelled.", **_name(meeting, told, reader))
        if not meeting.cancel_reason
        else t(
            "The {meeting} in {place}, {days}, is cancelled: {reason}",
            reason=meeting.cancel_reason,
            **_name(meeting, told, reader),
        )
    )


def countdown(meeting: Meeting, told: Told, reader: Reader) -> str:
    """Say how many days are left, counted now, and what is next to do."""
    today = told.now.astimezone(ZoneInfo(meeting.timezone)).date()
    left = (meeting.starts_on - today).days
    named = _name(meeting, told, reader)
    said = nt(
        "{count} day until the {meeting} in {place} ({days}).",
        "{count} days until the {meeting} in {place} ({days}).",
        left,
        **named,
    )
    if left == 1:
        said = t("Tomorrow: the {meeting} in {place} ({days}).", **named)
    elif left <= 0:
        said = t("Today: the {meeting} in {place} ({days}).", **named)
    return f"{reader.say(said)} {reader.say(_next_step(meeting, told, reader, left))}"


def _next_step(meeting: Meeting, told: Told, reader: Reader, left: int | None = None) -> Text:
    closes = registration_closes(meeting)
    if closes > told.now:
        return t(
            "Register your delegation by {deadline} with {command}.",
            deadline=closing(meeting, reader),
            command=_REGISTER,
        )
    first = next((s for s in told.sessions if day_of(s, meeting) == meeting.starts_on), None)
    if left is not None and left <= 1 and first is not None:
        return t(
            "It opens at {time}; the agenda is under {command}.",
            time=reader.stamp(first.starts_at, meeting.timezone, "t"),
            command=_AGENDA,
        )
    if left is not None and left <= _TRAVEL_SOON and not told.sessions:
        return t("Check your journey and your documents.")
    if left is not None and left <= _TRAVEL_SOON:
        return t("Check your journey and your documents; the agenda is under {command}.", command=_AGENDA)
    if told.sessions:
        return t("Registration is closed; prepare with the agenda under {command}.", command=_AGENDA)
    return t("Registration is closed: the secretariat still takes answers.")


def closing(meeting: Meeting, reader: Reader) -> Markdown:
    """Write until when delegations register; a deadline at the end of a day is written as the day."""
    closes = registration_closes(meeting)
    last = (closes - timedelta(seconds=1)).astimezone(ZoneInfo(meeting.timezone))
    if (last.hour, last.minute) == (23, 59):
        return Markdown(reader.day(last.date()))
    return reader.stamp(closes, meeting.timezone)


def day(meeting: Meeting, number: int, told: Told, reader: Reader) -> str:
    """Open one day of the meeting, counted from 1."""
    on = meeting.starts_on + timedelta(days=number - 1)
    of = (meeting.ends_on - meeting.starts_on).days + 1
    named = _name(meeting, told, reader)
    said = t("Today: the {meeting} in {place}.", **named)
    if of > 1:
        said = t("Today: day {number} of {of} of the {meeting} in {place}.", number=number, of=of, **named)
    return f"{reader.say(said)} {reader.say(_programme(meeting, on, told.sessions, reader))}"


def _programme(meeting: Meeting, on: date, sessions: Sequence[Session], reader: Reader) -> Text:
    if not sessions:
        return t("All that is known of it is under {command}.", command=_SHOW)
    today = [s for s in sessions if day_of(s, meeting) == on]
    if not today:
        return t("The agenda is under {command}.", command=_AGENDA)
    return t(
        "It begins at {time} with “{session}”; the agenda is under {command}.",
        time=reader.stamp(today[0].starts_at, meeting.timezone, "t"),
        session=today[0].title,
        command=_AGENDA,
    )


def request(meeting: Meeting, delegations: str, told: Told, reader: Reader) -> str:
    """Ask an appointee for the answer that ``delegations`` (markdown) have not given."""
    named = _name(meeting, told, reader)
    asked = {**named, "delegation": Markdown(delegations), "command": _REGISTER}
    if registration_closes(meeting) <= told.now:
        return reader.say(
            t(
                "{delegation}: whether you come to the {meeting} in {place}, {days}, is not known yet; please tell the"
                " secretariat.",
                **asked,
            )
        )
    return reader.say(
        t(
            "{delegation}: whether you come to the {meeting} in {place}, {days}, is not known yet; please answer by"
            " {deadline}, here or with {command}.",
            deadline=closing(meeting, reader),
            **asked,
        )
    )


def counts(meeting: Meeting, answers: Sequence[Registration], missing: int, reader: Reader) -> str:
    """Tell the secretariat, in one line, where registration stands."""
    coming = sum(answer.attends for answer in answers)
    closes = registration_closes(meeting)
    return reader.say(
        t(
            "Registration for the {meeting}: {coming} come, {declined} do not, {missing} have not answered; open until"
            " {deadline}. See {command}.",
            meeting=words.title(meeting, reader),
            coming=coming,
            declined=len(answers) - coming,
            missing=missing,
            deadline=Markdown(f"<t:{int(closes.timestamp())}:F> ({reader.moment(closes, meeting.timezone)})"),
            command=Markdown("`/meeting registrations`"),
        )
    )


def registered(meeting: Meeting, code: str, line: str, by: str | None, told: Told, reader: Reader) -> str:
    """Tell a colleague what their delegation answered. ``by`` names the account; None: it came by note verbale."""
    said = {
        "delegation": told.delegations.called(code, reader.language),
        "answer": Markdown(line),
        **_name(meeting, told, reader),
    }
    if by is None:
        answered = t(
            "The secretariat recorded the answer of {delegation} to the {meeting} in {place}: {answer}. It came by note"
            " verbale.",
            **said,
        )
    else:
        answered = t("{by} answered for {delegation} to the {meeting} in {place}: {answer}.", by=Markdown(by), **said)
    mended = t("Change it with {command} if it is not right.", command=_REGISTER)
    if registration_closes(meeting) <= told.now:
        mended = t("Registration is closed: write to the secretariat if it is not right.")
    return f"{reader.say(answered)} {reader.say(mended)}"


_TITLES: Final[dict[Series, Text]] = {
    Series.ANNOUNCED: t("Announcement"),
    Series.CHANGED: t("Notice of a change"),
    Series.CANCELLED: t("Cancellation"),
    Series.COUNTDOWN: t("{lead} ahead"),
    Series.DAY: t("Day {lead}"),
    Series.DEADLINE: t("Request to answer, {lead} before registration closes"),
    Series.COUNTS: t("Counts of registration, {lead} before it closes"),
    Series.REGISTERED: t("An answer, told to a colleague"),
    Series.CHASED: t("Request to answer"),
    Series.EVENT: t("Discord's event"),
}


def row_title(kind: str) -> Text:
    """Name a message of the outbox where the meeting is named already."""
    series, _, mark = kind.partition(":")
    lead = mark_named(mark) if mark[-1:] in ("d", "h") else mark
    return replace(_TITLES[Series(series)], values={"lead": lead})


def full_title(kind: str, meeting: Meeting) -> Text:
    """Name a message of the outbox for the secretariat's lists, in whatever language they are read."""
    year = str(meeting.starts_on.year)
    return t(
        "Annual meeting in {city}, {year}: {message}",
        city=NameIn(city_names(meeting.city, meeting.country)),
        year=year,
        message=row_title(kind),
    )


def event(what: str, meeting: Meeting, reader: Reader) -> str:
    """Tell the secretariat that Discord's event differed from the record: "mended", "gone" or "refused"."""
    name = {"meeting": f"{words.title(meeting, reader)}, {words.city(meeting, reader)}"}
    match what:
        case "mended":
            text = t(
                "Somebody changed Discord's event of the {meeting}; it was put back to what the record says.", **name
            )
        case "gone":
            text = t("Somebody deleted Discord's event of the {meeting}; the meeting itself stands.", **name)
        case _:
            text = t(
                "Discord's event of the {meeting} could not be kept in step: allow the bot *Create Events* and *Manage"
                " Events*, then try again.",
                **name,
            )
    return reader.say(text)
