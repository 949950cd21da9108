"""What was read of each network, held in memory while the version of it in the database is the same."""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

On = TypeVar("On")
Value = TypeVar("Value")
NETWORKS: Final = 64
"""How many networks are held at a time, more than one process serves; the one asked for longest ago makes room."""


@dataclass(frozen=True, slots=True)
class Held(Generic[On, Value]):
    """What was read of a network with some ``version``, for all who asked ``on`` the same."""

    version: int
    on: On
    value: Value
    forgetting: asyncio.TimerHandle | None = None


class VersionCache(Generic[On, Value]):
    """One value for each network. It is stale as soon as the network's version is another, and by nothing else.

    ``version`` says which it has now. ``read`` is given the network, what the value is ``on`` (a day, say) and what was
    held of it before, and returns a version that the value is not older than, and the value. ``seconds``: how long a
    value is held at most, asked for or not; None: for ever.
    """

    def __init__(
        self,
        version: Callable[[int], Awaitable[int]],
        read: Callable[[int, On, Held[On, Value] | None], Awaitable[tuple[int, Value]]],
        seconds: float | None = None,
    ) -> None:
        self._version = version
        self._read = read
        self._seconds = seconds
        self._held: OrderedDict[int, Held[On, Value]] = OrderedDict()
        self._reading: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        """One for each network: none waits while another is read."""

    async def of(self, guild_id: int, on: On) -> Value:
        """Return the value of a network, as last committed."""
        held = self._current(guild_id, await self._version(guild_id), on)
        if held is not None:
            return held.value
        async with self._reading[guild_id]:
            held = self._current(guild_id, await self._version(guild_id), on)
            return held.value if held is not None else await self._read_anew(guild_id, on)

    def _current(self, guild_id: int, version: int, on: On) -> Held[On, Value] | None:
        held = self._held.get(guild_id)
        if held is None or (held.version, held.on) != (version, on):
            return None
        self._held.move_to_end(guild_id)
        return held

    async def _read_anew(self, guild_id: int, on: On) -> Value:
        before = self._held.get(guild_id)
        version, value = await self._read(guild_id, on, before)
        self._forget(guild_id)
        forgetting = None
        if self._seconds is not None:
            forgetting = asyncio.get_running_loop().call_later(self._seconds, self._forget, guild_id)
        self._held[guild_id] = Held(version, on, value, forgetting)
        if len(self._held) > NETWORKS:
            self._forget(next(iter(self._held)))
        return value

    def _forget(self, guild_id: int) -> None:
        held = self._held.pop(guild_id, None)
        if held is not None and held.forgetting is not None:
            held.forgetting.cancel()
