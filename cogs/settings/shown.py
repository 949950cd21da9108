import discord

from bot.access import network_reader
from bot.services import Services
from bot.texts import Reader
from cogs.settings.cards import setup_card
from cogs.settings.rules import findings
from storage.models import Network


def setup_of(services: Services, guild: discord.Guild, network: Network, reader: Reader) -> discord.Embed:
    """Show how a server is set up and what is still to be put right, to ``reader``."""
    return setup_card(network, findings(guild, network), reader, network_reader(services, network))
