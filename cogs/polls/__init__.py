from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    from cogs.polls.commands import load  # noqa: PLC0415 - the recount, in this folder, runs without Discord

    await load(bot)
