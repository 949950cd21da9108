"""What somebody is asked to hand over whose term ends."""

import discord

from bot.commands import Command
from bot.texts import Reader, t
from cogs.members.directory.cards import COLOUR
from cogs.members.welcome.cards import PRIVACY_COMMANDS


def handing_over_card(reader: Reader) -> discord.Embed:
    """List what to hand over, and what becomes of the access."""
    steps = (
        t("Tell your successor which colleagues in the network you work with, and on what."),
        t("Hand over the papers of the last meeting and what your delegation has promised there."),
        t("Point your successor to the library: {command} has the manual.", command=Command("resource list")),
        t("Say which polls and registrations are open: they stay with the seat."),
        t("Keep your own data with {export} before you leave, or have it erased with {erase}.", **PRIVACY_COMMANDS),
    )
    card = discord.Embed(title=reader.label(t("What to hand over")), colour=COLOUR)
    card.description = "\n".join(f"☐ {reader.say(step)}" for step in steps)
    last = t("Your access ends after that day by itself; your name stays in your delegation's history.")
    card.add_field(name=reader.label(t("Your access")), value=reader.say(last), inline=False)
    return card
