"""The silence procedures, among what lies ahead."""

from collections.abc import Sequence

from bot.ahead import Upcoming, Viewer
from bot.calendar import CalendarEvent
from bot.services import Services
from bot.texts import Reader, t
from cogs.decisions.buttons import ShowDecisionButton
from cogs.decisions.rules import counted
from storage.decisions.models import Decision


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
            for decision in await self._seen(viewer)
        ]

    async def entries(self, viewer: Viewer, reader: Reader) -> Sequence[CalendarEvent]:
        """Return nothing: when a procedure ends may move, which a calendar that holds it would not hear of."""
        del viewer, reader
        return ()

    async def _seen(self, viewer: Viewer) -> list[Decision]:
        if not viewer.is_member:
            return []
        decisions, now = self._services.decisions, self._services.clock.now()
        found: list[Decision] = []
        for decision in await decisions.decisions(viewer.guild_id, ("open",)):
            invited = None
            if decision.audience != "all":
                seats = counted(await decisions.seats(viewer.guild_id, decision.id))
                invited = {seat.delegation_id for seat in seats}
            if decision.takes_objections(now) and viewer.sees(invited):
                found.append(decision)
        return found
