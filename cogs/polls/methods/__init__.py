"""The ways to vote, one in each file. A new one is added to ``METHODS``."""

from typing import Final

from cogs.polls.counting import Method
from cogs.polls.methods.approval import Approval
from cogs.polls.methods.date import Dates
from cogs.polls.methods.ranked import Ranked
from cogs.polls.methods.single import SingleChoice
from cogs.polls.methods.voting_method import ListName, OptionList, VotingMethod

METHODS: Final[dict[Method, VotingMethod]] = {
    method.key: method for method in (SingleChoice(), Approval(), Ranked(), Dates())
}
"""Every way to vote, in the order of the list of methods."""

__all__ = ["METHODS", "ListName", "OptionList", "VotingMethod"]
