"""Deaths between the steps of an e-mail, exhaustively: none arrives twice, none is sent again that may have arrived.

A mail server cannot be asked what it took: what was cut off beside the content is *unknown*, all else arrives.
"""

import re
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta

import pytest

from bot.outbox import person
from storage.outbox.states import OutboxState
from tests.outbox.conftest import Desk
from tests.outbox.posting import switched_on, without_account
from tests.outbox.scissors import Scissors
from tests.outbox.test_deaths import LONG, MORE_THAN_ANY, SOON
from tests.patience import looks, moment
from tests.smtp.servers import Mailbox

FINAL = {OutboxState.SENT, OutboxState.UNKNOWN}


async def until_final(desk: Desk, number: int, scissors: Scissors | None = None) -> str:
    """Wait in real time, as a mail server does, until the e-mail has come to its end, or the bot to its own."""
    state = state_of(desk, number)
    for _ in looks():
        if state in FINAL or (scissors is not None and scissors.dead):
            break
        await desk.world.env.settle()
        await moment()
        state = state_of(desk, number)
    return state


def state_of(desk: Desk, number: int) -> str:
    """Read the e-mail's state past the bot, whose every statement is a step."""
    with closing(sqlite3.connect(desk.world.settings.database_path)) as connection:
        query = "SELECT state FROM outbox WHERE subject = 'note' AND subject_id = ?"
        [(state,)] = connection.execute(query, (number,)).fetchall()
    return state


def arrived(box: Mailbox) -> Counter[int]:
    """Count what the mail server has taken, by the number in its text."""
    found = [re.search(rb"number (\d+)", taken.content) for taken in box.taken]
    return Counter(int(one[1]) for one in found if one is not None)


async def test_cut_off_at_every_step_no_email_arrives_twice(posted: tuple[Desk, Mailbox]) -> None:
    desk, box = posted
    kofi = await without_account(desk)
    await desk.restart(bare=True)
    ends: list[tuple[str, str, int]] = []
    for n in range(MORE_THAN_ANY):
        await switched_on(desk)
        scissors = Scissors(desk.world.bot)
        await desk.ask(f"number {n}", person(kofi), subject_id=n, delay=SOON)
        scissors.arm(n)
        await desk.pass_time(2 * SOON)
        await until_final(desk, n, scissors)
        cut = scissors.dead
        await desk.restart(bare=True)
        await switched_on(desk)
        await desk.pass_time(LONG)
        state = await until_final(desk, n)
        where = scissors.log[-1] if cut else "nowhere"
        ends.append((where, state, arrived(box)[n]))
        if not cut:
            break
    else:
        pytest.fail("the protocol never ended")
    assert len(ends) > 40
    assert {(state, count) for _, state, count in ends} == {("sent", 1), ("unknown", 0), ("unknown", 1)}
    # Cut off before the content was sent, and after it was taken: nobody can tell the one from the other.
    unknown = {where: count for where, state, count in ends if state == "unknown"}
    assert (unknown["before SMTP content"], unknown["after SMTP content"]) == (0, 1)
    assert not any(name in where for where in unknown for name in ("connect", "mail", "rcpt"))
    before = arrived(box)
    await desk.pass_time(timedelta(days=3))
    assert arrived(box) == before
