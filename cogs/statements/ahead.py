"""The statements, among what lies ahead."""

from collections.abc import Sequence

from bot.ahead import Upcoming, Viewer
from bot.audience import seats_today
from bot.calendar import CalendarEvent
from bot.services import Services
from bot.texts import Reader, t
from cogs.statements import rules
from cogs.statements.buttons import ShowButton
from storage.statements.models import Statement


class StatementsAhead:
    """The open statements, for members: a channel shows those that every delegation can join."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def upcoming(self, viewer: Viewer, reader: Reader) -> Sequence[Upcoming]:
        """Return when each open statement closes; never who has joined it."""
        return [
            Upcoming(
                what=reader.say(t("**A statement closes**: {title}", title=statement.title)),
                begins=statement.closes_at,
                zone=statement.timezone,
                custom_id=ShowButton.write(viewer.guild_id, statement.id),
                label=t("Statement"),
            )
            for statement in await self._seen(viewer)
        ]

    async def entries(self, viewer: Viewer, reader: Reader) -> Sequence[CalendarEvent]:  # noqa: ARG002 - see below
        """Return nothing: when a statement closes may move, which a calendar that holds it would not hear of."""
        return []

    async def _seen(self, viewer: Viewer) -> list[Statement]:
        if not viewer.is_member and not viewer.is_secretariat:
            return []
        now, seats = self._services.clock.now(), await seats_today(self._services, viewer.guild_id)
        found = await self._services.statements.statements(viewer.guild_id, ("open",))
        return [
            one
            for one in found
            if one.closes_at > now
            and viewer.sees(
                None if one.audience == "all" else {seat.delegation.id for seat in rules.invited(one, seats)}
            )
        ]
