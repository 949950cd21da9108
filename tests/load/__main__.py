"""``python -m tests.load``: a thousand interactions at once, a fan-out, a channel full of buttons, fifty networks."""

import asyncio
import os
import platform
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.load import pulse
from tests.load.crowd import WORKING_DAY, Network, add_network, count, seat, services_on
from tests.loopback import notes
from tests.loopback.clock import PacedClock
from tests.loopback.interactions import Answer
from tests.loopback.launcher import EXTENSION_VARIABLE
from tests.loopback.process import BotProcess
from tests.loopback.server import LoopbackDiscord
from tests.smtp.servers import mailbox

SEATS, EACH = 63, 10
PEOPLE: Final = SEATS * EACH
AT_ONCE: Final = 1000
NETWORKS: Final = 50
PATIENCE: Final = 240.0
"""Seconds for what never happens."""
DISCORD_WAITS: Final = 3.0
MOST_BLOCKED: Final = 1.0
"""Seconds of the processor in which nobody else has a turn, at most: what takes longer goes off the loop, in pieces."""
_MIB: Final = 1 << 20
COMMANDS: Final = ("about", "member me", "meeting show", "topic list", "pending", "resource list", "help", "poll list")


@dataclass
class Report:
    """What was done, and what is wrong with it."""

    lines: list[str] = field(default_factory=list[str])
    wrong: list[str] = field(default_factory=list[str])

    def expect(self, what: str, found: object, expected: object) -> None:
        """Say what was found, and that it is wrong unless it is ``expected``."""
        if found != expected:
            self.wrong.append(f"{what}: {found} of {expected}")


class Rig:
    """A bot as a process, its Discord, and what its pulse has written."""

    def __init__(self, discord: LoopbackDiscord, folder: Path, report: Report, **settings: str) -> None:
        self.discord = discord
        discord.people.answered_within = DISCORD_WAITS
        self.database = folder / "focalbot.sqlite3"
        self.pulse = folder / "pulse"
        self.report = report
        self.settings = {"LOG_LEVEL": "ERROR", EXTENSION_VARIABLE: pulse.__name__, pulse.VARIABLE: str(self.pulse)}
        self.settings |= settings

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[BotProcess]:
        """Run the bot; what it logs as an error is wrong."""
        self.pulse.unlink(missing_ok=True)
        async with BotProcess(self.discord, self.database, folder=None, **self.settings) as bot:
            await bot.ready()
            await asyncio.sleep(3)
            yield bot
            if await bot.stop() != 0 or bot.stderr:
                self.report.wrong.append(f"the bot said: {bot.stderr[-2000:]}")

    async def measured(self, what: str, do: Callable[[], Awaitable[str]]) -> None:
        """Do something and write down how it went, with the longest block of the bot's loop and its memory."""
        begun = time.monotonic()
        said = await do()
        ended = time.monotonic()
        await asyncio.sleep(0.7)
        rows = [tuple(map(float, line.split())) for line in self.pulse.read_text().splitlines()]
        within = [row for row in rows if begun <= row[0] <= ended + 0.7] or rows[-1:]
        longest, work, memory = (max(row[n] for row in within) for n in (1, 2, 3))
        self.report.expect(f"{what}: blocked for over a second", work > MOST_BLOCKED, expected=False)
        self.report.lines.append(
            f"{what}: {said}; {ended - begun:.1f} s; longest block of the loop {longest * 1000:.0f} ms"
            f" ({work * 1000:.0f} ms of the processor); memory {memory / _MIB:.0f} MiB"
        )
        print(self.report.lines[-1], flush=True)  # noqa: T201 - figures, as they come


def answered(report: Report, what: str, answers: list[Answer]) -> str:
    """Count the answers and say how long they took."""
    shown = [one for one in answers if one.finished.is_set()]
    report.expect(f"{what} answered", len(shown), len(answers))
    faults = [one for one in shown if one.message is not None and "Something went wrong" in one.content]
    report.expect(f"{what} without a fault", len(shown) - len(faults), len(answers))
    seconds = sorted(one.seconds for one in shown) or [0.0]
    late = sum(one > DISCORD_WAITS for one in seconds)
    middle, last = statistics.median(seconds), seconds[-1]
    return f"{len(shown)} of {len(answers)} answered, p50 {middle:.2f} s, last {last:.2f} s, {late} after 3 s"


async def all_shown(answers: list[Answer]) -> None:
    """Wait until each has its answer, or for as long as there is patience."""
    waiting = [asyncio.create_task(one.finished.wait()) for one in answers]
    _, late = await asyncio.wait(waiting, timeout=PATIENCE)
    for one in late:
        one.cancel()


async def until(happened: Callable[[], bool]) -> None:
    """Wait until another process has done something, or for as long as there is patience."""
    begun = time.monotonic()
    while not happened() and time.monotonic() - begun < PATIENCE:  # noqa: ASYNC110 - another process makes it happen
        await asyncio.sleep(0.2)


async def interactions(rig: Rig, network: Network) -> str:
    """Let a thousand people type commands in one instant: the members, and guests."""
    discord, place = rig.discord, network.channels["announcements"]
    guests = [discord.add_user(f"guest {n}", network.guild) for n in range(AT_ONCE - len(network.members))]
    people = [*network.members, *guests]
    answers = [
        await discord.people.start_slash(one, place, COMMANDS[n % len(COMMANDS)]) for n, one in enumerate(people)
    ]
    await all_shown(answers)
    return answered(rig.report, "commands", answers)


async def buttons(rig: Rig, network: Network, webinar: int) -> str:
    """Let every member press a button of one message in one instant, and every tenth another one too."""
    discord, guild = rig.discord, network.guild
    place = network.channels["announcements"]
    message = next(
        one for one in discord.messages(place) if f"webinar:attending:{webinar}:{guild.id}" in one.custom_ids()
    )
    pressing = [(one, "attending") for one in network.members] + [(one, "maybe") for one in network.members[::10]]
    answers = await asyncio.gather(
        *(discord.people.press(one, message, f"webinar:{what}:{webinar}:{guild.id}") for one, what in pressing)
    )
    booked = count(rig.database, "SELECT count(*) FROM webinar_answer WHERE webinar_id = ?", webinar)
    rig.report.expect("answers in the books", booked, len(network.members))
    return answered(rig.report, "buttons", list(answers))


async def fan_out(rig: Rig, network: Network, taken: list[object]) -> str:
    """Write to everybody as the secretariat does: by direct message, and by e-mail where there is no account."""
    discord, place = rig.discord, network.channels["secretariat"]
    text = "The papers of the meeting are on the shelf."
    shown = await discord.people.slash(network.office, place, "message send", audience="all", text=text)
    await discord.people.click(network.office, shown.message, "Confirm")  # type: ignore[arg-type]
    received = lambda: sum(any(text in m.content for m in discord.direct_messages(one)) for one in network.members)  # noqa: E731
    await until(lambda: len(taken) >= PEOPLE and received() >= PEOPLE)
    twice = sum(sum(text in m.content for m in discord.direct_messages(one)) > 1 for one in network.members)
    rig.report.expect("direct messages", received(), PEOPLE)
    rig.report.expect("received twice", twice, 0)
    rig.report.expect("e-mails", len(taken), PEOPLE)
    return f"{received()} direct messages and {len(taken)} e-mails to {2 * PEOPLE} people, none twice"


async def networks(rig: Rig, all_of: list[Network]) -> str:
    """Let what fifty networks owe at one instant be sent: one message in a channel, and one to each of ten people."""
    owed = len(all_of) * 11
    sent = "SELECT count(*) FROM outbox WHERE subject = 'note' AND state = 'sent'"
    await until(lambda: count(rig.database, sent) >= owed)
    rig.report.expect("messages of fifty networks", count(rig.database, sent), owed)
    wrong = 0
    for number, one in enumerate(all_of, 1):
        shown = Counter(m.content for m in rig.discord.messages(one.channels["announcements"]))
        told = [Counter(m.content for m in rig.discord.direct_messages(user)) for user in one.members]
        expected = f"{notes.SENTENCE}{number}"
        wrong += shown[expected] != 1 or any(each[expected] != 1 for each in told)
        others = {text for each in (shown, *told) for text in each if text.startswith(notes.SENTENCE)} - {expected}
        wrong += len(others)
    rig.report.expect("networks with a message of another, or without its own", wrong, 0)
    return f"{owed} messages of {len(all_of)} networks, each in its own"


async def one_network(folder: Path, report: Report) -> None:
    """A thousand interactions, then a channel full of buttons, by the system's pace."""
    async with LoopbackDiscord(PacedClock.starting(WORKING_DAY, 1)) as discord:
        rig, network = Rig(discord, folder, report), add_network(discord, "Network")
        async with services_on(discord, rig.database) as services, services.transaction() as tx:
            await seat(discord, services, tx, network, SEATS, EACH)
        async with rig.running():
            await rig.measured(f"{AT_ONCE:,} interactions at once", lambda: interactions(rig, network))
            await rig.measured("the same again", lambda: interactions(rig, network))
            webinar = await _scheduled(rig, network)
            await rig.measured("a channel full of buttons", lambda: buttons(rig, network, webinar))


async def _scheduled(rig: Rig, network: Network) -> int:
    people = rig.discord.people
    shown = await people.slash(
        network.office,
        network.channels["secretariat"],
        "webinar schedule",
        title="Prevention",
        starts="in 5 days at 15:00",
        duration="1h",
        timezone="UTC",
        link="https://meet.example.org/r2p",
    )
    assert shown.message is not None
    await people.click(network.office, shown.message, "Confirm")
    await until(lambda: bool(rig.discord.messages(network.channels["announcements"])))
    return count(rig.database, "SELECT max(id) FROM webinar")


async def many_people(folder: Path, report: Report) -> None:
    """A message to 1,260 people, half of them without an account, at twenty times the pace."""
    async with mailbox() as (server, box), LoopbackDiscord(PacedClock.starting(WORKING_DAY, 20)) as discord:
        url = f"smtp://{server.host}:{server.port}"
        rig = Rig(discord, folder, report, SMTP_URL=url, MAIL_FROM="bot@example.org")
        network = add_network(discord, "Network")
        async with services_on(discord, rig.database) as services, services.transaction() as tx:
            await seat(discord, services, tx, network, SEATS, EACH, by_email=EACH)
        async with rig.running():
            taken: list[object] = box.taken  # type: ignore[assignment]
            await rig.measured("a message to all", lambda: fan_out(rig, network, taken))


async def many_networks(folder: Path, report: Report) -> None:
    """Fifty networks on one bot, all of which owe something at the same instant."""
    async with LoopbackDiscord(PacedClock.starting(WORKING_DAY, 1)) as discord:
        rig = Rig(discord, folder, report)
        all_of = [add_network(discord, f"Network {n}") for n in range(NETWORKS)]
        async with services_on(discord, rig.database) as services, services.transaction() as tx:
            for number, one in enumerate(all_of, 1):
                await seat(discord, services, tx, one, EACH, 1)
                for target, people in (("announcements", []), ("people", one.people)):
                    payload = {"people": people, "until": None}
                    await services.outbox.plan_now(
                        tx, one.guild.id, notes.NAME, number, "note", target, payload=payload
                    )
        async with rig.running():
            await rig.measured(f"{NETWORKS} networks", lambda: networks(rig, all_of))


async def main() -> Report:
    """Put all of it on."""
    report = Report()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load} before", flush=True)  # noqa: T201 - figures
    for put_on in (one_network, many_people, many_networks):
        with tempfile.TemporaryDirectory() as folder:
            await put_on(Path(folder), report)
    return report


if __name__ == "__main__":
    done = asyncio.run(main())
    print(f"wrong: {len(done.wrong)}", *done.wrong, sep="\n")  # noqa: T201 - as above
    sys.exit(1 if done.wrong else 0)
