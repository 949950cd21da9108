"""The decision that a command names, completed while it is typed: no role of its own, for the sub-packages."""

import discord
from discord.app_commands import Choice

from bot.search.choosing import offered
from bot.ui import Context
from cogs.decisions.ending import current_decision
from cogs.decisions.rules import chosen_decision, number_of
from storage.decisions.models import Decision, DecisionState


async def decision_chosen(context: Context, typed: str) -> Decision:
    """Return the decision that was chosen or typed, ended where its time is over. Raises NotFoundError."""
    return await current_decision(context, (await decision_named(context, typed)).id)


async def decision_named(context: Context, typed: str) -> Decision:
    """Return the decision that was chosen from the list or typed, as it was last written. Raises NotFoundError."""
    return chosen_decision(await context.services.decisions.decisions(context.guild_id), typed)


async def open_decision(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer the procedures that have not ended."""
    return await _choices(Context.of(interaction), typed, "open", "unreached")


async def any_decision(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer all decisions."""
    return await _choices(
        Context.of(interaction), typed, "open", "unreached", "adopted", "broken", "not_valid", "cancelled"
    )


async def _choices(context: Context, typed: str, *states: DecisionState) -> list[Choice[str]]:
    decisions = await context.services.decisions.decisions(context.guild_id, states)
    return offered(decisions, typed, lambda one: str(one.id), _name)


def _name(decision: Decision) -> str:
    return " · ".join(part for part in (number_of(decision), decision.title) if part)
