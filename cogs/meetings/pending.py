"""What meetings ask of a delegation."""

from collections.abc import Sequence

from bot.meeting_names import days, title
from bot.names import city_names
from bot.names.delegation_names import called
from bot.pending import Awaited, Delegate, in_order
from bot.services import Services
from bot.texts import Markdown, NameIn, Reader, Text, t
from cogs.meetings import queries, rules
from cogs.meetings.buttons import AnswerForButton, ConfirmButton
from storage.meetings.models import Meeting
from storage.members.models import Delegation


class PendingMeetings:
    """Whether the delegation attends each meeting that is ahead, and who, where a predecessor has said so."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def lines(self, delegate: Delegate, reader: Reader) -> Sequence[Awaited]:
        """Return a line for each answer that a delegation still owes."""
        now = self._services.clock.now()
        found: list[Awaited] = []
        for meeting in await self._services.meetings.all(delegate.guild_id):
            if meeting.cancelled_at is not None or meeting.is_recorded or rules.first_instant(meeting) <= now:
                continue
            answers = {answer.code: answer for answer in await queries.answers_to(self._services, meeting)}
            is_open = rules.registration_closes(meeting) > now
            invited = [delegation for delegation in delegate.delegations if meeting.invites(delegation.code)]
            for delegation in in_order(invited, reader):
                answer = answers.get(delegation.code)
                if answer is None:
                    found.append(_line(meeting, delegation, reader, is_open=is_open))
                elif answer.by_predecessor and is_open:
                    found.append(_to_confirm(meeting, delegation, reader))
        return found


def _line(meeting: Meeting, delegation: Delegation, reader: Reader, *, is_open: bool) -> Awaited:
    named = _named(meeting, delegation, reader)
    custom_id = AnswerForButton.write(meeting.id, delegation.code)
    if not is_open:
        closed = t("Tell the secretariat whether {delegation} attends the {meeting} in {city}, {days}.", **named)
        return Awaited(reader.say(closed), custom_id, t("Meeting"), rules.first_instant(meeting), meeting.timezone)
    asked: Text = t("Say whether {delegation} attends the {meeting} in {city}, {days}.", **named)
    return Awaited(reader.say(asked), custom_id, t("Register"), rules.registration_closes(meeting), meeting.timezone)


def _to_confirm(meeting: Meeting, delegation: Delegation, reader: Reader) -> Awaited:
    asked = t(
        "Confirm who travels to the {meeting} in {city}, {days}: your predecessor registered {delegation}.",
        **_named(meeting, delegation, reader),
    )
    custom_id, until = ConfirmButton.write(meeting.id, delegation.code), rules.registration_closes(meeting)
    return Awaited(reader.say(asked), custom_id, t("Confirm"), until, meeting.timezone)


def _named(meeting: Meeting, delegation: Delegation, reader: Reader) -> dict[str, object]:
    return {
        "delegation": called(delegation, reader.language),
        "meeting": title(meeting, reader),
        "city": NameIn(city_names(meeting.city, meeting.country)),
        "days": Markdown(days(meeting, reader)),
    }
