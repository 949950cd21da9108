"""``/member overview``."""

import io

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.delivery.unreached import people_unreached
from bot.texts import t
from bot.ui import Context
from cogs.members.overview.cards import empty_card, overview_card
from cogs.members.overview.exchange import overview_file
from cogs.members.overview.queries import concerns_of


class OverviewCommands(commands.Cog):
    """Overview."""

    @app_commands.command(description=locale_str("See which seats need attention"))
    async def overview(self, interaction: discord.Interaction) -> None:
        """Show vacant seats, long terms, missing accounts, quiet delegations and how many people were not reached."""
        context = Context.of(interaction)
        found = await concerns_of(context)
        waiting = len(await context.services.nominations.waiting(context.guild_id))
        claims = len(await context.services.claims.waiting(context.guild_id))
        unreached = await people_unreached(context.services, context.guild_id)
        reader = context.reader
        card = overview_card(found, waiting, claims, unreached, reader) if found is not None else empty_card(reader)
        name = f"overview-{context.services.today(context.network).isoformat()}.csv"
        file = discord.File(io.BytesIO(overview_file(found or (), context.reader)), name)
        await context.answer(t("Keep this within the secretariat."), embed=card, files=[file])
