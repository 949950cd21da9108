import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.csvfiles import guarded, unguarded
from bot.errors import UserError
from bot.texts import Reader
from cogs.members.exchange.exchange import COLUMNS, SHEET
from tests.members.spreadsheet import read, sheet

READER = Reader("en", "UTC")
HEADER = ",".join(COLUMNS)

anything = st.text(st.characters(exclude_categories=["Cs"]))
risky = st.builds(str.__add__, st.text("'=+-@\t\r", max_size=4), anything)


def refusal(data: bytes) -> str:
    with pytest.raises(UserError) as refused:
        SHEET.rows_of(SHEET.text_of(data))
    return READER.label(refused.value.text)


@given(st.one_of(anything, risky))
@example("=1+1")
@example("'=1+1")
@example("''@everyone")
@example("'hello")
def test_guarding_is_undone_exactly_and_leaves_no_formula(cell: str) -> None:
    kept = guarded(cell)
    assert unguarded(kept) == cell
    assert not kept.startswith(("=", "+", "-", "@", "\t", "\r"))


@settings(max_examples=40)
@given(st.lists(st.tuples(*[st.one_of(anything, risky)] * len(COLUMNS)), min_size=1, max_size=4))
def test_a_file_gives_back_the_cells_that_went_in(rows: list[tuple[str, ...]]) -> None:
    filled = [row for row in rows if any(guarded(cell).strip() for cell in row)]
    if filled:
        assert [row.values() for row in read(SHEET.file_of(rows))] == filled


def test_a_guard_is_taken_off_only_where_it_guards() -> None:
    rows = read(sheet({"delegation": "DK", "title": "'=SUM(A1)", "ministry": "'quoted'", "phone": "+45 33 92 00 00"}))
    assert rows[0].values()[3:5] == ("=SUM(A1)", "'quoted'")
    assert rows[0].values()[6] == "+45 33 92 00 00"


def test_export_writes_the_contract() -> None:
    data = SHEET.file_of([("DK", *[""] * 13)])
    assert data.decode("utf-8-sig").splitlines()[0] == HEADER
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1] == ["DK", *[""] * 13]


@pytest.mark.parametrize(
    "data",
    [
        sheet({"delegation": "CI", "name": "Côme", "languages": "fr;en"}, delimiter=";"),
        b"\xef\xbb\xbf" + sheet({"delegation": "CI", "name": "Côme", "languages": "fr;en"}),
        b"\xef\xbb\xbf" + sheet({"delegation": "CI", "name": "Côme", "languages": "fr;en"}, delimiter=";"),
        sheet({"delegation": "CI", "name": "Côme", "languages": "fr;en"}).replace(b"\r\n", b"\n"),
        b"sep=;\r\n" + sheet({"delegation": "CI", "name": "Côme", "languages": "fr;en"}, delimiter=";"),
        sheet({"delegation": "CI", "name": "Côme", "languages": "fr;en"}).replace(
            b"discord_user_id", b" Discord User ID "
        ),
        sheet({"delegation": "CI", "name": "Côme", "languages": "fr;en"}) + b",,,,,,,,,,,,,\r\n\r\n",
    ],
    ids=["semicolons", "mark", "mark and semicolons", "line feeds", "sep", "header in words", "blank rows"],
)
def test_spreadsheets_differ_and_say_the_same(data: bytes) -> None:
    (row,) = read(data)
    assert row.values() == ("CI", "Côme", "", "", "", "", "", "fr;en", "", "", "", "", "", "", "")


def test_columns_may_stand_in_any_order() -> None:
    header = ",".join(reversed(COLUMNS))
    (row,) = read(f"{header}\n{',' * 13}Anna,DK\n".encode())
    assert row.values()[:2] == ("DK", "Anna")
    assert row.number == 2


def test_rows_are_numbered_as_the_spreadsheet_does() -> None:
    data = sheet({"delegation": "DK", "title": "two\nlines"}, {}, {"delegation": "SE"})
    assert [row.number for row in read(data)] == [2, 4]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (f"{HEADER}\nCI,Côme\n".encode("latin-1"), "Row 2 has letters that are not in UTF-8"),
        (b"PK\x03\x04 and the rest", "Excel workbook"),
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"Dear colleagues,\nplease find enclosed\n", "does not name the columns"),
        (HEADER.encode(), "no rows below"),
        (f'{HEADER}\nDK,"Anna\nSE,Bo\n'.encode(), "Row 2 cannot be read"),
        (f"{HEADER}\n{'DK' + chr(10)}".encode() * 1 + b"SE\n" * 20_000, "at most 20,000"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, says: str) -> None:
    assert says in refusal(data)


def test_a_header_that_is_wrong_is_told_column_by_column() -> None:
    header = HEADER.replace("email", "mail").replace("phone", "name")
    rows, problems = SHEET.rows_of(f"{header}\nDK\n")
    assert not rows
    assert {(p.row, p.column) for p in problems} == {(1, "mail"), (1, "name"), (1, "email"), (1, "phone")}


def test_a_comma_too_many_is_a_problem_of_its_row() -> None:
    rows, problems = SHEET.rows_of(f"{HEADER}\nDK{',' * 14},x\nSE\n")
    assert [(p.row, p.column) for p in problems] == [(2, "")]
    assert [row.number for row in rows] == [3]
