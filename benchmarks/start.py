"""What a start costs in time and memory beside bare discord.py, each in a process of its own.

python -m benchmarks.start

A start is everything up to the connection to Discord: imports, the bot, its commands, and an open database. Red is
measured beside them where FOCALBOT_RED names a Python that has it (and pip) installed. The last results are in
benchmarks/README.md.
"""

import os
import subprocess
import sys
import tempfile

ROUNDS = 7
MEASURE = """
import re, time
print(time.process_time(), int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024)
"""
BARE = """
import discord
from discord.ext import commands
bot = commands.Bot(command_prefix="!", intents=discord.Intents(guilds=True))
"""
OURS = """
import asyncio, sys
from pathlib import Path
from bot.app import EXTENSIONS, Focalbot
from bot.clock import Clock
from bot.services import Services
from bot.settings import Settings
from bot.ui import WaitingNotices
from storage.database import Database
async def start(path):
    settings = Settings(_env_file=None, database_path=path)
    bot = Focalbot(settings)
    database = await Database.open(path)
    bot.services = Services.over(database, Clock(), settings)
    bot.notices = WaitingNotices(bot.services)
    for extension in EXTENSIONS:
        await bot.load_extension(extension)
    bot.check_access()
    await database.close()
asyncio.run(start(Path(sys.argv[1]) / "focalbot.sqlite3"))
"""
RED = """
import redbot.core.bot
"""
Cost = tuple[float, float]
"""Processor seconds, and MiB in memory (of Linux, as its /proc says)."""


def cost(program: str, python: str = sys.executable) -> Cost:
    """Return what a process costs that runs ``program``: the least of some rounds in time."""
    costs: list[Cost] = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            ran = subprocess.run(  # noqa: S603 - programs of this file
                [python, "-c", program + MEASURE, folder], cwd=folder, capture_output=True, text=True, check=True
            )
            seconds, memory = map(float, ran.stdout.split())
            costs.append((seconds, memory))
    # The first makes the database and the compiled files: no start after it does.
    return min(costs[1:])


def table() -> list[str]:
    """Return the table's lines."""
    programs = {"bare discord.py": cost(BARE), "focalbot": cost(OURS)}
    red = os.environ.get("FOCALBOT_RED")
    if red is not None:
        # Without its commands and its database: what it needs a token for.
        programs["Red, its core imported"] = cost(RED, red)
    base = programs["bare discord.py"]
    lines = ["| | start, processor | times bare | memory | times bare |", "| --- | ---: | ---: | ---: | ---: |"]
    lines += [
        f"| {name} | {s:.2f} s | {s / base[0]:.2f} | {m:.0f} MiB | {m / base[1]:.2f} |"
        for name, (s, m) in programs.items()
    ]
    return lines if red is not None else [*lines, "", "Red is not measured: FOCALBOT_RED names no Python that has it."]


if __name__ == "__main__":
    print("\n".join(table()))
