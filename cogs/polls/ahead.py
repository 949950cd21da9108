"""The polls, among what lies ahead."""

from collections.abc import Sequence
from typing import Final

from bot.ahead import Upcoming, Viewer
from bot.calendar import CalendarEvent
from bot.services import Services
from bot.texts import Reader, t
from storage.polls.models import Poll, PollState

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
            for poll in await self._seen(viewer, "open")
        ]

    async def entries(self, viewer: Viewer, reader: Reader) -> Sequence[CalendarEvent]:
        """Return when each open poll closes, and would have closed that was cancelled."""
        return [_entry(poll, reader) for poll in await self._seen(viewer, "open", "cancelled")]

    async def _seen(self, viewer: Viewer, *states: PollState) -> list[Poll]:
        """Return the polls in these states whose closing time is ahead and that the viewer may see."""
        if not viewer.is_member:
            return []
        polls, now = self._services.polls, self._services.clock.now()
        found: list[Poll] = []
        for poll in await polls.polls(viewer.guild_id, states):
            if poll.plan.closes_at <= now:
                continue
            electors = await polls.electors(viewer.guild_id, poll.id) if poll.plan.audience != "all" else None
            if viewer.sees({elector.delegation_id for elector in electors} if electors is not None else None):
                found.append(poll)
        return found


def _entry(poll: Poll, reader: Reader) -> CalendarEvent:
    closes_at = poll.plan.closes_at
    return CalendarEvent(
        key=f"poll-{poll.guild_id}-{poll.id}",
        sequence=poll.sequence,
        title=reader.label(t("Voting closes: {question}", question=poll.plan.question)),
        starts=closes_at,
        zone=poll.timezone,
        cancelled=poll.state == "cancelled",
    )
