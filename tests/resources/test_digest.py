from datetime import UTC, date, datetime, timedelta

import pytest

from cogs.resources.monthly_note.rules import first_working_day, month_after, months_ahead, note_due
from tests.resources.shelving import LINK, shelve
from tests.world import World, embed_text, said


@pytest.mark.parametrize(
    ("month", "zone", "day"),
    [
        ("2026-01", "America/New_York", "2026-01-01"),
        ("2026-02", "America/New_York", "2026-02-02"),
        ("2026-08", "America/New_York", "2026-08-03"),
        ("2026-08", "Asia/Riyadh", "2026-08-02"),
        ("2026-05", "Asia/Riyadh", "2026-05-03"),
    ],
)
def test_the_first_working_day_is_no_weekend_where_the_network_is(month: str, zone: str, day: str) -> None:
    assert first_working_day(date.fromisoformat(f"{month}-15"), zone) == date.fromisoformat(day)


def test_the_note_is_due_at_nine_in_the_networks_zone_on_either_side_of_a_clock_change() -> None:
    assert note_due(date(2026, 3, 1), "America/New_York") == datetime(2026, 3, 2, 14, tzinfo=UTC)
    assert note_due(date(2026, 4, 1), "America/New_York") == datetime(2026, 4, 1, 13, tzinfo=UTC)


def test_months_turn_the_year() -> None:
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert month_after(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert months_ahead(datetime(2026, 1, 1, 13, 59, tzinfo=UTC), "America/New_York")[0] == date(2026, 1, 1)
    assert months_ahead(datetime(2026, 1, 1, 14, tzinfo=UTC), "America/New_York")[0] == date(2026, 2, 1)


async def turn_on(world: World) -> str:
    server = world.server
    asked = await server.secretariat.slash(server.channels["general"], "resource digest", enabled=True)
    shown = said(asked)
    await world.restart()
    await server.secretariat.click(asked.response, label="Confirm")
    return shown


async def test_where_nothing_is_new_the_preview_says_so(world: World) -> None:
    async with world.speaking("en"):
        await world.travel(100 * 86400)
        shown = await turn_on(world)
    assert "0 links" not in shown
    assert "none would go now" in shown
    assert "it would read" not in shown


async def test_the_note_tells_once_a_month_what_is_new_and_nothing_when_nothing_is(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        shown = await turn_on(world)
        assert "calls nobody" in shown
        assert "#" in shown
        await world.travel(timedelta(hours=20))
        assert not server.channels["members"].history()
        await shelve(world, {**LINK, "visibility": "members"})
        await world.travel(timedelta(days=33))
        await world.restart()
        await world.travel(timedelta(days=29))
    (note,) = server.channels["members"].history()
    assert "1 link is new on the shelf" in note.content
    assert "Zebra handbook" in embed_text(note.embeds[0])
    assert not server.channels["announcements"].history()


async def test_without_a_members_channel_the_note_says_only_what_is_public(world: World) -> None:
    server = world.server
    services = world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(tx, server.id, members_channel_id=None)
    async with world.speaking("en"):
        await turn_on(world)
        await world.travel(timedelta(minutes=1))
        await shelve(world, {**LINK, "visibility": "members"})
        await shelve(world, {**LINK, "url": "https://example.org/okapi", "title": "Okapi handbook"})
        await world.travel(timedelta(days=33))
    notes = [m for m in server.channels["announcements"].history() if "new on the shelf" in m.content]
    assert len(notes) == 1
    text = embed_text(notes[0].embeds[0])
    assert "Okapi" in text
    assert "Zebra" not in text


async def test_turned_off_nothing_comes(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        await turn_on(world)
        off = await server.secretariat.slash(server.channels["general"], "resource digest", enabled=False)
        assert "is off" in said(off)
        await shelve(world, LINK)
        await world.restart()
        await world.travel(timedelta(days=40))
    assert not server.channels["members"].history()
