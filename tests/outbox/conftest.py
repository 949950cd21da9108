"""A subject of the tests' own, and a network that owes its messages."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import discord
import pytest

from bot.outbox import Message, Owed, RecordlessSubject, Standing
from bot.texts import Reader, Text, t
from storage.outbox.models import OutboxRow
from storage.outbox.states import STEPS
from tests.smtp.servers import Mailbox, mailbox
from tests.world import Server, World, new_bot, running_world


class Notes(RecordlessSubject):
    """Notes that say their kind; each test sets when they lapse, whom they concern, and what is called off."""

    name: ClassVar[str] = "note"

    def __init__(self) -> None:
        self.until: dict[int, datetime] = {}
        self.concerned: list[int] = []
        self.off: set[int] = set()
        self.words = "Note"
        self.fault: Exception | None = None
        self.faulty: set[str] = set()
        self.fault_of_standing: Exception | None = None
        self.role_id: int | None = None
        self.preparing: Callable[[OutboxRow], Awaitable[None]] | None = None
        self.files: Callable[[OutboxRow], Awaitable[list[discord.File]]] | None = None

    async def prepare(self, row: OutboxRow) -> None:
        if self.preparing is not None:
            await self.preparing(row)

    async def standing(self, row: OutboxRow) -> Standing | None:
        if self.fault_of_standing is not None:
            raise self.fault_of_standing
        return None if row.subject_id in self.off else Standing(self.until.get(row.subject_id))

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        if self.fault is not None:
            raise self.fault
        if row.kind in self.faulty:
            raise ValueError(row.kind)
        card = discord.Embed(title=row.kind, description=reader.language)
        files = await self.files(row) if self.files is not None else ()
        return Message(f"{self.words} {row.kind}", card, role_id=self.role_id, files=files)

    async def title(self, row: OutboxRow) -> Text:
        return t("{kind}", kind=row.kind)

    async def people(self, row: OutboxRow) -> Sequence[int]:
        return self.concerned


class Desk:
    """Plans notes for one network and looks at what came of them."""

    def __init__(self, world: World, notes: Notes) -> None:
        self.world = world
        self.notes = notes

    @property
    def server(self) -> Server:
        return self.world.server

    @property
    def guild_id(self) -> int:
        return self.server.id

    @property
    def now(self) -> datetime:
        return self.world.env.now()

    async def plan(self, *owed: Owed, subject_id: int = 1) -> None:
        services = self.world.bot.services
        with self.world.as_bot():
            async with services.transaction() as tx:
                await services.outbox.plan(tx, self.guild_id, "note", subject_id, owed)
        await self.world.env.settle()

    async def ask(self, kind: str, target: str, *, subject_id: int = 1, **options: Any) -> int:
        services = self.world.bot.services
        with self.world.as_bot():
            async with services.transaction() as tx:
                row_id = await services.outbox.plan_now(tx, self.guild_id, "note", subject_id, kind, target, **options)
        await self.world.env.settle()
        return row_id

    async def rows(self, subject_id: int = 1) -> list[OutboxRow]:
        return await self.world.bot.services.outbox.of(self.guild_id, "note", subject_id)

    async def states(self, subject_id: int = 1) -> list[str]:
        return [row.state for row in await self.rows(subject_id)]

    async def pass_time(self, span: timedelta | float) -> None:
        await self.world.travel(span)

    def shown(self, channel: str = "announcements") -> list[str]:
        return [m.content for m in self.server.channels[channel].history()]

    async def restart(self, *, bare: bool = False) -> None:
        """Start another bot on the same database; a ``bare`` one has no commands, which makes it quick to start."""
        await self.world.bot.close()
        self.world.bot = new_bot(self.world.settings)
        adopt(self.world, self.notes, bare=bare)
        await self.world.env.restart_bot(self.world.bot)


async def only_by_the_table(world: World) -> None:
    """Have the bot's writer refuse whatever takes a row by no step of the table."""
    steps = ", ".join(f"('{step.before}', '{step.after}')" for step in STEPS)
    await world.bot.services.database._writer.execute(
        "CREATE TEMP TRIGGER by_the_table BEFORE UPDATE OF state ON outbox"
        f" WHEN OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (VALUES {steps})"
        " BEGIN SELECT raise(ABORT, 'no such step'); END"
    )


def adopt(world: World, notes: Notes, *, bare: bool) -> None:
    """Let the notes answer for their rows from the bot's start on, as a cog's setup does."""
    load = world.bot.load_extension

    async def load_and_register(name: str, **options: Any) -> None:
        world.bot.services.outbox.register(notes)
        if not bare:
            await load(name, **options)

    world.bot.load_extension = load_and_register  # type: ignore[method-assign]
    if bare:
        # Without rooms, the access table has entries for what is not there.
        world.bot.check_access = lambda: None  # type: ignore[method-assign]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncGenerator[Desk]:
    async with running_world(tmp_path / "focalbot.sqlite3") as world:
        notes = Notes()
        world.bot.services.outbox.register(notes)
        await only_by_the_table(world)
        yield Desk(world, notes)


@pytest.fixture
async def posted(tmp_path: Path) -> AsyncGenerator[tuple[Desk, Mailbox]]:
    from tests.outbox.posting import desk_at  # noqa: PLC0415 - it builds upon what is above

    async with mailbox() as (server, box), desk_at(tmp_path / "focalbot.sqlite3", server.port) as desk:
        yield desk, box
