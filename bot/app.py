import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final, TypeAlias, cast

import discord
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # pyright: ignore[reportMissingTypeStubs]
from discord import app_commands
from discord.ext import commands
from filelock import FileLock, Timeout

from bot import access, retention, ui
from bot.backups import Backups
from bot.clock import Clock
from bot.delivery.clock_check import ClockCheck
from bot.delivery.engine import Engine
from bot.delivery.http_trace import trace
from bot.delivery.outcome import TRANSPORT
from bot.errors import UserError, reply_with_error
from bot.observation import Kind, Outcome
from bot.presence import ENDED
from bot.services import Services
from bot.settings import Settings
from bot.sync import sync_when_changed
from bot.takeover import Fence
from bot.takeover.lost_messages import LostMessages
from bot.texts import CatalogueTranslator
from bot.timezones.changes import ZoneChanges, follow_zone_data
from storage.database import Database
from storage.errors import DriverError, unusable
from storage.takeover.identity import open_database

_log: Final = logging.getLogger("bot.app")

EXTENSIONS: Final = (
    "cogs.about",
    "cogs.audit",
    "cogs.calendar",
    "cogs.decisions",
    "cogs.meetings",
    "cogs.members",
    "cogs.outbox",
    "cogs.pending",
    "cogs.resources",
    "cogs.settings",
    "cogs.webinars",
    # After the settings, whose /setup digests it adds.
    "cogs.digests",
    "cogs.topics",
    # After the topics, whose /topic poll it adds.
    "cogs.polls",
    "cogs.statements",
    "cogs.privacy",
    "cogs.chat",
)
MINUTE: Final = timedelta(minutes=1)
PATIENCE: Final = 5.0
"""Seconds that closing waits for the interactions being answered, and for what listens to events."""


_Command: TypeAlias = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu


def _name_of(command: _Command | None) -> str:
    return command.qualified_name if command is not None else "(a command that has changed)"


class DatabaseInUseError(Exception):
    """Another process runs the bot on the same database."""


class FocalbotTree(app_commands.CommandTree["Focalbot"]):
    """Lets in those whom the access table lets in, and turns every error into an answer."""

    async def interaction_check(self, interaction: discord.Interaction["Focalbot"], /) -> bool:
        """Work out who asks and let them in or say why not; autocomplete is refused with silence."""
        command = interaction.command
        level = access.COMMANDS[command.qualified_name] if command else access.Level.EVERYBODY
        if interaction.type is discord.InteractionType.autocomplete:
            return await self._authorise_typing(interaction, level)
        begun = False
        try:
            begun = self.client.work.begin(interaction.id)
            if begun:
                if command is None or not command.extras.get(ui.URGENT):
                    await self.client.work.take_turn(interaction.id, lambda: ui.acknowledge(interaction))
                await ui.authorise(interaction, level)
        except Exception as error:  # noqa: BLE001 - the one place where a refused command becomes an answer
            outcome = await reply_with_error(interaction, ui.reader_for(interaction), error)
            self.client.work.end(interaction.id, Kind.COMMAND, _name_of(command), outcome)
            return False
        return begun

    async def _authorise_typing(self, interaction: discord.Interaction["Focalbot"], level: access.Level) -> bool:
        try:
            await ui.authorise(interaction, level)
        except Exception as error:  # noqa: BLE001 - the person who types is offered nothing rather than told off
            if not isinstance(error, UserError) and not self.client.is_closed():
                _log.exception("nothing could be offered to somebody typing")
            with suppress(*TRANSPORT):
                await interaction.response.autocomplete([])
            return False
        return True

    async def on_error(
        self, interaction: discord.Interaction["Focalbot"], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer with what the error means for the person."""
        outcome = await reply_with_error(interaction, ui.reader_for(interaction), error)
        self.client.work.end(interaction.id, Kind.COMMAND, _name_of(interaction.command), outcome)


class Focalbot(commands.Bot):
    """The bot. It opens its database in ``setup_hook`` and closes it in ``close``."""

    services: Services

    def __init__(self, settings: Settings, *, take_over: bool = False) -> None:
        self.clock_check = ClockCheck(Clock())
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            # No privileged intent, and no events that nobody handles. Messages: without the content of those that
            # neither are direct nor mention the bot, which Discord leaves out.
            intents=discord.Intents(guilds=True, guild_scheduled_events=True, dm_messages=True, guild_messages=True),
            tree_cls=FocalbotTree,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=60.0,
            http_trace=trace(self.clock_check),
        )
        self.settings = settings
        self.work = ui.RunningInteractions()
        self.scheduler = AsyncIOScheduler(timezone="UTC")
        self.outbox = Engine(self, self.scheduler, self.clock_check)
        self._lock = FileLock(f"{settings.database_path}.lock")
        self._database: Database | None = None
        self._listening: set[asyncio.Task[None]] = set()
        self._backups: Backups | None = None
        self.connected = False
        """Whether Discord's gateway is connected and has said all."""
        self.heartbeat: timedelta | None = MINUTE
        """How often the bot notes that it runs and looks whether a copy has taken over; None: never."""
        self.gives_way = asyncio.Event()
        """Set when a copy of the database has taken over: what runs the bot closes it."""
        self.takes_over = take_over

    @property
    def opened(self) -> Services | None:
        """The services, where the database is open."""
        return self.services if self._database is not None and hasattr(self, "services") else None

    @property
    def guild_count(self) -> int:
        """How many servers it is on."""
        return len(self.guilds)

    async def setup_hook(self) -> None:
        """Open the database under its lock, load every cog strictly, and sync the commands if they changed.

        Raises DatabaseInUseError, DatabaseUnusableError, DatabaseTooNewError or MigrationError, and SupersededError or
        ConsentNeededError where another process may run or runs on a copy of the database.
        """
        self._take_lock()
        self._database, self._identity = await open_database(
            self.settings.database_path, Clock().now(), as_copy=self.takes_over
        )
        self.services = Services.over(self._database, Clock(), self.settings)
        self.services.presence.oldest_in_hand = self.work.oldest
        self.services.presence.clock_ahead = lambda: self.clock_check.difference
        if self.heartbeat is not None:
            await self.services.presence.began()
        self.services.outbox.register(LostMessages(self.services, self))
        self.fence = Fence(self, self.services)
        await self.fence.begin(forced=self.takes_over)
        self.takes_over = False
        if self.heartbeat is not None:
            await self._note_that_it_runs()
        self.outbox.may_send = self._may_go_on
        if self.settings.backup_folder is not None:
            self._backups = Backups.kept_in(self.services, self.settings.backup_folder)
            self.services.outbox.register(self._backups)
        await self._database.tidy_copies(Clock().now() - retention.KEPT_COPIES)
        self.notices = ui.WaitingNotices(self.services)
        await self.tree.set_translator(CatalogueTranslator())
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        self.services.outbox.register(ZoneChanges(self.services))
        await follow_zone_data(self.services)
        self.check_access()
        self.add_dynamic_items(*ui.PersistentButton.classes.values(), *ui.PersistentSelect.classes.values())
        await sync_when_changed(self.tree, self.services, self.application_id or 0)
        self.scheduler.add_job(  # pyright: ignore[reportUnknownMemberType] - APScheduler 3 has no types
            self._nightly, "cron", hour=3, misfire_grace_time=None, coalesce=True
        )
        if self.heartbeat is not None:
            seconds = self.heartbeat.total_seconds()
            self.scheduler.add_job(self._beat, "interval", seconds=seconds, misfire_grace_time=None, coalesce=True)  # pyright: ignore[reportUnknownMemberType] - as above
        self.scheduler.start()

    def check_access(self) -> None:
        """Raise AccessTableError unless the access table says of each thing that people can use who may use it."""
        ui.check_access(self.tree)

    def _take_lock(self) -> None:
        path = self.settings.database_path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(blocking=False)
        except Timeout as error:
            raise DatabaseInUseError(str(path)) from error
        except OSError as error:
            raise unusable(error) from error

    async def on_ready(self) -> None:
        """Send what is owed, and back up if that is overdue."""
        self.connected = True
        if not await self._may_go_on():
            return
        # Before anything is settled: until now nobody could act.
        await self._note_that_people_can_act()
        await self.outbox.start(self.services)
        if self._backups is not None:
            await self._backups.catch_up()

    async def on_resumed(self) -> None:
        """Look whether a copy of the database has taken over while the connection was lost."""
        self.connected = True
        if await self._may_go_on():
            await self._note_that_people_can_act()

    async def on_disconnect(self) -> None:
        """Note that nothing is heard of Discord until the connection is there again."""
        self.connected = False
        if self.heartbeat is not None and self.opened is not None:
            self.opened.presence.cut_off()

    async def _may_go_on(self, within: timedelta = timedelta()) -> bool:
        """Tell whether no copy has taken over, as known ``within`` that time; else begin nothing more, and give way."""
        if self.heartbeat is None or await self.fence.holds(within):
            return True
        if not self.gives_way.is_set():
            _log.critical("another copy of the database has taken over: this bot sends and answers nothing more")
        self.work.silent = True
        self.outbox.halt()
        self.gives_way.set()
        return False

    async def _beat(self) -> None:
        """Each minute: look whether a copy has taken over, and note that this bot runs and hears of Discord."""
        if await self._may_go_on() and self.connected:
            await self._note_that_it_runs()
            await self._note_that_people_can_act(is_watched=True)

    async def _note_that_people_can_act(self, *, is_watched: bool = False) -> None:
        if self.heartbeat is None:
            return
        try:
            if await self.services.presence.heard(self.services.clock.now(), is_watched=is_watched):
                self.dispatch(ENDED, None)
        except (OSError, DriverError) as error:
            # It counts as away until this can be noted.
            _log.warning("that the bot hears of Discord could not be noted: %s", error)

    async def _note_that_it_ran(self) -> None:
        """Note at the end until when the bot ran: what starts again soon after was not away."""
        is_noted = self.heartbeat is not None and self.connected and not self.gives_way.is_set()
        if is_noted and self._database is not None:
            await self._note_that_it_runs(ends=True)

    async def _note_that_it_runs(self, *, ends: bool = False) -> None:
        try:
            await self._identity.beat(self.services.clock.now(), self.fence.checked_at)
            if ends:
                await self.services.presence.ends(self.services.clock.now())
        except (OSError, DriverError) as error:
            _log.warning("that the bot runs could not be noted: %s", error)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Owe nothing more to a server that the bot was removed from."""
        await self.outbox.network_removed(guild.id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Take up again what a server that has the bot back was owed."""
        await self.outbox.network_returned(guild.id)

    async def on_interaction(self, interaction: discord.Interaction["Focalbot"]) -> None:
        """Hand submitted forms to their class; commands and known buttons are discord.py's own business."""
        if interaction.type is discord.InteractionType.modal_submit:
            await ui.receive(interaction)
        elif interaction.type is discord.InteractionType.component:
            await ui.refuse_unknown(interaction)

    async def on_message(self, _message: discord.Message, /) -> None:
        """Look for no commands in messages: the chat room listens to them."""

    async def on_app_command_completion(self, interaction: discord.Interaction["Focalbot"], command: _Command) -> None:
        """Count a command as answered."""
        self.work.end(interaction.id, Kind.COMMAND, _name_of(command), Outcome.ANSWERED)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log what a listener raised: a connection that failed in a line, for what it wanted is looked at again."""
        error = sys.exc_info()[1]
        if isinstance(error, TRANSPORT):
            _log.warning("Discord could not be asked in %s: %r", event_method, error)
        else:
            await super().on_error(event_method, *args, **kwargs)

    def _schedule_event(
        self, coro: Callable[..., Coroutine[Any, Any, Any]], event_name: str, *args: object, **kwargs: object
    ) -> asyncio.Task[None]:
        """Begin what listens to an event, and remember it until it ends: it may work with the database."""
        begin = cast(Callable[..., asyncio.Task[None]], super()._schedule_event)  # pyright: ignore[reportUnknownMemberType] - discord.py leaves the task's result open
        task = begin(coro, event_name, *args, **kwargs)
        self._listening.add(task)
        task.add_done_callback(self._listening.discard)
        return task

    async def _end_listeners(self, patience: float) -> None:
        """Let the running listeners end within ``patience`` seconds, and break off those that do not."""
        running = self._listening - {asyncio.current_task()}
        if running:
            _, late = await asyncio.wait(running, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def close(self) -> None:
        """Take no new interactions, finish the running ones and the listeners, leave Discord, close the database."""
        if not await self.work.finish(PATIENCE):
            _log.warning("closing although an interaction was still being answered")
        await self.outbox.stop()
        await self._note_that_it_ran()
        # discord.py 2.7.1 would announce READY on a loop that close() takes away.
        ready: object = getattr(self._connection, "_ready_task", None)
        if isinstance(ready, asyncio.Task):
            ready.cancel()
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)
        await self._end_listeners(PATIENCE)
        await super().close()
        # Discord may have sent more until the connection ended.
        await self._end_listeners(0)
        if self._database is not None:
            await self._database.close()
            self._database = None
        self._lock.release()

    async def _nightly(self) -> None:
        problems = await self.services.database.check()
        for problem in problems:
            _log.error("the database is damaged: %s", problem)
        async with self.services.transaction() as tx:
            age = int(retention.DRAFTS.total_seconds())
            forgotten = await self.services.settings.forget_old_drafts(tx, age)
            await self.services.documents.forget_unconfirmed(tx, age)
            await self.services.outages.forget(tx, self.services.clock.now() - retention.OUTAGES)
            await self.services.polls.destroy_keys(tx)
        await self.services.database.tidy_copies(self.services.clock.now() - retention.KEPT_COPIES)
        await self.outbox.purge()
        if self._backups is not None:
            await self._backups.make()
        _log.info("nightly check: %d problems, %d old drafts forgotten", len(problems), forgotten)


def create_bot(settings: Settings, *, take_over: bool = False) -> Focalbot:
    """Return the bot, not yet started: nothing is opened before its ``setup_hook``.

    With ``take_over``, it takes the place of whatever runs on another copy of its database.
    """
    return Focalbot(settings, take_over=take_over)
