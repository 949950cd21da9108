from typing import TYPE_CHECKING

from discord import Interaction, app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.facts import facts
from bot.ui import Context, stored_view
from cogs.about.buttons import ChapterSelect, CommandButton
from cogs.about.cards import about_card, help_card
from cogs.about.command_tree import offered
from cogs.about.rules import BUTTON_LABELS, likeliest, who_you_are

if TYPE_CHECKING:
    from bot.app import Focalbot


class AboutCog(commands.Cog):
    """``/help`` and ``/about``."""

    def __init__(self, bot: "Focalbot") -> None:
        self.bot = bot
        self.services = bot.services

    @app_commands.command(name="help", description=locale_str("See what you can do here"))
    async def help_(self, interaction: Interaction) -> None:
        """Show the commands that the asker may use, with buttons for the likeliest."""
        context = Context.of(interaction)
        asker, label = context.asker, context.label
        shown = offered(self.bot.tree, asker)
        card = help_card(shown, who_you_are(asker), context.reader)
        buttons = [CommandButton(name).labelled(label(BUTTON_LABELS[name])) for name in likeliest(asker)]
        view = stored_view([*buttons, ChapterSelect.of(shown, context.reader)])
        await context.answer(embed=card, view=view)

    @app_commands.command(description=locale_str("Read what the network is, and the norm it serves"))
    async def about(self, interaction: Interaction) -> None:
        """Say what the network is, with sources."""
        context = Context.of(interaction)
        seating = await self.services.seat_cache.of(context.guild_id, self.services.today(context.network))
        seats = seating.by_code.values()
        steering = [seat.delegation for seat in seats if seat.in_steering_group]
        card = about_card(facts("network"), len(seats), steering, context.network, context.reader)
        await context.answer(embed=card)
