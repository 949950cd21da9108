"""No role of its own: what Discord's event of a meeting shows. It shows to everyone: never a link in it."""

from collections.abc import Sequence

from bot.commands import Command
from bot.meeting_names import city, full_name, heading
from bot.occasions.events import EventButton, OccasionEvents
from bot.scheduled_events import LONGEST_NAME, WantedEvent
from bot.texts import Reader, t
from cogs.meetings import cards, queries, sentences
from cogs.meetings.rules import SUBJECT, opens_and_closes
from storage.database import Transaction
from storage.event_state import EventState
from storage.meetings.models import Meeting


class MeetingEvents(OccasionEvents[Meeting]):
    """The events of meetings: from the first session to the last, in the network's language."""

    subject = SUBJECT

    async def get(self, guild_id: int, record_id: int) -> Meeting | None:
        """Return the meeting."""
        return await self.services.meetings.get(guild_id, record_id)

    async def of_event(self, guild_id: int, event_id: int) -> Meeting | None:
        """Return the meeting that an event belongs to."""
        return await self.services.meetings.of_event(guild_id, event_id)

    async def compared(self, guild_id: int) -> Sequence[Meeting]:
        """Return the meetings that were planned here and are ahead, on, or still have an event."""
        today = self.services.clock.today("UTC")
        planned = [m for m in await self.services.meetings.all(guild_id) if not m.is_recorded]
        return [meeting for meeting in planned if meeting.event_id is not None or meeting.ends_on >= today]

    def is_over(self, record: Meeting) -> bool:
        """Tell whether the last day has passed."""
        return queries.is_over(self.services, record)

    async def wanted(self, record: Meeting, reader: Reader) -> WantedEvent | None:
        """Return what the event has to say until the meeting opens."""
        sessions = await self.services.sessions.of_meeting(record.guild_id, record.id)
        starts_at, ends_at = opens_and_closes(record, sessions)
        if record.is_recorded or not record.is_public or starts_at <= self.services.clock.now():
            return None
        delegations = await queries.delegations_of(self.services, record.guild_id)
        more = reader.label(t("The agenda and registration: {command}.", command=Command("meeting show")))
        return WantedEvent(
            name=_event_name(record, reader),
            description="\n".join(line for line in (cards.when(record, reader), record.theme, more) if line),
            location=sentences.place(record, delegations, reader)[:LONGEST_NAME],
            starts_at=starts_at,
            ends_at=ends_at,
        )

    async def write(self, tx: Transaction, record: Meeting, event_id: int | None, state: EventState) -> None:
        """Write down the event."""
        await self.services.meetings.set_event(tx, record.guild_id, record.id, event_id, state)


def _event_name(meeting: Meeting, reader: Reader) -> str:
    # Those of annual meetings are there under this name: under another one each would be reported as changed by hand.
    if meeting.kind == "annual":
        return f"{heading(meeting, reader)}, {city(meeting, reader)}"
    return full_name(meeting, reader)


class MeetingEventButton(EventButton, custom_id="meeting:event:{record_id}"):
    """*Make the event again*."""

    events = MeetingEvents
    label = t("Make the event again")
