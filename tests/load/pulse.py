"""An extension of the tests' own: writes down for how long the bot's loop got no turn, and how much memory it has."""

import asyncio
import os
import time
from pathlib import Path
from typing import Final

from bot.app import Focalbot
from tests.loopback import notes

VARIABLE: Final = "LOAD_PULSE"
"""The file that a line is written to each half second: when (monotonic), and the longest pauses since the last line."""
_BEAT: Final = 0.002
_LINE: Final = 0.5
_KIB: Final = 1024


async def setup(bot: Focalbot) -> None:
    """Let the notes answer for their rows too, and begin to beat."""
    await notes.setup(bot)
    bot.pulse = asyncio.create_task(_beat(Path(os.environ[VARIABLE])))  # type: ignore[attr-defined]


async def _beat(file: Path) -> None:
    last, busy, line = time.monotonic(), time.thread_time(), time.monotonic()
    longest = work = 0.0
    # By the system's clock: the loop's own may be paced.
    while True:
        await asyncio.sleep(_BEAT)
        now, busy_now = time.monotonic(), time.thread_time()
        longest, work = max(longest, now - last - _BEAT), max(work, busy_now - busy)
        last, busy = now, busy_now
        if now - line > _LINE:
            with file.open("a") as out:
                out.write(f"{now} {longest} {work} {_resident()}\n")
            longest = work = 0.0
            line = now


def _resident() -> int:
    """Return the memory of this process in bytes."""
    [line] = [one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmRSS:")]
    return int(line.split()[1]) * _KIB
