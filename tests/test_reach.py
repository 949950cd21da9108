"""What brings a message to a person: by what they chose, and where an e-mail can be written and sent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from bot.previews.recipients import emails_leave_at, emails_leave_last
from bot.reach import ByEmail, Reach, Way, wants_both, way_of
from bot.texts import Reader
from storage.members.models import Person
from storage.models import Network

AMA = Person(1, 7, "Ama", email="ama@example.org", account_id=11)
OPEN = ByEmail(Network(7, email_enabled=True), sends=True, has_text=True)
CLOSED = {
    "the operator has no mail server": replace(OPEN, sends=False),
    "the secretariat sends no e-mail": replace(OPEN, network=Network(7)),
    "the message has no text for e-mails": replace(OPEN, has_text=False),
}
UNREACHED_BY_EMAIL = {
    "no address": replace(AMA, email=""),
    "no real address": replace(AMA, email="Ama at the ministry"),
    "it came back": replace(AMA, email_returned_at=datetime(2026, 1, 1, tzinfo=UTC)),
    "asked for none": replace(AMA, email_allowed=False),
}


@pytest.mark.parametrize(
    ("channel", "with_email", "without_email", "wants_two", "without_account"),
    [
        ("direct_message", Way.DIRECT, Way.DIRECT, False, Way.EMAIL),
        ("both", Way.DIRECT, Way.DIRECT, True, Way.EMAIL),
        ("email", Way.EMAIL, Way.NEXT_ANSWER, False, Way.EMAIL),
        ("not_asked", Way.EMAIL, Way.NEXT_ANSWER, False, Way.EMAIL),
        ("none", Way.NEXT_ANSWER, Way.NEXT_ANSWER, False, None),
    ],
)
def test_a_person_is_reached_as_they_chose_where_that_is_possible(
    channel: Any, with_email: Way, without_email: Way, wants_two: bool, without_account: Way | None
) -> None:
    ama = replace(AMA, channel=channel)
    assert way_of(ama, OPEN) is with_email
    assert wants_both(ama, OPEN) is wants_two
    unlinked = replace(ama, account_id=None)
    assert way_of(unlinked, OPEN) is without_account
    assert not wants_both(unlinked, OPEN)
    closed = [*product([AMA], CLOSED.values()), *product(UNREACHED_BY_EMAIL.values(), [OPEN])]
    for person, email in closed:
        one = replace(person, channel=channel)
        assert way_of(one, email) is without_email
        assert way_of(one, email, refused_directly=True) is Way.NEXT_ANSWER
        assert not wants_both(one, email)
        assert way_of(replace(one, account_id=None), email) is None


@pytest.mark.parametrize("channel", ["direct_message", "both"])
def test_what_discord_refuses_to_bring_directly_goes_by_email_else_with_the_next_answer(channel: Any) -> None:
    ama = replace(AMA, channel=channel)
    assert way_of(ama, OPEN, refused_directly=True) is Way.EMAIL
    assert way_of(replace(ama, email=""), OPEN, refused_directly=True) is Way.NEXT_ANSWER


def test_the_parts_add_up_and_those_without_anybody_are_left_out() -> None:
    found = Reach(direct=[AMA] * 2, emailed=[AMA] * 3, noticed=[AMA] * 4, unreachable=[AMA] * 5)
    assert (found.total, found.reached) == (14, 9)
    assert [text.count for text in found.ways()] == [2, 3, 4]
    assert [text.count for text in found.missed()] == [5]
    assert [text.count for text in found.counted()] == [2, 3, 4, 5]
    assert (Reach().total, Reach().counted()) == (0, [])
    assert [text.count for text in Reach(emailed=[AMA]).counted()] == [1]


def test_emails_leave_last_and_say_when() -> None:
    confirmed_at, reader = datetime(2027, 3, 9, 12, tzinfo=UTC), Reader("en", "UTC")
    assert emails_leave_last(Reach(direct=[AMA])) == emails_leave_at(Reach(direct=[AMA]), confirmed_at, reader) == []
    reach = Reach(direct=[AMA], doubly=[AMA], emailed=[AMA])
    [before], [after] = emails_leave_last(reach), emails_leave_at(reach, confirmed_at, reader)
    assert (before.count, after.count) == (2, 2)
    assert dict(before.values) == {"minutes": 10, "count": 2}
    assert isinstance(before.values["minutes"], int)
    assert "10 minutes" in reader.label(before)
    leaves = reader.stamp(confirmed_at + timedelta(minutes=10), style="T")
    assert dict(after.values) == {"when": leaves, "count": 2}
