"""Buttons, lists and forms in direct messages, where Discord does not say which network they belong to: they do."""

import re
from typing import Any, Final

from discord import ui

from bot.access import BUTTONS, SELECTS
from bot.ui.buttons import PersistentButton, PersistentSelect
from bot.ui.context import Context
from bot.ui.plain_buttons import IN_NETWORK, LIST_IN_NETWORK
from bot.ui.state import ForgedStateError, Rest

_PREFIX: Final = re.compile(r"in:(\d+):(.*)", re.DOTALL)


class InNetworkButton(PersistentButton, custom_id=IN_NETWORK):
    """Any button of the bot, in a direct message of the network ``guild_id``."""

    guild_id: int
    inner: Rest

    def is_urgent(self) -> bool:
        """Tell whether the button is."""
        found = self._found()
        return found is not None and found[0].kept_in(found[1]).is_urgent()

    async def on_press(self, context: Context) -> None:
        """Do what the button does, for those who may press it in that network."""
        found = self._found()
        if found is None:
            raise ForgedStateError
        declared, match = found
        context.asker.require(BUTTONS[declared.declared().custom_id])
        item = ui.Button[Any](custom_id=self.inner)
        await (await declared.from_custom_id(context.interaction, item, match)).press_in(context)

    def _found(self) -> tuple[type[PersistentButton], re.Match[str]] | None:
        for declared in PersistentButton.classes.values():
            match = re.fullmatch(declared.declared().pattern, self.inner)
            if match is not None and declared is not InNetworkButton:
                return declared, match
        return None


class InNetworkSelect(PersistentSelect, custom_id=LIST_IN_NETWORK):
    """Any list of the bot, in a direct message of the network ``guild_id``."""

    guild_id: int
    inner: Rest

    async def on_select(self, context: Context, values: list[str]) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] - a list is what Discord sends
        """Do what the list does, for those who may use it in that network."""
        for custom_id, declared in PersistentSelect.classes.items():
            match = re.fullmatch(declared.declared().pattern, self.inner)
            if match is not None and declared is not InNetworkSelect:
                context.asker.require(SELECTS[custom_id])
                item = ui.Select[Any](custom_id=self.inner)
                await (await declared.from_custom_id(context.interaction, item, match)).choose_in(context, values)
                return
        raise ForgedStateError


def network_of(custom_id: str) -> tuple[int | None, str]:
    """Return the network that a form's ``custom_id`` names (None: that of the server), and the rest of it."""
    match = _PREFIX.fullmatch(custom_id)
    return (int(match[1]), match[2]) if match is not None else (None, custom_id)
