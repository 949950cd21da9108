"""The comparison at the end of a life finds each kind of untruth."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, SentBy
from tests.life.books import Received, Shown, judge

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DIRECT = OutboxRow(1, 7, "meeting", 1, "deadline:3d", 1, "person:5", NOW, OutboxState.SENT, message_id=90)
DIRECT = replace(DIRECT, sent_by=SentBy.DIRECT_MESSAGE)
REPLY = replace(DIRECT, id=2, message_id=None, sent_by=SentBy.REPLY)
NOTHING = Received([], [])


def message(number: int) -> Any:
    return SimpleNamespace(id=number, content="Please answer")


def shown(lines: int, *rows: int) -> Received:
    return Received([], [Shown(NOW, lines, frozenset(rows))])


@pytest.mark.parametrize(
    ("rows", "received"),
    [
        ([DIRECT], Received([message(90)], [])),
        ([REPLY], shown(1, 2)),
        ([REPLY, replace(REPLY, id=3)], shown(1, 2, 3)),
        ([replace(DIRECT, id=-1, message_id=None)], Received([message(90)], [])),
        ([replace(DIRECT, state=OutboxState.NOT_REACHED, sent_by=None, message_id=None)], NOTHING),
        ([replace(REPLY, state=OutboxState.NOTICE, sent_by=None)], shown(0)),
        ([replace(REPLY, state=OutboxState.PENDING, sent_by=None, wake_at=NOW + timedelta(hours=1))], NOTHING),
    ],
)
def test_books_that_are_true_pass(rows: list[OutboxRow], received: Received) -> None:
    verdict = judge(rows, {5: received}, NOW)
    assert verdict.wrong == []
    assert verdict.owed == len(rows)


@pytest.mark.parametrize(
    ("rows", "received"),
    [
        ([DIRECT], NOTHING),
        ([DIRECT], Received([message(90), message(91)], [])),
        ([], Received([message(90)], [])),
        ([replace(DIRECT, state=OutboxState.NOT_REACHED, sent_by=None, message_id=None)], Received([message(90)], [])),
        ([REPLY], NOTHING),
        ([REPLY], shown(2, 2)),
        ([REPLY], shown(0, 2)),
        ([], shown(1)),
        ([replace(DIRECT, sent_by=None)], Received([message(90)], [])),
        ([replace(REPLY, state=OutboxState.PENDING, sent_by=None, wake_at=NOW)], NOTHING),
        *(
            ([replace(REPLY, state=OutboxState(state), sent_by=None)], NOTHING)
            for state in ("unknown", "failed", "missed")
        ),
    ],
)
def test_each_untruth_is_found(rows: list[OutboxRow], received: Received) -> None:
    assert judge(rows, {5: received}, NOW).wrong


def test_nothing_is_sent_to_somebody_without_an_account() -> None:
    assert judge([DIRECT], {}, NOW).wrong
