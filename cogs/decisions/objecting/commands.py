"""``/decision object``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.delegations import complete_delegation, delegation_typed
from bot.errors import UserError
from bot.texts import t
from bot.ui import URGENT, Context
from cogs.decisions.completion import decision_named, open_decision
from cogs.decisions.ending import current_decision
from cogs.decisions.objecting.forms import ask_reasons, object_with
from cogs.decisions.objecting.objection import AMENDMENT, NAMED, NO, REASON, REFERENCE, YES, is_own, press
from cogs.decisions.queries import own_seats
from cogs.decisions.rules import LONGEST_REASON, LONGEST_REFERENCE
from storage.decisions.models import Decision
from storage.members.models import Delegation


class ObjectingCommands(commands.Cog):
    """Object."""

    @app_commands.command(
        name="object",
        description=locale_str("Object to a proposal: you see first what is published"),
        extras={URGENT: True},
    )
    @app_commands.describe(
        decision=locale_str("The proposal"),
        reason=locale_str("Why, which is published; may be left out"),
        amendment=locale_str("What you would change, which is published; may be left out"),
        named=locale_str("Whether your delegation is named; no if left out"),
        delegation=locale_str("For the secretariat: the delegation that has objected"),
        reference=locale_str("For the secretariat: the note verbale or e-mail"),
    )
    async def object_(
        self,
        interaction: discord.Interaction,
        decision: str,
        reason: app_commands.Range[str, 1, LONGEST_REASON] | None = None,
        amendment: app_commands.Range[str, 1, LONGEST_REASON] | None = None,
        named: bool = False,
        delegation: str | None = None,
        reference: app_commands.Range[str, 1, LONGEST_REFERENCE] | None = None,
    ) -> None:
        """Open the form, or show what will be published of what was typed."""
        context = Context.of(interaction)
        named_one = await decision_named(context, decision)
        # Before its end is worked out: this is the hour that counts.
        await press(context, named_one.id)
        found = await current_decision(context, named_one.id)
        whose = await _whose(context, found, delegation)
        typed = {REASON: reason, AMENDMENT: amendment, REFERENCE: reference}
        given = {key: text for key, text in typed.items() if text}
        if not given and not named:
            await ask_reasons(context, found, whose)
            return
        await object_with(context, found, whose, {**given, NAMED: YES if named else NO})

    object_.autocomplete("decision")(open_decision)

    @object_.autocomplete("delegation")
    async def _delegation(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        context = Context.of(interaction)
        if not context.asker.is_secretariat:
            return []
        return await complete_delegation(context.services, context.asker, typed)


async def _whose(context: Context, decision: Decision, typed: str | None) -> Delegation:
    """Return for which delegation the asker objects. Raises UserError."""
    if typed is not None:
        delegation = await delegation_typed(context.services, context.asker, typed)
        await is_own(context, decision, delegation)
        return delegation
    if context.asker.is_secretariat and not context.asker.is_member:
        raise UserError(t("Name the delegation that has objected in the option {option}.", option="delegation"))
    own = await own_seats(context, decision)
    if len(own) > 1:
        raise UserError(
            t(
                "You speak for several delegations: name the one that objects in the option {option}.",
                option="delegation",
            )
        )
    return own[0]
