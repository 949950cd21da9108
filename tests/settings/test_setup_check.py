"""What keeps a network from working, found in what Discord says of its roles, channels and permissions."""

from dataclasses import replace
from typing import Any, cast

import discord
import pytest

from bot import permissions
from bot.texts import Listing
from cogs.settings import setup_check
from cogs.settings.fields import CHANNELS, COMMANDS, ROLES
from storage.models import Network
from tests.payloads import BOT, READING, channel, guild, overwrite, role

SERVER, STAFF, MEMBERS, BOTS, TOP, TIED = 7, 11, 12, 13, 14, 15
NEWS, INSIDE, OFFICE, HALL = 21, 22, 23, 24
NETWORK = Network(
    SERVER,
    secretariat_role_id=STAFF,
    member_role_id=MEMBERS,
    announcements_channel_id=NEWS,
    members_channel_id=INSIDE,
    secretariat_channel_id=OFFICE,
    privacy_contact="privacy@example.org",
)
NEEDED = discord.Permissions(**dict.fromkeys((*permissions.CHANNEL, *permissions.SERVER), True))


def server(
    *,
    held: discord.Permissions = NEEDED,
    roles: tuple[dict[str, Any], ...] = (),
    channels: tuple[dict[str, Any], ...] = (),
) -> discord.Guild:
    """Return a server in order, with the roles and channels given in the place of its own of that id."""
    own_roles = (
        role(SERVER, "@everyone", 0, READING),
        role(STAFF, "Secretariat", 1),
        role(MEMBERS, "Focal Point", 2),
        role(BOTS, "focalbot", 3, held),
        role(TOP, "Owners", 4),
        role(TIED, "A bot's", 1, managed=True),
    )
    private = (overwrite(SERVER, deny=READING), overwrite(BOTS, allow=READING))
    own_channels = (channel(NEWS, "news"), channel(INSIDE, "inside", *private), channel(OFFICE, "office", *private))
    all_roles = {one["id"]: one for one in (*own_roles, *roles)}
    all_channels = {one["id"]: one for one in (*own_channels, *channels)}
    return guild(SERVER, list(all_roles.values()), list(all_channels.values()), BOTS)


def found(where: discord.Guild, network: Network = NETWORK) -> list[dict[str, object]]:
    """Return the values that each finding names, those of its remedy among them."""
    listed = setup_check.findings(where, network)
    for one in listed:
        assert one.problem.plural is None or one.problem.count == len(cast(Listing, one.problem.values["permissions"]))
    return [{**one.problem.values, **one.fix.values} for one in listed]


def test_nothing_is_to_be_put_right_where_all_is_set_and_there() -> None:
    assert found(server()) == []


def test_each_setting_that_is_missing_is_named_with_its_command() -> None:
    missing = found(server(), Network(SERVER))
    assert [str(one["setting"]) for one in missing[:-1]] == [
        str(name) for field, name in {**ROLES, **CHANNELS}.items() if field != "welcome_channel_id"
    ]
    assert [str(one["command"]) for one in missing] == [
        str(command) for field, command in COMMANDS.items() if field != "welcome_channel_id"
    ]


@pytest.mark.parametrize("field", ROLES)
def test_a_role_that_is_gone_is_named_with_its_command(field: str) -> None:
    [one] = found(server(), replace(NETWORK, **{field: 404}))
    assert one == {"setting": ROLES[field], "command": COMMANDS[field]}


@pytest.mark.parametrize("field", CHANNELS)
def test_a_channel_that_is_gone_is_named_with_its_command(field: str) -> None:
    [one] = found(server(), replace(NETWORK, **{field: 404}))
    assert one == {"setting": CHANNELS[field], "command": COMMANDS[field]}


@pytest.mark.parametrize(("position", "wrong"), [(2, False), (3, True), (4, True)])
def test_a_member_role_that_the_bot_cannot_grant_is_named(position: int, wrong: bool) -> None:
    moved = server(roles=(role(MEMBERS, "Focal Point", position),))
    assert found(moved) == ([{"role": "Focal Point"}] if wrong else [])
    assert found(server(), replace(NETWORK, member_role_id=BOTS)) == [{"role": "focalbot"}], "its own role"


@pytest.mark.parametrize("flag", permissions.CHANNEL)
def test_a_permission_lacking_in_a_channel_is_named(flag: str) -> None:
    for number, name, field in ((NEWS, "news", "announcements"), (HALL, "hall", "welcome")):
        one_lacks = server(channels=(channel(number, name, overwrite(BOT, deny=discord.Permissions(**{flag: True}))),))
        [one] = found(one_lacks, replace(NETWORK, **{f"{field}_channel_id": number}))
        # Discord gives nothing else in a channel that the bot cannot see, or where it cannot write.
        assert one["channel"] == name
        listed = one["permissions"]
        assert isinstance(listed, Listing)
        assert permissions.CHANNEL[flag] in listed


@pytest.mark.parametrize(("number", "name"), [(INSIDE, "inside"), (OFFICE, "office")])
def test_a_private_channel_that_everybody_reads_is_named(number: int, name: str) -> None:
    assert found(server(channels=(channel(number, name),))) == [{"channel": name}]


@pytest.mark.parametrize(
    ("silent", "name", "channels"), [(STAFF, "Secretariat", ["office"]), (MEMBERS, "Focal Point", ["news", "inside"])]
)
def test_a_role_that_cannot_be_called_is_named_for_each_of_its_channels(
    silent: int, name: str, channels: list[str]
) -> None:
    quiet = (role(silent, name, 1, mentionable=False),)
    network = replace(NETWORK, welcome_channel_id=HALL)
    assert found(server(roles=quiet, channels=(channel(HALL, "hall"),)), network) == [
        {"role": name, "channel": channel} for channel in channels
    ], "nobody is called in the welcome channel"
    calling = discord.Permissions(NEEDED.value, mention_everyone=True)
    assert found(server(held=calling, roles=quiet), NETWORK) == []


@pytest.mark.parametrize("flag", permissions.SERVER)
def test_a_permission_lacking_on_the_server_is_named_last(flag: str) -> None:
    held = discord.Permissions(NEEDED.value)
    setattr(held, flag, False)
    [*others, one] = found(server(held=held), replace(NETWORK, privacy_contact=None))
    assert len(others) == 1
    listed = one["permissions"]
    assert isinstance(listed, Listing)
    assert list(listed) == [permissions.SERVER[flag]]


def test_only_a_role_that_can_be_given_on_this_server_serves() -> None:
    here = server()
    problems = {
        number: setup_check.role_problem(here, here._roles[number]) for number in (SERVER, STAFF, MEMBERS, TIED)
    }
    assert [number for number, problem in problems.items() if problem is None] == [STAFF, MEMBERS]
    assert problems[TIED].values == {"role": "A bot's"}
    elsewhere = server(roles=(role(404, "Elsewhere", 1),))._roles[404]
    unknown = setup_check.role_problem(here, elsewhere)
    assert len({problem.singular for problem in (problems[SERVER], problems[TIED], unknown)}) == 3


def test_one_role_cannot_be_both() -> None:
    roles = server()._roles
    assert not setup_check.same_role(NETWORK, {})
    assert setup_check.same_role(NETWORK, {"member_role_id": roles[STAFF]})
    assert setup_check.same_role(NETWORK, {"secretariat_role_id": roles[MEMBERS]})
    assert not setup_check.same_role(NETWORK, {"secretariat_role_id": roles[MEMBERS], "member_role_id": roles[STAFF]})
    assert not setup_check.same_role(Network(SERVER), {})
    assert setup_check.same_role(Network(SERVER, secretariat_role_id=STAFF, member_role_id=STAFF), {})
