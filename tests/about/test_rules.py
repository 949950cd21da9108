"""What ``/help`` offers first, and what it says of the person who asks, by what they are."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.access import Asker
from bot.commands import Command
from bot.texts import Reader
from cogs.about import rules
from storage.members.models import Appointment
from storage.models import AccountSettings, Network

GUEST = Asker(Network(7), AccountSettings(7, 11), Reader("en", "UTC"), None, (), False, False)
POST = Appointment(1, 7, 1, 1, "mission", "", "", date(2020, 1, 1))
BOTH = {"is_secretariat": True, "manages_server": True, "appointments": (POST,)}


@pytest.mark.parametrize(
    ("what", "offered", "word", "command"),
    [
        ({}, rules.TO_GUESTS, "guest", Command("member claim")),
        ({"manages_server": True}, rules.TO_MANAGERS, "manage", Command("setup show")),
        ({"appointments": (POST,)}, rules.TO_DELEGATES, "member", None),
        ({"appointments": (POST,), "manages_server": True}, rules.TO_DELEGATES, "member", None),
        ({"is_secretariat": True}, rules.TO_SECRETARIAT, "secretariat", None),
        (BOTH, rules.TO_SECRETARIAT, "secretariat", None),
    ],
)
def test_each_is_offered_what_they_most_likely_want(
    what: dict[str, Any], offered: tuple[str, ...], word: str, command: Command | None
) -> None:
    asker = replace(GUEST, **what)
    assert rules.likeliest(asker) == offered
    said = rules.who_you_are(asker)
    assert word in said.singular
    assert said.values.get("command") == command


def test_what_is_offered_is_a_row_of_buttons() -> None:
    for offered in (rules.TO_GUESTS, rules.TO_MANAGERS, rules.TO_DELEGATES, rules.TO_SECRETARIAT):
        assert 0 < len(set(offered)) == len(offered) <= 5
        assert set(offered) <= rules.BUTTON_LABELS.keys()
