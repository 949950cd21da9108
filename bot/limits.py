"""How much one member may send to the secretariat, and how often colleagues hear of what is changed again and again."""

from datetime import timedelta
from typing import Final

from bot.errors import UserError
from bot.texts import t

TOPICS_WAITING: Final = 10
"""Topics that a delegation has proposed and nobody has decided on yet."""
TOPICS_A_DAY: Final = 20
"""Topics that a delegation proposes in a day, whatever becomes of them."""
NOMINATIONS_WAITING: Final = 5
"""Nominations of a delegation that nobody has decided on yet."""
SUGGESTIONS_WAITING: Final = 10
"""Links that the people of a delegation have suggested and nobody has decided on yet."""
CHANGED_BALLOT_EVERY: Final = timedelta(days=1)
"""How often, at most, a colleague is told that the delegation's ballot in one poll was changed.

Counted in the network's calendar days: the hour of a ballot is kept nowhere.
"""
CHANGED_ANSWER_EVERY: Final = timedelta(days=1)
"""How far apart, at least, two messages to a colleague are that the delegation's answer to a meeting was changed."""
PASSED_ON_A_DAY: Final = 10
"""Messages of one person that the bot passes on to the secretariat in a day; of all guests together as many."""


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


def require_few_topics(proposed: int) -> None:
    """Raise UserError where a delegation has ``proposed`` as many topics within a day as it may."""
    if proposed >= TOPICS_A_DAY:
        raise UserError(
            t(
                "Your delegation has proposed {count} topics since yesterday, the most for one day: please send this"
                " tomorrow.",
                count=proposed,
            )
        )


def require_few_passed_on(count: int) -> None:
    """Raise UserError where as many messages were passed on to the secretariat within a day as may be."""
    if count >= PASSED_ON_A_DAY:
        raise UserError(
            t(
                "The bot has passed on {count} messages to the secretariat since yesterday, the most for one day."
                " Please write to the secretariat by e-mail, or send this tomorrow.",
                count=count,
            )
        )
