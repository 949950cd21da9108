"""The ways to vote, one in each file, with all that a method is. A new one is added to ``METHODS``.

Of the standard library alone: the recount runs them without the bot.
"""

from typing import Final

from cogs.polls.methods.approval import Approval
from cogs.polls.methods.date import Dates
from cogs.polls.methods.ranked import Ranked
from cogs.polls.methods.single import SingleChoice
from cogs.polls.methods.voting_method import VotingMethod

METHODS: Final[dict[str, VotingMethod]] = {
    method.key: method
    for method in (
        SingleChoice(),
        Approval(),
        Ranked(),
        Dates(),
    )
}
"""Every way to vote by its key, in the order of the list of methods."""
USUAL: Final = SingleChoice.key
USUAL_OF_TOPICS: Final = Approval.key
