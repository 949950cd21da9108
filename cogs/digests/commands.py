"""``/setup digests``, which belongs to the settings."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.digests.proposals import change


class DigestsCog(commands.Cog):
    """The digests, turned on and off."""

    async def digests(
        self, interaction: discord.Interaction, weekly: bool | None = None, monthly: bool | None = None
    ) -> None:
        """Turn them on, the monthly one after showing it, or off."""
        chosen = {"weekly_digest": weekly, "monthly_digest": monthly}
        given = {field: value for field, value in chosen.items() if value is not None}
        await change(Context.of(interaction), given)


def digests_command(cog: DigestsCog) -> app_commands.Command[Any, ..., None]:
    """Return ``/setup digests``."""
    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name="digests",
        description=locale_str("Turn the weekly and the monthly digest on or off"),
        callback=cog.digests,
    )
    return app_commands.describe(
        weekly=locale_str("For the secretariat, each Monday: what needs attention"),
        monthly=locale_str("For members, each month: what is ahead"),
    )(command)
