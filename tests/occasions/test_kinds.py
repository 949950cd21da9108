from enum import StrEnum
from typing import Any

import pytest

from bot.occasions.kinds import complete, series_of
from bot.occasions.proposal import Proposal
from bot.ui.drafts import Confirmation


class Kind(StrEnum):
    FIRST = "first"
    SECOND = "second"


def test_a_kind_that_nothing_is_said_of_stops_the_import() -> None:
    with pytest.raises(TypeError, match="SECOND"):
        complete(Kind, {Kind.FIRST: 1})
    assert complete(Kind, {Kind.FIRST: 1, Kind.SECOND: 2})[Kind.SECOND] == 2


def test_a_kind_may_have_a_mark() -> None:
    assert series_of("countdown:90d") == ("countdown", "90d")
    assert series_of("announced") == ("announced", "")


def test_what_is_proposed_is_called_after_its_occasion() -> None:
    with pytest.raises(TypeError, match=r"schedule_webinar.*begin with 'webinar'"):

        class Misnamed(Proposal[Any]):
            subject = "webinar"
            kind = "schedule_webinar"

    assert "schedule_webinar" not in Confirmation.classes
