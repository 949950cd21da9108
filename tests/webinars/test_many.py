"""A network with many webinars: what is shown is right and in order, and nothing old is offered."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.search.choosing import CHOICES
from tests.webinars.staging import LINK, command
from tests.world import World, card, said

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAST, AHEAD = 300, 30


async def add(world: World, title: str, starts_at: datetime, minutes: int = 60, network: int | None = None) -> int:
    fields = {
        "title": title,
        "starts_at": starts_at,
        "length": timedelta(minutes=minutes),
        "timezone": "UTC",
        "link": LINK,
        "reminders": "",
    }
    with world.as_bot():
        async with world.bot.services.transaction() as tx:
            return await world.bot.services.webinars.add(tx, network or world.server.id, fields)


@pytest.fixture
async def many(world: World) -> World:
    with world.as_bot():
        async with world.bot.services.transaction() as tx:
            await tx.execute_many(
                "INSERT INTO webinar (guild_id, created_at, title, starts_at, minutes, timezone, link, reminders)"
                " VALUES (?, 0, ?, ?, 60, 'UTC', ?, '')",
                [
                    (world.server.id, f"Webinar {n:03}", int((NOW + timedelta(days=n - PAST)).timestamp()) + 60, LINK)
                    for n in range(PAST + AHEAD)
                ],
            )
    return world


async def offered(world: World, typed: str, name: str = "webinar show") -> list[str]:
    staff, channel = world.server.secretariat, world.server.channels["general"]
    choices = await staff.autocomplete(channel, name, "webinar", typed)
    return [str(choice["name"]).rpartition(" · ")[2] for choice in choices]


async def test_a_list_offers_those_ahead_first_then_the_latest(many: World) -> None:
    ahead = [f"Webinar {n}" for n in range(PAST, PAST + AHEAD)]
    assert await offered(many, "") == ahead[:CHOICES]
    assert await offered(many, "webinar 3") == ahead[:CHOICES]
    assert await offered(many, "webinar 29") == [f"Webinar {n}" for n in range(299, 289, -1)]
    assert await offered(many, "ébinâr 001") == ["Webinar 001"]
    # In New York the first of those ahead begins in the last minutes of the year.
    assert await offered(many, "2025") == [f"Webinar {n}" for n in range(300, 300 - CHOICES, -1)]
    assert await offered(many, "", "webinar edit") == ahead[:CHOICES]
    begun = [f"Webinar {n}" for n in range(299, 299 - CHOICES, -1)]
    assert await offered(many, "", "webinar recording") == await offered(many, "webinar", "webinar recording") == begun
    assert await offered(many, "webinar 299", "webinar edit") == []


async def test_what_is_changed_is_offered_as_it_is_now(many: World) -> None:
    assert await offered(many, "peace") == []
    added = await add(many, "Peace at last", NOW + timedelta(days=400))
    assert await offered(many, "peace") == ["Peace at last"]
    with many.as_bot():
        async with many.bot.services.transaction() as tx:
            await many.bot.services.webinars.change(tx, many.server.id, added, 0, {"title": "War no more"})
    assert (await offered(many, "peace"), await offered(many, "war")) == ([], ["War no more"])
    other = many.other
    assert not await other.secretariat.autocomplete(other.channels["general"], "webinar show", "webinar", "war")


async def test_one_that_lasts_a_day_is_ahead_until_it_ends(world: World) -> None:
    await add(world, "Long", NOW - timedelta(hours=23), minutes=1440)
    await add(world, "Over", NOW - timedelta(days=2), minutes=1440)
    assert await offered(world, "", "webinar edit") == ["Long"]
    assert await offered(world, "") == ["Long", "Over"]
    assert "Over" in (card(await command(world, "list", when="past")).description or "")
    assert "Over" not in (card(await command(world, "list")).description or "")


async def test_the_lists_say_how_many_they_leave_out(many: World) -> None:
    for when, first, left_out in (("past", "Webinar 299", PAST - 20), ("ahead", "Webinar 300", AHEAD - 20)):
        shown = card(await command(many, "list", when=when)).description or ""
        assert shown.startswith(f"**{first}**")
        assert shown.count("**Webinar") == 20
        assert f"and {left_out} more" in shown


async def test_one_is_shown_by_its_choice_its_title_or_a_part_that_no_other_has(many: World) -> None:
    [latest, *_] = await many.bot.services.webinar_cache.of(many.server.id)
    for typed in (f"#{latest.id}", latest.title, "webinar 329", "ar 329"):
        assert "Webinar 329" in said(await command(many, "show", webinar=typed))
    for typed in ("webinar", "#999999", "#99999999999999999999", "#0", " "):
        assert "does not match exactly one webinar" in said(await command(many, "show", webinar=typed))


async def test_only_the_webinars_that_changed_are_read_again(many: World) -> None:
    services, network = many.bot.services, many.server.id
    with many.as_bot():
        before, version = await services.webinar_cache.of(network), await services.webinars.version(network)
        [latest, *others] = before
        async with services.transaction() as tx:
            await services.webinars.change(tx, network, latest.id, 0, {"title": "War no more"})
            await services.webinars.cancel(tx, network, others[0].id, 0, "")
        changed = await services.webinars.listed(network, version)
        after = await services.webinar_cache.of(network)
    assert (set(changed.rows), changed.is_all) == ({latest.id, others[0].id}, False)
    assert (after[0].title, after[1].cancelled_at is not None) == ("War no more", True)
    assert all(one is other for one, other in zip(after[2:], before[2:], strict=True))


async def test_a_change_of_something_else_reads_no_webinar(many: World) -> None:
    services, network = many.bot.services, many.server.id
    with many.as_bot():
        before = await services.webinar_cache.of(network)
        await add(many, "Of others", NOW, network=many.other.id)
        async with services.transaction() as tx:
            await services.webinars.answer(tx, network, before[0].id, 5, "attending")
            await services.webinars.set_event(tx, network, before[0].id, 9, "")
            await services.webinars.record(tx, network, before[0].id, LINK)
        assert await services.webinar_cache.of(network) is before


async def test_those_of_a_network_that_was_erased_and_comes_again_are_not_shown(many: World) -> None:
    services, network = many.bot.services, many.server.id
    with many.as_bot():
        await services.webinar_cache.of(network)
        async with services.transaction() as tx:
            for table in ("webinar", "webinar_change"):
                await tx.execute(f"DELETE FROM {table} WHERE guild_id = ?", (network,))
        assert await services.webinar_cache.of(network) == []
    await add(many, "The first again", NOW)
    assert await offered(many, "first") == ["The first again"]
    with many.as_bot():
        assert len(await services.webinar_cache.of(network)) == 1
