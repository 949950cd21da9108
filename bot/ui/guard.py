import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, Final, Protocol, cast

import discord
from discord import app_commands

from bot.access import Asker, Level, identify
from bot.errors import UserError, tell
from bot.languages import language_of_locale
from bot.services import Services
from bot.texts import Reader, t

_ASKER: Final = "asker"
REMEMBERED: Final = 10_000
"""Interactions, the latest, that are known when Discord delivers them a second time."""


class Work:
    """The interactions being answered, so that the bot can finish them before it closes."""

    def __init__(self) -> None:
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._latest: OrderedDict[int, None] = OrderedDict()
        self.closing = False

    def begin(self, interaction_id: int) -> bool:
        """Count one interaction; False when Discord delivers it a second time, which is to be left alone.

        Raises UserError when the bot is closing.
        """
        if interaction_id in self._latest:
            return False
        self._latest[interaction_id] = None
        if len(self._latest) > REMEMBERED:
            self._latest.popitem(last=False)
        if self.closing:
            raise UserError(t("The bot is restarting: please try again in a minute."))
        self._running += 1
        self._idle.clear()
        return True

    def end(self) -> None:
        """Count it as answered."""
        self._running -= 1
        if not self._running:
            self._idle.set()

    async def finish(self, patience: float) -> bool:
        """Let nothing new begin and wait up to ``patience`` seconds; tell whether all was answered."""
        self.closing = True
        try:
            async with asyncio.timeout(patience):
                await self._idle.wait()
        except TimeoutError:
            return False
        return True


class Host(Protocol):
    """What the interface needs of the bot."""

    services: Services
    work: Work

    @property
    def tree(self) -> app_commands.CommandTree[Any]:
        """The commands."""
        ...


def host_of(interaction: discord.Interaction) -> Host:
    """Return the bot that the interaction came to."""
    return cast(Host, interaction.client)


def asker_of(interaction: discord.Interaction) -> Asker:
    """Return who asks, worked out when the interaction was let in."""
    return interaction.extras[_ASKER]


def known_asker(interaction: discord.Interaction) -> Asker | None:
    """Return who asks, or None where they have not been let in (yet)."""
    return interaction.extras.get(_ASKER)


async def let_in(interaction: discord.Interaction, level: Level, guild_id: int | None = None) -> Asker:
    """Work out who asks and raise NotAllowedError unless they are let in at ``level``."""
    asker = await identify(host_of(interaction).services, interaction, guild_id)
    interaction.extras[_ASKER] = asker
    asker.require(level)
    return asker


def reader_for(interaction: discord.Interaction) -> Reader:
    """Return how to read to whoever asks, even when they could not be let in."""
    asker = cast(Asker | None, interaction.extras.get(_ASKER))
    if asker is not None:
        return asker.reader
    defaults = host_of(interaction).services.defaults
    return Reader(language_of_locale(str(interaction.locale)) or defaults.default_language, defaults.default_timezone)


async def guarded(
    interaction: discord.Interaction,
    level: Level,
    action: Callable[[Asker], Awaitable[None]],
    guild_id: int | None = None,
    *,
    at_once: bool = False,
) -> None:
    """Let the asker in, do ``action``, and answer any error: around everything a button or a form does.

    ``at_once`` acknowledges before anything is read, for what hundreds may press in one instant: Discord waits
    three seconds, and the database serves one after another. ``guild_id`` names the network for what is pressed in
    direct messages. What was done without an error is dispatched as the event ``answered``, as a command's completion
    is.
    """
    work = host_of(interaction).work
    try:
        if not work.begin(interaction.id):
            return
        try:
            if at_once:
                await interaction.response.defer()
            await action(await let_in(interaction, level, guild_id))
        finally:
            work.end()
        interaction.client.dispatch("answered", interaction)
    except Exception as error:  # noqa: BLE001 - the one place where whatever goes wrong becomes an answer
        await tell(interaction, reader_for(interaction), error)
