"""Where many ask at once, each has an answer: who has to wait is acknowledged, and opens a form by a button."""

from typing import Any

import pytest
from simcord.enums import InteractionType
from simcord.interactions import base_payload
from simcord.results import InteractionResult

from bot.ui import running_interactions
from tests.e2e.forging import Forger
from tests.people import Person
from tests.world import World, said

CROWD = 12
DEFERRED = 5
"""Discord's type of an answer that follows, for a command."""


def typed(world: World, by: Person, name: str) -> InteractionResult:
    """Let somebody type a command without waiting for its answer."""
    root, *parts = name.split()
    command = world.env.backend.find_command(root, world.server.id)
    assert command is not None
    options: list[dict[str, Any]] = []
    for part in reversed(parts):
        options = [{"type": 1, "name": part, "options": options}]
    record, payload = base_payload(
        world.env.backend,
        type=InteractionType.APPLICATION_COMMAND,
        channel_id=world.server.channels["general"].id,
        guild_id=world.server.id,
        user_id=by.id,
        data={"id": command["id"], "name": root, "type": 1, "options": options},
    )
    world.env.backend.emit("INTERACTION_CREATE", payload)
    return InteractionResult(world.env, record)


@pytest.fixture
def crowd(world: World, monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    assert running_interactions.AT_A_TIME == 64
    monkeypatch.setattr(running_interactions, "AT_A_TIME", 1)
    return list(world.server.members.values())[:CROWD]


async def test_who_has_to_wait_is_acknowledged_and_answered(world: World, crowd: list[Person]) -> None:
    results = [typed(world, one, "member me") for one in crowd]
    await world.env.settle()
    assert [bool(said(one)) for one in results] == [True] * CROWD
    callbacks = [r.json["type"] for r in world.env.http_requests if r.path.endswith("/callback")]
    assert callbacks.count(DEFERRED) == CROWD - 1
    assert not world.bot.work._answering | world.bot.work._waiting.keys()


async def test_a_form_that_is_too_late_is_opened_by_a_button(world: World, crowd: list[Person]) -> None:
    first, second = (typed(world, one, "topic propose") for one in crowd[:2])
    await world.env.settle()
    assert first.modal is not None
    assert second.modal is None
    assert "Press the button" in said(second)
    opened = await crowd[1].click(second.response, label="Open the form")
    assert opened.modal is not None
    assert opened.modal["custom_id"].split(":")[1] == "topic_propose"


async def test_buttons_and_forged_ones_have_their_turn_too(world: World, crowd: list[Person]) -> None:
    shown = world.server.channels["general"].history()[0]
    forger = Forger(world, shown)
    results = [forger.press(one, custom_id) for one in crowd for custom_id in ("do:about", "outbox:stop:1", "help:x")]
    await world.env.settle()
    assert all(one.acknowledged for one in results)
    assert not world.bot.work._answering | world.bot.work._waiting.keys()
