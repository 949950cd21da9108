"""What ``/setup show`` says of each setting, and when a network's data go after the bot was removed."""

from datetime import timedelta

from tests.settings.test_removal import add_bot, remove_bot
from tests.world import Server, World, build_server, said


async def shown(server: Server) -> str:
    return said(await server.manager.slash(server.channels["general"], "setup show"))


async def test_show_says_what_each_setting_is(world: World) -> None:
    server = world.server
    text = await shown(server)
    for role in (server.secretariat_role, server.member_role):
        assert f"<@&{role.id}>" in text
    for channel in ("announcements", "members", "secretariat"):
        assert f"<#{server.channels[channel].id}>" in text
    assert "privacy@example.org" in text
    assert text.count("not set") == 2, "the welcome channel and the link to the server"


async def test_show_says_what_is_not_set(world: World) -> None:
    server = build_server(world.env, "A third server")
    await world.restart()
    text = await shown(server)
    assert "<@&" not in text
    assert "<#" not in text
    async with world.bot.services.transaction() as tx:
        await world.bot.services.settings.change_network(tx, server.id, member_role_id=server.member_role.id)
    after = await shown(server)
    assert f"<@&{server.member_role.id}>" in after
    assert after.count("not set") < text.count("not set")


async def rows_left(world: World, guild_id: int) -> dict[str, int]:
    """Count the network's rows, table by table."""
    tables = await world.bot.services.database.fetch(
        "SELECT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c ON c.name = 'guild_id'"
        " WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
    )
    found = {}
    for table in tables:
        name = table["name"]
        rows = await world.bot.services.database.fetch(
            f'SELECT count(*) AS n FROM "{name}" WHERE guild_id = ?',
            (guild_id,),
        )
        if rows[0]["n"]:
            found[name] = rows[0]["n"]
    return found


async def test_the_data_of_a_network_go_ninety_days_after_the_bot_was_removed(world: World) -> None:
    gone = world.server.id
    beside = set(await rows_left(world, world.other.id))
    await remove_bot(world, gone)
    kept = await rows_left(world, gone)
    await world.travel(timedelta(days=89))
    assert await rows_left(world, gone) == kept
    await world.travel(timedelta(days=2))
    assert await rows_left(world, gone) == {}
    assert beside <= set(await rows_left(world, world.other.id))


async def test_a_bot_that_is_added_again_in_time_finds_its_network_and_keeps_it(world: World) -> None:
    server = world.server
    await remove_bot(world, server.id)
    await world.travel(timedelta(days=60))
    await add_bot(world, server.id)
    world.bot.dispatch("guild_join", world.bot.get_guild(server.id))  # SimCord says that it became available
    await world.env.settle()
    await world.travel(timedelta(days=40))
    assert len(await world.bot.services.members.delegations(server.id)) >= 31
