import discord

from bot.identify import network_reader
from bot.services import Services
from bot.texts import Reader
from cogs.settings.cards import setup_card
from cogs.settings.setup_check import findings
from storage.models import Network


async def setup_of(services: Services, guild: discord.Guild, network: Network, reader: Reader) -> discord.Embed:
    """Show how a server is set up, what is still to be put right and what comes next, to ``reader``."""
    seating = await services.seatings.of(network.guild_id, services.today(network))
    public = network_reader(services, network)
    return setup_card(network, findings(guild, network), reader, public, has_seats=bool(seating.by_code))
