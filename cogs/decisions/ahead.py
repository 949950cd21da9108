"""The silence procedures, among what lies ahead."""

from collections.abc import Sequence
from datetime import timedelta

from bot.ahead import Upcoming, Viewer
from bot.calendar import CalendarEvent
from bot.services import Services
from bot.texts import Reader, t
from cogs.decisions.buttons import ShowDecisionButton
from cogs.decisions.rules import counted
from storage.decisions.models import Decision, DecisionState


class DecisionsAhead:
    """The open procedures, for members: a channel shows those in which every delegation decides."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def upcoming(self, viewer: Viewer, reader: Reader) -> Sequence[Upcoming]:
        """Return when each open procedure ends."""
        return [
            Upcoming(
                what=reader.say(t("**Silence procedure ends**: {title}", title=decision.title)),
                begins=decision.expires_at,
                zone=decision.timezone,
                custom_id=ShowDecisionButton.write(decision.id),
                label=t("Show"),
            )
            for decision in await self._seen(viewer, "open")
        ]

    async def entries(self, viewer: Viewer, reader: Reader) -> Sequence[CalendarEvent]:
        """Return when each procedure ends that has not, and would have ended that was broken or cancelled."""
        return [_entry(decision, reader) for decision in await self._seen(viewer, "open", "broken", "cancelled")]

    async def _seen(self, viewer: Viewer, *states: DecisionState) -> list[Decision]:
        """Return the decisions in these states whose end is ahead and that the viewer may see."""
        if not viewer.is_member:
            return []
        decisions, now = self._services.decisions, self._services.clock.now()
        found: list[Decision] = []
        for decision in await decisions.decisions(viewer.guild_id, states):
            if decision.expires_at <= now:
                continue
            invited = None
            if decision.audience != "all":
                seats = counted(await decisions.seats(viewer.guild_id, decision.id))
                invited = {seat.delegation_id for seat in seats}
            if viewer.sees(invited):
                found.append(decision)
        return found


def _entry(decision: Decision, reader: Reader) -> CalendarEvent:
    # An end only ever moves later, by a minute at least.
    moved = (decision.expires_at - decision.opened_at) // timedelta(minutes=1)
    return CalendarEvent(
        key=f"decision-{decision.guild_id}-{decision.id}",
        sequence=moved + (decision.state != "open"),
        title=reader.label(t("Silence procedure ends: {title}", title=decision.title)),
        starts=decision.expires_at,
        zone=decision.timezone,
        cancelled=decision.state != "open",
    )
