"""Whose messages are listed nowhere: in Python and in SQL the same."""

import sqlite3

import pytest

from storage.unlisted_messages import IS_LISTED, WITHOUT_RECIPIENTS, hides_recipients, is_unlisted


@pytest.mark.parametrize(
    ("kind", "target", "hides", "unlisted"),
    [
        ("voted", "person:3", False, True),
        ("voted", "people", False, True),
        ("not_joined", "person:3", True, True),
        ("not_joined:2027-03-09", "person:3", True, True),
        ("not_joined:2027:03", "person:3", True, True),
        ("not_joined:2027-03-09", "people", True, False),
        ("more_time:3", "person:3", True, True),
        ("voted:3", "person:3", False, False),
        ("not_joined_yet", "person:3", False, False),
        ("withdrawn", "person:3", False, False),
        ("note", "person:3", False, False),
    ],
)
def test_what_is_listed_nowhere(kind: str, target: str, hides: bool, unlisted: bool) -> None:
    assert (hides_recipients(kind), is_unlisted(kind, target)) == (hides, unlisted)
    rows = "FROM (SELECT ? AS kind, ? AS target) AS o"
    [(listed,)] = sqlite3.connect(":memory:").execute(f"SELECT {IS_LISTED} {rows}", (kind, target)).fetchall()
    assert bool(listed) is not unlisted


def test_what_says_that_somebody_has_not_joined_is_deleted_once_delivered() -> None:
    assert set(WITHOUT_RECIPIENTS) == {
        "not_joined",
        "more_time",
        "asked_again",
        "withdrawn",
        "withdrawal",
        "colleague_withdrew",
    }
