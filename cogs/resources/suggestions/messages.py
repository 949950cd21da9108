"""A suggestion before the secretariat, and the decision as the member reads it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from discord import ui

from bot.outbox import Message
from bot.texts import Reader, Text, t
from cogs.resources.cards import bold_title, resource_card
from cogs.resources.suggestions.buttons import decision_buttons
from cogs.resources.suggestions.cards import suggestion_card
from storage.resources.models import Resource, ResourceState

_STATES: Final[Mapping[ResourceState, Text]] = {
    "suggested": t("A link is suggested for the library: {title}"),
    "shelved": t("Approved, and in the library: {title}"),
    "declined": t("Declined for the library: {title}"),
    "removed": t("Approved, and removed from the library since: {title}"),
}


def suggestion(resource: Resource, suggested_by: str, reader: Reader) -> Message:
    """Render a suggestion with its buttons while it waits; ``suggested_by`` is markdown, or empty."""
    sentence = replace(_STATES[resource.state], values={"title": bold_title(resource)})
    buttons = decision_buttons(resource, reader) if resource.state == "suggested" else []
    return Message(reader.say(sentence), suggestion_card(resource, suggested_by, reader), buttons)


def decision(resource: Resource, reader: Reader) -> Message:
    """Tell the member who suggested a resource what the secretariat decided."""
    if resource.state == "declined":
        declined = t(
            "Thank you for suggesting {title}. The secretariat did not add it to the library: {reason}",
            title=bold_title(resource),
            reason=resource.reason,
        )
        return Message(reader.say(declined))
    link: ui.Button[Any] = ui.Button(label=reader.label(t("Open the link")), url=resource.url)
    sentence = t("Thank you: {title}, which you suggested, is in the library now.", title=bold_title(resource))
    return Message(reader.say(sentence), resource_card(resource, reader), [link])
