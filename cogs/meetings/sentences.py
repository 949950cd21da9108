"""What a meeting and its days are called, and what the bot says of it by itself: one plain sentence each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot import names
from bot.commands import Command
from bot.languages import Language
from bot.meeting_names import KINDS, city, days, title
from bot.names import city_names
from bot.names.delegation_names import called, with_flag
from bot.occasions.kinds import complete
from bot.occasions.leads import mark_named
from bot.request_reach import RequestReach
from bot.texts import Markdown, NameIn, Reader, Text, escaped, nt, t
from cogs.meetings.rules import Kind, day_of, registration_closes, registration_ends
from storage.meetings.models import Attendance, Meeting, Registration, Representative, Session
from storage.members.models import Delegation

ATTENDANCE: Final[dict[Attendance, Text]] = {
    "in_person": t("In person"),
    "online": t("Online"),
    "not_attending": t("Not attending"),
}
REPRESENTATIVE: Final[dict[Representative, Text]] = {
    "capital": t("From the capital"),
    "mission": t("From the mission"),
}


WHO_SEES_IT: Final = t("The secretariat and the host's delegation can see this answer, with who comes.")
BY_PREDECESSOR: Final = t("registered by the predecessor")


def answer_line(registration: Registration | None, reader: Reader) -> str:
    """Write a delegation's answer: "In person, from the capital · Ms A"; not answered yet where there is none."""
    if registration is None:
        return reader.say(t("not answered yet"))
    said = reader.say(ATTENDANCE[registration.attendance])
    if registration.attends and registration.representative is not None:
        said = f"{said} · {reader.say(REPRESENTATIVE[registration.representative])}"
    if registration.source == "note_verbale":
        said = f"{said} · {recorded_from(registration, reader)}"
    if registration.by_predecessor:
        said = f"{said} · {reader.say(BY_PREDECESSOR)}"
    return said


def recorded_from(registration: Registration, reader: Reader) -> str:
    """Say that the secretariat has recorded the answer, and from what."""
    if registration.reference:
        return reader.say(t("by note verbale {reference}", reference=registration.reference))
    return reader.say(t("by note verbale"))


def with_who(line: str, registration: Registration) -> str:
    """Add who comes, in the delegation's own words, on one line; nobody where the delegation does not come."""
    if not registration.attends:
        return line
    comes = escaped(" ".join(registration.comes.split()))
    return f"{line} · {comes}" if comes else line


class Delegations:
    """What delegations are called, with or without a seat in the network, found by code."""

    def __init__(self, seated: Iterable[Delegation]) -> None:
        self._seated: Mapping[str, Delegation] = {delegation.code: delegation for delegation in seated}

    def of(self, code: str) -> Delegation:
        """Return the delegation; one without a seat (a host, a state on record) is made up of its code, id 0."""
        seated = self._seated.get(code)
        if seated is not None:
            return seated
        return Delegation(0, 0, code, names.kind_of(code) or "state")

    def called(self, code: str, language: Language) -> str:
        """Return the delegation's name, as typed text."""
        return called(self.of(code), language)

    def with_flag(self, code: str, language: Language) -> str:
        """Return the delegation's name with its flag, as typed text."""
        return with_flag(self.of(code), language)

    def in_order(self, codes: Iterable[str], language: Language) -> list[str]:
        """Return the codes in the alphabet of ``language``, organisations after states."""
        return sorted(codes, key=lambda code: names.order_key(code, self.called(code, language), language))


def place(meeting: Meeting, delegations: Delegations, reader: Reader) -> str:
    """Write where a meeting is, as typed text: "Accra, Ghana"; a city named like its country stands alone."""
    where = city(meeting, reader)
    if meeting.country is None:
        return where
    country = delegations.called(meeting.country, reader.language)
    return where if country == where else f"{where}, {country}"


REGISTER: Final = Command("meeting register")
KIND_IS_FIXED: Final = t(
    "The kind and the region of a meeting cannot be changed later: to correct them, cancel it with {cancel} and plan it"
    " again with {plan}.",
    cancel=Command("meeting cancel"),
    plan=Command("meeting plan"),
)
_AGENDA: Final = Command("meeting agenda")
_SHOW: Final = Command("meeting show")
_TRAVEL_SOON: Final = 7
"""Days ahead from which on a reminder speaks of the journey."""


@dataclass(frozen=True, slots=True)
class Background:
    """What a message of a meeting needs to know beside its record, at the instant ``now``."""

    now: datetime
    delegations: Delegations
    sessions: Sequence[Session] = ()


def names_of(meeting: Meeting, background: Background, reader: Reader) -> dict[str, object]:
    """Return what sentences name a meeting by: ``{meeting}``, ``{place}`` and ``{days}``."""
    return {
        "meeting": title(meeting, reader),
        "place": place(meeting, background.delegations, reader),
        "days": Markdown(days(meeting, reader)),
    }


def announced(meeting: Meeting, background: Background, reader: Reader) -> str:
    """Announce a meeting that was planned."""
    said = reader.say(t("The {meeting} takes place in {place}, {days}.", **names_of(meeting, background, reader)))
    return f"{said} {reader.say(_next_step(meeting, background, reader))}"


def changed(old_days: str, meeting: Meeting, background: Background, reader: Reader) -> str:
    """Say that a meeting was moved or changed; ``old_days`` are its days before, empty where they are the same."""
    if old_days:
        return reader.say(change(old_days, meeting, background, reader))
    return reader.say(
        t("The {meeting} has changed: see the card for the current details.", **names_of(meeting, background, reader))
    )


def change(old_days: str, meeting: Meeting, background: Background, reader: Reader) -> Text:
    """Say the same where there is no card."""
    named = names_of(meeting, background, reader)
    if not old_days:
        return t("The {meeting} has changed: it takes place in {place}, {days}.", **named)
    return t(
        "The {meeting} has moved: it now takes place in {place}, {days}, instead of {old_days}.",
        old_days=Markdown(old_days),
        **named,
    )


def cancelled(meeting: Meeting, background: Background, reader: Reader) -> str:
    """Say that a meeting is cancelled."""
    return reader.say(cancellation(meeting, background, reader))


def cancellation(meeting: Meeting, background: Background, reader: Reader) -> Text:
    """Say that a meeting is cancelled, and why."""
    named = names_of(meeting, background, reader)
    if not meeting.cancel_reason:
        return t("The {meeting} in {place}, {days}, is cancelled.", **named)
    return t("The {meeting} in {place}, {days}, is cancelled: {reason}", reason=meeting.cancel_reason, **named)


def uninvited(meeting: Meeting, code: str, background: Background, reader: Reader) -> str:
    """Say that a delegation is not invited any more."""
    return reader.say(
        t(
            "The secretariat has withdrawn the invitation of {delegation} to the {meeting} in {place}, {days}.",
            delegation=background.delegations.called(code, reader.language),
            **names_of(meeting, background, reader),
        )
    )


def countdown(meeting: Meeting, background: Background, reader: Reader) -> str:
    """Say how many days are left, counted now, and what is next to do."""
    today = background.now.astimezone(ZoneInfo(meeting.timezone)).date()
    left = (meeting.starts_on - today).days
    named = names_of(meeting, background, reader)
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
    return f"{reader.say(said)} {reader.say(_next_step(meeting, background, reader, left))}"


def _next_step(meeting: Meeting, background: Background, reader: Reader, left: int | None = None) -> Text:
    closes = registration_closes(meeting)
    if closes > background.now:
        return t(
            "Register your delegation by {deadline} with {command}.",
            deadline=closing(meeting, reader),
            command=REGISTER,
        )
    first = next((s for s in background.sessions if day_of(s, meeting) == meeting.starts_on), None)
    if left is not None and left <= 1 and first is not None:
        return t(
            "It opens at {time}; the agenda is under {command}.",
            time=reader.stamp(first.starts_at, meeting.timezone, "t"),
            command=_AGENDA,
        )
    if left is not None and left <= _TRAVEL_SOON and not background.sessions:
        return t("Check your travel arrangements and documents.")
    if left is not None and left <= _TRAVEL_SOON:
        return t("Check your travel arrangements and documents; the agenda is under {command}.", command=_AGENDA)
    if background.sessions:
        return t("Registration is closed; prepare with the agenda under {command}.", command=_AGENDA)
    return t("Registration is closed: the secretariat still takes answers.")


def closing(meeting: Meeting, reader: Reader) -> Markdown:
    """Write until when delegations register; a deadline at the end of a day is written as the day."""
    ends = registration_ends(meeting)
    return reader.stamp(ends, meeting.timezone) if isinstance(ends, datetime) else Markdown(reader.day(ends))


def day(meeting: Meeting, number: int, background: Background, reader: Reader) -> str:
    """Open one day of the meeting, counted from 1."""
    on = meeting.starts_on + timedelta(days=number - 1)
    of = (meeting.ends_on - meeting.starts_on).days + 1
    named = names_of(meeting, background, reader)
    said = t("Today: the {meeting} in {place}.", **named)
    if of > 1:
        said = t("Today: day {number} of {of} of the {meeting} in {place}.", number=number, of=of, **named)
    return f"{reader.say(said)} {reader.say(_programme(meeting, on, background.sessions, reader))}"


def _programme(meeting: Meeting, on: date, sessions: Sequence[Session], reader: Reader) -> Text:
    if not sessions:
        return t("{command} shows the details.", command=_SHOW)
    today = [s for s in sessions if day_of(s, meeting) == on]
    if not today:
        return t("The agenda is under {command}.", command=_AGENDA)
    return t(
        "It begins at {time} with “{session}”; the agenda is under {command}.",
        time=reader.stamp(today[0].starts_at, meeting.timezone, "t"),
        session=today[0].title,
        command=_AGENDA,
    )


_TITLES: Final = complete(
    Kind,
    {
        Kind.ANNOUNCED: t("Announcement"),
        Kind.CHANGED: t("Notice of a change"),
        Kind.CANCELLED: t("Cancellation"),
        Kind.COUNTDOWN: t("{lead} ahead"),
        Kind.DAY: t("Day {lead}"),
        Kind.DEADLINE: t("Request to answer, {lead} before registration closes"),
        Kind.COUNTS: t("Counts of registration, {lead} before it closes"),
        Kind.INVITED: t("Invitation"),
        Kind.UNINVITED: t("Withdrawal of an invitation"),
        Kind.REGISTERED: t("Notice to a colleague of the delegation's answer"),
        Kind.CHASED: t("Request to answer"),
        Kind.EVENT: t("Discord's event"),
    },
)


def row_title(kind: str) -> Text:
    """Name a message of the outbox where the meeting is named already."""
    series, _, mark = kind.partition(":")
    lead = mark_named(mark) if mark[-1:] in ("d", "h") else mark
    return replace(_TITLES[Kind(series)], values={"lead": lead})


def full_title(kind: str, meeting: Meeting) -> Text:
    """Name a message of the outbox for the secretariat's lists, in whatever language they are read."""
    return t(
        "{kind} in {city}, {year}: {message}",
        kind=KINDS[meeting.kind],
        city=NameIn(city_names(meeting.city, meeting.country)),
        year=str(meeting.starts_on.year),
        message=row_title(kind),
    )


def event(what: str, meeting: Meeting, reader: Reader) -> str:
    """Tell the secretariat that Discord's event differed from the record: "mended", "gone" or "refused"."""
    name = {"meeting": f"{title(meeting, reader)}, {city(meeting, reader)}"}
    match what:
        case "mended":
            text = t("Someone edited the Discord event of the {meeting}. The bot restored it.", **name)
        case "gone":
            text = t("Someone deleted the Discord event of the {meeting}. The meeting itself has not changed.", **name)
        case _:
            text = t(
                "The Discord event of the {meeting} could not be updated: allow the bot *Create Events* and *Manage"
                " Events*, then try again.",
                **name,
            )
    return reader.say(text)


def not_answered(reach: RequestReach) -> Text:
    """Say how many delegations have not answered, and how many of them were asked with success."""
    return reach.said(nt("{count} has not answered", "{count} have not answered", reach.total))
