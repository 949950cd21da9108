"""Discord's scheduled event of a meeting, kept in step with the record. It shows to everyone: never a link in it."""

import logging
from typing import Final

import discord

from bot import scheduled_events
from bot.identify import network_reader
from bot.outbox import SECRETARIAT
from bot.scheduled_events import LONGEST_NAME, WantedEvent
from bot.services import Services
from bot.texts import Reader, Text, t
from cogs.meetings import cards, queries, sentences
from cogs.meetings.rules import SUBJECT, Series, opens_and_closes
from storage.meetings.models import Meeting

_log: Final = logging.getLogger("bot.meetings")
DELETED_BY_HAND: Final = 0
"""Stands for the event that somebody deleted on Discord: made again only when the secretariat asks."""


class EventKeeper:
    """Makes, moves and deletes the events of meetings."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._compared: set[int] = set()

    async def keep(self, guild: discord.Guild, meeting: Meeting, *, wanted_again: bool = False) -> Text | None:
        """Bring the meeting's event in step and return None, or what stands in the way and how to mend it.

        One that somebody deleted by hand is made again only with ``wanted_again``.
        """
        try:
            wanted = await self._wanted(meeting)
            if wanted is None:
                await self._let_go(guild, meeting)
            elif meeting.event_id != DELETED_BY_HAND or wanted_again:
                await self._make_or_move(guild, meeting, wanted)
        except discord.Forbidden:
            return t(
                "All is saved, but the bot may not keep Discord's event in step: in *Server Settings → Roles*, allow it"
                " *Create Events* and *Manage Events*, then make the event again."
            )
        except discord.HTTPException as error:
            _log.warning("an event was refused: HTTP %s, code %s", error.status, error.code)
            return t("All is saved, but Discord did not take its event just now: make the event again in a minute.")
        return None

    async def check(self, guild: discord.Guild) -> None:
        """Compare every event with the record: mend what differs, make what is missing, report what is gone."""
        # Where the clocks of a zone have changed, it is the record that moved.
        silently = self._services.outbox.is_planned_again and guild.id not in self._compared
        self._compared.add(guild.id)
        today = self._services.clock.today("UTC")
        for meeting in await self._services.meetings.all(guild.id):
            if meeting.is_recorded or (meeting.event_id is None and meeting.ends_on < today):
                continue
            await self.look_after(guild, meeting, silently=silently)

    async def look_after(self, guild: discord.Guild, meeting: Meeting, *, silently: bool = False) -> None:
        """Compare one meeting's event with the record, and tell the secretariat of what somebody did to it."""
        wanted = await self._wanted(meeting)
        if wanted is None or not meeting.event_id:
            problem = await self.keep(guild, meeting)
            if problem is not None:
                _log.warning("the event of meeting %s is not in step", meeting.id)
            return
        try:
            event = await guild.fetch_scheduled_event(meeting.event_id)
        except discord.NotFound:
            event = None
        except discord.HTTPException as error:
            _log.warning("an event could not be read: HTTP %s, code %s", error.status, error.code)
            return
        # Read after the event: what the bot itself changes is in the record before it is in the event.
        current = await self._services.meetings.get(guild.id, meeting.id)
        if current is not None and current.event_id == meeting.event_id:
            await self._mend(guild, current, event, silently=silently)

    async def _mend(
        self, guild: discord.Guild, meeting: Meeting, event: discord.ScheduledEvent | None, *, silently: bool
    ) -> None:
        """Put back what somebody did to the meeting's event (None: deleted it), and tell the secretariat."""
        wanted = await self._wanted(meeting)
        if wanted is None:
            return
        if event is None:
            await self._write(meeting, DELETED_BY_HAND)
            await self._report(meeting, "gone")
        elif wanted.differs(event):
            problem = await self.keep(guild, meeting)
            if problem is not None or not silently:
                await self._report(meeting, "mended" if problem is None else "refused")

    async def _make_or_move(self, guild: discord.Guild, meeting: Meeting, wanted: WantedEvent) -> None:
        async def keep(event_id: int | None) -> None:
            await self._write(meeting, event_id)

        event_id = await scheduled_events.make_or_move(guild, meeting.event_id or None, wanted, keep)
        if event_id != meeting.event_id:
            await self._write(meeting, event_id)

    async def _let_go(self, guild: discord.Guild, meeting: Meeting) -> None:
        """Delete the event of a meeting that is cancelled, forget that of one that is over; one that is on stays."""
        is_cancelled = meeting.cancelled_at is not None
        if meeting.event_id is None or not (is_cancelled or queries.is_over(self._services, meeting)):
            return
        if meeting.event_id != DELETED_BY_HAND and is_cancelled:
            await scheduled_events.delete(guild, meeting.event_id)
        await self._write(meeting, None)

    async def _wanted(self, meeting: Meeting) -> WantedEvent | None:
        """Return what the event has to say; None for a meeting that is cancelled or has begun."""
        sessions = await self._services.sessions.of_meeting(meeting.guild_id, meeting.id)
        starts_at, ends_at = opens_and_closes(meeting, sessions)
        if meeting.cancelled_at is not None or meeting.is_recorded or starts_at <= self._services.clock.now():
            return None
        network = await self._services.settings.network(meeting.guild_id)
        reader = network_reader(self._services, network)
        delegations = await queries.delegations_of(self._services, meeting.guild_id)
        return WantedEvent(
            name=f"{sentences.heading(meeting, reader)}, {sentences.city(meeting, reader)}",
            description=self._description(meeting, reader),
            location=sentences.place(meeting, delegations, reader)[:LONGEST_NAME],
            starts_at=starts_at,
            ends_at=ends_at,
        )

    @staticmethod
    def _description(meeting: Meeting, reader: Reader) -> str:
        lines = [cards.when(meeting, reader)]
        if meeting.theme:
            lines.append(meeting.theme)
        lines.append(reader.label(t("The agenda and registration: {command}.", command="/meeting show")))
        return "\n".join(lines)

    async def _write(self, meeting: Meeting, event_id: int | None) -> None:
        async with self._services.transaction() as tx:
            await self._services.meetings.keep_event(tx, meeting.guild_id, meeting.id, event_id)

    async def _report(self, meeting: Meeting, what: str) -> None:
        async with self._services.transaction() as tx:
            await self._services.outbox.plan_now(
                tx, meeting.guild_id, SUBJECT, meeting.id, Series.EVENT, SECRETARIAT, payload={"what": what}
            )
