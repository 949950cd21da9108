from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock
from bot.delivery.clock_check import TOLERATED, ClockCheck

ASKED = datetime(2026, 10, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class StoppedClock(Clock):
    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


@pytest.mark.parametrize(
    ("waited", "date", "off"),
    [
        (SECOND, ASKED, False),
        (SECOND, ASKED - TOLERATED, False),
        (SECOND, ASKED - TOLERATED - SECOND, True),
        (SECOND, ASKED + SECOND + TOLERATED, False),
        (SECOND, ASKED + 2 * SECOND + TOLERATED, True),
        (timedelta(minutes=5), ASKED, False),
        (timedelta(minutes=5), ASKED + timedelta(minutes=5), False),
        (timedelta(minutes=5), ASKED - TOLERATED - SECOND, True),
    ],
)
def test_only_what_lies_outside_of_the_wait_for_an_answer_is_a_wrong_clock(
    waited: timedelta, date: datetime, off: bool
) -> None:
    assert timedelta(minutes=1) == TOLERATED
    check = ClockCheck(StoppedClock(ASKED + waited))
    check.answered({"Date": date.strftime("%a, %d %b %Y %H:%M:%S GMT")}, ASKED)
    assert check.off is off
