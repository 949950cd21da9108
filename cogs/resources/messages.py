"""What the shelf has the outbox send: suggestions, and decisions on them."""

from datetime import timedelta
from typing import Final

from bot.names.delegation_names import called
from bot.outbox import EmailText, Message, RecordlessSubject, Standing
from bot.services import Services
from bot.texts import Reader, Text, escaped, t
from cogs.resources import earlier_notes
from cogs.resources.cards import bold_title
from cogs.resources.suggestions import emails
from cogs.resources.suggestions.messages import decision, suggestion
from storage.outbox.models import OutboxRow
from storage.resources.models import Resource

_NOTE_KEEPS: Final = timedelta(days=7)
"""How late a monthly note may be and still make sense."""


class ShelfMessages(RecordlessSubject):
    """Answers for the rows of subject "shelf"; a row's subject_id is the resource's (0: an earlier note)."""

    name = "shelf"
    to_people = ("decision",)

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """Return None for a suggestion that was decided before it was posted, and for what is gone."""
        if row.kind.startswith(earlier_notes.KIND):
            new = await earlier_notes.resources_of(self._services, row)
            return Standing(row.due_at + _NOTE_KEEPS) if new else None
        resource = await self._resource(row)
        if resource is None or (row.kind == "suggestion" and resource.state != "suggested"):
            return None
        return Standing()

    async def title(self, row: OutboxRow) -> Text:
        """Name the message for the secretariat's lists."""
        if row.kind.startswith(earlier_notes.KIND):
            return t("The monthly note of what is new in the library")
        resource = await self._resource(row)
        title = bold_title(resource) if resource is not None else f"#{row.subject_id}"
        if row.kind == "suggestion":
            return t("A suggestion for the library: {title}", title=title)
        return t("What became of a suggestion: {title}", title=title)

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Render the suggestion with its buttons while it waits, or the decision."""
        if row.kind.startswith(earlier_notes.KIND):
            return earlier_notes.note(await earlier_notes.resources_of(self._services, row), reader)
        resource = await self._resource(row)
        assert resource is not None, "resources are never deleted"  # noqa: S101 - narrows the type
        if row.kind == "suggestion":
            return suggestion(resource, await self._suggested_by(resource, reader), reader)
        return decision(resource, reader)

    async def email_text(self, row: OutboxRow, reader: Reader) -> EmailText:  # noqa: ARG002 - it names no time
        """Say what the secretariat decided on a suggestion."""
        resource = await self._resource(row)
        assert resource is not None, "resources are never deleted"  # noqa: S101 - narrows the type
        return emails.text_of(resource)

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
