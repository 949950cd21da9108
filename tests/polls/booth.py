"""Polls as people open them and vote in them, on SimCord."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import discord
from simcord.results import InteractionResult, ResponseMessage

from cogs.polls.methods import METHODS
from storage.polls.models import Poll
from tests.people import Person
from tests.world import Server, World, said

RECEIPT = re.compile(r"`([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})`")
BALLOTS: dict[str, tuple[tuple[int, ...], ...]] = {
    "single": ((1,), (2,), (3,)),
    "approval": ((1, 3), (2,), (2, 3)),
    "ranked": ((2, 1, 3), (3, 1, 2), (2, 3)),
    "date": ((1,), (2,), (1, 3)),
}
"""By way to vote, what three ballots that differ choose in its first list, for tests that go through all ways."""
DATES = "2026-03-02 15:00; 2026-03-03 15:00; 2026-03-04 15:00"


@dataclass
class Booth:
    """One network's polls."""

    world: World

    @property
    def server(self) -> Server:
        return self.world.server

    async def create(self, **options: Any) -> InteractionResult:
        asks_for_dates = "method" in options and METHODS[options["method"]].asks_for_dates
        offered = DATES if asks_for_dates else "Peace; Law; Early warning"
        filled = {"question": "Which topic?", "options": offered, "closes": "in 72 hours"} | options
        channel = self.server.channels["secretariat"]
        given = {name: value for name, value in filled.items() if value is not None}
        return await self.server.secretariat.slash(channel, "poll create", **given)

    async def open(self, **options: Any) -> Poll:
        shown = await self.create(**options)
        done = await self.server.secretariat.click(shown.response, label="Confirm")
        assert "is open" in said(done), said(done)
        return await self.latest()

    async def open_unsealed(self, **options: Any) -> Poll:
        """Open a poll as an earlier version did, whose ballots are not sealed."""
        poll = await self.open(**options)
        with self.world.as_bot():
            async with self.world.bot.services.transaction() as tx:
                await tx.execute("UPDATE poll SET sealed = 0 WHERE id = ?", (poll.id,))
        return await self.poll(poll)

    async def latest(self) -> Poll:
        polls = await self.world.bot.services.polls.polls(self.server.id)
        return max(polls, key=lambda poll: poll.id)

    async def poll(self, poll: Poll) -> Poll:
        found = await self.world.bot.services.polls.poll(poll.guild_id, poll.id)
        assert found is not None
        return found

    def public(self) -> list[discord.Message]:
        return list(self.server.channels["general"].history())

    def message_of(self, poll: Poll) -> discord.Message:
        return next(m for m in self.public() if f"poll:vote:{poll.id}" in ids_of(m))

    async def ballot(self, voter: Person, poll: Poll) -> InteractionResult:
        return await voter.click(self.message_of(poll), label="Vote")

    async def mark(self, voter: Person, shown: InteractionResult, *numbers: int, which: str = "pick") -> Any:
        select = next(i for i in ids_of(shown.response) if i.startswith(f"pb:{which}:"))
        return await voter.select(shown.response, [str(n) for n in numbers], custom_id=select)

    async def vote(self, voter: Person, poll: Poll, *numbers: int) -> str:
        """Choose these options in the method's first list, or rank them, cast that ballot, and return its receipt."""
        method = METHODS[poll.plan.method]
        shown = await self.ballot(voter, poll)
        if method.is_ordered:
            if any("again" in custom_id for custom_id in ids_of(shown.response)):
                # The order that was cast before is shown.
                await voter.click(shown.response, label="Start again")
            for number in numbers:
                await self.mark(voter, shown, number)
        else:
            await self.mark(voter, shown, *numbers, which=method.list_names[0])
        return await self.cast(voter, shown)

    async def cast(self, voter: Person, shown: InteractionResult) -> str:
        done = await voter.click(shown.response, label="Cast ballot")
        text = shown.response.content if done.response is None else said(done)
        found = RECEIPT.search(text)
        assert found, text
        return found[1]

    async def topics(self, *titles: str) -> list[int]:
        """Put topics on the list and return their ids."""
        services = self.world.bot.services
        found: list[int] = []
        for title in titles:
            with self.world.as_bot():
                async with services.transaction() as tx:
                    delegation = (await services.members.delegations(self.server.id))[0]
                    topic = await services.topics.propose(
                        tx, self.server.id, delegation.id, 1, title, "national", "workshop"
                    )
                    await services.topics.decide(tx, self.server.id, topic, ("proposed",), "listed")
            found.append(topic)
        return found

    async def pass_time(self, span: timedelta) -> None:
        await self.world.travel(span)

    async def file_of(self, message: discord.Message | ResponseMessage) -> dict[str, Any]:
        attachment = next(a for a in message.attachments if a.filename.endswith(".json"))
        return json.loads(await attachment.read())


def ids_of(message: Any) -> list[str]:
    """Return the custom_ids in a message, public (discord.py's) or private (SimCord's record)."""
    found: list[str] = []
    for row in message.components:
        children = row["components"] if isinstance(row, dict) else row.children
        found += [(c.get("custom_id") if isinstance(c, dict) else c.custom_id) or "" for c in children]
    return found
