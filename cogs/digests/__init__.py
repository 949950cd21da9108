from typing import TYPE_CHECKING

from discord import app_commands

from cogs.digests.commands import DigestsCog, digests_command
from cogs.digests.listeners import DigestListeners
from cogs.digests.messages import DigestMessages
from cogs.digests.planning import plan_all

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot; the settings, whose group takes ``/setup digests``, are loaded before."""
    bot.services.outbox.register(DigestMessages(bot.services))
    await plan_all(bot.services)
    cog = DigestsCog()
    await bot.add_cog(cog)
    await bot.add_cog(DigestListeners(bot))
    group = bot.tree.get_command("setup")
    assert isinstance(group, app_commands.Group)  # noqa: S101 - EXTENSIONS names the settings before the digests
    group.add_command(digests_command(cog))
