"""What is planned, what an error proves, and when people may be written to: decided without Discord."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.delivery.channels import ANSWERED_WITHIN
from bot.delivery.ending import MAX_FAULTS
from bot.delivery.http_trace import UnansweredError
from bot.delivery.outcome import Refused, TryLater, Unauthorised, Unknown, backoff, outcome_of
from bot.delivery.secretariat_alerts import GATHERED
from bot.outbox import ANNOUNCEMENTS, MEMBERS, Owed
from bot.outbox.plan import replan
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, Reason

GUILD = 7
NOW = datetime(2026, 1, 1, 10, tzinfo=UTC)
"""A Thursday."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def row(kind: str = "note", target: str = ANNOUNCEMENTS, due_at: datetime = NOW, **fields: Any) -> OutboxRow:
    values: dict[str, Any] = {"id": 1, "subject": "note", "subject_id": 1, "occurrence": 1} | fields
    return OutboxRow(guild_id=GUILD, kind=kind, target=target, due_at=due_at, **values)


# Planning

LATER = Owed("note", NOW + 10 * DAY, ANNOUNCEMENTS, 7 * DAY)
UNDER_WAY = (OutboxState.SENDING, OutboxState.EXPANDED, OutboxState.SENT, OutboxState.UNKNOWN, OutboxState.NOTICE)
OVER = (
    OutboxState.NOT_OWED,
    OutboxState.NOT_REACHED,
    OutboxState.MISSED,
    OutboxState.FAILED,
    OutboxState.WITHDRAWING,
    OutboxState.WITHDRAWN,
)


def changes(rows: list[OutboxRow], *owed: Owed, keeps_waiting: bool = False) -> dict[str, Any]:
    """Return what a plan changes, without what it leaves alone."""
    plan = replan(rows, owed, NOW, keeps_waiting=True) if keeps_waiting else replan(rows, owed, NOW)
    found = {"add": plan.add, "move": plan.move, "cancel": plan.cancel, "overtaken": plan.overtaken}
    return {name: value for name, value in found.items() if value}


def test_what_is_ahead_is_owed_and_what_is_past_is_not() -> None:
    assert changes([], LATER) == {"add": [(LATER, 1)]}
    assert changes([], Owed("note", NOW, ANNOUNCEMENTS)) == {}


def test_a_waiting_row_follows_and_goes_where_it_would_be_past() -> None:
    waiting = row(due_at=NOW + DAY, state=OutboxState.PENDING, id=5)
    assert changes([waiting], LATER) == {"move": {5: LATER.due_at}}
    assert changes([waiting], Owed("note", NOW + DAY, ANNOUNCEMENTS)) == {}
    assert changes([waiting], Owed("note", NOW - DAY, ANNOUNCEMENTS)) == {"cancel": [5]}
    assert changes([waiting]) == {"cancel": [5]}
    overdue = row(due_at=NOW - HOUR, state=OutboxState.PENDING, id=6)
    assert changes([overdue], Owed("note", NOW - HOUR, ANNOUNCEMENTS)) == {}, "it still waits for that very instant"


def test_what_still_waits_can_be_kept_though_its_instant_has_passed() -> None:
    past = Owed("note", NOW - HOUR, ANNOUNCEMENTS)
    waiting = row(due_at=NOW + DAY, state=OutboxState.PENDING, id=5)
    assert changes([waiting], past, keeps_waiting=True) == {"move": {5: past.due_at}}
    assert changes([], past, keeps_waiting=True) == {}
    for state in (OutboxState.CANCELLED, OutboxState.MISSED):
        over = row(due_at=NOW + DAY, state=state, id=5)
        assert changes([over], past, keeps_waiting=True) == {}


def test_a_cancelled_row_is_taken_up_again_unless_somebody_stopped_it() -> None:
    cancelled = row(due_at=LATER.due_at, state=OutboxState.CANCELLED, id=5)
    assert changes([cancelled], LATER) == {"move": {5: LATER.due_at}}
    assert changes([cancelled], Owed("note", NOW - DAY, ANNOUNCEMENTS)) == {}
    stopped = row(due_at=LATER.due_at, state=OutboxState.CANCELLED, reason=Reason.STOPPED, id=5)
    assert changes([stopped], LATER) == {}
    far = Owed("note", LATER.due_at + 7 * DAY, ANNOUNCEMENTS, 7 * DAY)
    assert changes([stopped], far) == {"add": [(far, 2)], "overtaken": [5]}


@pytest.mark.parametrize("state", UNDER_WAY)
def test_what_went_out_is_owed_again_where_it_moved_by_its_lead(state: OutboxState) -> None:
    gone = row(due_at=NOW + DAY, state=state, occurrence=3, id=5)
    for days, again in ((6, False), (7, True), (8, True)):
        owed = Owed("note", NOW + (1 + days) * DAY, ANNOUNCEMENTS, 7 * DAY)
        assert changes([gone], owed) == ({"add": [(owed, 4)], "overtaken": [5]} if again else {}), days
    earlier = row(due_at=NOW + 20 * DAY, state=state, id=5)
    owed = Owed("note", NOW + 13 * DAY, ANNOUNCEMENTS, 7 * DAY)
    assert changes([earlier], owed) == {"add": [(owed, 2)], "overtaken": [5]}
    assert changes([gone], Owed("note", NOW + 99 * DAY, ANNOUNCEMENTS)) == {}, "without a lead, never"
    assert changes([gone], Owed("note", NOW - 99 * DAY, ANNOUNCEMENTS, DAY)) == {}, "what is past is not"


@pytest.mark.parametrize("state", OVER)
def test_what_did_not_go_out_is_owed_again_where_it_moved_at_all(state: OutboxState) -> None:
    over = row(due_at=NOW + DAY, state=state, id=5)
    assert changes([over], Owed("note", NOW + DAY, ANNOUNCEMENTS)) == {}
    owed = Owed("note", NOW + DAY + timedelta(seconds=1), ANNOUNCEMENTS)
    assert changes([over], owed) == {"add": [(owed, 2)], "overtaken": [5]}


@pytest.mark.parametrize("state", OutboxState)
def test_what_is_owed_no_more_goes_only_while_it_waits(state: OutboxState) -> None:
    gone = {OutboxState.PENDING: {"cancel": [5]}, OutboxState.EXPANDED: {"overtaken": [5]}}
    assert changes([row(due_at=NOW + DAY, state=state, id=5)]) == gone.get(state, {})


def test_the_last_occurrence_counts_and_targets_are_apart() -> None:
    rows = [
        row(state=OutboxState.PENDING, occurrence=2, due_at=NOW + DAY, id=9),
        row(state=OutboxState.SENT, occurrence=1, id=5),
    ]
    assert changes(rows, LATER) == {"move": {9: LATER.due_at}}
    both = (LATER, Owed("note", LATER.due_at, MEMBERS))
    assert changes([], *both) == {"add": [(both[0], 1), (both[1], 1)]}
    with pytest.raises(ValueError, match="twice"):
        replan([], [LATER, LATER], NOW)


# What an error proves


def http_error(status: int, code: int = 0) -> discord.HTTPException:
    response = cast(Any, SimpleNamespace(status=status, reason="no"))
    return discord.HTTPException(response, {"code": code, "message": "no"})


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (discord.RateLimited(12.5), TryLater(timedelta(seconds=12.5))),
        (http_error(401), Unauthorised()),
        (http_error(429), TryLater(None)),
        (http_error(400, 40003), TryLater(None)),
        (http_error(400, 20028), TryLater(None)),
        (http_error(400, 30046), TryLater(None)),
        (http_error(403, 50007), Refused("closed")),
        (http_error(403, 50278), Refused("closed")),
        (http_error(404, 10003), Refused("unknown_channel")),
        (http_error(403, 50013), Refused("no_permission")),
        (http_error(400, 50035), Refused("http:400:50035")),
        (http_error(499), Refused("http:499:0")),
        (http_error(500), Unknown()),
        (http_error(503, 50007), Unknown()),
        (ConnectionResetError(), Unknown()),
        (aiohttp.ServerDisconnectedError(), Unknown()),
        (TimeoutError(), Unknown(hung=True)),
        (UnansweredError(502), Unknown()),
        (UnansweredError(504), Unknown(hung=True)),
        (UnansweredError(524), Unknown(hung=True)),
        (http_error(504), Unknown(hung=True)),
    ],
)
def test_only_an_answer_below_500_proves_a_refusal(error: BaseException, outcome: object) -> None:
    assert outcome_of(error) == outcome


def test_a_message_that_our_code_fails_at_is_tried_five_times_and_discord_has_half_a_minute() -> None:
    assert (MAX_FAULTS, ANSWERED_WITHIN) == (5, 30.0)
    assert GATHERED == 30, "seconds of troubles in one line to the secretariat"


def test_the_wait_doubles_from_a_minute_to_a_quarter_of_an_hour() -> None:
    assert [backoff(n).total_seconds() for n in (1, 2, 3, 4, 5, 99)] == [60, 120, 240, 480, 900, 900]
