"""Buttons as Discord shows them, without what they do: for what stands below the classes that do it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import discord
from discord import ui

from bot.texts import Text, t

DRAFT: Final = "draft:{action}:{draft_id}"
"""The ``custom_id`` of :class:`bot.ui.drafts.DraftButton`."""
DRAFT_CHOICE: Final = "draft:{action}:{draft_id}:{which}"
"""The ``custom_id`` of :class:`bot.ui.drafts.DraftChoiceButton`."""
CONSENT: Final = "consent:{choice}"
"""The ``custom_id`` of :class:`bot.ui.consent.ConsentButton`."""


CONFIRM: Final = t("Confirm")
CORRECT: Final = t("Correct")


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to go on from a preview: the ``kind`` of what it confirms, its button's label and style."""

    kind: str
    label: Text = CONFIRM
    style: discord.ButtonStyle = discord.ButtonStyle.success


@dataclass(frozen=True, slots=True)
class Correction:
    """A form that goes on from what was typed: its ``kind`` and arguments, its button's label and style."""

    kind: str
    arguments: Sequence[str]
    label: Text = CORRECT
    style: discord.ButtonStyle = discord.ButtonStyle.primary


def plain_button(
    custom_id: str, label: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> ui.Button[Any]:
    """Return a button that looks so; whoever declares the ``custom_id`` answers it."""
    return ui.Button(custom_id=custom_id, label=label, style=style)


def stored_view(items: Iterable[ui.Item[Any]]) -> ui.View:
    """Put buttons that keep their own state into a view that never times out."""
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view
