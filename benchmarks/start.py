"""What a start costs in time and memory beside bare discord.py, each in a process of its own.

python -m benchmarks.start

A start is everything that `focalbot run` does up to the connection to Discord, with its files compiled, as pip leaves
them, and a database that is there: imports, settings, the bot, its commands, their translations. Red is
measured beside them where FOCALBOT_RED names a Python that has it (and pip) installed. They take turns. The last
results are in benchmarks/README.md.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 15
MEASURE = """
def measure():
    import re, time
    seconds = time.process_time()
    print(seconds, int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024, flush=True)
"""
BARE = """
import discord
from discord.ext import commands
bot = commands.Bot(command_prefix="!", intents=discord.Intents(guilds=True))
measure()
"""
OURS = """
import os, sys
from bot.__main__ import main
import discord
async def log_in(bot, token):
    await bot._async_setup_hook()
    await bot.setup_hook()
async def connect(bot, **options):
    measure()
    os._exit(0)
async def give_commands(tree, **options):
    return []
discord.Client.login, discord.Client.connect = log_in, connect
discord.app_commands.CommandTree.sync = give_commands
sys.argv = ["focalbot", "run"]
main()
"""
RED = """
import redbot.core.bot
measure()
"""
Cost = tuple[float, float]
"""Processor seconds, and MiB in memory (of Linux, as its /proc says)."""


def cost(program: str, folder: str, python: str = sys.executable) -> Cost:
    """Return what a process costs that runs ``program`` with its database and compiled files in ``folder``."""
    # Some machines ask not to keep compiled files: then what is measured is the compiler.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {
        "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled"),
        "DATABASE_PATH": str(Path(folder) / "focalbot.sqlite3"),
        "DISCORD_TOKEN": f"{'a' * 24}.{'b' * 6}.{'c' * 27}",
    }
    ran = subprocess.run(  # noqa: S603 - programs of this file
        [python, "-c", MEASURE + program], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    seconds, memory = map(float, ran.stdout.split())
    return seconds, memory


def table() -> list[str]:
    """Return the table's lines: the least of some rounds in time."""
    programs = {"bare discord.py": (BARE, sys.executable), "focalbot": (OURS, sys.executable)}
    red = os.environ.get("FOCALBOT_RED")
    if red is not None:
        # Without its commands and its database: what it needs a token for.
        programs["Red, its core imported"] = (RED, red)
    with tempfile.TemporaryDirectory() as folder:
        # The first makes the database and the compiled files: no start after it does.
        rounds = [{name: cost(run, folder, python) for name, (run, python) in programs.items()} for _ in range(ROUNDS)]
    least = {name: min(costs[name] for costs in rounds[1:]) for name in programs}
    base = least["bare discord.py"]
    lines = ["| | start, processor | times bare | memory | times bare |", "| --- | ---: | ---: | ---: | ---: |"]
    lines += [
        f"| {name} | {s:.2f} s | {s / base[0]:.2f} | {m:.0f} MiB | {m / base[1]:.2f} |"
        for name, (s, m) in least.items()
    ]
    return lines if red is not None else [*lines, "", "Red is not measured: FOCALBOT_RED names no Python that has it."]


if __name__ == "__main__":
    print("\n".join(table()))
