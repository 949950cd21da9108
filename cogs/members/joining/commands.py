"""``/member link``, ``invite`` and ``claim``."""

import discord
from discord import app_commands
from discord.app_commands import Range, locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.members.completion import DELEGATION, PERSON, any_delegation, person_of_delegation
from cogs.members.joining import claim, invite, link, unlink


class JoiningCommands(commands.Cog):
    """Link, invite, claim."""

    @app_commands.command(description=locale_str("Link a person of the directory to an account on this server"))
    @app_commands.describe(
        delegation=DELEGATION, person=PERSON, user=locale_str("The account; left out: none any more (lost or stolen)")
    )
    async def link(
        self, interaction: discord.Interaction, delegation: str, person: str, user: discord.Member | None = None
    ) -> None:
        """Link a person to an account, or to none any more."""
        context = Context.of(interaction)
        if user is None:
            await unlink.unlink(context, delegation, person)
        else:
            await link.link(context, delegation, person, user)

    @app_commands.command(description=locale_str("Make a one-time code to send to an appointee by e-mail"))
    @app_commands.describe(delegation=DELEGATION, person=PERSON)
    async def invite(self, interaction: discord.Interaction, delegation: str, person: str) -> None:
        """Make a code for a person."""
        await invite.invite(Context.of(interaction), delegation, person)

    @app_commands.command(description=locale_str("Enter the code that the secretariat sent you"))
    @app_commands.describe(code=locale_str("As written in the e-mail"))
    async def claim(self, interaction: discord.Interaction, code: Range[str, 1, 60]) -> None:
        """Get in with a code."""
        await claim.claim(Context.of(interaction), code)

    link.autocomplete("delegation")(any_delegation)
    invite.autocomplete("delegation")(any_delegation)
    link.autocomplete("person")(person_of_delegation)
    invite.autocomplete("person")(person_of_delegation)
