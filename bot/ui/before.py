"""How rooms that have not taken up :class:`Context` yet answer, keep drafts and declare buttons."""

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.texts import Reader, Text, t
from bot.ui.context import Context
from bot.ui.drafts import Confirmation
from bot.ui.forms import Form, Values
from bot.ui.guard import guarded
from bot.ui.pages import Page
from storage.database import Transaction
from storage.models import Draft


def asker_of(interaction: discord.Interaction) -> Asker:
    """Return who asks, worked out when the interaction was let in."""
    return Context.of(interaction).asker


async def answer(
    interaction: discord.Interaction,
    content: str | None = None,
    *,
    embed: discord.Embed | None = None,
    embeds: Sequence[discord.Embed] = (),
    view: discord.ui.View | None = None,
    files: Sequence[discord.File] = (),
) -> None:
    """Do as :meth:`Context.answer` does."""
    await Context.of(interaction).answer(content, embed=embed, embeds=embeds, view=view, files=files)


async def replace(
    interaction: discord.Interaction,
    content: str | None = None,
    *,
    embed: discord.Embed | None = None,
    embeds: Sequence[discord.Embed] = (),
    view: discord.ui.View | None = None,
    files: Sequence[discord.File] = (),
) -> None:
    """Do as :meth:`Context.replace` does."""
    await Context.of(interaction).replace(content, embed=embed, embeds=embeds, view=view, files=files)


async def take(interaction: discord.Interaction, tx: Transaction, draft: Draft) -> None:
    """Do as :meth:`Context.take` does."""
    await Context.of(interaction).take(tx, draft)


async def ask_confirmation(
    interaction: discord.Interaction,
    asker: Asker,  # noqa: ARG001 - the context has it
    confirmation: type[Confirmation],
    payload: Mapping[str, object],
    content: str,
    *,
    embed: discord.Embed | None = None,
    files: list[discord.File] | None = None,
    destroys: bool = False,
) -> None:
    """Do as :meth:`Context.preview` does."""
    await Context.of(interaction).preview(
        confirmation.kind, payload, content, embed=embed, files=files or [], destroys=destroys
    )


async def offer_correction(
    interaction: discord.Interaction,
    asker: Asker,  # noqa: ARG001 - the context has it
    form: Form,
    values: Values,
    problem: Text,
) -> None:
    """Do as :meth:`Context.offer_correction` does."""
    await Context.of(interaction).offer_correction(form.correction(), values, problem)


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

        async def action(context: Context) -> None:
            await self.pressed(interaction, context.asker)

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

        async def action(context: Context) -> None:
            await self.chosen(interaction, context.asker, self.item.values[0])

        await guarded(interaction, self.level, action)

    async def chosen(self, interaction: discord.Interaction, asker: Asker, value: str) -> None:
        """Answer the choice; errors become answers."""
        raise NotImplementedError(type(self).__name__)


class Turner(Protocol):
    """Makes the button that leads to page ``number``; ``way`` ("<" or ">") keeps the two apart."""

    def __call__(self, way: str, number: int, label: str, /, *, disabled: bool) -> ui.Item[Any]:
        """Make the button."""
        ...


def turning(page: Page[Any], reader: Reader, button: Turner) -> list[ui.Item[Any]]:
    """Return *Previous* and *Next* for a page; none where one page holds all."""
    if page.count == 1:
        return []
    first, last = page.number == 0, page.number + 1 >= page.count
    return [
        button("<", max(page.number - 1, 0), f"‹ {reader.label(t('Previous'))}", disabled=first),
        button(">", page.number + 1, f"{reader.label(t('Next'))} ›", disabled=last),
    ]
