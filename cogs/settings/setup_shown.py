"""How a server is set up, shown. No role of its own: it reads the file and Discord's guild for one card."""

import discord

from bot.identify import network_reader
from bot.ui import Context
from cogs.settings.cards import setup_card
from cogs.settings.email_check import email_findings
from cogs.settings.setup_check import findings
from storage.models import Network


async def setup_of(context: Context, network: Network) -> discord.Embed:
    """Show how a server is set up, what is still to be put right and what comes next, to the person who asks.

    ``network`` is read anew where it has just been changed.
    """
    services = context.services
    seating = await services.seat_cache.of(network.guild_id, services.today(network))
    public = network_reader(services, network)
    found = [*findings(context.guild, network), *await email_findings(services, network)]
    return setup_card(network, found, context.reader, public, has_seats=bool(seating.by_code))
