"""Spreadsheets as the tests type them, and directories as the tests find them."""

import csv
import io
from datetime import date
from typing import Any

from bot.csvfiles import Row
from cogs.members.exchange.exchange import COLUMNS, SHEET
from cogs.members.exchange.rules import Plan, planning
from storage.members.models import Appointment, Delegation, Directory, Holder, Person

TODAY = date(2026, 6, 15)
GUILD = 7


def sheet(*rows: dict[str, str], delimiter: str = ",") -> bytes:
    """Write rows, each as its cells by column, as a spreadsheet program would: as they stand."""
    file = io.StringIO(newline="")
    writer: csv.DictWriter[str] = csv.DictWriter(file, COLUMNS, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def focal_point(code: str, name: str = "", **cells: str) -> dict[str, str]:
    return {"delegation": code, "name": name, "role": "focal_point", **cells}


def seat(number: int, code: str, **fields: Any) -> Delegation:
    return Delegation(number, GUILD, code, "state", **fields)


def holder(number: int, delegation: Delegation, person: Person, starts_on: date, **fields: Any) -> Holder:
    post: dict[str, Any] = {"role": "focal_point", "title": "", "ministry": ""} | fields
    return Holder(person, Appointment(number, GUILD, delegation.id, person.id, starts_on=starts_on, **post))


def person(number: int, name: str = "", **fields: Any) -> Person:
    return Person(number, GUILD, name, **fields)


def directory(*holders: Holder, seats: tuple[Delegation, ...] = ()) -> Directory:
    return Directory(1, seats, holders)


def planned(here: Directory, data: bytes, today: date = TODAY) -> Plan:
    rows, problems = SHEET.rows_of(SHEET.text_of(data))
    work = planning(GUILD, here, rows, problems, today)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def where(plan: Plan) -> list[tuple[int, str]]:
    """Return the row and the column of each problem."""
    return [(problem.row, problem.column) for problem in plan.problems]


def read(data: bytes) -> list[Row]:
    rows, problems = SHEET.rows_of(SHEET.text_of(data))
    assert not problems
    return rows
