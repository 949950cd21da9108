"""What ``/ready`` and ``/metrics`` say of a bot in each kind of trouble, and what is counted of what people do."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.monitoring import readiness
from bot.monitoring.endpoint import LOOPBACK, Endpoint, _figures
from bot.monitoring.readiness import STUCK_AFTER, examine
from bot.outbox import ANNOUNCEMENTS
from storage.backups.replica import replicated_at
from tests.outbox.conftest import Desk
from tests.world import World

WELL = {"discord": None, "database": None, "clock": None, "outbox": None}


@pytest.fixture
def desk(world: World) -> Desk:
    from tests.outbox.conftest import Notes  # noqa: PLC0415 - a fixture of the same name is there

    notes = Notes()
    world.bot.services.outbox.register(notes)
    return Desk(world, notes)


async def checked(world: World) -> dict[str, str | None]:
    with world.as_bot():
        return dict(await examine(world.bot))


async def read(endpoint: Endpoint, world: World) -> dict[tuple[str, ...], float]:
    """Return the metrics, by name and the values of the labels."""
    endpoint.bot = world.bot
    with world.as_bot():
        figures = await _figures(world.bot, is_ready=True)
    families = text_string_to_metric_families(endpoint.metrics.written(figures).decode())
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


async def test_a_bot_that_works_is_ready(world: World) -> None:
    assert await checked(world) == WELL


async def test_without_a_bot_nothing_is_ready() -> None:
    assert all((await examine(None)).values())


async def test_a_lost_connection_shows_until_it_is_back(world: World) -> None:
    await world.bot.on_disconnect()
    assert [name for name, problem in (await checked(world)).items() if problem] == ["discord"]
    await world.bot.on_resumed()
    assert await checked(world) == WELL


async def test_a_database_that_somebody_else_holds_shows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "_PATIENCE", 0.2)
    with closing(sqlite3.connect(world.settings.database_path)) as other:
        other.execute("BEGIN IMMEDIATE")
        found = await checked(world)
        other.rollback()
    assert [name for name, problem in found.items() if problem] == ["database"]
    assert "taken no write" in (found["database"] or "")


async def test_a_wrong_clock_shows(world: World) -> None:
    now = world.env.now()
    world.bot.clock_check.heard(now - timedelta(minutes=5), now)
    found = await checked(world)
    assert [name for name, problem in found.items() if problem] == ["clock"]
    assert "300 s" in (found["clock"] or "")


async def test_an_outbox_that_was_stopped_shows(world: World) -> None:
    world.bot.outbox.halt()
    assert [name for name, problem in (await checked(world)).items() if problem] == ["outbox"]


@pytest.mark.parametrize(("late", "is_stuck"), [(STUCK_AFTER, True), (STUCK_AFTER - timedelta(seconds=1), False)])
async def test_what_is_due_for_ten_minutes_shows(desk: Desk, late: timedelta, is_stuck: bool) -> None:
    assert timedelta(minutes=10) == STUCK_AFTER
    world = desk.world
    await desk.ask("note", ANNOUNCEMENTS, delay=timedelta(hours=1))
    endpoint = Endpoint(1)
    assert (await read(endpoint, world))["focalbot_outbox_lateness_seconds",] == 0
    with world.as_bot():
        async with world.bot.services.transaction() as tx:
            due = int((world.env.now() - late).timestamp())
            await tx.execute("UPDATE outbox SET wake_at = ? WHERE subject = 'note'", (due,))
    assert ((await checked(world))["outbox"] is not None) == is_stuck
    assert (await read(endpoint, world))["focalbot_outbox_lateness_seconds",] >= late.total_seconds()


async def test_what_a_network_holds_is_not_late(desk: Desk) -> None:
    world = desk.world
    await world.server.secretariat.slash(world.server.channels["secretariat"], "outbox pause")
    await desk.ask("note", ANNOUNCEMENTS)
    await world.travel(timedelta(hours=1))
    assert await checked(world) == WELL


async def test_interactions_are_counted_by_what_was_used_and_what_it_came_to(world: World) -> None:
    endpoint = Endpoint(1)
    world.bot.work.observe = endpoint.metrics.observe
    server, general = world.server, world.server.channels["general"]
    member = next(iter(server.members.values()))
    await member.slash(general, "member me")
    await server.guest.slash(general, "member me")
    await member.slash(general, "settings timezone", zone="Mars")
    await member.user.send_dm("hello")
    found = await read(endpoint, world)
    name = "focalbot_interactions_total"
    assert found[name, "command", "member me", "answered"] == 1
    assert found[name, "command", "member me", "not_allowed"] == 1
    assert found[name, "command", "settings timezone", "refused"] == 1
    assert found[name, "message", "direct", "answered"] == 1
    assert found["focalbot_interaction_seconds_count", "command"] == 3
    assert found["focalbot_networks",] == 2


async def test_a_fault_is_counted_as_one(world: World) -> None:
    endpoint = Endpoint(1)
    world.bot.work.observe = endpoint.metrics.observe
    general = world.server.channels["general"]
    with world.as_bot():
        async with world.bot.services.transaction() as tx:
            await tx.execute("ALTER TABLE topic RENAME TO elsewhere")
    await next(iter(world.server.members.values())).slash(general, "topic list")
    world.forgive_faults()
    assert (await read(endpoint, world))["focalbot_interactions_total", "command", "topic list", "fault"] == 1


async def test_messages_are_counted_by_state_and_people_not_reached(desk: Desk) -> None:
    desk.notes.concerned = [desk.server.untidy.without_account]
    await desk.ask("note", "people")
    await desk.ask("note", "people")
    await desk.ask("note", ANNOUNCEMENTS)
    found = await read(Endpoint(1), desk.world)
    assert found["focalbot_outbox_messages", "not_reached"] == 2
    assert found["focalbot_outbox_messages", "unknown"] == 0
    assert found["focalbot_unreached_people",] == 1


async def test_the_age_of_copies_is_left_out_where_there_are_none(world: World) -> None:
    found = {name for name, *_ in await read(Endpoint(1), world)}
    assert "focalbot_outbox_lateness_seconds" in found
    assert not found & {"focalbot_backup_age_seconds", "focalbot_replica_age_seconds"}
    path = world.settings.database_path
    (path.parent / f".{path.name}-litestream" / "ltx").mkdir(parents=True)
    assert replicated_at(path) is not None
    assert "focalbot_replica_age_seconds" in {name for name, *_ in await read(Endpoint(1), world)}


def test_it_listens_on_this_machine_alone() -> None:
    assert LOOPBACK == "127.0.0.1"
