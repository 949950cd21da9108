"""The real process killed in the middle of its conversation with a mail server, again and again: no e-mail twice."""

import asyncio
import random
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from email import message_from_bytes
from pathlib import Path

import pytest

from bot.outbox import person
from bot.outbox.reference import nonce_of
from storage.outbox.models import OutboxRow
from storage.outbox.rows import COLUMNS, row_of
from storage.outbox.states import OutboxState
from tests.loopback.clock import PacedClock
from tests.loopback.focalbot import FocalbotWorkload
from tests.loopback.kills import BEGINS_AT, PACE
from tests.loopback.nursery import Child, Nursery
from tests.loopback.process import environment
from tests.loopback.server import LoopbackDiscord
from tests.patience import ELSEWHERE, JOURNEY, MOMENT

KILLS = 60
STEPS = ("connect", "EHLO", "MAIL", "RCPT", "DATA", "half", "whole", "answered")


class Deadly:
    """A mail server that kills the process that talks to it: at ``step``, before it answers (None: never)."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.died_at: Counter[str] = Counter()
        self.step: str | None = None
        self.child: Child | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await self._converse(reader, writer)
        writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def answer(step: str, reply: bytes) -> None:
            self._die_at(step)
            writer.write(reply + b"\r\n")

        answer("connect", b"220 mail.test")
        while line := await reader.readline():
            word = line.split()[0].upper().decode()
            answer(word, {"DATA": b"354 go on", "QUIT": b"221 bye"}.get(word, b"250 OK"))
            if word == "DATA":
                content = await reader.readexactly(200)
                self._die_at("half")
                content += await reader.readuntil(b"\r\n.\r\n")
                self.taken[_reference(content)] += 1
                answer("whole", b"250 OK")
                await writer.drain()
                self._die_at("answered")

    def _die_at(self, step: str) -> None:
        if step == self.step and self.child is not None:
            self.died_at[step] += 1
            self.step = None
            self.child.kill()
            raise ConnectionResetError


def _reference(content: bytes) -> str:
    return str(message_from_bytes(content)["Message-ID"]).strip("<>").partition("@")[0]


@pytest.mark.alone
async def test_killed_at_any_step_no_email_is_sent_twice_and_none_is_lost(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - lots, not secrets
    deadly, workload = Deadly(), FocalbotWorkload()
    discord = LoopbackDiscord(PacedClock.starting(BEGINS_AT, PACE))
    database = tmp_path / "focalbot.sqlite3"
    server = await asyncio.start_server(deadly.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    workload.environment |= {"SMTP_URL": f"smtp://127.0.0.1:{port}", "MAIL_FROM": "bot@network.example"}
    async with server, discord, Nursery() as nursery:
        workload.furnish(discord, database)

        async def start() -> Child:
            values = environment(discord, database, **workload.environment)
            return await nursery.start(["run"], values, tmp_path / "output.txt", workload.entry)

        people = await emailed(workload, database)
        for _ in range(KILLS):
            async with workload.services(database) as services, services.transaction() as tx:
                await workload.ask(services, tx, person(chance.choice(people)))
            deadly.step = chance.choice(STEPS)
            deadly.child = await start()
            await asyncio.wait({deadly.child.ended}, timeout=ELSEWHERE)
            deadly.child.kill()
            await deadly.child.ended
        deadly.step, deadly.child = None, None
        last = await start()
        async with asyncio.timeout(JOURNEY):
            while any(row.state in ("pending", "sending") for row in rows(database)):
                await asyncio.wait({last.ended}, timeout=MOMENT)
        last.kill()
        await last.ended
    ends = Counter((row.state, deadly.taken[nonce(database, row)]) for row in rows(database))
    assert max(deadly.taken.values()) == 1, ends
    assert {state for state, _ in ends} <= {"sent", "unknown"}, ends
    assert (OutboxState.SENT, 0) not in ends
    assert ends[OutboxState.SENT, 1] > KILLS / 3, ends
    assert sum(deadly.died_at.values()) > KILLS / 2, deadly.died_at


async def emailed(workload: FocalbotWorkload, database: Path) -> list[int]:
    """Let the network send e-mails, to a dozen people without an account."""
    async with workload.services(database) as services, services.transaction() as tx:
        await services.settings.change_network(
            tx, workload.guild.id, email_enabled=True, email_reply_to="office@network.example"
        )
        return [
            await services.members.add_person(tx, workload.guild.id, f"P{n}", email=f"p{n}@example.org")
            for n in range(12)
        ]


def rows(database: Path) -> list[OutboxRow]:
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute(f"SELECT {COLUMNS} FROM outbox AS o WHERE o.subject = 'note'").fetchall()
        return [row_of(row) for row in found]


def nonce(database: Path, row: OutboxRow) -> str:
    with closing(sqlite3.connect(database)) as connection:
        (salt,) = connection.execute("SELECT salt FROM outbox_file").fetchone()
    return nonce_of(row, salt)
