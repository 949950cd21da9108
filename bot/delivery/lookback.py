"""Which messages are looked for before they are sent for the first time, and how far back. Pure."""

from datetime import datetime, timedelta
from typing import Final

from bot.delivery.channels import before
from storage.outbox.deliveries import Copied
from storage.outbox.models import OutboxRow
from storage.outbox.outbox import MIN_SECONDS_SINCE_ATTEMPT, SECONDS_SINCE_HUNG

SEARCH_IF_LATER_THAN: Final = timedelta(minutes=2)
"""First sends later than this search the channel first: another copy of the database may have sent them."""
SEARCH_AFTER_COPY: Final = timedelta(days=2)
"""For so long after a copy has taken over, it looks for what every copy of the database owes by itself: a task of the
night that the lost file had done already, the copy does again in the next night."""


def may_be_there(row: OutboxRow, now: datetime, copied: Copied | None) -> bool:
    """Tell whether a row that is about to be sent may be there already. ``copied``: the file is a copy, or None."""
    return now - row.due_at > SEARCH_IF_LATER_THAN or row.attempted_at is not None or may_be_lost(row, copied)


def sent_after(row: OutboxRow, copied: Copied | None) -> int:
    """Return a message id older than whatever was sent for a row that this file has made no attempt at."""
    if copied is not None and may_be_lost(row, copied):
        return before(min(row.due_at, copied.made_at))
    return before(row.due_at)


def on_its_way(*, hung: bool) -> timedelta:
    """Return how long after a request Discord may still store its message; ``hung``: nobody waited for its end."""
    return timedelta(seconds=SECONDS_SINCE_HUNG if hung else MIN_SECONDS_SINCE_ATTEMPT)


def stored_until(row: OutboxRow, copied: Copied | None) -> datetime | None:
    """Return until when Discord may still store what the lost file had on its way for the row; None: nothing is.

    Until then, its absence from the channel proves nothing.
    """
    if copied is None or not may_be_lost(row, copied):
        return None
    return copied.began_at + on_its_way(hung=True)


def may_be_lost(row: OutboxRow, copied: Copied | None) -> bool:
    """Tell whether the file that this one is a copy of may have sent the row after the copy was made."""
    if copied is None or row.due_at <= copied.began_at:
        return copied is not None
    return row.generation < copied.generation and row.due_at <= copied.began_at + SEARCH_AFTER_COPY
