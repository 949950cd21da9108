"""What the secretariat should look at about messages: who was not reached, and what went wrong."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.attention import Attention, Urgency
from bot.delivery.unreached import people_unreached
from bot.services import Services
from bot.texts import Reader, nt
from cogs.outbox.buttons import OpenListButton
from cogs.outbox.sentences import LIST_NAMES, troubles

_WITHIN: Final = timedelta(days=7)
"""What went wrong before that was named by an earlier digest."""
_UNREACHED: Final = "do:outbox unreached"
"""The button that does what ``/outbox unreached`` does."""


class OutboxAttention:
    """A line for the people not reached, and one for each kind of trouble of the last week."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def lines(self, guild_id: int, reader: Reader) -> Sequence[Attention]:
        """Return the lines."""
        services = self._services
        people = nt(
            "{count} person was not reached by at least one message.",
            "{count} people were not reached by at least one message.",
            await people_unreached(services, guild_id),
        )
        unreached = Attention(Urgency.CHASE, reader.say(people), _UNREACHED, LIST_NAMES["not_reached"])
        settled = await services.unreached.troubles_since(guild_id, services.clock.now() - _WITHIN)
        return [
            *([unreached] if people.count else []),
            *(
                Attention(Urgency.MEND, reader.say(said), OpenListButton.write(which), LIST_NAMES[which])
                for which, said in troubles(settled).items()
            ),
        ]
