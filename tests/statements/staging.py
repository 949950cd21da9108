"""Statements as people draft, join and deliver them, on SimCord."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import discord
from simcord.results import InteractionResult

from bot.languages import Language
from bot.texts import Reader, Text
from storage.members.models import Delegation
from storage.outbox.models import OutboxRow
from storage.statements.models import Statement
from tests.people import Person
from tests.world import Server, World, labels, said

TITLE = "On the responsibility to prevent"
MARKER = "MARKERWORDS"
"""In the text of every file, so that it is found wherever it leaks."""
LINK = "https://docs.example.org/MARKERLINK"


def pdf(words: str = "first") -> bytes:
    return f"%PDF-1.7 {MARKER} {words}".encode()


@dataclass
class Room:
    """One network's statements."""

    world: World
    language: Language = "en"
    """In which the network's messages are."""

    @property
    def reader(self) -> Reader:
        return Reader(self.language, "UTC")

    def word(self, english: str) -> str:
        """Return what a button is called in the network's language."""
        return self.reader.label(Text(english))

    @property
    def server(self) -> Server:
        return self.world.server

    async def type(self, name: str, by: Person | None = None, /, **options: Any) -> InteractionResult:
        """Type ``/statement name``, as the secretariat unless ``by`` somebody else."""
        channel = self.server.channels["general"]
        return await (by or self.server.secretariat).slash(channel, f"statement {name}", **options)

    async def press(self, answer: InteractionResult, label: str = "Confirm", by: Person | None = None) -> Any:
        """Press a button below a private answer."""
        done = await (by or self.server.secretariat).click(answer.response, label=self.word(label))
        await self.world.env.settle()
        return done

    async def draft(self, **options: Any) -> Statement:
        given = {"title": TITLE, "closes": "in 10 days", "document_en": ("statement.pdf", pdf())} | options
        shown = await self.type("open", **{key: value for key, value in given.items() if value is not None})
        await self.press(shown)
        return await self.latest()

    async def opened(self, **options: Any) -> Statement:
        """Draft a statement, make it final and open it, and let the members be asked."""
        statement = await self.draft(**options)
        shown = await self.type("show", statement=f"#{statement.id}")
        await self.press(await self.press(shown, "Final"))
        await self.world.travel(timedelta(minutes=5))
        return await self.now(statement)

    async def latest(self) -> Statement:
        statements = await self.world.bot.services.statements.statements(self.server.id)
        return max(statements, key=lambda one: one.id)

    async def now(self, statement: Statement) -> Statement:
        found = await self.world.bot.services.statements.get(statement.guild_id, statement.id)
        assert found is not None
        return found

    async def join(self, code: str, statement: Statement) -> str:
        """Let a delegation join by its button, and return the receipt."""
        person = self.server.members[code]
        shown = await person.click(self.posted("general")[0], label=self.word("Join"))
        return said(await self.press(shown, by=person))

    async def joined(self, statement: Statement) -> list[str]:
        """Return the codes of those that have joined."""
        services = self.world.bot.services
        ids = {one.delegation_id for one in await services.statements.joinings(statement.guild_id, statement.id)}
        return sorted(one.code for one in await self.delegations() if one.id in ids)

    async def delegations(self) -> list[Delegation]:
        return await self.world.bot.services.members.delegations(self.server.id)

    async def delegation(self, code: str) -> Delegation:
        return next(one for one in await self.delegations() if one.code == code)

    async def rows(self, statement: Statement) -> list[OutboxRow]:
        return await self.world.bot.services.outbox.of(statement.guild_id, "statement", statement.id)

    def posted(self, channel: str) -> list[discord.Message]:
        """Return the outbox's messages in a channel, the oldest first."""
        details = self.word("Details")
        found = [one for one in self.server.channels[channel].history() if details in labels(one)]
        return sorted(found, key=lambda message: message.id)

    async def accept_direct_messages(self, *codes: str) -> None:
        services = self.world.bot.services
        for code in codes:
            account_id = self.server.members[code].id
            async with services.transaction(account_id) as tx:
                await services.settings.change_account(tx, self.server.id, account_id, channel="direct_message")


def inbox(person: Person) -> list[discord.Message]:
    """Return what a person was sent directly, the oldest first."""
    channel: Any = person.user.dm_channel
    return sorted(channel.history(), key=lambda message: message.id)
