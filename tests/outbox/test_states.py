"""The one table of what can become of a message: the code keeps to it, and the page in docs/ shows it."""

from itertools import product
from pathlib import Path

import pytest

from storage.outbox.deliveries import DeliveryRepository
from storage.outbox.states import (
    STEPS,
    IllegalTransitionError,
    OutboxState,
    Reason,
    among,
    check_step,
    diagram,
    has_reason,
    table,
)
from tests.outbox.conftest import Desk

PAGE = (Path(__file__).parents[2] / "docs" / "outbox.md").read_text("utf-8")
ALLOWED = {(step.before, step.after) for step in STEPS}


def test_the_page_shows_the_table() -> None:
    assert f"```mermaid\n{diagram()}\n```" in PAGE
    assert table() in PAGE
    for state in OutboxState:
        assert f"| `{state}` |" in PAGE
    for reason in Reason:
        assert reason is Reason.NONE or f"`{reason}`" in PAGE


def test_every_state_is_reached_and_each_step_is_there_once() -> None:
    assert {step.after for step in STEPS} == set(OutboxState)
    assert len(ALLOWED) == len(STEPS)


@pytest.mark.parametrize(("before", "after"), sorted(set(product(OutboxState, OutboxState)) - ALLOWED))
def test_what_is_not_in_the_table_raises(before: OutboxState, after: OutboxState) -> None:
    if before is after:
        check_step(before, after)
        return
    with pytest.raises(IllegalTransitionError):
        check_step(before, after)
    with pytest.raises(IllegalTransitionError):
        among(after, before)


async def test_a_row_that_was_sent_is_not_missed_afterwards(desk: Desk) -> None:
    await desk.ask("note", "announcements")
    [row] = await desk.rows()
    async with desk.world.bot.services.transaction() as tx:
        with pytest.raises(IllegalTransitionError):
            await DeliveryRepository(desk.world.bot.services.database).settle(tx, row, OutboxState.MISSED)
    assert await desk.states() == ["sent"]


def test_a_statement_takes_rows_from_the_states_that_it_lists() -> None:
    listed = among(OutboxState.SENT, OutboxState.PENDING, OutboxState.SENDING)
    assert listed == "('pending', 'sending')"
    assert among(OutboxState.SENT, OutboxState.SENT) == "('sent')"


def test_a_reason_is_known_with_any_detail() -> None:
    assert has_reason(Reason.FAULT.of("1A2B"), Reason.FAULT)
    assert has_reason(Reason.STOPPED, Reason.STOPPED)
    assert not has_reason("faulty", Reason.FAULT)
