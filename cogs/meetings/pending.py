"""What meetings ask of a delegation."""

from collections.abc import Sequence

from bot.names import city_names
from bot.names.delegation_names import called
from bot.pending import Awaited, Delegate, in_order
from bot.services import Services
from bot.texts import Markdown, NameIn, Reader, Text, t
from cogs.meetings import rules, sentences
from cogs.meetings.buttons import AnswerForButton
from storage.meetings.models import Meeting
from storage.members.models import Delegation


class PendingMeetings:
    """Whether the delegation attends each meeting that is ahead."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def lines(self, delegate: Delegate, reader: Reader) -> Sequence[Awaited]:
        """Return a line for each answer that a delegation still owes."""
        now = self._services.clock.now()
        found: list[Awaited] = []
        for meeting in await self._services.meetings.all(delegate.guild_id):
            if meeting.cancelled_at is not None or meeting.is_recorded or rules.first_instant(meeting) <= now:
                continue
            answers = await self._services.registrations.of_meeting(delegate.guild_id, meeting.id)
            answered = {answer.code for answer in answers}
            missing = [d for d in in_order(delegate.delegations, reader) if d.code not in answered]
            is_open = rules.registration_closes(meeting) > now
            found += [_line(meeting, delegation, reader, is_open=is_open) for delegation in missing]
        return found


def _line(meeting: Meeting, delegation: Delegation, reader: Reader, *, is_open: bool) -> Awaited:
    named: dict[str, object] = {
        "delegation": called(delegation, reader.language),
        "meeting": sentences.title(meeting, reader),
        "city": NameIn(city_names(meeting.city, meeting.country)),
        "days": Markdown(sentences.days(meeting, reader)),
    }
    custom_id = AnswerForButton.write(meeting.id, delegation.code)
    if not is_open:
        closed = t("Tell the secretariat whether {delegation} attends the {meeting} in {city}, {days}.", **named)
        return Awaited(reader.say(closed), custom_id, t("Meeting"), rules.first_instant(meeting), meeting.timezone)
    asked: Text = t("Say whether {delegation} attends the {meeting} in {city}, {days}.", **named)
    return Awaited(reader.say(asked), custom_id, t("Register"), rules.registration_closes(meeting), meeting.timezone)
