from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.members.directory.commands import DirectoryCommands, show_card_of_user
from cogs.members.editing.commands import EditingCommands
from cogs.members.exchange.commands import ExchangeCommands
from cogs.members.joining.commands import JoiningCommands
from cogs.members.nominations.commands import NominationCommands
from cogs.members.overview.commands import OverviewCommands
from cogs.members.own_entry.commands import OwnEntryCommands
from cogs.members.posts.commands import PostCommands
from cogs.members.seats.commands import SeatCommands

if TYPE_CHECKING:
    from bot.app import Focalbot

FOCAL_POINT_CARD = "Focal point card"


class MembersCog(
    PostCommands,
    NominationCommands,
    JoiningCommands,
    OverviewCommands,
    DirectoryCommands,
    OwnEntryCommands,
    SeatCommands,
    EditingCommands,
    ExchangeCommands,
    commands.GroupCog,
    name="member",
    description=locale_str("Look people up, and keep the directory"),
):
    """``/member``: the directory of the network."""


def register_context_menu(bot: "Focalbot") -> None:
    """Put *Focal point card* into the menu on every account."""

    async def focal_point_card(interaction: discord.Interaction, user: discord.Member) -> None:
        await show_card_of_user(Context.of(interaction), user)

    bot.tree.add_command(app_commands.ContextMenu(name=FOCAL_POINT_CARD, callback=focal_point_card))
