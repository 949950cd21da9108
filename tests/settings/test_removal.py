"""The bot removed from a server and added again: the server lives on meanwhile."""

from collections.abc import Iterable

from simcord.backend import serializers
from simcord.builders import ChannelHandle

from tests.world import World, said


async def remove_bot(world: World, guild_id: int) -> None:
    world.env.backend.emit("GUILD_DELETE", {"id": str(guild_id)})
    await world.env.settle()
    assert world.bot.get_guild(guild_id) is None


async def add_bot(world: World, guild_id: int) -> None:
    backend = world.env.backend
    backend.emit("GUILD_CREATE", serializers.guild_create_payload(backend, backend.get_guild(guild_id)))
    await world.env.settle()
    assert world.bot.get_guild(guild_id) is not None


def greetings(channels: Iterable[ChannelHandle]) -> int:
    return sum("/setup roles" in message.content for channel in channels for message in channel.history())


async def test_added_again_the_bot_knows_its_network_and_greets_nobody_twice(world: World) -> None:
    server = world.server
    before = greetings(server.channels.values())
    await remove_bot(world, server.id)
    await add_bot(world, server.id)
    text = said(await server.members["GH"].slash(server.channels["general"], "member find", who="Ghana"))
    assert "Focal point of Ghana" in text
    assert greetings(server.channels.values()) == before


async def test_a_server_that_never_set_up_is_greeted_once_however_often_it_adds_the_bot(world: World) -> None:
    guild = world.env.create_guild("A third server")
    lobby = guild.create_text_channel("lobby")
    await world.restart()
    for _ in range(2):
        await remove_bot(world, guild.id)
        await add_bot(world, guild.id)
    assert greetings([lobby]) == 1


async def test_what_is_removed_is_marked_and_taken_back_by_a_start(world: World) -> None:
    server, other = world.server, world.other
    await remove_bot(world, server.id)
    removed = await world.bot.services.database.fetch("SELECT guild_id FROM network WHERE removed_at IS NOT NULL")
    assert [row["guild_id"] for row in removed] == [server.id]
    answer = await other.secretariat.slash(other.channels["general"], "member list")
    assert "1 delegation of 1" in said(answer), "the network beside it notices nothing"
    await world.restart()
    back = await world.bot.services.database.fetch("SELECT guild_id FROM network WHERE removed_at IS NOT NULL")
    assert back == [], "after a start the server is there again"
