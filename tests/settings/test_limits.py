"""A server where everything is wrong, in the longest language: the card still arrives, whole."""

import discord
import pytest
from simcord.builders import RoleHandle

from tests.world import Overwrites, Server, World, card, said

LANGUAGES = ("en", "fr", "es")


def role_of_the_bot(server: Server) -> RoleHandle:
    ours = {"Secretariat", "Focal Point", "Managers", "@everyone"}
    return next(role for role in server.guild.roles.values() if role.name not in ours)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_everything_wrong_at_once_is_named_line_by_line(world: World, language: str) -> None:
    server = world.server
    backend = world.env.backend
    everybody = server.guild.default_role
    names = {field: f"{field}_{'_' * 80}" for field in ("announcements", "members", "secretariat")}
    shown: Overwrites = {everybody: discord.PermissionOverwrite(view_channel=True)}
    channels = {field: server.guild.create_text_channel(name, overwrites=shown) for field, name in names.items()}
    channel = server.channels["general"]
    await server.manager.slash(channel, "setup channels", **channels)
    bot_role = role_of_the_bot(server)
    only_view = discord.Permissions(view_channel=True, use_application_commands=True)
    backend.edit_role(server.id, bot_role.id, {"permissions": only_view.value})
    backend.edit_role(server.id, everybody.id, {"permissions": only_view.value})
    backend.edit_role(server.id, server.member_role.id, {"mentionable": False})
    await world.env.settle()
    async with world.speaking(language):
        shown_card = card(await server.manager.slash(channel, "setup show"))
    text = "\n".join(field.value or "" for field in shown_card.fields)
    for field, name in names.items():
        lines = [line for line in text.split("\n") if name.replace("_", "\\_") in line]
        assert len(lines) == (2 if field == "announcements" else 3), (field, lines)
    assert all(line.startswith("• ") and line.endswith(".") for line in text.split("\n"))


async def test_every_missing_permission_is_named_with_its_fix(world: World) -> None:
    server = world.server
    bot_role = role_of_the_bot(server)
    only = discord.Permissions(view_channel=True, send_messages=True, use_application_commands=True)
    world.env.backend.edit_role(server.id, bot_role.id, {"permissions": only.value})
    everybody = server.guild.default_role
    world.env.backend.edit_role(server.id, everybody.id, {"permissions": only.value})
    await world.env.settle()
    text = said(await server.manager.slash(server.channels["general"], "setup show"))
    assert "#announcements" in text
    for name in ("Embed Links", "Attach Files", "Read Message History", "Manage Roles", "Create Events"):
        assert name in text, name


async def test_a_role_cannot_be_the_secretariats_and_the_members(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    both = await server.manager.slash(
        channel, "setup roles", secretariat=server.secretariat_role, member=server.secretariat_role
    )
    one = await server.manager.slash(channel, "setup roles", member=server.secretariat_role)
    other = await server.manager.slash(channel, "setup roles", secretariat=server.member_role)
    for refused in (both, one, other):
        assert "choose two different roles" in said(refused)
    network = await world.bot.services.settings.network(server.id)
    assert (network.secretariat_role_id, network.member_role_id) == (
        server.secretariat_role.id,
        server.member_role.id,
    )


async def test_everyone_and_managed_roles_are_refused(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    everyone = await server.manager.slash(channel, "setup roles", secretariat=server.guild.default_role)
    assert "is everybody on the server" in said(everyone)
    bot_role = role_of_the_bot(server)
    managed = await server.manager.slash(channel, "setup roles", secretariat=bot_role)
    assert "managed by an integration" in said(managed)


async def test_roles_and_channels_that_are_gone_are_named(world: World) -> None:
    server = world.server
    backend = world.env.backend
    backend.delete_role(server.id, server.member_role.id)
    backend.delete_channel(server.channels["members"].id)
    await world.env.settle()
    text = said(await server.manager.slash(server.channels["general"], "setup show"))
    assert "Member role: that role is gone" in text
    assert "Members' channel: that channel is gone" in text
    assert "`/setup roles` `member`" in text


async def test_before_setup_nobody_is_the_secretariat(world: World) -> None:
    guild = world.env.create_guild("A third server")
    role = guild.create_role("Secretariat")
    owner = guild.add_member(world.env.create_user("owner"), roles=[role])
    channel = guild.create_text_channel("lobby")
    text = said(await owner.slash(channel, "audit"))
    assert "/setup roles" in text
