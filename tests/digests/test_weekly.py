"""The weekly digest of the secretariat."""

from datetime import date, timedelta

import discord

from tests.digests.conftest import MONDAY, add_day, choose, rows, set_network, shown, weeklies
from tests.world import World, labels, said

WEEK = timedelta(weeks=1)


async def test_each_monday_it_says_what_needs_attention_and_each_line_leads_to_a_private_answer(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        answer = await choose(world, weekly=True)
        assert "each Monday at 08:30" in said(answer)
        await add_day(world, server.id, "Consultation", date(2026, 1, 14))
        await add_day(world, server.id, "Far away", date(2026, 3, 14))
        await world.travel_to(MONDAY - timedelta(minutes=1))
        assert not weeklies(world)
        await world.travel(timedelta(minutes=2))
        (digest,) = weeklies(world)
        text = shown(digest)
        assert "1 seat is vacant: Latvia" in text
        assert "Consultation" in text
        assert "Far away" not in text
        assert not digest.mentions
        assert "@" not in digest.content
        rows_shown = [row for row in digest.components if isinstance(row, discord.ActionRow)]
        buttons = [b for row in rows_shown for b in row.children if isinstance(b, discord.Button)]
        assert labels(digest)[0] == "1. Seats"
        for button in buttons:
            if (button.custom_id or "").startswith("do:"):
                pressed = await server.secretariat.click(digest, custom_id=button.custom_id)
                assert "Overview" in said(pressed)


async def test_it_comes_once_a_week_whatever_happens_to_the_bot(world: World) -> None:
    await choose(world, weekly=True)
    for week in range(12):
        await world.travel_to(MONDAY + week * WEEK - timedelta(seconds=5))
        if week % 3 == 0:
            await world.restart()
        await world.travel(timedelta(seconds=10))
        if week % 3 == 1:
            await world.restart()
        await world.travel(timedelta(days=1))
        assert len(weeklies(world)) == week + 1
    kinds = [row.kind for row in await rows(world, world.server.id)]
    assert len(kinds) == len(set(kinds))


async def test_what_a_restart_missed_is_sent_while_it_makes_sense_and_booked_as_missed_after_that(world: World) -> None:
    await choose(world, weekly=True)
    await world.travel_to(MONDAY - timedelta(hours=1))
    await world.bot.close()
    await world.travel(timedelta(days=2))
    await world.restart()
    await world.travel(timedelta(minutes=5))
    assert len(weeklies(world)) == 1
    await world.bot.close()
    await world.travel(timedelta(days=10))
    await world.restart()
    await world.travel(timedelta(minutes=5))
    assert len(weeklies(world)) == 1
    assert [row.kind for row in await rows(world, world.server.id) if row.state == "missed"] == ["weekly:2026-01-12"]
    await world.travel_to(MONDAY + 2 * WEEK + timedelta(minutes=1))
    assert len(weeklies(world)) == 2, "the one after it is owed all the same"


async def test_where_there_is_nothing_to_say_nothing_is_sent(world: World) -> None:
    other = world.other
    await set_network(world, other.id, weekly_digest=True)
    await world.travel_to(MONDAY + timedelta(minutes=5))
    assert not other.channels["secretariat"].history()
    await add_day(world, other.id, "Visit", date(2026, 1, 20))
    await world.travel(WEEK)
    (digest,) = other.channels["secretariat"].history()
    assert "Visit" in shown(digest)
    await world.travel(5 * WEEK)
    assert len(other.channels["secretariat"].history()) == 2, "two Mondays lie within two weeks before it"
    assert not weeklies(world)


async def test_off_and_on_again_and_a_change_of_the_zone_send_none_twice_and_leave_none_out(world: World) -> None:
    await choose(world, weekly=True)
    off = await choose(world, weekly=False)
    assert "off" in said(off)
    await world.travel_to(MONDAY + timedelta(minutes=1))
    assert not weeklies(world)
    await choose(world, weekly=True)
    await world.travel(timedelta(hours=3))
    assert not weeklies(world), "this Monday's time has passed"
    await world.travel_to(MONDAY + WEEK + timedelta(minutes=1))
    assert len(weeklies(world)) == 1
    server = world.server
    # Farther west it is before 08:30 still; that week has its digest.
    await server.manager.slash(server.channels["general"], "setup defaults", timezone="Los Angeles")
    await world.travel(timedelta(hours=5))
    assert len(weeklies(world)) == 1
    await world.travel_to(MONDAY + 2 * WEEK + timedelta(hours=2))
    await choose(world, weekly=False)
    await choose(world, weekly=True)
    # Farther east the time has passed: what waits is sent at once.
    await server.manager.slash(server.channels["general"], "setup defaults", timezone="Tokyo")
    await world.travel(timedelta(minutes=5))
    assert len(weeklies(world)) == 2
    due = [row.due_at for row in await rows(world, server.id) if row.state == "pending"]
    assert {(at.hour, at.minute) for at in due} == {(23, 30)}, "08:30 in Tokyo"


async def test_without_the_secretariats_channel_it_says_what_to_do(world: World) -> None:
    await set_network(world, world.server.id, secretariat_channel_id=None)
    async with world.speaking("en"):
        assert "/setup channels" in said(await choose(world, weekly=True))
        assert "Nothing was chosen" in said(await choose(world))


async def test_naming_the_channels_for_the_first_time_turns_the_digests_on(world: World) -> None:
    server = world.server
    await set_network(world, server.id, secretariat_channel_id=None, members_channel_id=None)
    async with world.speaking("en"):
        channels = {"secretariat": server.channels["general"], "members": server.channels["announcements"]}
        named = await server.manager.slash(server.channels["general"], "setup channels", **channels)
        assert "Weekly digest, for the secretariat** · on" in said(named)
        assert "Monthly digest, for members** · on" in said(named)
        await choose(world, weekly=False)
        again = await server.manager.slash(server.channels["general"], "setup channels", **channels)
        assert "Weekly digest, for the secretariat** · off" in said(again)
