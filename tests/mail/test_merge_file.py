"""The file of a mail merge."""

import csv
import io
from datetime import date

from bot.mail import DELETE_ONCE_SENT, Mail, merge_file, merge_file_name
from bot.texts import Reader


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_message_is_a_row_and_what_to_do_with_the_file_is_in_no_row() -> None:
    reader = Reader("fr", "UTC")
    [row] = rows_of(merge_file([Mail("Ms A", "a@example.org", "es", "=HYPERLINK()", "- one\n- two")], reader))
    assert row == {
        "name": "Ms A",
        "email": "a@example.org",
        "language": "es",
        # No spreadsheet runs what looks like a formula.
        "subject": "'=HYPERLINK()",
        "body": "'- one\n- two",
        reader.label(DELETE_ONCE_SENT): "",
    }


def test_the_name_of_the_file_bears_its_day() -> None:
    assert merge_file_name("unreached", date(2027, 3, 4)) == "unreached-2027-03-04.csv"
