import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from discord.utils import snowflake_time

from bot.errors import UserError
from bot.observation import Kind, Observation, Observe, Outcome, unobserved
from bot.texts import t

REMEMBERED: Final = 10_000
"""Interactions, the latest, that are known when Discord delivers them a second time."""


URGENT: Final = "urgent"
"""Among the ``extras`` of a command: it does not wait until others are answered."""
AT_A_TIME: Final = 64
"""Interactions that are being answered in one moment. All at once would be answered at about the same time, late."""


class RunningInteractions:
    """The interactions being answered, so that each has its turn, and the bot can finish them before it closes."""

    def __init__(self) -> None:
        self._running: dict[int, float] = {}
        self._answering: set[int] = set()
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._idle = asyncio.Event()
        self._idle.set()
        self._latest: OrderedDict[int, None] = OrderedDict()
        self.observe: Observe = unobserved
        """Hears what each came to."""
        self.closing = False
        self.silent = False
        """Whether nothing new is answered at all: another process has taken over, and answers."""

    def begin(self, interaction_id: int) -> bool:
        """Count one interaction; False when it is to be left alone: delivered a second time, or another's to answer.

        Raises UserError when the bot is closing.
        """
        if interaction_id in self._latest or self.silent:
            return False
        self._latest[interaction_id] = None
        if len(self._latest) > REMEMBERED:
            self._latest.popitem(last=False)
        if self.closing:
            raise UserError(t("The bot is restarting: please try again in a minute."))
        self._running[interaction_id] = asyncio.get_running_loop().time()
        self._idle.clear()
        return True

    async def take_turn(self, interaction_id: int, acknowledge: Callable[[], Awaitable[None]]) -> None:
        """Wait until no more than some others are being answered.

        An interaction that has to wait is acknowledged first: Discord waits three seconds for a first sign, and then a
        quarter of an hour. Raises what ``acknowledge`` raises.
        """
        if len(self._answering) < AT_A_TIME:
            self._answering.add(interaction_id)
            return
        turn = self._waiting[interaction_id] = asyncio.get_running_loop().create_future()
        await acknowledge()
        await turn

    def _give_turns(self) -> None:
        while self._waiting and len(self._answering) < AT_A_TIME:
            interaction_id = next(iter(self._waiting))
            turn = self._waiting.pop(interaction_id)
            self._answering.add(interaction_id)
            if not turn.done():
                turn.set_result(None)

    def end(self, interaction_id: int, kind: Kind, name: str, outcome: Outcome) -> None:
        """Count it as over: what of which ``name`` was used, and what that came to."""
        began = self._running.pop(interaction_id, None)
        self._waiting.pop(interaction_id, None)
        self._answering.discard(interaction_id)
        self._give_turns()
        if not self._running:
            self._idle.set()
        if began is not None:
            seconds = asyncio.get_running_loop().time() - began
            self.observe(Observation(kind, name, outcome, seconds))

    def oldest(self) -> datetime | None:
        """Return when the oldest of those that are not answered yet was sent, by Discord's clock; None: all are."""
        return snowflake_time(min(self._running)) if self._running else None

    async def finish(self, patience: float) -> bool:
        """Let nothing new begin and wait up to ``patience`` seconds; tell whether all was answered."""
        self.closing = True
        try:
            async with asyncio.timeout(patience):
                await self._idle.wait()
        except TimeoutError:
            return False
        return True
