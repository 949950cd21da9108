"""The comparison at the end of a life finds each kind of untruth."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, SentBy
from tests.life.books import Received, Shown, Span, judge, judge_channels

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DIRECT = OutboxRow(1, 7, "meeting", 1, "deadline:3d", 1, "person:5", NOW, OutboxState.SENT, message_id=90)
DIRECT = replace(DIRECT, sent_by=SentBy.DIRECT_MESSAGE)
REPLY = replace(DIRECT, id=2, message_id=None, sent_by=SentBy.REPLY)
NOTHING = Received([], [])


def message(number: int, nonce: str = "", content: str = "Please answer") -> Any:
    row = SimpleNamespace(children=[SimpleNamespace(custom_id=f"owed:1:2:{nonce}")])
    return SimpleNamespace(id=number, content=content, created_at=NOW, components=[row] if nonce else [])


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


LOST = Span(NOW - timedelta(hours=1), NOW)
BEFORE = Span(NOW - timedelta(hours=2), NOW - timedelta(hours=1))
POSTED = replace(DIRECT, target="announcements", sent_by=None)
NONCE, OTHER = "A" * 25, "B" * 25


def test_what_a_copy_does_not_know_may_have_been_received_in_the_time_that_is_lost_only() -> None:
    received = {5: Received([message(90)], [])}
    assert judge([], received, NOW, lost=[LOST]).wrong == []
    assert judge([], received, NOW, lost=[BEFORE]).wrong


def test_what_was_due_while_no_bot_ran_may_be_missed() -> None:
    missed = replace(DIRECT, state=OutboxState.MISSED, sent_by=None, message_id=None)
    assert judge([missed], {5: NOTHING}, NOW, away=[LOST]).wrong == []
    assert judge([missed], {5: NOTHING}, NOW, away=[BEFORE]).wrong


def test_nobody_is_sent_the_same_twice() -> None:
    second = replace(DIRECT, id=4, message_id=91)
    received = {5: Received([message(90, NONCE), message(91, NONCE)], [])}
    assert judge([DIRECT, second], received, NOW).wrong
    assert judge([DIRECT, second], {5: Received([message(90, NONCE), message(91, OTHER)], [])}, NOW).wrong == []


def test_whom_a_statement_s_reminder_went_to_is_in_no_book() -> None:
    reminder = "The statement “On prevention, week 007” closes soon. Your delegation can still join it."
    assert judge([], {5: Received([message(90, content=reminder)], [])}, NOW).wrong == []


@pytest.mark.parametrize(
    ("rows", "there", "lost", "told", "is_true"),
    [
        ([POSTED], [message(90, NONCE)], [], "", True),
        ([POSTED], [], [], "", False),
        ([], [message(90, NONCE)], [], "", False),
        ([POSTED], [message(90, NONCE), message(91, NONCE)], [LOST], "channels/1/2/91", False),
        ([], [message(90, NONCE)], [LOST], "", False),
        ([], [message(90, NONCE)], [LOST], "channels/1/2/90", True),
        ([], [message(90, NONCE)], [BEFORE], "channels/1/2/90", False),
    ],
)
def test_what_is_in_channels_is_in_the_books_or_named_as_lost(
    rows: list[OutboxRow], there: list[Any], lost: list[Span], told: str, *, is_true: bool
) -> None:
    assert (judge_channels(rows, {2: there}, lost, told) == []) is is_true
