"""Messages whose recipients are listed nowhere, because to be one would say what a delegation has (not) done."""

from typing import Final

COLLEAGUE_VOTED: Final = "voted"
"""Tells somebody that a colleague has voted. The secretariat hears nothing of it: its time is when a delegation did.

Its row has a day and no hour: see migration 0022, whose trigger leaves nothing else once the row is settled.
"""
STATEMENT: Final = "statement"
"""The subject of the series below: others may have some of the same name."""
NOT_JOINED: Final = "not_joined"
"""Reminds the people of the delegations that have not joined a statement."""
MORE_TIME: Final = "more_time"
"""The one reminder of a person who asked for more time."""
ASKED_AGAIN: Final = "asked_again"
"""Asks the people of the delegations again whose joinings another text has voided."""
RECIPIENTS_HIDDEN: Final = (NOT_JOINED, MORE_TIME, ASKED_AGAIN)
"""Series of messages to people whose own rows are listed, counted and exported nowhere."""
WITHOUT_RECIPIENTS: Final = (*RECIPIENTS_HIDDEN, "withdrawn", "withdrawal", "colleague_withdrew")
"""Series that say of a delegation that it has not joined a statement, or no longer.

They are in no export, and deleted once it is delivered.
"""
_SERIES: Final = "iif(instr(o.kind, ':'), substr(o.kind, 1, instr(o.kind, ':') - 1), o.kind)"
IS_LISTED: Final = (
    f"(o.kind <> '{COLLEAGUE_VOTED}' AND (o.subject <> '{STATEMENT}' OR o.target = 'people'"
    f" OR {_SERIES} NOT IN ({', '.join(map(repr, RECIPIENTS_HIDDEN))})))"
)
"""Whether a row ``o`` of the outbox is shown in lists, and counted."""
IS_EXPORTED: Final = (
    f"({IS_LISTED} AND (o.subject <> '{STATEMENT}' OR {_SERIES} NOT IN ({', '.join(map(repr, WITHOUT_RECIPIENTS))})))"
)
"""Whether a row ``o`` of the outbox is in the network's export."""


def hides_recipients(subject: str, kind: str) -> bool:
    """Tell whether nobody is to know whom such a message, or those that a fan-out became, are for."""
    return subject == STATEMENT and kind.partition(":")[0] in RECIPIENTS_HIDDEN


def is_unlisted(subject: str, kind: str, target: str) -> bool:
    """Tell whether a row of that subject, kind and target is shown in no list."""
    return kind == COLLEAGUE_VOTED or (hides_recipients(subject, kind) and target != "people")
