"""A government changes its clocks while a statement is open: what members hear of it, and what nobody does."""

from pathlib import Path

from bot.timezones import data as zone_data
from tests.statements.staging import Room
from tests.world import embed_text
from tests.zone_data import altered, zone_data_kept


async def clocks_of(room: Room, folder: Path, version: str, like: str) -> None:
    """Restart the bot with the clocks of another zone in Casablanca."""
    zone_data.put_in_force(altered(folder / version, version, Africa__Casablanca=like))
    await room.world.restart()
    await room.world.env.settle()


async def test_a_closing_time_keeps_its_moment_and_only_posted_statements_are_named_to_members(
    room: Room, tmp_path: Path
) -> None:
    given = {"timezone": "Africa/Casablanca", "closes": "2026-03-12 15:00"}
    with zone_data_kept():
        await clocks_of(room, tmp_path, "2099a", "Africa/Accra")
        statement = await room.opened(**given)
        await room.draft(title="A draft that members do not know", **given)
        await room.type("open", title="Not confirmed", **given)
        begun = "SELECT 1 FROM draft WHERE kind GLOB 'statement*'"
        assert len(await room.world.bot.services.database.fetch(begun)) == 1
        await clocks_of(room, tmp_path, "2099b", "Africa/Lagos")
        after = await room.now(statement)
        assert after.closes_at == statement.closes_at
        assert after.sequence > statement.sequence
        told = room.posted("general")[-1]
        assert statement.title in embed_text(told.embeds[0])
        assert "A draft that members do not know" not in embed_text(told.embeds[0])
        assert "A draft that members do not know" in embed_text(room.posted("secretariat")[-1].embeds[0])
        assert await room.world.bot.services.database.fetch(begun) == []
