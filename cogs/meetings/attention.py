"""What the secretariat should look at about meetings: who has not answered, and what a predecessor has registered."""

from collections.abc import Sequence

from bot.attention import Attention, Urgency
from bot.meeting_names import full_name
from bot.services import Services
from bot.texts import Reader, nt, t
from cogs.meetings import queries, rules
from cogs.meetings.registration.buttons import RegistrationPages
from storage.meetings.models import Meeting


class MeetingsAttention:
    """A line for each meeting ahead that delegations owe an answer to, and one for answers to be confirmed."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def lines(self, guild_id: int, reader: Reader) -> Sequence[Attention]:
        """Return the lines."""
        found: list[Attention] = []
        for meeting in await self._services.meetings.all(guild_id):
            is_over = rules.first_instant(meeting) <= self._services.clock.now()
            if not meeting.is_recorded and meeting.cancelled_at is None and not is_over:
                found += await self._of(meeting, reader)
        return found

    async def _of(self, meeting: Meeting, reader: Reader) -> Sequence[Attention]:
        missing = len(await queries.unanswered_seats(self._services, meeting))
        answers = await queries.answers_to(self._services, meeting)
        inherited = sum(answer.by_predecessor for answer in answers)
        name = full_name(meeting, reader)
        said = [
            nt(
                "{count} delegation has not answered: {meeting}.",
                "{count} delegations have not answered: {meeting}.",
                missing,
                meeting=name,
            ),
            nt(
                "{count} registration was made by a predecessor and is to be confirmed: {meeting}.",
                "{count} registrations were made by a predecessor and are to be confirmed: {meeting}.",
                inherited,
                meeting=name,
            ),
        ]
        custom_id = RegistrationPages.write("=", 0, meeting.id)
        return [
            Attention(Urgency.CHASE, reader.say(text), custom_id, t("Registrations")) for text in said if text.count
        ]
