"""Every column of the schema is declared: given back and erased, or said why it is nobody's."""

import re
import sqlite3
from enum import EnumType
from typing import Any, get_args

import pytest

from cogs.privacy.sentences import HEADINGS, LABELS, WORDS
from storage.meetings.models import Attendance, Representative
from storage.members.models import NominationState, Role, Visibility
from storage.migrate import migrate
from storage.models import RemindersChannel
from storage.not_personal import NOT_PERSONAL
from storage.outbox.states import OutboxState
from storage.personal_data import PERSONAL
from storage.resources.models import ResourceState
from storage.topics.models import TopicFormat, TopicLevel, TopicState
from storage.webinars.models import WebinarReply

HELP = "declare it in storage/personal_data.py: exported and erased; or in storage/not_personal.py: why it is nobody's"


def schema() -> dict[str, set[str]]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    tables = [
        name
        for _, name, kind, *_ in connection.execute("PRAGMA table_list").fetchall()
        if kind in ("table", "virtual") and not name.startswith("sqlite_")
    ]
    columns = {t: {row[1] for row in connection.execute(f'PRAGMA table_info("{t}")')} for t in tables}
    connection.close()
    return columns


def declared() -> dict[str, set[str]]:
    personal = {table: {*held.exported, *held.other} for table, held in PERSONAL.items()}
    return personal | {table: set(columns) for table, (_, columns) in NOT_PERSONAL.items()}


def test_every_column_that_can_hold_personal_data_is_declared() -> None:
    stated = declared()
    missing = {table: columns - stated.get(table, set()) for table, columns in schema().items()}
    assert {table: columns for table, columns in missing.items() if columns} == {}, HELP


def test_nothing_is_declared_that_is_not_there() -> None:
    real = schema()
    gone = {table: columns - real.get(table, set()) for table, columns in declared().items()}
    assert {table: columns for table, columns in gone.items() if columns} == {}
    assert PERSONAL.keys() & NOT_PERSONAL.keys() == set()


def test_whatever_is_not_erased_says_why() -> None:
    assert [table for table, held in PERSONAL.items() if not held.erased and not held.kept] == []
    assert [table for table, (why, _) in NOT_PERSONAL.items() if not why] == []


def test_of_a_row_that_stays_without_a_reason_each_exported_column_is_erased() -> None:
    unkept = {table: held for table, held in PERSONAL.items() if held.erased != "DELETE" and not held.kept}
    assert unkept, "a person's own row stays, and says nothing of them"
    left = {table: set(held.exported) - set(re.findall(r"(\w+) = ", held.erased)) for table, held in unkept.items()}
    assert {table: columns for table, columns in left.items() if columns} == {}, "erase it too"


def test_everything_exported_has_a_name_that_people_read() -> None:
    assert HEADINGS.keys() == PERSONAL.keys()
    exported = {column for held in PERSONAL.values() for column in (*held.exported, *held.named)}
    assert exported == LABELS.keys()


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("answer", WebinarReply),
        ("attendance", Attendance),
        ("channel", RemindersChannel),
        ("format", TopicFormat),
        ("level", TopicLevel),
        ("representative", Representative),
        ("role", Role),
        ("state", NominationState),
        ("state", OutboxState),
        ("state", ResourceState),
        ("state", TopicState),
        ("visibility", Visibility),
    ],
)
def test_every_value_that_is_chosen_from_a_few_has_a_word(column: str, values: Any) -> None:
    chosen = tuple(values) if isinstance(values, EnumType) else get_args(values)
    assert {str(value) for value in chosen} <= WORDS[column].keys()
