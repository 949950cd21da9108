"""``/statement signatories``."""

from io import BytesIO

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.errors import UserError
from bot.texts import t
from bot.ui import Context
from cogs.statements import completion, queries
from cogs.statements.rules import SUBJECT
from cogs.statements.signatories import exchange


class SignatoryCommands(commands.Cog):
    """Signatories."""

    @app_commands.command(description=locale_str("Get the delegations that have joined, ready to paste"))
    @app_commands.describe(statement=completion.STATEMENT)
    async def signatories(self, interaction: discord.Interaction, statement: str) -> None:
        """Answer with the list as text and as CSV; joiners only."""
        context = Context.of(interaction)
        found = await queries.statement_typed(context, statement)
        services, guild_id = context.services, context.guild_id
        joinings = await services.statements.joinings(guild_id, found.id)
        if not joinings:
            raise UserError(t("No delegation has joined “{title}” yet.", title=found.title))
        delegations = await services.members.delegations(guild_id)
        documents = await services.documents.latest(guild_id, SUBJECT, found.id)
        files = [
            discord.File(BytesIO(exchange.text_file(found, delegations, joinings)), "signatories.txt"),
            discord.File(BytesIO(exchange.csv_file(found, delegations, joinings, documents)), "signatories.csv"),
        ]
        by_id = {one.delegation_id: one for one in joinings}
        names = exchange.names_in_order(found, delegations, by_id, context.reader.language)
        listed = f"```\n{context.reader.listing(names).replace('`', '')}\n```"
        said = context.say(exchange.heading(found, len(joinings)))
        # What is too long for a message is in the file.
        room = 2000 - len(said) - 1
        await context.answer(f"{said}\n{listed}" if len(listed) <= room else said, files=files)

    signatories.autocomplete("statement")(completion.any_statement)
