"""Another members' role is named: the former one is taken back from whom the bot gave it, and from nobody else."""

from simcord.builders import RoleHandle
from simcord.results import InteractionResult

from tests.members.test_seats_posts import confirm, office
from tests.world import World, said


def holds(world: World, code: str, role: RoleHandle) -> bool:
    return role.id in world.env.backend.get_member(world.server.id, world.server.members[code].id).role_ids


async def name(world: World, role: RoleHandle) -> InteractionResult:
    return await world.server.manager.slash(world.server.channels["general"], "setup roles", member=role)


async def replaced(world: World, role: RoleHandle) -> None:
    await confirm(world, await name(world, role), world.server.manager)
    await world.env.settle()


async def test_the_former_role_is_taken_back_after_confirm(world: World) -> None:
    server = world.server
    world.env.backend.add_member_role(server.id, server.guest.id, server.member_role.id)
    world.env.backend.add_member_role(server.id, server.members["DK"].id, server.member_role.id)
    await world.restart()
    role = server.guild.create_role("Focal points")
    asked = await name(world, role)
    text = said(asked)
    held = len(server.accounts) - len({"DK"})
    assert f"{held} people hold <@&{server.member_role.id}> from the bot" in text
    assert f"<@&{role.id}> is given to every current appointee" in text
    network = await world.bot.services.settings.network(server.id)
    assert network.member_role_id == server.member_role.id, "nothing is changed before Confirm"
    await confirm(world, asked, server.manager)
    await world.env.settle()
    assert holds(world, "GH", role)
    assert not holds(world, "GH", server.member_role)
    held = world.env.backend.get_member(server.id, server.guest.id).role_ids
    assert server.member_role.id in held, "the bot did not give it"
    assert holds(world, "DK", role)
    assert holds(world, "DK", server.member_role), "nor to her"


async def test_going_back_to_the_first_role(world: World) -> None:
    await world.restart()
    role = world.server.guild.create_role("Focal points")
    await replaced(world, role)
    await replaced(world, world.server.member_role)
    assert holds(world, "GH", world.server.member_role)
    assert not holds(world, "GH", role)


async def test_cancel_leaves_both_as_they_are(world: World) -> None:
    await world.restart()
    role = world.server.guild.create_role("Focal points")
    asked = await name(world, role)
    await world.server.manager.click(asked.response, label="Cancel")
    assert holds(world, "GH", world.server.member_role)
    assert not holds(world, "GH", role)


async def test_what_cannot_be_taken_back_is_told_once_and_tried_again(world: World) -> None:
    await world.restart()
    server = world.server
    role = server.guild.create_role("Focal points")
    world.env.inject_error(
        "DELETE", f"/guilds/{server.id}/members/*/roles/{server.member_role.id}", status=403, code=50013, times=2
    )
    await replaced(world, role)
    await world.restart()
    assert holds(world, "GH", role)
    assert holds(world, "GH", server.member_role)
    lines = [m.content for m in server.channels["secretariat"].history()]
    assert sum("could not take the former members' role back" in line for line in lines) == 1
    await world.restart()
    assert not holds(world, "GH", server.member_role)


async def test_a_former_role_that_is_gone_is_no_trouble(world: World) -> None:
    await world.restart()
    server = world.server
    role = server.guild.create_role("Focal points")
    asked = await name(world, role)
    world.env.backend.delete_role(server.id, server.member_role.id)
    await confirm(world, asked, server.manager)
    await world.env.settle()
    assert holds(world, "GH", role)
    rows = await world.bot.services.database.fetch(
        "SELECT DISTINCT role_id FROM role_grant WHERE guild_id = ?", (server.id,)
    )
    assert [row["role_id"] for row in rows] == [role.id]


async def test_whoever_is_no_member_any_more_loses_both(world: World) -> None:
    await world.restart()
    server = world.server
    await office(world, "end", delegation="GH", person="Focal point of Ghana")
    role = server.guild.create_role("Focal points")
    await replaced(world, role)
    await world.travel(2 * 86400)
    assert not holds(world, "GH", server.member_role)


async def test_the_first_role_and_the_same_role_ask_nothing(world: World) -> None:
    server = world.server
    role = server.guild.create_role("First in use")
    assert "How this server is set up" in said(await name(world, role))
    await world.env.settle()
    assert holds(world, "GH", role)
    await world.restart()
    network = await world.bot.services.settings.network(server.id)
    again = next(r for r in server.guild.roles.values() if r.id == network.member_role_id)
    assert "How this server is set up" in said(await name(world, again))
