"""The play: acts by lot, time, faults of Discord's, restarts and kills; after each the oracle looks."""

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import discord

from tests.decisions.floor import Floor
from tests.e2e.test_forged import in_the_other_network
from tests.fuzz.acts import Acts
from tests.fuzz.oracle import Answer, Oracle
from tests.outbox.scissors import Scissors
from tests.polls.booth import Booth
from tests.resources.shelving import LINK, planned_meeting, shelve
from tests.statements.staging import Room
from tests.webinars.staging import accept_direct_messages, scheduled
from tests.world import Server, World

_STEPS_TO_DEATH: Final = 40
"""Statements and requests after which a bot is killed, at most."""
_BOOKS_EVERY: Final = 40
MARKS: Final = ("Aardvark", "Zanzibar")
"""In all that the people of the first and of the other network type."""


@dataclass
class Play:
    """So many steps of the play that ``seed`` draws."""

    world: World
    seed: int
    done: Counter[str] = field(default_factory=Counter[str])
    story: list[str] = field(default_factory=list[str])
    """What was done, the last steps."""
    tables: int = 0
    empty: list[str] = field(default_factory=list[str])
    """Of so many ``tables``, those in which nothing was ever written."""

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - lots, not secrets
        servers = (self.world.server, self.world.other)
        self.oracle = Oracle(self.world, {one.id: mark for one, mark in zip(servers, MARKS, strict=True)})
        self._acts = [Acts(self.world, one, self.chance, mark) for one, mark in zip(servers, MARKS, strict=True)]

    async def begin(self) -> None:
        """Give people contacts that they hide, and let it be a Monday morning."""
        await self.world.travel(timedelta(days=4, hours=9))
        # A timer that rings by itself would take SimCord's clock along, sooner or later by how fast the machine is, and
        # with it an interaction that is being answered.
        self.world.env.near = 0.0
        services = self.world.bot.services
        with self.world.as_bot():
            async with services.transaction() as tx:
                await tx.execute(
                    "UPDATE person SET email = 'hidden' || id || '@example.org', phone = 'hidden ' || id || '.'"
                )
                for server in (self.world.server, self.world.other):
                    general = server.channels["general"].id
                    await services.settings.change_network(tx, server.id, members_channel_id=general)
        await self._furnish()
        with in_the_other_network(self.world):
            await self._furnish()
        for server in (self.world.server, self.world.other):
            channel = self.world.bot.get_channel(server.channels["general"].id)
            assert isinstance(channel, discord.TextChannel)
            with self.world.as_bot():
                await channel.send("xyz")

    async def _furnish(self) -> None:
        """Let there be something to act on: one of each occasion, topics, a link; half of the people are written to."""
        mark = MARKS[self.world.server is self._acts[1].server]
        await accept_direct_messages(self.world, *sorted(self.world.server.members)[::2])
        await planned_meeting(self.world)
        await scheduled(self.world, title=f"Prevention {mark}")
        booth = Booth(self.world)
        await booth.topics(f"Early warning {mark}", f"Law {mark}")
        await booth.open(question=f"Which topic, {mark}?", options=f"Peace {mark}; Law")
        await booth.open(question=f"Openly, {mark}?", options=f"Yes {mark}; No", secret=False)
        await shelve(self.world, {**LINK, "title": f"A link {mark}"})
        await Room(self.world).opened(title=f"Together {mark}", penholders=f"{next(iter(self.world.server.members))}")
        await Floor(self.world).open(title=f"The plan {mark}", audience="all")

    async def step(self) -> bool:
        """Do one thing and look; tell whether all is as it must be."""
        acts = self._acts[self.chance.random() < 0.15]
        do, weight = zip(
            *{
                acts.command: 40,
                acts.press: 25,
                acts.take_part: 12,
                acts.write: 12,
                acts.crowd: 5,
                acts.forge: 6,
                self._let_time_pass: 6,
                self._lose_an_answer: 2,
                self._refuse: 2,
                self._restart: 1,
                lambda: self._kill(acts): 3,
            }.items(),
            strict=True,
        )
        (act,) = self.chance.choices(do, weight)
        await self._look_at(acts.server, act)
        if sum(self.done.values()) % _BOOKS_EVERY == 0:
            await self._settle_accounts()
        return not self.oracle.wrong

    async def _look_at(self, acting: Server, act: Callable[[], Awaitable[list[Answer]]]) -> None:
        name = getattr(act, "__name__", "").strip("_<>")
        is_time = name in {"let_time_pass", "restart", "lambda"}
        if not is_time:
            self.oracle.before(acting)
        if acting is self.world.other:
            with in_the_other_network(self.world):
                answers = await act()
        else:
            answers = await act()
        self.done["kill" if name == "lambda" else name] += 1
        self.story = [*self.story[-14:], f"{name}: {'; '.join(f'{one.by.name} {one.what}' for one in answers)[:600]}"]
        self.oracle.after(answers, forgives=name == "lambda")

    async def _settle_accounts(self) -> None:
        """Let every retry be made, then compare the books with what is there."""
        await self.world.travel(timedelta(hours=1))
        self.oracle.before(self.world.server)
        self.oracle.after([])
        self.oracle.books()

    # What happens by itself

    async def _let_time_pass(self) -> list[Answer]:
        await self.world.travel(timedelta(minutes=self.chance.choice([1, 20, 300, 1440, 5 * 1440])))
        return []

    async def _restart(self) -> list[Answer]:
        await self.world.restart()
        await self.world.env.settle()
        return []

    async def _kill(self, acts: Acts) -> list[Answer]:
        """Cut the bot off somewhere in what it does, and start another on the same file."""
        scissors = Scissors(self.world.bot)
        scissors.arm(self.chance.randint(1, _STEPS_TO_DEATH))
        answers = await self.chance.choice([acts.command, acts.press, acts.write])()
        if not scissors.dead:
            await self.world.travel(timedelta(minutes=self.chance.choice([1, 60])))
        await self._restart()
        return answers

    async def _lose_an_answer(self) -> list[Answer]:
        """Let Discord store the next message that is sent, and its answer get lost."""
        self._once(stores=True)
        return []

    async def _refuse(self) -> list[Answer]:
        """Let the connection break before the next message is sent."""
        self._once(stores=False)
        return []

    def _once(self, *, stores: bool) -> None:
        bot = self.world.bot
        request = bot.http.request

        async def failing(route: Any, **options: Any) -> Any:
            if (route.method, route.path) != ("POST", "/channels/{channel_id}/messages"):
                return await request(route, **options)
            bot.http.request = request
            if stores:
                await request(route, **options)
            raise ConnectionResetError

        bot.http.request = failing
