"""What a meeting owes to the outbox, and how each of its messages reads when its time has come."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, cast

from bot.audience import people_in, seats_today, unanswered
from bot.occasions.proposal import PROPOSED
from bot.occasions.record import merged, unpacked
from bot.outbox import ANNOUNCEMENTS, PEOPLE, SECRETARIAT, Message, Owed, Plan, Standing, Subject
from bot.services import Services
from bot.texts import Reader, Text, escaped, nt, t
from cogs.meetings import cards, queries, rules, sentences
from cogs.meetings.buttons import public_buttons
from cogs.meetings.events import MeetingEventButton
from cogs.meetings.registration import sentences as registration_sentences
from cogs.meetings.rules import SUBJECT, Series
from storage.database import Transaction
from storage.meetings.models import Meeting
from storage.members.models import Seat
from storage.outbox.models import OutboxRow

_TARGETS: Final = {
    Series.COUNTDOWN: ANNOUNCEMENTS,
    Series.DAY: ANNOUNCEMENTS,
    Series.DEADLINE: PEOPLE,
    Series.COUNTS: SECRETARIAT,
}


def owed_by(meeting: Meeting) -> list[Owed]:
    """Return every reminder of a meeting, for the outbox to compare with what it holds."""
    return [
        Owed(due.kind, due.due_at, _TARGETS[due.series], timedelta() if due.series == Series.DAY else due.lead)
        for due in rules.reminders(meeting)
    ]


class MeetingMessages(Subject):
    """Answers for the messages of meetings."""

    name = SUBJECT

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """Tell until when a message makes sense: a reminder until the next one takes its place."""
        if PROPOSED in row.payload:
            return Standing()
        meeting = await self._services.meetings.get(row.guild_id, row.subject_id)
        if meeting is None:
            return None
        series = Series(row.kind.partition(":")[0])
        if series in (Series.CANCELLED, Series.EVENT):
            return Standing()
        until = await self._until(row, meeting, series) if meeting.cancelled_at is None else None
        if until is None:
            return None
        gives_way = series is Series.DEADLINE and until < rules.registration_closes(meeting)
        return Standing(until, gives_way)

    async def _until(self, row: OutboxRow, meeting: Meeting, series: Series) -> datetime | None:
        if series in (Series.ANNOUNCED, Series.CHANGED, Series.REGISTERED):
            return rules.last_instant(meeting)
        if row.person_id is not None and not await self._codes_of(row, meeting):
            return None
        if series is Series.CHASED:
            closes = rules.registration_closes(meeting)
            return closes if row.due_at < closes else rules.first_instant(meeting)
        due = rules.reminder(meeting, row.kind)
        return due.until if due is not None else None

    async def title(self, row: OutboxRow) -> Text:
        """Name the message for the secretariat's lists."""
        return sentences.full_title(row.kind, await self._meeting(row))

    async def plans(self, tx: Transaction, guild_id: int) -> Sequence[Plan]:
        """Return the reminders of every meeting that is not over."""
        now = self._services.clock.now()
        meetings = await self._services.meetings.all(guild_id, tx)
        ahead = [m for m in meetings if m.cancelled_at is None and rules.last_instant(m) > now]
        return [Plan(meeting.id, owed_by(meeting)) for meeting in ahead]

    async def called(self, guild_id: int, subject_id: int) -> Text:
        """Name a meeting by its city."""
        meeting = await self._services.meetings.get(guild_id, subject_id)
        return t("the annual meeting in {city}", city=meeting.city if meeting is not None else "?")

    async def people(self, row: OutboxRow) -> Sequence[int]:
        """Return the appointees of the delegations that have not answered."""
        seats = await self._unanswered(await self._meeting(row))
        return [person.id for person in people_in(seats)]

    async def left_out(self, row: OutboxRow) -> Sequence[Text]:
        """Say which delegations get no request to answer: those that have answered, and those with nobody."""
        meeting = await self._meeting(row)
        answered = len(await self._services.registrations.of_meeting(row.guild_id, meeting.id))
        vacant = sum(not seat.holders for seat in await self._unanswered(meeting))
        said = [nt("{count} delegation has answered already", "{count} delegations have answered already", answered)]
        if vacant:
            said.append(nt("{count} seat is vacant", "{count} seats are vacant", vacant))
        return said

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Render the message from the present record."""
        meeting = await self._meeting(row)
        series, _, mark = row.kind.partition(":")
        match series:
            case Series.REGISTERED:
                return await self._registered(row, meeting, reader)
            case Series.DEADLINE | Series.CHASED:
                return await self._request(row, meeting, reader)
            case Series.COUNTS:
                return await self._counts(meeting, reader)
            case Series.EVENT:
                return self._event(row, meeting, reader)
            case _:
                return await self._public(row, meeting, series, mark, reader)

    async def _public(self, row: OutboxRow, meeting: Meeting, series: str, mark: str, reader: Reader) -> Message:
        background = await queries.background_of(self._services, meeting)
        if meeting.cancelled_at is not None:
            # What was said before is edited, too: nothing asks anybody to come any more.
            series = Series.CANCELLED
        match series:
            case Series.COUNTDOWN:
                sentence = sentences.countdown(meeting, background, reader)
            case Series.DAY:
                sentence = sentences.day(meeting, int(mark), background, reader)
            case Series.CHANGED:
                sentence = sentences.changed(_old_days(row, reader), meeting, background, reader)
            case Series.CANCELLED:
                sentence = sentences.cancelled(meeting, background, reader)
            case _:
                sentence = sentences.announced(meeting, background, reader)
        network = await self._services.settings.network(meeting.guild_id)
        return Message(
            sentence,
            cards.meeting_card(meeting, background.delegations, reader, background.now),
            public_buttons(meeting, background.now, reader),
            role_id=network.member_role_id if series in (Series.ANNOUNCED, Series.CHANGED, Series.CANCELLED) else None,
        )

    async def _request(self, row: OutboxRow, meeting: Meeting, reader: Reader) -> Message:
        background = await queries.background_of(self._services, meeting)
        codes = await self._codes_of(row, meeting)
        named = [escaped(background.delegations.called(code, reader.language)) for code in codes]
        return Message(
            registration_sentences.request(meeting, reader.listing(named), background, reader),
            cards.meeting_card(meeting, background.delegations, reader, background.now),
            public_buttons(meeting, background.now, reader),
        )

    async def _counts(self, meeting: Meeting, reader: Reader) -> Message:
        answers = await self._services.registrations.of_meeting(meeting.guild_id, meeting.id)
        missing = len(await self._unanswered(meeting))
        return Message(registration_sentences.counts(meeting, answers, missing, reader))

    async def _registered(self, row: OutboxRow, meeting: Meeting, reader: Reader) -> Message:
        background = await queries.background_of(self._services, meeting)
        code = str(row.payload["code"])
        answer = await self._services.registrations.of_delegation(meeting.guild_id, meeting.id, code)
        line = sentences.answer_line(answer, reader)
        if answer is not None:
            line = sentences.with_who(line, answer)
        by = row.payload.get("by")
        account = f"<@{by}>" if by is not None else None
        return Message(registration_sentences.registered(meeting, code, line, account, background, reader))

    @staticmethod
    def _event(row: OutboxRow, meeting: Meeting, reader: Reader) -> Message:
        return Message(
            sentences.event(str(row.payload["what"]), meeting, reader),
            buttons=[MeetingEventButton.of(meeting.id, reader)],
        )

    async def _meeting(self, row: OutboxRow) -> Meeting:
        meeting = await self._services.meetings.get(row.guild_id, row.subject_id)
        if PROPOSED in row.payload:
            values = unpacked(Meeting, row.payload[PROPOSED])
            return merged(meeting, values) if meeting is not None else rules.unsaved(row.guild_id, values)
        if meeting is None:
            raise LookupError(f"no meeting {row.subject_id}")
        return meeting

    async def _unanswered(self, meeting: Meeting) -> list[Seat]:
        seats = await seats_today(self._services, meeting.guild_id)
        answers = await self._services.registrations.of_meeting(meeting.guild_id, meeting.id)
        missing = unanswered((seat.delegation.code for seat in seats), answers)
        return [seat for seat in seats if seat.delegation.code in missing]

    async def _codes_of(self, row: OutboxRow, meeting: Meeting) -> list[str]:
        """Return the delegations without an answer that the row's person speaks for; one as an example in a preview."""
        seats = await self._unanswered(meeting)
        if row.person_id is None:
            return [seat.delegation.code for seat in seats if seat.holders][:1]
        return [s.delegation.code for s in seats if any(h.person.id == row.person_id for h in s.holders)]


def _old_days(row: OutboxRow, reader: Reader) -> str:
    days = cast(list[str] | None, row.payload.get("old_days"))
    return sentences.span(date.fromisoformat(days[0]), date.fromisoformat(days[1]), reader) if days else ""
