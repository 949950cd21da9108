"""What the secretariat should look at in polls: in which of them who has yet to vote, as a number."""

from collections.abc import Sequence
from typing import Final

from bot.attention import Attention, Source, Urgency
from bot.services import Services
from bot.texts import Reader, Text, nt, t
from storage.polls.models import Poll

_LIST: Final = "do:poll list"
"""The button that does what ``/poll list`` does."""


def polls_to_look_at(services: Services) -> Source:
    """Return what says how many have not voted in each open poll: its card shows the turnout to all."""

    async def lines(guild_id: int, reader: Reader) -> Sequence[Attention]:
        now = services.clock.now()
        said = [_missing(poll) for poll in await services.polls.polls(guild_id, ("open",)) if poll.plan.closes_at > now]
        return [Attention(Urgency.CHASE, reader.say(text), _LIST, t("Polls")) for text in said if text.count]

    return lines


def _missing(poll: Poll) -> Text:
    missing, question = poll.electorate - poll.turnout, poll.plan.question
    if poll.plan.voters == "members":
        return nt(
            "{count} member has not voted: “{question}”.",
            "{count} members have not voted: “{question}”.",
            missing,
            question=question,
        )
    return nt(
        "{count} delegation has not voted: “{question}”.",
        "{count} delegations have not voted: “{question}”.",
        missing,
        question=question,
    )
