"""What silence procedures ask of a delegation."""

from collections.abc import Sequence

from bot.pending import Awaited, Delegate, in_order
from bot.services import Services
from bot.texts import Reader, t
from cogs.decisions import sentences
from cogs.decisions.buttons import ShowDecisionButton
from cogs.decisions.ending import is_in_time
from cogs.decisions.rules import acting_for, counted


class PendingDecisions:
    """The open procedures in which the delegate may object: nobody waits for an answer, and the time ends."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def lines(self, delegate: Delegate, reader: Reader) -> Sequence[Awaited]:
        """Return a line for each procedure that is open for a delegation that the delegate acts for."""
        decisions, now = self._services.decisions, self._services.clock.now()
        acting = acting_for(delegate.posts)
        found: list[Awaited] = []
        for decision in await decisions.decisions(delegate.guild_id, ("open",)):
            seats = counted(await decisions.seats(delegate.guild_id, decision.id))
            ids = acting & {seat.delegation_id for seat in seats}
            own = [delegation for delegation in in_order(delegate.delegations, reader) if delegation.id in ids]
            if own and await is_in_time(self._services, decision, now):
                said = reader.say(sentences.asked(decision, own, reader))
                custom_id = ShowDecisionButton.write(decision.id)
                found.append(Awaited(said, custom_id, t("Show"), decision.expires_at, decision.timezone))
        return found
