"""``/statement join``."""

import discord
from discord import app_commands
from discord.app_commands import Range, locale_str
from discord.ext import commands

from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.texts import t
from bot.ui import Context
from cogs.statements import completion, queries
from cogs.statements.joining import join
from cogs.statements.joining.buttons import choose_and_join
from cogs.statements.joining.withdraw import not_yours
from storage.members.models import Delegation
from storage.statements.models import Statement


class JoiningCommands(commands.Cog):
    """Join."""

    @app_commands.command(name="join", description=locale_str("Join a statement for your delegation"))
    @app_commands.describe(
        statement=completion.STATEMENT,
        delegation=locale_str("For the secretariat: the delegation that joins by note verbale or e-mail"),
        reference=locale_str("For the secretariat: the reference of the note verbale or e-mail"),
    )
    async def join_(
        self,
        interaction: discord.Interaction,
        statement: str,
        delegation: str | None = None,
        reference: Range[str, 1, join.LONGEST_REFERENCE] | None = None,
    ) -> None:
        """Ask for the confirmation; the secretariat records what came by note verbale or e-mail."""
        context = Context.of(interaction)
        found = await queries.statement_typed(context, statement)
        if delegation is None:
            await choose_and_join(context, found, found.version)
            return
        seat = await delegation_typed(context.services, context.asker, delegation)
        if seat.id in context.asker.delegation_ids and reference is None:
            own = await join.own_to_join(context, found)
            if seat.id in {one.id for one in own}:
                await join.ask_to_join(context, found, seat)
                return
        await self._record(context, found, seat, reference)

    @staticmethod
    async def _record(context: Context, statement: Statement, seat: Delegation, reference: str | None) -> None:
        if not context.asker.is_secretariat:
            raise not_yours()
        if reference is None or not reference.strip():
            raise UserError(
                t("Give in the option *reference* the number and date of the note verbale, or the date of the e-mail.")
            )
        await join.ask_to_join(context, statement, seat, " ".join(reference.split()))

    join_.autocomplete("statement")(completion.statement_to_join)
    join_.autocomplete("delegation")(completion.delegation)
