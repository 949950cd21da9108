"""What the shelf has the outbox send: suggestions, decisions on them, and the monthly note."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from discord import ui

from bot.naming import called
from bot.outbox import Message, Standing, Subject
from bot.services import Services
from bot.texts import Reader, Text, escaped, t
from cogs.resources.cards import named, resource_card, suggestion_card
from cogs.resources.monthly_note.monthly_note import KIND, news_of, note
from cogs.resources.suggestions.buttons import decision_buttons
from storage.models import OutboxRow
from storage.resource_models import Resource, ResourceState

_NOTE_KEEPS: Final = timedelta(days=7)
"""How late a monthly note may be and still make sense."""


class ShelfNotices(Subject):
    """Answers for the rows of subject "shelf"; a row's subject_id is the resource's (0: a note)."""

    name = "shelf"

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """Return None for a suggestion that was decided before it was posted, and for what is gone."""
        if row.kind.startswith(KIND):
            return Standing(row.due_at + _NOTE_KEEPS) if await news_of(self._services, row) else None
        resource = await self._resource(row)
        if resource is None or (row.kind == "suggestion" and resource.state != "suggested"):
            return None
        return Standing()

    async def title(self, row: OutboxRow) -> Text:
        """Name the message for the secretariat's lists."""
        if row.kind.startswith(KIND):
            return t("The monthly note of what is new on the shelf")
        resource = await self._resource(row)
        title = named(resource) if resource is not None else f"#{row.subject_id}"
        if row.kind == "suggestion":
            return t("A suggestion for the shelf: {title}", title=title)
        return t("What became of a suggestion: {title}", title=title)

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Render the suggestion with its buttons while it waits, or the decision."""
        if row.kind.startswith(KIND):
            return note(await news_of(self._services, row), reader)
        resource = await self._resource(row)
        assert resource is not None, "resources are never deleted"  # noqa: S101 - narrows the type
        if row.kind == "suggestion":
            sentence = replace(_SUGGESTED[resource.state], values={"title": named(resource)})
            buttons = decision_buttons(resource, reader) if resource.state == "suggested" else []
            card = suggestion_card(resource, await self._suggested_by(resource, reader), reader)
            return Message(reader.say(sentence), card, buttons)
        return _decision(resource, reader)

    async def _resource(self, row: OutboxRow) -> Resource | None:
        return await self._services.shelf.resources.resource(row.guild_id, row.subject_id)

    async def _suggested_by(self, resource: Resource, reader: Reader) -> str:
        for holder in await self._services.members.holders(resource.guild_id):
            if holder.person.id == resource.suggested_by:
                delegations = await self._services.members.delegations(resource.guild_id)
                seat = next(d for d in delegations if d.id == holder.appointment.delegation_id)
                parts = (holder.person.name, called(seat, reader.language))
                return escaped(", ".join(part for part in parts if part))
        return ""


_SUGGESTED: Final[Mapping[ResourceState, Text]] = {
    "suggested": t("A link is suggested for the shelf: {title}"),
    "shelved": t("Approved, and on the shelf: {title}"),
    "declined": t("Declined for the shelf: {title}"),
    "removed": t("Approved, and removed from the shelf since: {title}"),
}


def _decision(resource: Resource, reader: Reader) -> Message:
    if resource.state == "declined":
        return Message(
            reader.say(
                t(
                    "Thank you for suggesting {title}. The secretariat did not put it on the shelf: {reason}",
                    title=named(resource),
                    reason=resource.reason,
                )
            )
        )
    link: ui.Button[Any] = ui.Button(label=reader.label(t("Open the link")), url=resource.url)
    sentence = t("Thank you: {title}, which you suggested, is on the shelf now.", title=named(resource))
    return Message(reader.say(sentence), resource_card(resource, reader), [link])
