"""Discord's member role follows appointments, and trouble with it is told once, with the fix."""

from typing import Any

import discord

from tests.hops import Hops, counting
from tests.members.test_seats_posts import confirm, holders, office
from tests.people import Person
from tests.world import World

DAY = 86400


def has_role(world: World, actor: Person) -> bool:
    held = world.env.backend.get_member(world.server.id, actor.id).role_ids
    return world.server.member_role.id in held


def told(world: World) -> list[str]:
    return [message.content for message in world.server.channels["secretariat"].history()]


async def test_the_role_is_granted_at_start_to_every_current_appointee(world: World) -> None:
    assert not has_role(world, world.server.members["GH"])
    await world.restart()
    assert all(has_role(world, actor) for actor in world.server.members.values())
    assert not has_role(world, world.server.guest)


async def test_the_role_comes_with_the_appointment_and_goes_at_the_day_change(world: World) -> None:
    user = world.add_member(world.server, "bo")
    await office(world, "appoint", delegation="DK", name="Bo Ek", role="adviser", user=user)
    assert has_role(world, user)
    await confirm(world, await office(world, "end", delegation="DK", person="Bo Ek", ends_on="2026-01-02"))
    await world.travel(DAY)
    assert has_role(world, user), "the last day counts"
    await world.travel(2 * DAY)
    assert not has_role(world, user)


async def test_the_role_waits_for_the_first_day(world: World) -> None:
    user = world.add_member(world.server, "bo")
    await office(world, "appoint", delegation="DK", name="Bo", role="adviser", user=user, starts_on="2026-01-03")
    assert not has_role(world, user)
    await world.travel(4 * DAY)
    assert has_role(world, user)


async def test_a_change_of_account_moves_the_role(world: World) -> None:
    await world.restart()
    user = world.add_member(world.server, "second account")
    await confirm(world, await office(world, "link", delegation="GH", person="Focal point of Ghana", user=user))
    assert has_role(world, user)
    assert not has_role(world, world.server.members["GH"])


async def test_using_the_bot_brings_the_role_back(world: World) -> None:
    await world.restart()
    ghana = world.server.members["GH"]
    world.env.backend.remove_member_role(world.server.id, ghana.id, world.server.member_role.id)
    assert not has_role(world, ghana)
    await ghana.slash(world.server.channels["general"], "member me")
    assert has_role(world, ghana)


async def test_pressing_a_button_brings_the_role_back(world: World) -> None:
    await world.restart()
    ghana = world.server.members["GH"]
    listed = await ghana.slash(world.server.channels["general"], "member list")
    world.env.backend.remove_member_role(world.server.id, ghana.id, world.server.member_role.id)
    assert listed.response is not None
    await ghana.click(listed.response, label="Next ›")
    assert has_role(world, ghana)


async def test_erasing_leaves_no_role_where_it_was_missing(world: World) -> None:
    await world.restart()
    ghana = world.server.members["GH"]
    asked = await ghana.slash(world.server.channels["general"], "privacy erase")
    world.env.backend.remove_member_role(world.server.id, ghana.id, world.server.member_role.id)
    await confirm(world, asked, ghana)
    assert not has_role(world, ghana)


async def test_who_leaves_is_unlinked_and_the_seat_is_kept(world: World) -> None:
    await world.restart()
    ghana = world.server.members["GH"]
    world.server.guild.remove_member(ghana)
    await world.restart()
    (holder,) = await holders(world, "GH")
    assert holder.person.account_id is None
    assert holder.appointment.ends_on is None
    assert any("spoke for Ghana has left the server" in line for line in told(world))


async def test_trouble_is_told_once_with_the_fix(world: World) -> None:
    guild = world.bot.get_guild(world.server.id)
    assert guild is not None
    bot_role = guild.me.top_role
    held = discord.Permissions(bot_role.permissions.value)
    held.update(manage_roles=False)
    world.env.backend.edit_role(world.server.id, bot_role.id, {"permissions": held.value})
    await world.restart()
    await world.restart()
    lines = [line for line in told(world) if "Manage Roles" in line]
    assert len(lines) == 1
    held.update(manage_roles=True)
    world.env.backend.edit_role(world.server.id, bot_role.id, {"permissions": held.value})
    await world.restart()
    assert has_role(world, world.server.members["GH"])


async def test_the_role_follows_when_the_permission_comes_back(world: World) -> None:
    guild = world.bot.get_guild(world.server.id)
    assert guild is not None
    bot_role = guild.me.top_role
    held = discord.Permissions(bot_role.permissions.value)
    held.update(manage_roles=False)
    world.env.backend.edit_role(world.server.id, bot_role.id, {"permissions": held.value})
    await world.restart()
    assert not has_role(world, world.server.members["GH"])
    held.update(manage_roles=True)
    world.env.backend.edit_role(world.server.id, bot_role.id, {"permissions": held.value})
    await world.env.settle()
    assert has_role(world, world.server.members["GH"])


async def test_a_role_that_is_gone_costs_no_further_answer_anything(world: World) -> None:
    services, ghana = world.bot.services, world.server.members["GH"]
    with world.as_bot():
        async with services.transaction() as tx:
            await services.settings.change_network(tx, world.server.id, member_role_id=7)
    # The first answer of all asks about direct messages; the second finds out that there is no such role.
    for _ in range(2):
        await ghana.slash(world.server.channels["general"], "help")
    with counting(services.database) as hops:
        await ghana.slash(world.server.channels["general"], "help")
    assert hops == Hops()
    with world.as_bot():
        async with services.transaction() as tx:
            role = world.server.member_role.id
            await services.settings.change_network(tx, world.server.id, member_role_id=role)
    await ghana.slash(world.server.channels["general"], "help")
    assert has_role(world, ghana)


async def test_what_discord_refuses_is_not_asked_again_until_all_are_compared(world: World) -> None:
    ghana, role = world.server.members["GH"], world.server.member_role.id
    path = f"/guilds/{world.server.id}/members/{ghana.id}/roles/{role}"
    world.env.inject_error("PUT", path, status=403, code=50013, times=1)
    for _ in range(3):
        await ghana.slash(world.server.channels["general"], "help")
    assert not has_role(world, ghana), "the second try would have succeeded"
    user = world.add_member(world.server, "bo")
    await office(world, "appoint", delegation="DK", name="Bo Ek", role="adviser", user=user)
    assert (has_role(world, user), has_role(world, ghana)) == (True, True)


async def test_who_is_linked_anew_while_the_bot_looks_for_the_account_that_left_stays_linked(world: World) -> None:
    await world.restart()
    ghana, newcomer = world.server.members["GH"], world.add_member(world.server, "ama")
    world.server.guild.remove_member(ghana)
    bot, services = world.bot, world.bot.services
    (holder,) = await holders(world, "GH")
    request = bot.http.request

    async def linking(route: Any, **options: Any) -> Any:
        if route.method == "GET" and route.path == "/guilds/{guild_id}/members/{member_id}":
            bot.http.request = request  # type: ignore[method-assign]
            async with services.transaction() as tx:
                await services.members.link_account(tx, world.server.id, holder.person.id, newcomer.id)
        return await request(route, **options)

    bot.http.request = linking  # type: ignore[method-assign]
    with world.as_bot():
        bot.dispatch("seats_changed", world.server.id)
    await world.env.settle()
    (holder,) = await holders(world, "GH")
    assert holder.person.account_id == newcomer.id
    assert not any("has left the server" in line for line in told(world))
