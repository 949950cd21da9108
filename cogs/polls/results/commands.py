"""``/poll list``, ``results``, ``export`` and ``verify``."""

from io import BytesIO

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.texts import t
from bot.ui import Context
from cogs.polls.completion import any_poll, poll_chosen
from cogs.polls.results.buttons import list_page
from cogs.polls.results.queries import exported, verification
from cogs.polls.results.result import Charts, results_of


class ResultCommands(commands.Cog):
    """List, results, export, verify."""

    charts: Charts

    @app_commands.command(name="list", description=locale_str("See the polls, open ones first"))
    async def list_(self, interaction: discord.Interaction) -> None:
        """Show the first page of the polls."""
        context = Context.of(interaction)
        embed, view = await list_page(context, 0)
        await context.answer(embed=embed, view=view)

    @app_commands.command(description=locale_str("See the result of a poll, or the turnout so far"))
    @app_commands.describe(poll=locale_str("The poll"))
    async def results(self, interaction: discord.Interaction, poll: str) -> None:
        """Show the result of a closed poll, of an open one the turnout only."""
        context = Context.of(interaction)
        found = await poll_chosen(context, poll)
        await context.acknowledge()
        await results_of(context, self.charts, found)

    @app_commands.command(description=locale_str("Export a poll as files"))
    @app_commands.describe(poll=locale_str("The poll"))
    async def export(self, interaction: discord.Interaction, poll: str) -> None:
        """Hand out the turnout, and the published file of a closed poll."""
        context = Context.of(interaction)
        found = await poll_chosen(context, poll)
        files = [discord.File(BytesIO(content), name) for name, content in (await exported(context, found)).items()]
        said = t("The list of who voted is for the secretariat alone; what is published is in the other file.")
        if found.state != "closed":
            said = t("Until the poll closes, the file shows only who has voted. It is for the secretariat alone.")
        await context.answer(said, files=files)

    @app_commands.command(description=locale_str("Check that a ballot was counted, by its receipt"))
    @app_commands.describe(receipt=locale_str("The letters and digits that you were given"))
    async def verify(self, interaction: discord.Interaction, receipt: app_commands.Range[str, 1, 100]) -> None:
        """Tell whether the ballot with that receipt was counted."""
        context = Context.of(interaction)
        await context.answer(await verification(context, receipt))

    results.autocomplete("poll")(any_poll)
    export.autocomplete("poll")(any_poll)
