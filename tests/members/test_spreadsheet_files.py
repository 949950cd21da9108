"""Files as Excel and LibreOffice write them in English, French and Spanish, and files that are too much."""

import codecs

import pytest

from bot.csvfiles import (
    MAX_CHARACTERS,
    MAX_HEADER,
    MAX_PROBLEMS,
    MAX_RECORDS,
    MAX_ROWS,
    file_of,
    spoiled,
)
from bot.errors import UserError
from bot.texts import Reader
from cogs.members.exchange.exchange import COLUMNS, SHEET
from tests.members.spreadsheet import focal_point, read, sheet

READER = Reader("en", "UTC")
HEADER = ",".join(COLUMNS)
COTE = focal_point("CI", "Aya Koné", ministry="Ministère « A », B", languages="fr;en")
COLON = focal_point("CI", "Aya Koné", ministry="Ministère « A », B", languages="fr", timezone="Africa/Abidjan")


def refusal(data: bytes) -> str:
    with pytest.raises(UserError) as refused:
        SHEET.rows_of(SHEET.text_of(data))
    return READER.label(refused.value.text)


def problems(data: bytes) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, READER.label(p.text)) for p in SHEET.rows_of(SHEET.text_of(data))[1]]


def text(separator: str = ",", row: dict[str, str] = COTE) -> str:
    return sheet(row, delimiter=separator).decode()


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (codecs.BOM_UTF8 + text(",").encode(), 2),
        (codecs.BOM_UTF8 + text(";").encode(), 2),
        (codecs.BOM_UTF16_LE + text("\t").encode("utf-16-le"), 2),
        (codecs.BOM_UTF16_BE + text("\t").encode("utf-16-be"), 2),
        (text("\t").encode("utf-16-le"), 2),
        (text(";").encode("utf-16-be"), 2),
        (text("\t").encode(), 2),
        (text("|").encode(), 2),
        (("sep=;\r\n" + text(";")).encode(), 3),
        (codecs.BOM_UTF8 + ("sep=;\r\n" + text(";")).encode(), 3),
        (("SEP=\t\r\n" + text("\t")).encode(), 3),
        (("sep=^\r\n" + text("^")).encode(), 3),
        (text(";").replace("\r\n", "\r").encode(), 2),
        (text(";").replace("\r\n", "\n").encode(), 2),
        (("\r\n\r\n" + text(";")).encode(), 4),
        ((";" * 13 + "\r\n" + text(";")).encode(), 3),
        ((text(";") + (";" * 13 + "\r\n") * 40).encode(), 2),
        ((text(",") + "\r\n\r\n\r\n").encode(), 2),
        (text(",").replace("delegation", "\u200bDelegation ", 1).encode(), 2),
        ("\r\n".join(";".join(f'"{c}"' for c in row) for row in (COLUMNS, read(text().encode())[0].cells)).encode(), 2),
        ("\r\n".join(",".join(f"'{c}'" for c in row) for row in (COLUMNS, read(text().encode())[0].cells)).encode(), 2),
    ],
    ids=[
        "Excel: CSV UTF-8", "the same in French and Spanish", "Excel: Unicode text", "the same, big-endian",
        "the same, no mark", "UTF-16, semicolons", "LibreOffice: tabs", "LibreOffice: bars", "sep", "sep after a mark",
        "sep of a tab", "sep of a rare one", "Macintosh line ends", "Unix line ends", "blank lines first",
        "an empty row first", "empty rows last", "blank lines last", "a mark in the header",
        "LibreOffice: all cells quoted", "LibreOffice: quoted by apostrophes",
    ],
)  # fmt: skip
def test_every_way_of_writing_is_read(data: bytes, number: int) -> None:
    (row,) = read(data)
    assert row.number == number
    assert dict(zip(COLUMNS, row.values(), strict=True)) == dict.fromkeys(COLUMNS, "") | COTE


def test_a_colon_separates_where_the_header_says_so() -> None:
    (row,) = read(text(":", COLON).encode())
    assert dict(zip(COLUMNS, row.values(), strict=True)) == dict.fromkeys(COLUMNS, "") | COLON


def test_windows_1252_is_named_with_its_row_as_the_spreadsheet_counts() -> None:
    rows = [focal_point("SE", "Bo", ministry="two\nlines\nand a third"), focal_point("DK", "Anna"), COTE]
    for separator in ",;\t":
        data = sheet(*rows, delimiter=separator).decode().encode("cp1252")
        assert "Row 4 has letters that are not in UTF-8" in refusal(data)
        assert "Row 5 has letters" in refusal(b"sep=" + separator.encode() + b"\r\n" + data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "LibreOffice file"),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0", "Excel workbook"),
        (codecs.BOM_UTF16_LE + text("\t").encode("utf-16-le")[:-1], "cut off"),
        (b"sep=;\r\n", "does not name the columns"),
    ],
)
def test_what_is_no_csv_is_named_by_its_cause(data: bytes, says: str) -> None:
    assert says in refusal(data)


def test_an_unquoted_list_is_a_problem_of_its_row_even_where_the_last_cells_are_empty() -> None:
    row = "CI;Aya;focal_point;;;;;fr;en;;;;;;;"
    ((number, column, said),) = problems(f"{HEADER.replace(',', ';')}\n{row}\n".encode())
    assert (number, column) == (2, "")
    assert "16 cells and the header 15" in said
    assert "quotation marks" in said


def test_a_quotation_mark_that_is_never_closed_is_told_from_a_row_that_is_too_long() -> None:
    rows = "SE,Bo\n" * (MAX_CHARACTERS // 6 + 1)
    assert "quotation mark in it is not closed" in refusal(f'{HEADER}\nDK,"Anna\n{rows}'.encode())
    assert "Row 3 cannot be read" in refusal(f'{HEADER}\nSE\nDK,"An"na"\n'.encode())
    assert "Row 2 has more than 50,000 characters" in refusal(f"{HEADER}\nDK,{'x' * MAX_CHARACTERS}\n".encode())
    longest = "x" * (MAX_CHARACTERS - len("DK,\n"))
    assert read(f"{HEADER}\nDK,{longest}\n".encode())[0].values()[1] == longest


def test_blank_lines_and_rows_of_separators_have_an_end() -> None:
    before = "\n" * (MAX_RECORDS - 2)
    assert read(f"{before}{HEADER}\nDK\n".encode())[0].number == MAX_RECORDS
    assert "delete the empty rows" in refusal(f"\n{before}{HEADER}\nDK\n".encode())
    assert "delete the empty rows" in refusal(f"{HEADER}\nDK\n{(',' * 13 + chr(10)) * 500_000}".encode())
    assert "delete the empty rows" in refusal(f"{HEADER}\nDK\n{chr(10) * 7_000_000}".encode())
    assert "empty" in refusal(b"\n" * 8_000_000)


def test_rows_have_an_end() -> None:
    assert len(read(f"{HEADER}\n{'SE' + chr(10)}".encode() + b"SE\n" * (MAX_ROWS - 1))) == MAX_ROWS == 20_000
    assert "at most 20,000" in refusal(f"{HEADER}\n".encode() + b"SE\n" * (MAX_ROWS + 1))


def test_a_header_of_any_length_is_refused_in_one_sentence() -> None:
    for beyond in (MAX_HEADER, 200_000, 8_000_000):
        assert "does not name the columns" in refusal(f"{HEADER},{'x' * beyond}\nDK\n".encode())
        assert "does not name the columns" in refusal(f"{HEADER}{',' * beyond}\nDK\n".encode())
    longest = f"{HEADER},{'x' * (MAX_HEADER - len(HEADER) - 1)}"
    assert problems(f"{longest}\nDK\n".encode())[0][:1] == (1,)


def test_problems_have_an_end() -> None:
    assert len(problems(f"{HEADER}\n{(',' * 20 + 'x' + chr(10)) * (MAX_PROBLEMS + 5)}".encode())) == MAX_PROBLEMS


def test_what_the_bot_writes_opens_in_excel_with_its_accents() -> None:
    data = file_of([["Côte d'Ivoire"]], ["name"])
    assert data.startswith(codecs.BOM_UTF8)
    assert data.decode("utf-8-sig").splitlines() == ["name", "Côte d'Ivoire"]


@pytest.mark.parametrize(
    "value",
    ["#NAME?", "#NOM?", "#¿NOMBRE?", "#VALUE!", "#VALEUR!", "#¡VALOR!", "#REF!", "#¡REF!", "#N/A", "#N/D", "#DIV/0!",
     "#¡DIV/0!", "#NUM!", "#NOMBRE!", "#¡NUM!", "#NUL!", "Err:509", "########"],
)  # fmt: skip
def test_an_error_of_the_spreadsheet_is_named(value: str) -> None:
    said = spoiled(f" {value}")
    assert said is not None
    assert value in READER.label(said)


def test_accents_that_were_opened_in_the_wrong_character_set_are_named_with_what_is_meant() -> None:
    for meant in ("Aya Koné", "Côte d’Ivoire", "Ñandú", "Müller", "Şahin"):
        said = spoiled(meant.encode().decode("cp1252"))
        assert said is not None
        assert meant in READER.label(said)
    for fine in ("Aya Koné", "JOÃO", "Ã", "Côte d’Ivoire", "Đorđe", "«É»", "#1", "Err: 5"):
        assert spoiled(fine) is None
