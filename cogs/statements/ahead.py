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
from storage.statements.states import StatementState


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
            for statement in await self._seen(viewer, "open")
        ]

    async def entries(self, viewer: Viewer, reader: Reader) -> Sequence[CalendarEvent]:
        """Return when each open statement closes, and would have closed that was cancelled or has closed before."""
        states: tuple[StatementState, ...] = ("open", "closed", "delivered", "cancelled")
        found = await self._seen(viewer, *states)
        return [_entry(statement, reader) for statement in found if statement.opened_at is not None]

    async def _seen(self, viewer: Viewer, *states: StatementState) -> list[Statement]:
        if not viewer.is_member and not viewer.is_secretariat:
            return []
        now, seats = self._services.clock.now(), await seats_today(self._services, viewer.guild_id)
        found = await self._services.statements.statements(viewer.guild_id, states)
        return [
            one
            for one in found
            if one.closes_at > now
            and viewer.sees(
                None if one.audience == "all" else {seat.delegation.id for seat in rules.invited(one, seats)}
            )
        ]


def _entry(statement: Statement, reader: Reader) -> CalendarEvent:
    return CalendarEvent(
        key=f"statement-{statement.guild_id}-{statement.id}",
        sequence=statement.sequence,
        title=reader.label(t("A statement closes: {title}", title=statement.title)),
        starts=statement.closes_at,
        zone=statement.timezone,
        cancelled=statement.state != "open",
    )
