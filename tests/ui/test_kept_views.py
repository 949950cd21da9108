"""Buttons work as long as their message is there: discord.py, which keeps what was sent for a while, forgets nothing.

What it keeps of an answer with a button of ours and a plain one it forgets a quarter of an hour later, and the class of
our button with it: presses of that class would then stay without an answer, in whatever message and network.
"""

from datetime import timedelta
from typing import Any

from bot.ui import PersistentButton, PersistentSelect
from tests.world import World, labels, said

A_WHILE = timedelta(minutes=16)
"""Longer than discord.py keeps the buttons of a private answer."""


async def message(world: World) -> Any:
    """Let the secretariat write to all, and return what is shown before it goes out."""
    server = world.server
    options = {"audience": "all", "text": "Please send nothing."}
    return await server.secretariat.slash(server.channels["secretariat"], "message send", **options)


async def test_a_button_beside_a_plain_one_is_answered_later_too(world: World) -> None:
    shown = await message(world)
    assert {"Confirm", "Send test to me"} <= set(labels(shown.response.message))
    await world.travel(A_WHILE)
    pressed = await world.server.secretariat.click(shown.response, label="Send test to me")
    assert "A test is on its way" in said(pressed)


async def test_nothing_that_was_sent_is_kept_and_no_class_is_forgotten(world: World) -> None:
    store: Any = world.bot._connection._view_store
    classes = {*PersistentButton.classes.values(), *PersistentSelect.classes.values()}
    await message(world)
    assert store._views == {}
    await world.travel(A_WHILE)
    assert set(store._dynamic_items.values()) == classes
