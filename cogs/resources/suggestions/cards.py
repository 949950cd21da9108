import discord

from bot.texts import Reader, t
from cogs.resources.cards import resource_card
from storage.resources.models import Resource


def suggestion_card(resource: Resource, suggested_by: str, reader: Reader) -> discord.Embed:
    """Show a suggestion with whose it is and what became of it; ``suggested_by`` is markdown, or empty."""
    card = resource_card(resource, reader)
    if suggested_by:
        card.add_field(name=reader.label(t("Suggested by")), value=suggested_by, inline=False)
    match resource.state:
        case "suggested":
            outcome = None
        case "declined":
            outcome = t("Declined: {reason}", reason=resource.reason)
        case "shelved":
            outcome = t("Approved: it is in the library.")
        case "removed":
            outcome = t("Approved, and removed from the library since.")
    if outcome is not None:
        card.add_field(name=reader.label(t("Decision")), value=reader.say(outcome), inline=False)
    return card
