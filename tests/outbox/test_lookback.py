"""What is looked for before it is sent for the first time, and from which message on: decided without Discord."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from bot.delivery.lookback import may_be_lost, may_be_there, on_its_way, sent_after, stored_until
from bot.outbox import ANNOUNCEMENTS
from storage.outbox.deliveries import Copied
from storage.outbox.models import OutboxRow

NOW = datetime(2027, 3, 9, 10, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
COPIED = Copied(made_at=NOW - 20 * MINUTE, began_at=NOW, generation=2)


def row(due_at: datetime, **fields: Any) -> OutboxRow:
    values: dict[str, Any] = {"id": 1, "guild_id": 7, "subject": "note", "subject_id": 1, "occurrence": 1} | fields
    return OutboxRow(kind="note", target=ANNOUNCEMENTS, due_at=due_at, **values)


def test_a_first_message_that_is_over_two_minutes_late_is_looked_for() -> None:
    due = row(NOW)
    assert not may_be_there(due, NOW + 2 * MINUTE, None)
    assert may_be_there(due, NOW + 2 * MINUTE + SECOND, None)
    assert may_be_there(replace(due, attempted_at=NOW), NOW, None)


@pytest.mark.parametrize(
    ("due_at", "generation", "is_lost"),
    [
        (NOW - DAY, 2, True),
        (NOW, 2, True),
        # By itself every copy of the database would owe it, for two days.
        (NOW + SECOND, 1, True),
        (NOW + 2 * DAY, 1, True),
        (NOW + 2 * DAY + SECOND, 1, False),
        # Somebody asked for it at this copy.
        (NOW + SECOND, 2, False),
    ],
)
def test_a_copy_looks_for_what_the_lost_file_may_have_sent(due_at: datetime, generation: int, is_lost: bool) -> None:
    due = row(due_at, generation=generation)
    assert may_be_lost(due, COPIED) is is_lost
    assert may_be_there(due, due_at, COPIED) is is_lost
    assert not may_be_lost(due, None)
    # What was on its way then may be stored for five minutes.
    assert stored_until(due, COPIED) == (NOW + 5 * MINUTE if is_lost else None)
    assert stored_until(due, None) is None


def test_it_is_looked_for_from_ten_minutes_before_it_was_due_or_the_copy_was_made() -> None:
    def since(due_at: datetime, copied: Copied | None) -> datetime:
        return discord.utils.snowflake_time(sent_after(row(due_at), copied))

    assert since(NOW, None) == NOW - 10 * MINUTE
    assert since(NOW + DAY, COPIED) == COPIED.made_at - 10 * MINUTE
    assert since(NOW - DAY, COPIED) == NOW - DAY - 10 * MINUTE
    assert since(NOW + 3 * DAY, COPIED) == NOW + 3 * DAY - 10 * MINUTE


def test_a_request_that_nobody_waited_for_may_be_stored_for_longer() -> None:
    assert (on_its_way(hung=False), on_its_way(hung=True)) == (MINUTE, 5 * MINUTE)
