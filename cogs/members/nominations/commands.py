"""``/member nominate``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.members.completion import (
    PLACE,
    PLACE_CHOICES,
    ROLE_CHOICES,
    SOMEBODY,
    Line,
    Name,
    own_delegation,
    place_chosen,
    role_chosen,
)
from cogs.members.nominations.forms import NominateForm
from cogs.members.posts.forms import submit
from cogs.members.posts.post import PostOptions, account_named


class NominationCommands(commands.Cog):
    """Nominate."""

    @app_commands.command(description=locale_str("Nominate a colleague of your delegation; the secretariat approves"))
    @app_commands.describe(
        **SOMEBODY,
        delegation=locale_str("Your own delegation"),
        role=locale_str("The post that the person will hold"),
        starts_on=locale_str("First day; the day of the approval if left out"),
        place=PLACE,
    )
    @app_commands.choices(role=ROLE_CHOICES, place=PLACE_CHOICES)
    async def nominate(
        self,
        interaction: discord.Interaction,
        delegation: str,
        name: Name,
        role: str,
        user: discord.Member | None = None,
        title: Line | None = None,
        ministry: Line | None = None,
        starts_on: str | None = None,
        place: str | None = None,
    ) -> None:
        """Ask the secretariat for an appointment."""
        typed = PostOptions(name, account_named(user), title, ministry, starts_on, place=place_chosen(place))
        await submit(Context.of(interaction), NominateForm, delegation, role_chosen(role), typed)

    nominate.autocomplete("delegation")(own_delegation)
