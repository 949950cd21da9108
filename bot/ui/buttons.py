import re
from collections.abc import Sequence
from typing import Any, ClassVar, Final, Self, cast, dataclass_transform

import discord
from discord import ui

from bot.access import BUTTONS, SELECTS
from bot.observation import Kind
from bot.ui.context import Context
from bot.ui.guard import guarded
from bot.ui.state import Declaration, ForgedStateError, Value

_NEVER: Final = r"(?!)"


class _Persistent:
    """What buttons and lists share: their state, declared once, which is in their ``custom_id`` and nowhere else."""

    declaration: ClassVar[Declaration | None] = None
    _is_forged = False

    def state(self) -> dict[str, Value]:
        """Return the declared values, by name."""
        return {name: getattr(self, name) for name in self.declared().parts}

    @classmethod
    def declared(cls) -> Declaration:
        """Return what the class declares."""
        assert cls.declaration is not None, "only a class with a custom_id is ever shown"  # noqa: S101 - narrows the type
        return cls.declaration

    @classmethod
    def write(cls, *values: Value) -> str:
        """Return the ``custom_id`` that keeps the values, in the order in which the constructor takes them."""
        declared = cls.declared()
        return declared.write(dict(zip(declared.parts, values, strict=True)))

    def _keep(self, values: Sequence[Value], named: dict[str, Value]) -> str:
        parts = self.declared().parts
        given = dict(zip(parts, values, strict=False)) | named
        if given.keys() != parts.keys() or len(values) + len(named) != len(parts):
            raise TypeError(f"{type(self).__name__} takes {', '.join(parts)}")
        vars(self).update(given)
        return self.declared().write(given)

    def restore(self, match: re.Match[str]) -> None:
        """Read the state again; where it cannot be the bot's own, whatever is done with it will be refused."""
        try:
            vars(self).update(self.declared().read(match))
        except ForgedStateError:
            self._is_forged = True

    def _network(self) -> int | None:
        return None if self._is_forged else cast(int | None, getattr(self, "guild_id", None))


@dataclass_transform()
class PersistentButton(_Persistent, ui.DynamicItem[ui.Button[Any]], template=_NEVER):
    """A button whose whole state is in its ``custom_id``, so that it works after any restart.

    A subclass declares the ``custom_id`` and, as annotations, what is kept in it; the constructor takes these in
    order::

        class VoteButton(PersistentButton, custom_id="poll:vote:{poll_id}"):
            poll_id: int

            async def on_press(self, context: Context) -> None: ...

        VoteButton(poll.id).labelled(reader.label(t("Vote")), discord.ButtonStyle.primary)

    A part named ``guild_id`` is the network that the button belongs to: it works in direct messages then. Who may
    press it is in :data:`bot.access.BUTTONS`, by ``custom_id``.
    """

    classes: ClassVar[dict[str, type["PersistentButton"]]] = {}
    """Every button of the bot by its declared ``custom_id``."""

    def __init_subclass__(cls, *, custom_id: str = "") -> None:
        # What several buttons share has no custom_id of its own.
        cls.declaration = Declaration.of(cls, custom_id) if custom_id else None
        super().__init_subclass__(template=cls.declaration.pattern if cls.declaration else _NEVER)
        if custom_id:
            PersistentButton.classes[custom_id] = cls

    def __init__(self, *values: Value, **named: Value) -> None:
        super().__init__(ui.Button[Any](custom_id=self._keep(values, named)))

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Make the button again from the message it stands in."""
        restored = cls.__new__(cls)
        found = item if isinstance(item, ui.Button) else ui.Button[Any](custom_id=match.string)
        super(PersistentButton, restored).__init__(found)
        restored.restore(match)
        return restored

    @classmethod
    def kept_in(cls, match: re.Match[str]) -> Self:
        """Return the button with nothing but what its ``custom_id`` keeps, to be asked; it is on no message."""
        found = cls.__new__(cls)
        found.restore(match)
        return found

    def labelled(
        self,
        label: str,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        *,
        emoji: str | None = None,
        disabled: bool = False,
        row: int | None = None,
    ) -> Self:
        """Say how the button looks (a label is cut at Discord's 80 characters), and return it."""
        self.item.label = label[:80]
        self.item.style = style
        self.item.emoji = emoji
        self.item.disabled = disabled
        self.item.row = row
        return self

    def acknowledges_first(self) -> bool:
        """Tell whether hundreds may press it in one instant: Discord then hears at once that an answer follows."""
        return False

    def is_urgent(self) -> bool:
        """Tell whether what counts is that it was pressed: it then does not wait until others are answered."""
        return False

    async def callback(self, interaction: discord.Interaction) -> None:
        """Do what the button does, for those who may press it."""
        name = self.declared().custom_id
        at_once = not self._is_forged and self.acknowledges_first()
        is_urgent = not self._is_forged and self.is_urgent()
        level, used = BUTTONS[name], (Kind.BUTTON, name)
        network = self._network()
        await guarded(interaction, level, self.press_in, network, used=used, at_once=at_once, is_urgent=is_urgent)

    async def press_in(self, context: Context) -> None:
        """Answer the press in the context's network. Raises ForgedStateError for what was never shown there."""
        if self._is_forged or self._network() not in (None, context.guild_id):
            raise ForgedStateError
        await self.on_press(context)

    async def on_press(self, context: Context) -> None:
        """Answer the press; errors become answers."""
        raise NotImplementedError(type(self).__name__)


@dataclass_transform()
class PersistentSelect(_Persistent, ui.DynamicItem[ui.Select[Any]], template=_NEVER):
    """A list to choose from, whose state is in its ``custom_id`` and its options; else a :class:`PersistentButton`.

    Who may use it is in :data:`bot.access.SELECTS`.
    """

    classes: ClassVar[dict[str, type["PersistentSelect"]]] = {}
    """Every list of the bot by its declared ``custom_id``."""

    def __init_subclass__(cls, *, custom_id: str = "") -> None:
        cls.declaration = Declaration.of(cls, custom_id) if custom_id else None
        super().__init_subclass__(template=cls.declaration.pattern if cls.declaration else _NEVER)
        if custom_id:
            PersistentSelect.classes[custom_id] = cls

    def __init__(self, *values: Value, **named: Value) -> None:
        super().__init__(ui.Select[Any](custom_id=self._keep(values, named)))

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Make the list again from the message it stands in."""
        restored = cls.__new__(cls)
        found = item if isinstance(item, ui.Select) else ui.Select[Any](custom_id=match.string)
        super(PersistentSelect, restored).__init__(found)
        restored.restore(match)
        return restored

    def offering(
        self,
        options: Sequence[discord.SelectOption],
        placeholder: str | None = None,
        *,
        least: int = 1,
        most: int = 1,
        row: int | None = None,
    ) -> Self:
        """Say what there is to choose from and how many (``least`` to ``most``) at a time, and return the list."""
        self.item.options = list(options)
        self.item.placeholder = placeholder
        self.item.min_values = least
        self.item.max_values = most
        self.item.row = row
        return self

    async def callback(self, interaction: discord.Interaction) -> None:
        """Act on the choice, for those who may make it."""
        name = self.declared().custom_id
        await guarded(interaction, SELECTS[name], self._choose, self._network(), used=(Kind.LIST, name))

    async def _choose(self, context: Context) -> None:
        await self.choose_in(context, self.item.values)

    async def choose_in(self, context: Context, values: Sequence[str]) -> None:
        """Answer the choice in the context's network. Raises ForgedStateError as :meth:`PersistentButton.press_in`."""
        if self._is_forged or self._network() not in (None, context.guild_id):
            raise ForgedStateError
        await self.on_select(context, values)

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Answer the choice; errors become answers."""
        raise NotImplementedError(type(self).__name__)
