"""What the workshops ask of a delegation."""

from collections.abc import Sequence
from typing import Final

from bot.invitations import next_of
from bot.names import city_names
from bot.names.delegation_names import called
from bot.pending import Awaited, Delegate, in_order
from bot.services import Services
from bot.texts import Listing, NameIn, Reader, t
from cogs.topics.rules import takes_proposals

PROPOSE: Final = "do:topic propose"
"""The button that does what ``/topic propose`` does."""


class PendingTopics:
    """A topic for the workshops, while the choice among topics has not begun: nobody has to propose one."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def lines(self, delegate: Delegate, reader: Reader) -> Sequence[Awaited]:
        """Return one line while a delegation may propose a topic for the annual meeting and has none on its way."""
        services, guild_id = self._services, delegate.guild_id
        network = await services.settings.network(guild_id)
        today = services.today(network)
        meetings = [meeting for meeting in await services.meetings.all(guild_id) if meeting.kind == "annual"]
        meeting = next_of(meetings, today)
        polls = await services.polls.polls(guild_id, ("open", "closed"))
        if meeting is None or not takes_proposals(meeting, meetings, polls, today):
            return []
        topics = await services.topics.topics(guild_id, ("proposed", "listed"))
        proposers = {topic.delegation_id for topic in topics}
        without = [d for d in in_order(delegate.delegations, reader) if d.id not in proposers]
        if not without:
            return []
        asked = t(
            "Propose a topic for the workshops in {city}, if {delegations} would like one.",
            city=NameIn(city_names(meeting.city, meeting.country)),
            delegations=Listing(called(delegation, reader.language) for delegation in without),
        )
        return [Awaited(reader.say(asked), PROPOSE, t("Propose"), is_optional=True)]
