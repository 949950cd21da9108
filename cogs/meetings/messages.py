"""What a meeting owes to the outbox, and how each of its messages reads when its time has come."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, cast

from bot.audience import people_in, seats_today
from bot.invitations import invited_seats
from bot.meeting_names import kind_name
from bot.names import city_names
from bot.occasions.kinds import complete, series_of
from bot.occasions.subject import OccasionSubject
from bot.outbox import ANNOUNCEMENTS, PEOPLE, SECRETARIAT, EmailText, LoadedRow, Message, Owed, Plan, Standing
from bot.services import Services
from bot.texts import NameIn, Reader, Text, escaped, nt, t
from cogs.meetings import cards, emails, queries, rules, sentences
from cogs.meetings.buttons import public_buttons
from cogs.meetings.events import MeetingEventButton
from cogs.meetings.registration import sentences as registration_sentences
from cogs.meetings.rules import SUBJECT, Kind
from storage.database import Transaction
from storage.meetings.models import Meeting
from storage.members.models import Seat
from storage.outbox.states import OutboxState

_TARGETS: Final[Mapping[Kind, str]] = complete(
    Kind,
    {
        Kind.ANNOUNCED: ANNOUNCEMENTS,
        Kind.CHANGED: ANNOUNCEMENTS,
        Kind.CANCELLED: ANNOUNCEMENTS,
        Kind.COUNTDOWN: ANNOUNCEMENTS,
        Kind.DAY: ANNOUNCEMENTS,
        Kind.DEADLINE: PEOPLE,
        Kind.CHASED: PEOPLE,
        Kind.COUNTS: SECRETARIAT,
        Kind.REGISTERED: PEOPLE,
        Kind.INVITED: PEOPLE,
        Kind.UNINVITED: PEOPLE,
        Kind.EVENT: SECRETARIAT,
    },
)
"""Where each message goes, of a meeting that invites all; of one that invites some, what the channel would get goes to
their people. All that may go to people has an e-mail: :func:`emails.notice`, where it is nothing else."""
_CALLING: Final = (Kind.ANNOUNCED, Kind.CHANGED, Kind.CANCELLED)
"""Those that call the members in the channel, where all are invited."""
_OF_ONE_DELEGATION: Final = (Kind.INVITED, Kind.UNINVITED)
"""Those to the people of the delegation that the row's ``code`` names."""


INVITING: Final = (Kind.ANNOUNCED, Kind.INVITED)
"""The messages by which a delegation is informed of a meeting for the first time."""
TO: Final = "to"
"""In a row's payload: the codes of the invited delegations that it is for, where these are not all."""


def owed_by(meeting: Meeting) -> list[Owed]:
    """Return every reminder of a meeting, for the outbox to compare with what it holds."""
    return [
        Owed(due.kind, due.due_at, _target(meeting, due.series), timedelta() if due.series == Kind.DAY else due.lead)
        for due in rules.reminders(meeting)
    ]


def _target(meeting: Meeting, series: Kind) -> str:
    target = _TARGETS[series]
    return PEOPLE if target == ANNOUNCEMENTS and not meeting.invites_all else target


class MeetingMessages(OccasionSubject[Meeting]):
    """Answers for the messages of meetings."""

    name = SUBJECT
    record = Meeting
    to_people = tuple(kind for kind, target in _TARGETS.items() if target != SECRETARIAT)

    async def get(self, guild_id: int, record_id: int) -> Meeting | None:
        """Return the meeting."""
        return await self._services.meetings.get(guild_id, record_id)

    def unsaved(self, guild_id: int, values: Mapping[str, Any]) -> Meeting:
        """Return the meeting that is only proposed."""
        return rules.unsaved(guild_id, values)

    async def owed(self, row: LoadedRow[Meeting]) -> Standing | None:
        """Tell until when a message makes sense: a reminder until the next one takes its place."""
        kind = _kind_of(row)
        if row.person_id is not None and row.person_id not in await self.people(row):
            return None
        if kind in (Kind.CANCELLED, Kind.EVENT):
            return Standing()
        until = await self._until(row, kind) if row.record.cancelled_at is None else None
        if until is None:
            return None
        asks_again = kind is Kind.DEADLINE and until < rules.registration_closes(row.record)
        return Standing(until, asks_again or kind is Kind.COUNTDOWN)

    async def _until(self, row: LoadedRow[Meeting], kind: Kind) -> datetime | None:
        meeting = row.record
        if kind in (Kind.ANNOUNCED, Kind.CHANGED, Kind.REGISTERED, *_OF_ONE_DELEGATION):
            return rules.last_instant(meeting)
        if kind is Kind.CHASED:
            closes = rules.registration_closes(meeting)
            return closes if row.due_at < closes else rules.first_instant(meeting)
        due = rules.reminder(meeting, row.kind)
        return due.until if due is not None else None

    async def title(self, row: LoadedRow[Meeting]) -> Text:
        """Name the message for the secretariat's lists."""
        return sentences.full_title(row.kind, row.record)

    async def plans(self, tx: Transaction, guild_id: int) -> Sequence[Plan]:
        """Return the reminders of every meeting that is not over."""
        now = self._services.clock.now()
        meetings = await self._services.meetings.all(guild_id, tx)
        ahead = [m for m in meetings if m.cancelled_at is None and rules.last_instant(m) > now]
        return [Plan(meeting.id, owed_by(meeting)) for meeting in ahead]

    async def called(self, guild_id: int, subject_id: int) -> Text:
        """Name a meeting by its kind and its city."""
        meeting = await self._services.meetings.get(guild_id, subject_id)
        if meeting is None:
            return t("the meeting")
        return t(
            "the {meeting} in {city}",
            meeting=kind_name(meeting),
            city=NameIn(city_names(meeting.city, meeting.country)),
        )

    async def people(self, row: LoadedRow[Meeting]) -> Sequence[int]:
        """Return the appointees of the delegations that the message concerns."""
        uninformed = await _uninformed(self._services, row)
        people = people_in(await _seats_of(self._services, row))
        return [person.id for person in people if person.id not in uninformed]

    async def left_out(self, row: LoadedRow[Meeting]) -> Sequence[Text]:
        """Say which delegations get no message: those that have answered a request already, and those with nobody."""
        vacant = sum(not seat.holders for seat in await _seats_of(self._services, row))
        said: list[Text] = []
        if _kind_of(row) in rules.ASKING:
            answered = len(await self._services.registrations.of_meeting(row.guild_id, row.record.id))
            said = [
                nt("{count} delegation has answered already", "{count} delegations have answered already", answered)
            ]
        if TO in row.payload:
            others = len(set(row.record.invited).difference(cast(list[str], row.payload[TO])))
            said += _untold(others)
        if vacant:
            said.append(nt("{count} seat is vacant", "{count} seats are vacant", vacant))
        return said

    async def email_text(self, row: LoadedRow[Meeting], reader: Reader) -> EmailText:
        """Ask for the answer, or say what the message says."""
        background = await queries.background_of(self._services, row.record)
        kind = _kind_of(row)
        if kind in rules.ASKING:
            return emails.request(row.record, await _codes_of(self._services, row), background, reader)
        old_days = _old_days(row, reader)
        if kind is Kind.REGISTERED:
            return emails.registered(row.record, str(row.payload["code"]), background, reader)
        return emails.notice(kind, row.record, old_days, background, reader)

    async def message(self, row: LoadedRow[Meeting], reader: Reader) -> Message:
        """Render the message from the present record; what was sent to those no longer invited loses its content."""
        if row.person_id is not None and not await _may_read(self._services, row):
            text = t("This was about a meeting to which your delegation is no longer invited.")
            return Message(reader.say(text))
        return await _MESSAGES[_kind_of(row)](self._services, row, reader)


def _untold(count: int) -> list[Text]:
    said = nt(
        "{count} delegation has not been informed of the meeting yet",
        "{count} delegations have not been informed of the meeting yet",
        count,
    )
    return [said] if count else []


def _kind_of(row: LoadedRow[Meeting]) -> Kind:
    return Kind(series_of(row.kind)[0])


_Sentence = Callable[[LoadedRow[Meeting], sentences.Background, Reader], str]
_Render = Callable[[Services, LoadedRow[Meeting], Reader], Awaitable[Message]]


def _public(sentence: _Sentence) -> _Render:
    """Return how a message in the channel is rendered: the sentence with the card, and with the buttons to answer."""

    async def render(services: Services, row: LoadedRow[Meeting], reader: Reader) -> Message:
        meeting, background = row.record, await queries.background_of(services, row.record)
        is_cancelled = meeting.cancelled_at is not None
        network = await services.settings.network(meeting.guild_id)
        calls = meeting.invites_all and (is_cancelled or _kind_of(row) in _CALLING)
        return Message(
            # What was said before is edited, too: nothing asks anybody to come any more.
            (_cancelled if is_cancelled else sentence)(row, background, reader),
            cards.meeting_card(meeting, background.delegations, reader, background.now),
            public_buttons(meeting, background.now, reader),
            role_id=network.member_role_id if calls else None,
        )

    return render


def _announced(row: LoadedRow[Meeting], background: sentences.Background, reader: Reader) -> str:
    return sentences.announced(row.record, background, reader)


def _changed(row: LoadedRow[Meeting], background: sentences.Background, reader: Reader) -> str:
    return sentences.changed(_old_days(row, reader), row.record, background, reader)


def _old_days(row: LoadedRow[Meeting], reader: Reader) -> str:
    days = [date.fromisoformat(day) for day in cast(list[str] | None, row.payload.get("old_days")) or ()]
    return reader.days(days[0], days[1]) if days else ""


def _cancelled(row: LoadedRow[Meeting], background: sentences.Background, reader: Reader) -> str:
    return sentences.cancelled(row.record, background, reader)


def _countdown(row: LoadedRow[Meeting], background: sentences.Background, reader: Reader) -> str:
    return sentences.countdown(row.record, background, reader)


def _day(row: LoadedRow[Meeting], background: sentences.Background, reader: Reader) -> str:
    return sentences.day(row.record, int(series_of(row.kind)[1]), background, reader)


async def _request(services: Services, row: LoadedRow[Meeting], reader: Reader) -> Message:
    meeting, background = row.record, await queries.background_of(services, row.record)
    codes = await _codes_of(services, row)
    named = [escaped(background.delegations.called(code, reader.language)) for code in codes]
    return Message(
        registration_sentences.request(meeting, reader.listing(named), background, reader),
        cards.meeting_card(meeting, background.delegations, reader, background.now),
        public_buttons(meeting, background.now, reader),
    )


async def _counts(services: Services, row: LoadedRow[Meeting], reader: Reader) -> Message:
    answers = await services.registrations.of_meeting(row.guild_id, row.record.id)
    missing = await queries.reach_of_unanswered(services, row.record)
    return Message(registration_sentences.counts(row.record, answers, missing, reader))


async def _registered(services: Services, row: LoadedRow[Meeting], reader: Reader) -> Message:
    background = await queries.background_of(services, row.record)
    code = str(row.payload["code"])
    answer = await services.registrations.of_delegation(row.guild_id, row.record.id, code)
    line = sentences.answer_line(answer, reader)
    if answer is not None:
        line = sentences.with_who(line, answer)
    by = row.payload.get("by")
    account = f"<@{by}>" if by is not None else None
    reference = answer.reference if answer is not None else ""
    return Message(registration_sentences.registered(row.record, code, line, account, background, reader, reference))


async def _event(services: Services, row: LoadedRow[Meeting], reader: Reader) -> Message:  # noqa: ARG001 - as the others
    said = sentences.event(str(row.payload["what"]), row.record, reader)
    return Message(said, buttons=[MeetingEventButton.of(row.record.id, reader)])


async def _uninvited(services: Services, row: LoadedRow[Meeting], reader: Reader) -> Message:
    background = await queries.background_of(services, row.record)
    return Message(sentences.uninvited(row.record, str(row.payload["code"]), background, reader))


async def _may_read(services: Services, row: LoadedRow[Meeting]) -> bool:
    if row.record.invites_all or _kind_of(row) is Kind.UNINVITED:
        return True
    invited = invited_seats(row.record, await seats_today(services, row.guild_id))
    return any(person.id == row.person_id for person in people_in(invited))


async def _seats_of(services: Services, row: LoadedRow[Meeting]) -> list[Seat]:
    """Return the seats of the delegations that a message to people concerns now."""
    meeting, kind = row.record, _kind_of(row)
    if kind in rules.ASKING:
        return await queries.unanswered_seats(services, meeting)
    seats = await seats_today(services, meeting.guild_id)
    invited = invited_seats(meeting, seats)
    if TO in row.payload:
        invited = [seat for seat in invited if seat.delegation.code in cast(list[str], row.payload[TO])]
    if kind is Kind.UNINVITED:
        return [s for s in seats if s.delegation.code == row.payload["code"] and s not in invited]
    if kind in (Kind.INVITED, Kind.REGISTERED):
        return [s for s in invited if s.delegation.code == row.payload["code"]]
    if kind in (Kind.COUNTDOWN, Kind.DAY):
        answers = await services.registrations.of_meeting(meeting.guild_id, meeting.id)
        declined = {answer.code for answer in answers if not answer.attends}
        return [seat for seat in invited if seat.delegation.code not in declined]
    return invited


async def _uninformed(services: Services, row: LoadedRow[Meeting]) -> set[int]:
    """Return who is told of a change or of the end of an invitation by nothing: theirs has not gone out.

    It says what the meeting is when it goes, or does not go any more.
    """
    kind = _kind_of(row)
    if row.record.invites_all or kind not in (Kind.CHANGED, Kind.UNINVITED):
        return set()
    unsent = {OutboxState.PENDING} if kind is Kind.CHANGED else {OutboxState.PENDING, OutboxState.NOT_OWED}
    rows = await services.outbox.of(row.guild_id, SUBJECT, row.record.id)
    last: dict[int, OutboxState] = {}
    for one in sorted(rows, key=lambda one: one.id):
        is_meant = kind is Kind.CHANGED or one.kind == Kind.ANNOUNCED or one.payload.get("code") == row.payload["code"]
        # An e-mail beside a direct message informs by itself: it does not wait for working hours.
        counts = not one.is_second_copy or one.state not in unsent
        if one.person_id is not None and one.kind in INVITING and is_meant and counts:
            last[one.person_id] = one.state
    return {person_id for person_id, state in last.items() if state in unsent}


async def _codes_of(services: Services, row: LoadedRow[Meeting]) -> list[str]:
    """Return the delegations without an answer that the row's person speaks for; one as an example in a preview."""
    seats = await queries.unanswered_seats(services, row.record)
    if row.person_id is None:
        return [seat.delegation.code for seat in seats if seat.holders][:1]
    return [s.delegation.code for s in seats if any(h.person.id == row.person_id for h in s.holders)]


_MESSAGES: Final[Mapping[Kind, _Render]] = complete(
    Kind,
    {
        Kind.ANNOUNCED: _public(_announced),
        Kind.CHANGED: _public(_changed),
        Kind.CANCELLED: _public(_cancelled),
        Kind.COUNTDOWN: _public(_countdown),
        Kind.DAY: _public(_day),
        Kind.DEADLINE: _request,
        Kind.CHASED: _request,
        Kind.COUNTS: _counts,
        Kind.REGISTERED: _registered,
        Kind.INVITED: _public(_announced),
        Kind.UNINVITED: _uninvited,
        Kind.EVENT: _event,
    },
)
"""How each kind of message is rendered."""
