"""No role of its own: what Discord's event of a webinar shows. It shows to everyone: never the link in it."""

from collections.abc import Sequence

from bot.occasions.events import EventButton, OccasionEvents
from bot.scheduled_events import WantedEvent
from bot.texts import Reader, t
from cogs.webinars import rules, sentences
from storage.database import Transaction
from storage.event_state import EventState
from storage.webinars.models import Webinar


class WebinarEvents(OccasionEvents[Webinar]):
    """The events of webinars, in the network's language."""

    subject = rules.SUBJECT

    async def get(self, guild_id: int, record_id: int) -> Webinar | None:
        """Return the webinar."""
        return await self.services.webinars.get(guild_id, record_id)

    async def of_event(self, guild_id: int, event_id: int) -> Webinar | None:
        """Return the webinar that an event belongs to."""
        return await self.services.webinars.of_event(guild_id, event_id)

    async def compared(self, guild_id: int) -> Sequence[Webinar]:
        """Return the webinars ahead or on, and those cancelled whose event is still there."""
        found = await self.services.webinars.all(guild_id)
        return [w for w in found if (w.event_id is not None if w.cancelled_at is not None else not self.is_over(w))]

    def is_over(self, record: Webinar) -> bool:
        """Tell whether it has ended."""
        return rules.is_over(record, self.services.clock.now())

    async def wanted(self, record: Webinar, reader: Reader) -> WantedEvent | None:
        """Return what the event has to say until the webinar begins."""
        if record.starts_at <= self.services.clock.now():
            return None
        about = [reader.moment(record.starts_at, record.timezone), record.speakers, record.description]
        return WantedEvent(
            name=record.title,
            description="\n".join(part for part in about if part),
            location=reader.label(sentences.ONLINE),
            starts_at=record.starts_at,
            ends_at=record.ends_at,
        )

    async def write(self, tx: Transaction, record: Webinar, event_id: int | None, state: EventState) -> None:
        """Write down the event."""
        await self.services.webinars.set_event(tx, record.guild_id, record.id, event_id, state)


class WebinarEventButton(EventButton, custom_id="webinarevent:{record_id}"):
    """*Try again*."""

    events = WebinarEvents
    label = t("Try again")
