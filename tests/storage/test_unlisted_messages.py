"""Whose messages are listed nowhere: in Python and in SQL the same."""

import sqlite3
from contextlib import closing

import pytest

from storage.unlisted_messages import IS_LISTED, WITHOUT_RECIPIENTS, hides_recipients, is_unlisted


@pytest.mark.parametrize(
    ("subject", "kind", "target", "hides", "unlisted"),
    [
        ("statement", "voted", "person:3", False, True),
        ("statement", "voted", "people", False, True),
        ("statement", "not_joined", "person:3", True, True),
        ("statement", "not_joined:2027-03-09", "person:3", True, True),
        ("statement", "not_joined:2027:03", "person:3", True, True),
        ("statement", "not_joined:2027-03-09", "people", True, False),
        ("statement", "more_time:3", "person:3", True, True),
        ("statement", "voted:3", "person:3", False, False),
        ("statement", "not_joined_yet", "person:3", False, False),
        ("statement", "withdrawn", "person:3", False, False),
        ("statement", "note", "person:3", False, False),
        ("decision", "more_time:3", "person:3", False, False),
    ],
)
def test_what_is_listed_nowhere(subject: str, kind: str, target: str, hides: bool, unlisted: bool) -> None:
    assert (hides_recipients(subject, kind), is_unlisted(subject, kind, target)) == (hides, unlisted)
    rows = "FROM (SELECT ? AS subject, ? AS kind, ? AS target) AS o"
    with closing(sqlite3.connect(":memory:")) as connection:
        [(listed,)] = connection.execute(f"SELECT {IS_LISTED} {rows}", (subject, kind, target)).fetchall()
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
