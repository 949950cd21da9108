"""How much one delegation may have waiting for the secretariat, and how often colleagues hear of a changed ballot."""

from datetime import timedelta
from typing import Final

from bot.errors import UserError
from bot.texts import t

TOPICS_WAITING: Final = 10
"""Topics that a delegation has proposed and nobody has decided on yet."""
NOMINATIONS_WAITING: Final = 5
"""Nominations of a delegation that nobody has decided on yet."""
SUGGESTIONS_WAITING: Final = 10
"""Links that the people of a delegation have suggested and nobody has decided on yet."""
CHANGED_BALLOT_EVERY: Final = timedelta(days=1)
"""How often, at most, a colleague is told that the delegation's ballot in one poll was changed.

Counted in the network's calendar days: the hour of a ballot is kept nowhere.
"""


def require_below_limit(waiting: int, limit: int) -> None:
    """Raise UserError where a delegation has as much ``waiting`` for the secretariat as ``limit`` allows."""
    if waiting >= limit:
        raise UserError(
            t(
                "Your delegation has {count} proposals of this kind waiting for the secretariat, the most that may wait"
                " at once. Please wait until it has decided on one, then send this again.",
                count=waiting,
            )
        )
