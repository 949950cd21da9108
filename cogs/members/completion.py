"""What several commands of ``/member`` offer while somebody types: no role of its own, for all the sub-packages."""

from typing import Final

import discord
from discord.app_commands import Choice, Range, locale_str

from bot import delegations
from bot.search.choosing import choices
from bot.ui import Context
from cogs.members.member import complete_person
from cogs.members.sentences import PLACES, ROLES
from storage.members.models import Place, Role

ROLE_CHOICES: Final = choices(ROLES)
PLACE_CHOICES: Final = choices(PLACES)
PLACE: Final = locale_str("Where the permanent mission is; New York if left out")
Name = Range[str, 1, 100]
Line = Range[str, 1, 200]
DELEGATION: Final = locale_str("The delegation")
PERSON: Final = locale_str("Choose the delegation first, then from the list")
USER: Final = locale_str("The person's account on this server")
SOMEBODY: Final = {
    "name": locale_str("The person's name, as the delegation writes it"),
    "user": USER,
    "title": locale_str("The person's title"),
    "ministry": locale_str("The ministry or office"),
}


def role_chosen(value: str) -> Role:
    """Return the role that was chosen from ``ROLE_CHOICES``."""
    return next(key for key in ROLES if key == value)


def place_chosen(value: str | None) -> Place | None:
    """Return the place that was chosen from ``PLACE_CHOICES``, None where the option was left out."""
    return next((key for key in PLACES if key == value), None)


async def any_delegation(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer the delegations of the network."""
    context = Context.of(interaction)
    return await delegations.complete_delegation(context.services, context.asker, typed)


async def own_delegation(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer the delegations that the asker speaks for."""
    context = Context.of(interaction)
    return await delegations.complete_delegation(context.services, context.asker, typed, own=True)


async def person_of_delegation(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer the people of the delegation that was chosen before."""
    delegation = getattr(interaction.namespace, "delegation", None)
    return await complete_person(Context.of(interaction), delegation, typed)
