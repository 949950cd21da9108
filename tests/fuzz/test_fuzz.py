"""Some hundred random things; hours of them are ``make fuzz``."""

from pathlib import Path

import discord
import pytest

from bot.ui import PersistentButton
from tests.fuzz.play import MARKS, Play
from tests.world import World, running_world

STEPS = 220
TAKEN_PART = {"ballot", "statement_joining", "decision_seat"}
"""What delegations write into when they do what they are asked to do."""


@pytest.mark.parametrize("seed", [1])
async def test_whatever_people_do_what_must_be_so_is_so(tmp_path: Path, seed: int) -> None:
    async with running_world(tmp_path / "focalbot.sqlite3") as world:
        play = Play(world, seed)
        with play.oracle:
            await play.begin()
            for _ in range(STEPS):
                assert await play.step(), "\n".join([*play.story, *play.oracle.wrong])
    # All that it is about happened, or it shows nothing.
    assert {"command", "press", "write", "crowd", "forge"} <= play.done.keys()
    # Either starts the bot again. They are rare, and each new command makes another play of a seed.
    assert play.done.keys() & {"kill", "restart"}
    assert play.oracle.answers > STEPS
    assert play.oracle.messages > 20
    empty, tables = play.oracle.filled()
    assert len(empty) < tables / 2
    # Which of them is the luck of the seed, as above.
    assert TAKEN_PART - set(empty)


async def test_what_is_wrong_is_found(world: World) -> None:
    """A fault of each kind, made by hand: the oracle is not blind."""
    play = Play(world, 1)
    await play.begin()
    with play.oracle as oracle:
        oracle.before(world.server)
        channel = world.bot.get_channel(world.server.channels["general"].id)
        assert isinstance(channel, discord.TextChannel)
        with world.as_bot():
            await channel.send(f"Something went wrong: {MARKS[1]}, hidden1@example.org")
            async with world.bot.services.transaction() as tx:
                await tx.execute("UPDATE person SET phone = '' WHERE guild_id = ?", (world.other.id,))
                await tx.execute("PRAGMA defer_foreign_keys = ON")
                await tx.execute("UPDATE outbox SET wake_at = 1")
        world.bot.remove_dynamic_items(PersistentButton.classes["outbox-test:{draft_id}"])
        oracle.after([])
        oracle.books()
    found = "\n".join(oracle.wrong)
    for part in ("a fault in", "word of another network", "hidden contact", "rows of another network", "overdue"):
        assert part in found
    assert "no longer answered: outbox-test:{draft_id}" in oracle.wrong
