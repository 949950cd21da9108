"""Buttons as Discord shows them, without what they do: for what stands below the classes that do it."""

from collections.abc import Iterable
from typing import Any, Final

import discord
from discord import ui

DRAFT: Final = "draft:{action}:{draft_id}"
"""The ``custom_id`` of :class:`bot.ui.drafts.DraftButton`."""
CONSENT: Final = "consent:{choice}"
"""The ``custom_id`` of :class:`bot.ui.consent.ConsentButton`."""


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
