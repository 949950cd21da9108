from discord.app_commands import locale_str
from discord.ext import commands

from cogs.resources.entries.commands import EntryCommands
from cogs.resources.exchange.commands import ExchangeCommands
from cogs.resources.search.commands import SearchCommands
from cogs.resources.suggestions.commands import SuggestionCommands


class ResourcesCog(
    ExchangeCommands,
    EntryCommands,
    SuggestionCommands,
    SearchCommands,
    commands.GroupCog,
    name="resource",
    description=locale_str("The library: manuals, documents, articles, links"),
):
    """``/resource``: the network's shelf of links."""
