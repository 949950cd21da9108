"""``/meeting invite``."""

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str
from discord.ext import commands

from bot import completion
from bot.delegations import complete_delegation, delegation_typed
from bot.ui import Context
from cogs.meetings.invitations.proposals import propose_invitation, propose_removal
from cogs.meetings.invitations.queries import meeting_typed


async def _complete_delegation(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    context = Context.of(interaction)
    return await complete_delegation(context.services, context.asker, typed)


class InvitationCommands(commands.Cog):
    """Invite a delegation to a meeting that does not invite all."""

    @app_commands.command(
        description=locale_str("Invite a delegation to a regional or preparatory meeting, or withdraw it")
    )
    @app_commands.describe(
        delegation=locale_str("Which delegation"),
        meeting=locale_str("Which one; may be left out if only one is ahead"),
        remove=locale_str("Withdraw its invitation"),
    )
    async def invite(
        self, interaction: discord.Interaction, delegation: str, meeting: str | None = None, remove: bool = False
    ) -> None:
        """Show who is told what, and change the invitation after *Confirm*."""
        context = Context.of(interaction)
        found = await meeting_typed(context, meeting)
        meant = await delegation_typed(context.services, context.asker, delegation)
        await (propose_removal if remove else propose_invitation)(context, found, meant)

    invite.autocomplete("meeting")(completion.meeting)
    invite.autocomplete("delegation")(_complete_delegation)
