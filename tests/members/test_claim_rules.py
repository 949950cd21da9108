"""Who speaks for a delegation, and which claims wait for a decision: decided without Discord."""

from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest

from bot.texts import Reader
from cogs.members.claims.rules import ClaimedSeat, waiting
from cogs.members.rules import Member, people_of
from storage.members.models import Appointment, Claim, ClaimState, Delegation, Holder, Person

TODAY = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
GHANA = Delegation(1, 1, "GH", "state")
AMA, KOFI, ESI = Person(1, 1, "Ama"), Person(2, 1, "Kofi"), Person(3, 1, "")


def holder(person: Person, role: Any, since: date = date(2020, 1, 1), until: date | None = None) -> Holder:
    return Holder(person, Appointment(person.id, 1, 1, person.id, role, "", "", since, until))


@pytest.mark.parametrize(
    ("until", "is_there"), [(None, True), (TODAY, True), (date(2026, 6, 14), False), (date(2026, 6, 16), True)]
)
def test_a_post_is_held_to_the_end_of_its_last_day(until: date | None, is_there: bool) -> None:
    held = holder(AMA, "adviser", until=until)
    assert people_of(GHANA, [held], TODAY) == ([Member(GHANA, AMA, (held.appointment,))] if is_there else [])


def test_people_come_by_role_then_by_age_and_each_once_with_all_posts() -> None:
    adviser, old = holder(KOFI, "adviser"), holder(ESI, "focal_point", until=date(2026, 1, 1))
    mission, ahead = holder(ESI, "mission", date(2019, 1, 1)), holder(AMA, "focal_point", date(2026, 7, 1))
    also, first = holder(AMA, "adviser", date(2018, 1, 1)), holder(KOFI, "focal_point", date(2025, 1, 1))
    assert people_of(GHANA, [adviser, also, mission, ahead, old, first], TODAY) == [
        Member(GHANA, KOFI, (first.appointment, adviser.appointment)),
        Member(GHANA, AMA, (ahead.appointment, also.appointment)),
        Member(GHANA, ESI, (mission.appointment,)),
    ]


def test_who_has_no_name_is_called_by_the_post() -> None:
    english, french = Reader("en", "UTC"), Reader("fr", "UTC")
    named, unnamed = (
        Member(GHANA, person, (holder(person, "focal_point").appointment, holder(person, "adviser").appointment))
        for person in (AMA, ESI)
    )
    assert named.name(english) == named.name(french) == "Ama"
    assert "focal point" in unnamed.name(english).lower()
    assert "Ghana" in unnamed.name(english)
    assert unnamed.name(english) != unnamed.name(french)
    both = named.roles(english)
    assert both.lower().index("focal point") < both.lower().index("adviser")
    once = Member(GHANA, AMA, (named.posts[0], named.posts[0]))
    assert once.roles(english).lower() == "focal point"


def test_a_claim_waits_until_it_is_decided() -> None:
    found = {
        number: ClaimedSeat(Claim(number, 1, 1, 1, 11, 1, NOW, state), GHANA, AMA, None)
        for number, state in enumerate(get_args(ClaimState), 1)
    }
    assert [seat.claim.state for seat in waiting(found)] == ["waiting"]
    assert waiting({}) == []
