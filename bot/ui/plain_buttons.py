"""Buttons as Discord shows them, without what they do: for what stands below the classes that do it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import discord
from discord import ui

from bot.texts import Reader, Text, t

DRAFT: Final = "draft:{action}:{draft_id}"
"""The ``custom_id`` of :class:`bot.ui.drafts.DraftButton`."""
DRAFT_CHOICE: Final = "draft:{action}:{draft_id}:{which}"
"""The ``custom_id`` of :class:`bot.ui.drafts.DraftChoiceButton`."""
SHOW_NOTICE: Final = "notice:show:{row_id}"
"""The ``custom_id`` of :class:`bot.ui.notice_buttons.ShowNoticeButton`."""
CONSENT: Final = "consent:{choice}"
"""The ``custom_id`` of :class:`bot.ui.consent.ConsentButton`."""
IN_NETWORK: Final = "in:{guild_id}:{inner}"
"""The ``custom_id`` of :class:`bot.ui.networks.InNetworkButton`, and of a form in a direct message."""
LIST_IN_NETWORK: Final = "list-in:{guild_id}:{inner}"
"""The ``custom_id`` of :class:`bot.ui.networks.InNetworkSelect`."""
LONGEST_CUSTOM_ID: Final = 100
"""Characters, as Discord counts them."""


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
    """Return a button that looks so; what declares the ``custom_id`` answers it."""
    return ui.Button(custom_id=custom_id, label=label, style=style)


def consent_buttons(reader: Reader) -> list[ui.Button[Any]]:
    """Return the two answers to whether the bot may write to somebody directly."""
    return [
        plain_button(CONSENT.format(choice="yes"), reader.label(t("Yes, write to me")), discord.ButtonStyle.primary),
        plain_button(CONSENT.format(choice="no"), reader.label(t("No, never"))),
    ]


def in_network(guild_id: int, custom_id: str, kind: str = IN_NETWORK) -> str | None:
    """Return the ``custom_id`` by which something works in direct messages; None where it is too long for Discord."""
    # What names its network already needs no more.
    whole = custom_id if f":{guild_id}" in custom_id else kind.format(guild_id=guild_id, inner=custom_id)
    return whole if len(whole) <= LONGEST_CUSTOM_ID else None


def direct_view(view: ui.View, guild_id: int, server: ui.Button[Any]) -> ui.View:
    """Return the view as a direct message of the network shows it.

    What Discord has no room for there is left out, and ``server``, a link, leads to where it works.
    """
    left_out = False
    for item in list(view.children):
        part = cast(ui.Item[Any], cast(Any, item).item if isinstance(item, ui.DynamicItem) else item)
        custom_id = part.custom_id if isinstance(part, ui.Button | ui.Select) else None
        if not isinstance(part, ui.Button | ui.Select) or custom_id is None:
            continue
        whole = in_network(guild_id, custom_id, LIST_IN_NETWORK if isinstance(part, ui.Select) else IN_NETWORK)
        if whole is None:
            view.remove_item(item)
            left_out = True
        else:
            part.custom_id = whole
    if left_out:
        view.add_item(server)
    return view


def stored_view(items: Iterable[ui.Item[Any]]) -> ui.View:
    """Put buttons that keep their own state into a view that discord.py does not keep: the only one that is sent.

    It would keep a private one for a quarter of an hour, and then forget the classes of its buttons for every message.
    """
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view
