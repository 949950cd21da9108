"""Invitation codes: how they are made, read back, and slowed down when somebody guesses."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cogs.members.joining.rules import ALPHABET, Invited, hashed, invited, new_code, wait_after
from cogs.members.rules import Member
from storage.members.models import Delegation, Person


def test_a_code_is_five_groups_of_four_symbols_that_nobody_confuses() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        groups = code.split("-")
        assert [len(group) for group in groups] == [4] * 5
        assert set("".join(groups)) <= set(ALPHABET)
    assert {symbol for code in codes for symbol in code} == {*ALPHABET, "-"}


def test_case_spaces_and_hyphens_make_no_difference() -> None:
    kept = hashlib.sha256(b"ACDEFHJK").digest()
    for typed in ("ACDE-FHJK", " acde fhjk ", "a c d e-fhjk", "ACDEFHJK"):
        assert hashed(typed) == kept, typed
    assert hashed("ACDE-FHJM") != kept


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (12, 60), (999, 60)]
)
def test_after_five_wrong_codes_the_wait_doubles_up_to_an_hour(failures: int, minutes: int) -> None:
    assert wait_after(failures) == timedelta(minutes=minutes)


def member(number: int, email: str = "", **fields: Any) -> Member:
    return Member(Delegation(number, 1, "GH", "state"), Person(number, 1, "", email=email, **fields), ())


def test_codes_go_to_those_without_an_account_whose_address_is_known() -> None:
    addressed, second = member(1, "ama@example.org"), member(2, "esi@example.org")
    returned = member(4, "kofi@example.org", email_returned_at=datetime(2027, 1, 1, tzinfo=UTC))
    refusing = member(5, "yaw@example.org", email_allowed=False)
    linked, claimed = member(6, "abena@example.org", account_id=11), member(7, "akua@example.org")
    members = [addressed, second, addressed, member(3), returned, refusing, linked, claimed]
    assert invited(members, {7, 6, 99}) == Invited([addressed, second], 3, 1)
    assert invited([linked], ()) == Invited([], 0, 0)
