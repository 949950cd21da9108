import re
from abc import abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.ui.guard import guarded


class StoredButton(ui.DynamicItem[ui.Button[Any]], template=r"(?!)"):
    """A button whose whole state is in its ``custom_id``, so that it works after any restart.

    A subclass gives its ``template`` (with named groups for its state), how it is ``restored`` from them, the
    ``level`` of who is let in, and what happens when it is ``pressed``.
    """

    level: ClassVar[Level]

    @classmethod
    @abstractmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from the named groups of its ``template``."""

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Make the button again from the message it stands in."""
        restored = cls.restored(**match.groupdict())
        if isinstance(item, ui.Button):
            restored.item.label = item.label
            restored.item.style = item.style
            restored.item.emoji = item.emoji
        return restored

    def is_rushed(self) -> bool:
        """Tell whether hundreds may press it in one instant: then Discord is told at once that an answer follows."""
        return False

    def guild_id(self) -> int | None:
        """Return the network that the button belongs to, for buttons in direct messages; None: this server."""
        return None

    async def callback(self, interaction: discord.Interaction) -> None:
        """Do what the button does, for whoever is let in."""

        async def action(asker: Asker) -> None:
            await self.pressed(interaction, asker)

        await guarded(interaction, self.level, action, self.guild_id(), at_once=self.is_rushed())

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Answer the press; errors become answers."""
        raise NotImplementedError(type(self).__name__)


class StoredSelect(ui.DynamicItem[ui.Select[Any]], template=r"(?!)"):
    """A list to pick one from, whose state is in its ``custom_id`` and its options; else a :class:`StoredButton`."""

    level: ClassVar[Level]

    @classmethod
    @abstractmethod
    def restored(cls, options: list[discord.SelectOption], **state: str) -> Self:
        """Make the list again from its options and the named groups of its ``template``."""

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Make the list again from the message it stands in."""
        options = item.options if isinstance(item, ui.Select) else []
        return cls.restored(options, **match.groupdict())

    async def callback(self, interaction: discord.Interaction) -> None:
        """Act on the choice, for whoever is let in."""

        async def action(asker: Asker) -> None:
            await self.chosen(interaction, asker, self.item.values[0])

        await guarded(interaction, self.level, action)

    async def chosen(self, interaction: discord.Interaction, asker: Asker, value: str) -> None:
        """Answer the choice; errors become answers."""
        raise NotImplementedError(type(self).__name__)


def stored_view(items: Iterable[ui.Item[Any]]) -> ui.View:
    """Put buttons that keep their own state into a view that never times out."""
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view
