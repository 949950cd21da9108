"""Discord's scheduled event of a webinar, kept in step with the record."""

import logging
from typing import Final

import discord

from bot import scheduled_events
from bot.identify import network_reader
from bot.outbox import SECRETARIAT
from bot.scheduled_events import WantedEvent
from bot.services import Services
from bot.texts import Markdown, Text, t
from cogs.webinars import sentences
from cogs.webinars.rules import SUBJECT, Kind
from storage.database import Transaction
from storage.webinars.models import EventState, Webinar

_log: Final = logging.getLogger("bot.webinars")


class EventKeeper:
    """Makes, changes and deletes the events of webinars, and writes down where one is out of step."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._compared: set[int] = set()

    async def keep(self, guild: discord.Guild, webinar_id: int, *, again: bool = False) -> Text | None:
        """Bring a webinar's event in step and return None, or say what stands in the way and how to mend it.

        One that somebody deleted by hand is made anew only with ``again``.
        """
        webinar = await self._services.webinars.get(guild.id, webinar_id)
        if webinar is None or (webinar.event_state == "gone" and not again):
            return None
        try:
            event_id = await self._in_step(guild, webinar)
        except discord.HTTPException as error:
            _log.warning("the event of webinar %d was refused: HTTP %s, code %s", webinar.id, error.status, error.code)
            # Read anew: the event that there was may have given way to one that was refused.
            kept = await self._services.webinars.get(guild.id, webinar.id) or webinar
            await self._write(webinar, kept.event_id, "refused", report=webinar.event_state != "refused")
            return _mend(error)
        if (event_id, "") != (webinar.event_id, webinar.event_state):
            await self._write(webinar, event_id, "")
        return None

    async def deleted(self, guild_id: int, event_id: int) -> None:
        """Notice that somebody deleted an event by hand, and tell the secretariat."""
        webinar = await self._services.webinars.of_event(guild_id, event_id)
        if webinar is not None and webinar.cancelled_at is None and webinar.ends_at > self._services.clock.now():
            await self._write(webinar, None, "gone", report=True)

    async def look_after(self, guild: discord.Guild, event_id: int, *, silently: bool = False) -> None:
        """Put back what somebody changed of an event by hand, and tell the secretariat. Raises discord.HTTPException.

        One that is gone is reported, not made again; an event that stands for no webinar is left alone.
        """
        webinar = await self._services.webinars.of_event(guild.id, event_id)
        if webinar is None:
            return
        try:
            event = await guild.fetch_scheduled_event(event_id)
        except discord.NotFound:
            await self.deleted(guild.id, event_id)
            return
        # Read after the event: what the bot itself changes is in the record before it is in the event.
        webinar = await self._services.webinars.of_event(guild.id, event_id)
        wanted = await self._wanted(guild, webinar) if webinar is not None else None
        if webinar is None or wanted is None or not wanted.differs(event):
            return
        if await self.keep(guild, webinar.id) is None and not silently:
            async with self._services.transaction() as tx:
                await self._report(tx, webinar, "mended")

    async def check(self, guild: discord.Guild) -> None:
        """Notice what was changed or deleted while the bot was away, and make what a sudden end left unmade."""
        # Where the clocks of a zone have changed, it is the record that moved.
        silently = self._services.outbox.is_planned_again and guild.id not in self._compared
        self._compared.add(guild.id)
        for webinar in await self._services.webinars.ahead(guild.id, self._services.clock.now()):
            if webinar.event_id is None:
                await self.keep(guild, webinar.id)
                continue
            try:
                await self.look_after(guild, webinar.event_id, silently=silently)
            except discord.HTTPException as error:
                _log.warning("events of a server could not be read: HTTP %s, code %s", error.status, error.code)
                return

    async def _in_step(self, guild: discord.Guild, webinar: Webinar) -> int | None:
        if webinar.cancelled_at is not None:
            if webinar.event_id is not None:
                # Forgotten first, so that its deletion is not taken for somebody else's.
                await self._write(webinar, None, "")
                try:
                    await scheduled_events.delete(guild, webinar.event_id)
                except discord.HTTPException:
                    await self._write(webinar, webinar.event_id, "")
                    raise
            return None
        wanted = await self._wanted(guild, webinar)
        if wanted is None:
            return webinar.event_id

        async def keep(event_id: int | None) -> None:
            await self._write(webinar, event_id, "")

        return await scheduled_events.make_or_move(guild, webinar.event_id, wanted, keep)

    async def _wanted(self, guild: discord.Guild, webinar: Webinar) -> WantedEvent | None:
        """Return what the event has to say; None for a webinar that is cancelled or has begun."""
        if webinar.cancelled_at is not None or webinar.starts_at <= self._services.clock.now():
            return None
        network = await self._services.settings.network(guild.id)
        reader = network_reader(self._services, network)
        about = [reader.moment(webinar.starts_at, webinar.timezone), webinar.speakers, webinar.description]
        return WantedEvent(
            name=webinar.title,
            description="\n".join(part for part in about if part),
            location=reader.label(sentences.ONLINE),
            starts_at=webinar.starts_at,
            ends_at=webinar.ends_at,
        )

    async def _write(self, webinar: Webinar, event_id: int | None, state: EventState, *, report: bool = False) -> None:
        async with self._services.transaction() as tx:
            await self._services.webinars.set_event(tx, webinar.guild_id, webinar.id, event_id, state)
            if report:
                await self._report(tx, webinar, state)

    async def _report(self, tx: Transaction, webinar: Webinar, what: str) -> None:
        await self._services.outbox.plan_now(
            tx, webinar.guild_id, SUBJECT, webinar.id, Kind.EVENT, SECRETARIAT, payload={"what": what}
        )


def _mend(error: discord.HTTPException) -> Text:
    if isinstance(error, discord.Forbidden):
        return t(
            "All else is done, but Discord's event is out of step: in {place}, allow the bot Create Events and Manage"
            " Events, then press Try again.",
            place=Markdown("*Server Settings → Roles*"),
        )
    return t(
        "All else is done, but Discord's event is out of step, because Discord refused it: press Try again in a minute."
    )
