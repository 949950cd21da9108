"""Who is let in, and what those who are not are told to do."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.access import Asker, Level
from bot.access.table import AccessTableError, check_table
from bot.commands import Command
from bot.errors import NotAllowedError
from bot.texts import Reader
from storage.members.models import Appointment
from storage.models import AccountSettings, Network

POST = Appointment(1, 7, 1, 1, "mission", "", "", date(2020, 1, 1))
GUEST = Asker(
    Network(7, secretariat_role_id=5),
    AccountSettings(7, 11),
    Reader("en", "UTC"),
    None,
    (),
    False,
    False,
)
MEMBER = replace(GUEST, appointments=(POST,))
SECRETARIAT = replace(GUEST, is_secretariat=True)
MANAGER = replace(GUEST, manages_server=True)
CLAIMED = replace(GUEST, claimed=(POST,))
WHO: dict[str, Asker] = {
    "guest": GUEST,
    "claimed": CLAIMED,
    "member": MEMBER,
    "secretariat": SECRETARIAT,
    "manager": MANAGER,
}
LET_IN = {
    Level.EVERYBODY: {"guest", "claimed", "member", "secretariat", "manager"},
    Level.MEMBERS: {"member", "secretariat"},
    Level.DELEGATES: {"member"},
    Level.SECRETARIAT: {"secretariat"},
    Level.MANAGE_SERVER: {"manager"},
}


@pytest.mark.parametrize("level", Level)
def test_each_level_lets_in_whom_it_names(level: Level) -> None:
    assert {name for name, asker in WHO.items() if asker.may(level)} == LET_IN[level]
    for name, asker in WHO.items():
        if name in LET_IN[level]:
            asker.require(level)
        else:
            with pytest.raises(NotAllowedError):
                asker.require(level)


def told(asker: Asker, level: Level) -> tuple[str, dict[str, Any]]:
    with pytest.raises(NotAllowedError) as refused:
        asker.require(level)
    return refused.value.text.singular, dict(refused.value.text.values)


def test_each_refusal_says_what_to_do() -> None:
    member, values = told(GUEST, Level.MEMBERS)
    assert values["command"] == Command("member claim")
    assert (member, values) == told(GUEST, Level.DELEGATES)
    staff, values = told(GUEST, Level.SECRETARIAT)
    assert values == {}
    without, values = told(replace(GUEST, network=Network(7)), Level.SECRETARIAT)
    assert values["command"] == Command("setup roles")
    manager, values = told(GUEST, Level.MANAGE_SERVER)
    assert values == {}
    one_of_staff, values = told(SECRETARIAT, Level.DELEGATES)
    assert values == {"command": Command("help")}
    waiting, values = told(CLAIMED, Level.MEMBERS)
    assert values == {"command": Command("meeting show")}
    assert (waiting, values) == told(CLAIMED, Level.DELEGATES)
    assert (waiting, values) == told(replace(CLAIMED, is_secretariat=True), Level.DELEGATES)
    assert len({member, staff, without, manager, one_of_staff, waiting}) == 6


def test_the_table_has_an_entry_for_each_thing_that_is_there_and_no_other() -> None:
    table = {"audit": Level.SECRETARIAT, "help": Level.EVERYBODY}
    check_table(table, ["help", "audit", "help"], "command")
    with pytest.raises(AccessTableError) as lacking:
        check_table(table, ["help", "audit", "vote", "about"], "button")
    assert re.findall(r"button '(\w+)'", str(lacking.value)) == ["about", "vote"]
    with pytest.raises(AccessTableError) as left_over:
        check_table(table, [], "command")
    assert re.findall(r"entry '(\w+)'", str(left_over.value)) == ["audit", "help"]


def test_an_asker_is_an_account_in_a_network_with_posts_or_without() -> None:
    assert (GUEST.guild_id, GUEST.account_id) == (7, 11)
    assert [asker.is_member for asker in (GUEST, MEMBER, SECRETARIAT)] == [False, True, False]
