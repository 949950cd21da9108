"""Who answered what: by delegation in the reader's alphabet, then by answer, then those without a post."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.texts import Reader
from cogs.webinars.attendees.rules import Attendee, attendees_of
from storage.members.models import Appointment, Delegation, Holder, Person, Seat
from storage.webinars.models import WebinarAnswer

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def holder(number: int, account: int | None) -> Holder:
    person = Person(number, 1, f"Person {number}", account_id=account)
    return Holder(person, Appointment(number, 1, 1, number, "focal_point", "", "", date(2020, 1, 1)))


def answer(account: int, reply: Any) -> WebinarAnswer:
    return WebinarAnswer(account, reply, NOW)


GERMANY = Seat(
    Delegation(1, 1, "DE", "state"),
    (holder(1, 11), holder(2, 12), holder(3, None), holder(4, 14), holder(5, 15), holder(6, 16)),
)
DENMARK = Seat(Delegation(2, 1, "DK", "state"), (holder(7, 17), holder(2, 12)))
UNION = Seat(Delegation(3, 1, "EU", "organisation"), (holder(8, 18),))
FRANCE = Seat(Delegation(4, 1, "FR", "state"))
SEATS = [UNION, GERMANY, FRANCE, DENMARK]
ANSWERS = [
    answer(99, "attending"),
    answer(18, "attending"),
    answer(11, None),
    answer(12, "cant"),
    answer(14, "maybe"),
    answer(15, "attending"),
    answer(17, "maybe"),
    answer(98, "cant"),
]
IN_GERMANY = [("DE", 5, "attending"), ("DE", 4, "maybe"), ("DE", 2, "cant"), ("DE", 1, None)]
IN_DENMARK = [("DK", 7, "maybe"), ("DK", 2, "cant")]
OTHERS = [("EU", 8, "attending"), (None, None, "attending"), (None, None, "cant")]


def listed(found: list[Attendee]) -> list[tuple[str | None, int | None, str | None]]:
    return [
        (
            one.seat.delegation.code if one.seat is not None else None,
            one.holder.person.id if one.holder is not None else None,
            one.answer.reply,
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("language", "states"),
    [
        ("en", [*IN_DENMARK, *IN_GERMANY]),  # Denmark, Germany
        ("fr", [*IN_GERMANY, *IN_DENMARK]),  # Allemagne, Danemark
    ],
)
def test_answers_are_listed_by_delegation_and_those_without_a_post_last(language: Any, states: list[Any]) -> None:
    assert listed(attendees_of(SEATS, ANSWERS, Reader(language, "UTC"))) == [*states, *OTHERS]


def test_each_is_listed_with_what_they_answered() -> None:
    found = attendees_of(SEATS, ANSWERS, Reader("en", "UTC"))
    for one in found:
        assert one.answer in ANSWERS
        assert one.holder is None or one.holder.person.account_id == one.answer.account_id
    assert [one.answer.account_id for one in found[-2:]] == [99, 98]
    assert attendees_of(SEATS, [], Reader("en", "UTC")) == []
    assert listed(attendees_of([], ANSWERS[:1], Reader("en", "UTC"))) == [(None, None, "attending")]
