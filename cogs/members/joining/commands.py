"""``/member link``, ``invite`` and ``claim``."""

import discord
from discord import app_commands
from discord.app_commands import Range, locale_str
from discord.ext import commands

from bot.errors import UserError
from bot.texts import Markdown, t
from bot.ui import Context
from cogs.members.completion import DELEGATION, PERSON, any_delegation, person_of_delegation
from cogs.members.joining import claim, invite, invite_all, link, unlink


class JoiningCommands(commands.Cog):
    """Link, invite, claim."""

    @app_commands.command(description=locale_str("Link a person of the directory to an account on this server"))
    @app_commands.describe(
        delegation=DELEGATION,
        person=PERSON,
        user=locale_str("The account; if left out, the person is unlinked (account lost or stolen)"),
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

    @app_commands.command(
        description=locale_str("Make codes to send by e-mail: for one person, or all without an account")
    )
    @app_commands.describe(delegation=DELEGATION, person=PERSON)
    async def invite(
        self, interaction: discord.Interaction, delegation: str | None = None, person: str | None = None
    ) -> None:
        """Make a code for a person, or for everybody without an account."""
        context = Context.of(interaction)
        if person is None:
            await invite_all.invite_all(context, delegation)
        elif delegation is None:
            raise UserError(t("Choose the delegation of that person too, in {o}.", o=Markdown("`delegation`")))
        else:
            await invite.invite(context, delegation, person)

    @app_commands.command(description=locale_str("Enter the code that the secretariat sent you"))
    @app_commands.describe(code=locale_str("As written in the e-mail"))
    async def claim(self, interaction: discord.Interaction, code: Range[str, 1, 60]) -> None:
        """Get in with a code."""
        await claim.claim(Context.of(interaction), code)

    link.autocomplete("delegation")(any_delegation)
    invite.autocomplete("delegation")(any_delegation)
    link.autocomplete("person")(person_of_delegation)
    invite.autocomplete("person")(person_of_delegation)
