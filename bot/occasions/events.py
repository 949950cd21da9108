"""Discord's scheduled events of occasions, kept in step with their records by one mechanism.

An event is made, moved and deleted with its record, put back when somebody changes it by hand, and what is out of step
is reported to the secretariat once. A room declares what its events show (:class:`OccasionEvents`), the button under
a report (:class:`EventButton`), and mixes :class:`EventListeners` into its cog.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Final, Generic, Protocol, Self, TypeVar

import discord
from discord.ext import commands

from bot import scheduled_events
from bot.errors import NotFoundError
from bot.identify import network_reader
from bot.occasions.record import Record
from bot.outbox import SECRETARIAT
from bot.permissions import regained
from bot.scheduled_events import WantedEvent, content_of
from bot.services import Services
from bot.texts import Reader, Text, t
from bot.ui import Context, PersistentButton, stored_view
from storage.database import Transaction
from storage.event_state import EventState

_log: Final = logging.getLogger("bot.events")
EVENT: Final = "event"
"""The outbox's kind of a report; its payload's ``what`` is "mended", "gone" or "refused"."""


class WithEvent(Record, Protocol):
    """A record that has an event on Discord."""

    @property
    def cancelled_at(self) -> datetime | None:
        """When it was cancelled; None: it was not."""
        ...

    @property
    def event_id(self) -> int | None:
        """Discord's id of the event; None: there is none."""
        ...

    @property
    def event_state(self) -> EventState:
        """What is out of step: "refused" by Discord, or "gone": somebody deleted the event; empty: nothing."""
        ...


_Record = TypeVar("_Record", bound=WithEvent)


class OccasionEvents(ABC, Generic[_Record]):
    """What the events of one kind of occasion show, and where they are written down."""

    subject: ClassVar[str]
    """The outbox's name of the occasion, which renders the reports."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @abstractmethod
    async def get(self, guild_id: int, record_id: int) -> _Record | None:
        """Return the record, or None where there is none."""

    @abstractmethod
    async def of_event(self, guild_id: int, event_id: int) -> _Record | None:
        """Return the record that an event of Discord's belongs to, or None."""

    @abstractmethod
    async def compared(self, guild_id: int) -> Sequence[_Record]:
        """Return the records that have an event, or are to have one."""

    @abstractmethod
    def is_over(self, record: _Record) -> bool:
        """Tell whether what remains of the event is left to Discord."""

    @abstractmethod
    async def wanted(self, record: _Record, reader: Reader) -> WantedEvent | None:
        """Return what the event of a record that is not cancelled has to say; None once it has begun."""

    @abstractmethod
    async def write(self, tx: Transaction, record: _Record, event_id: int | None, state: EventState) -> None:
        """Write down which event the record has, and what is out of step with it."""


class EventKeeper(Generic[_Record]):
    """Makes, changes and deletes the events of one kind of occasion."""

    def __init__(self, events: OccasionEvents[_Record]) -> None:
        self._events = events
        self._services = events.services
        self._compared: set[int] = set()

    async def keep(self, guild: discord.Guild, record_id: int, *, again: bool = False) -> discord.HTTPException | None:
        """Bring a record's event in step and return None, or what Discord refused it with.

        One that somebody deleted by hand is made anew only with ``again``.
        """
        record = await self._events.get(guild.id, record_id)
        if record is None or (record.event_state == "gone" and not again):
            return None
        try:
            event_id = await self._in_step(guild, record)
        except discord.HTTPException as error:
            _log.warning(
                "the event of %s %d was refused: HTTP %s, code %s",
                self._events.subject,
                record.id,
                error.status,
                error.code,
            )
            # Read anew: the event that there was may have given way to one that was refused.
            kept = await self._events.get(guild.id, record_id) or record
            await self._write(record, kept.event_id, "refused", report=record.event_state != "refused")
            return error
        if (event_id, "") != (record.event_id, record.event_state):
            await self._write(record, event_id, "")
        return None

    async def look_after(self, guild: discord.Guild, event_id: int, *, silently: bool = False) -> None:
        """Put back what somebody changed of an event by hand, and report it unless ``silently``.

        One that is gone is reported, not made again; an event of no record is left alone.
        """
        if await self._events.of_event(guild.id, event_id) is None:
            return
        try:
            event = await guild.fetch_scheduled_event(event_id)
        except discord.NotFound:
            event = None
        except discord.HTTPException as error:
            _log.warning("an event could not be read: HTTP %s, code %s", error.status, error.code)
            return
        # Read after the event: what the bot itself changes is in the record before it is in the event.
        record = await self._events.of_event(guild.id, event_id)
        if record is None or self._is_left(record):
            return
        if event is None:
            await self._write(record, None, "gone", report=True)
            return
        wanted = await self._wanted(record)
        if wanted is None or not wanted.differs(event):
            return
        if await self.keep(guild, record.id) is None and not silently:
            async with self._services.transaction() as tx:
                await self._report(tx, record, "mended")

    async def check(self, guild: discord.Guild) -> None:
        """Notice what was changed or deleted while the bot was away, and make what a sudden end left unmade."""
        # Where the clocks of a zone have changed, it is the record that moved.
        silently = self._services.outbox.is_planned_again and guild.id not in self._compared
        self._compared.add(guild.id)
        for record in await self._events.compared(guild.id):
            if record.event_id is None or self._is_left(record):
                await self.keep(guild, record.id)
            else:
                await self.look_after(guild, record.event_id, silently=silently)

    def _is_left(self, record: _Record) -> bool:
        return record.cancelled_at is not None or self._events.is_over(record)

    async def _in_step(self, guild: discord.Guild, record: _Record) -> int | None:
        async def keep(event_id: int | None) -> None:
            await self._write(record, event_id, "")

        if record.cancelled_at is not None and record.event_id is not None:
            # Forgotten first, so that its deletion is not taken for somebody else's.
            await keep(None)
            try:
                await scheduled_events.delete(guild, record.event_id)
            except discord.HTTPException:
                await keep(record.event_id)
                raise
        if self._is_left(record):
            return None
        wanted = await self._wanted(record)
        if wanted is None:
            return record.event_id
        return await scheduled_events.make_or_move(guild, record.event_id, wanted, keep)

    async def _wanted(self, record: _Record) -> WantedEvent | None:
        network = await self._services.settings.network(record.guild_id)
        return await self._events.wanted(record, network_reader(self._services, network))

    async def _write(self, record: _Record, event_id: int | None, state: EventState, *, report: bool = False) -> None:
        async with self._services.transaction() as tx:
            await self._events.write(tx, record, event_id, state)
            if report:
                await self._report(tx, record, state)

    async def _report(self, tx: Transaction, record: _Record, what: str) -> None:
        await self._services.outbox.plan_now(
            tx, record.guild_id, self._events.subject, record.id, EVENT, SECRETARIAT, payload={"what": what}
        )


class EventListeners(commands.Cog):
    """What happens to events on Discord by itself. The cog that it is mixed into calls :meth:`listen`."""

    _keeper: EventKeeper[Any]
    _client: commands.Bot

    def listen(self, client: commands.Bot, events: OccasionEvents[Any]) -> None:
        """Look after the events from now on."""
        self._client = client
        self._keeper = EventKeeper(events)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Make and mend the events that Discord refused, once the permission comes back."""
        if regained(before, after):
            await self._keeper.check(after.guild)

    @commands.Cog.listener()
    async def on_scheduled_event_update(self, before: discord.ScheduledEvent, after: discord.ScheduledEvent) -> None:
        """Put back what somebody changed by hand; that an event has begun or ended changes nothing that it says."""
        if after.guild is not None and content_of(before) != content_of(after):
            await self._keeper.look_after(after.guild, after.id)

    @commands.Cog.listener()
    async def on_scheduled_event_delete(self, event: discord.ScheduledEvent) -> None:
        """Report what somebody deleted by hand."""
        if event.guild is not None:
            await self._keeper.look_after(event.guild, event.id)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Notice what was changed or deleted while the bot was away."""
        for guild in self._client.guilds:
            if not guild.unavailable:
                await self._keeper.check(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Notice the same of a server that was out of reach."""
        if self._client.is_ready():
            await self._keeper.check(guild)


class EventButton(PersistentButton):
    """Makes the event (again) or brings it in step. A room's declares its ``custom_id``, ``events`` and ``label``."""

    record_id: int
    events: ClassVar[type[OccasionEvents[Any]]]
    label: ClassVar[Text]

    @classmethod
    def of(cls, record_id: int, reader: Reader) -> Self:
        """Return the button for a record."""
        return cls(record_id).labelled(reader.label(cls.label))

    @classmethod
    async def keep(cls, context: Context, record_id: int) -> None:
        """Bring the event in step after a change; where that fails, tell the person who made it what to do."""
        if context.interaction.guild is not None:
            await cls._try(context, context.interaction.guild, record_id)

    async def on_press(self, context: Context) -> None:
        """Bring the event in step with the record, and say whether that worked."""
        if await self.events(context.services).get(context.guild_id, self.record_id) is None:
            raise NotFoundError(t("What this event belonged to is gone: nothing was done."))
        await context.acknowledge()
        if await self._try(context, context.guild, self.record_id, again=True):
            await context.answer(t("The Discord event is up to date again."))

    @classmethod
    async def _try(cls, context: Context, guild: discord.Guild, record_id: int, *, again: bool = False) -> bool:
        refused = await EventKeeper(cls.events(context.services)).keep(guild, record_id, again=again)
        if refused is not None:
            view = stored_view([cls.of(record_id, context.reader)])
            await context.answer(_fix(refused, cls.label), view=view)
        return refused is None


def _fix(refused: discord.HTTPException, label: Text) -> Text:
    if isinstance(refused, discord.Forbidden):
        return t(
            "Everything is saved, but the bot may not update the Discord event: in *Server Settings → Roles*, allow"
            " it *Create Events* and *Manage Events*, then press *{button}*.",
            button=label,
        )
    return t(
        "Everything is saved, but Discord did not accept the event just now: press *{button}* in a minute.",
        button=label,
    )
