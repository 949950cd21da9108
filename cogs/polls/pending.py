"""What polls ask of a delegation."""

from collections.abc import Sequence

from bot.names.delegation_names import called
from bot.pending import Awaited, Delegate, in_order
from bot.services import Services
from bot.texts import Listing, Reader, Text, t
from cogs.polls.voting.buttons import VoteButton
from storage.polls.models import Elector, Poll


class PendingPolls:
    """The open polls in which a delegation, or the person, has not voted."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def lines(self, delegate: Delegate, reader: Reader) -> Sequence[Awaited]:
        """Return a line for each poll that still takes the delegate's ballot."""
        polls, now = self._services.polls, self._services.clock.now()
        found: list[Awaited] = []
        for poll in await polls.polls(delegate.guild_id, ("open",)):
            if not poll.takes_ballots(now):
                continue
            electors = await polls.electors(delegate.guild_id, poll.id)
            missing = [elector for elector in electors if not elector.voted and _is_own(elector, delegate)]
            if missing:
                said = reader.say(_asked(poll, missing, delegate, reader))
                custom_id = VoteButton.write(poll.id)
                found.append(Awaited(said, custom_id, t("Vote"), poll.plan.closes_at, poll.plan.timezone))
        return found


def _is_own(elector: Elector, delegate: Delegate) -> bool:
    if elector.person_id:
        return elector.person_id == delegate.person.id
    return any(delegation.id == elector.delegation_id for delegation in delegate.delegations)


def _asked(poll: Poll, missing: Sequence[Elector], delegate: Delegate, reader: Reader) -> Text:
    if poll.plan.voters == "members":
        return t("Vote in the poll “{question}”.", question=poll.plan.question)
    ids = {elector.delegation_id for elector in missing}
    own = [d for d in in_order(delegate.delegations, reader) if d.id in ids]
    return t(
        "Vote for {delegations} in the poll “{question}”.",
        delegations=Listing(called(delegation, reader.language) for delegation in own),
        question=poll.plan.question,
    )
