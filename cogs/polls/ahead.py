"""The polls, among what lies ahead."""

from collections.abc import Sequence
from typing import Final

from bot.ahead import Upcoming, Viewer
from bot.calendar import CalendarEvent
from bot.services import Services
from bot.texts import Reader, t
from storage.polls.models import Poll

_LIST: Final = "do:poll list"
"""The button that does what ``/poll list`` does."""


class PollsAhead:
    """The open polls, for members: a channel shows those in which every delegation votes."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def upcoming(self, viewer: Viewer, reader: Reader) -> Sequence[Upcoming]:
        """Return when each open poll closes."""
        return [
            Upcoming(
                what=reader.say(t("**Voting closes**: {question}", question=poll.plan.question)),
                begins=poll.plan.closes_at,
                zone=poll.timezone,
                custom_id=_LIST,
                label=t("Polls"),
            )
            for poll in await self._seen(viewer)
        ]

    async def entries(self, viewer: Viewer, reader: Reader) -> Sequence[CalendarEvent]:
        """Return nothing: when a poll closes may move, which a calendar that holds it would not hear of."""
        del viewer, reader
        return ()

    async def _seen(self, viewer: Viewer) -> list[Poll]:
        if not viewer.is_member:
            return []
        polls, now = self._services.polls, self._services.clock.now()
        found: list[Poll] = []
        for poll in await polls.polls(viewer.guild_id, ("open",)):
            electors = await polls.electors(viewer.guild_id, poll.id) if poll.plan.audience != "all" else None
            invited = {elector.delegation_id for elector in electors} if electors is not None else None
            if poll.takes_ballots(now) and viewer.sees(invited):
                found.append(poll)
        return found
