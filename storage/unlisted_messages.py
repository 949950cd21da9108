"""Messages whose recipients are listed nowhere, because to be one would say what a delegation has (not) done."""

from typing import Final

COLLEAGUE_VOTED: Final = "voted"
"""Tells somebody that a colleague has voted. The secretariat hears nothing of it: its time is when a delegation did.

Its row has a day and no hour: see migration 0022, whose trigger leaves nothing else once the row is settled.
"""
NOT_JOINED: Final = "not_joined"
"""Reminds the people of the delegations that have not joined a statement."""
MORE_TIME: Final = "more_time"
"""The one reminder of a person who asked for more time."""
RECIPIENTS_HIDDEN: Final = (NOT_JOINED, MORE_TIME)
"""Series of messages to people whose own rows are listed, counted and exported nowhere."""
WITHOUT_RECIPIENTS: Final = (*RECIPIENTS_HIDDEN, "asked_again", "withdrawn", "withdrawal", "colleague_withdrew")
"""Series that say of a delegation that it has not joined a statement, or no longer: deleted once it is delivered."""
_SERIES: Final = "iif(instr(o.kind, ':'), substr(o.kind, 1, instr(o.kind, ':') - 1), o.kind)"
IS_LISTED: Final = (
    f"(o.kind <> '{COLLEAGUE_VOTED}'"
    f" AND (o.target = 'people' OR {_SERIES} NOT IN ({', '.join(map(repr, RECIPIENTS_HIDDEN))})))"
)
"""Whether a row ``o`` of the outbox is shown in lists, and counted."""


def hides_recipients(kind: str) -> bool:
    """Tell whether nobody is to know whom a message of that kind, or those that a fan-out became, are for."""
    return kind.partition(":")[0] in RECIPIENTS_HIDDEN


def is_unlisted(kind: str, target: str) -> bool:
    """Tell whether a row of that kind and target is shown in no list."""
    return kind == COLLEAGUE_VOTED or (hides_recipients(kind) and target != "people")
