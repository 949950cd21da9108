"""What several commands of ``/resource`` offer while somebody types: no role of its own, for all the sub-packages."""

from typing import Final

import discord
from discord.app_commands import Choice, locale_str

from bot.search.choosing import choices
from bot.shelf import CATEGORY_NAMES
from bot.texts import clipped
from bot.ui import Context
from cogs.resources.cards import facts_line
from cogs.resources.fields import RESOURCE_LANGUAGES, VISIBILITIES
from cogs.resources.queries import scope_of

CATEGORY_CHOICES: Final = choices(CATEGORY_NAMES)
LANGUAGE_CHOICES: Final = choices(RESOURCE_LANGUAGES)
VISIBILITY_CHOICES: Final = choices(VISIBILITIES)
URL: Final = locale_str("Its web address")
TITLE: Final = locale_str("As the publication has it")
CATEGORY: Final = locale_str("What kind of document it is")
LANGUAGE: Final = locale_str("The language it is written in")
DESCRIPTION: Final = locale_str("Two lines, in your language; left out, a form opens")
YEAR: Final = locale_str("When it was published")
MEETING: Final = locale_str("The meeting that it belongs to")
RESOURCE: Final = locale_str("Words from its title, then choose from the list")


async def complete_resource(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer the resources that may be meant, of those that the asker may see."""
    context = Context.of(interaction)
    found = await context.services.shelf.choices(await scope_of(context), typed)
    return [
        Choice(name=clipped(f"{resource.title} · {facts_line(resource, context.reader)}", 100), value=f"#{resource.id}")
        for resource in found
    ]
