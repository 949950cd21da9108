import pytest

from bot.search.folding import cleaned, person_key
from bot.search.near_names import NearNames, are_near


@pytest.mark.parametrize(
    "typed",
    ["Ama\u00a0Testah", "Ama  Testah", "Ama\u200b Testah", "Ama\u200bTestah", "AMA TESTAH", "ama testah", "Ama-Testah",
     "\ufeffAma Testah\u200e", "Ama\u202fTestah", "Àma Testah", "A\u0301ma Testah", " Ama Testah "],
)  # fmt: skip
def test_one_name_has_one_key_however_it_is_written(typed: str) -> None:
    assert person_key(typed) == person_key("Ama Testah")


def test_a_name_without_letters_keeps_itself_as_key() -> None:
    assert person_key("'") != person_key("-")
    assert person_key("") == ""


def test_cleaning_takes_what_nobody_sees_and_leaves_the_letters() -> None:
    assert cleaned(" Ama\u00a0\u2009Testah\u200b ") == "Ama Testah"
    assert cleaned("\u202aama@mfa.gh\u202c") == "ama@mfa.gh"
    assert cleaned("Kone\u0301") == "Koné"
    # A joiner that shapes Persian letters, and a line break that a cell must not have.
    assert cleaned("\u0645\u06cc\u200c\u062e") == "\u0645\u06cc\u200c\u062e"
    assert cleaned("two\nlines") == "two\nlines"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ama Testah", "Ama Testa"), ("Ama Testah", "Testah, Ama"), ("Ama Testah", "Ama B. Testah"),
     ("Ama Testah", "Amma Testah"), ("Ama Testah", "Ama Tesath"), ("Ama Testah", "Ama Tistah"),
     ("Jose Maria Ruiz", "Jose Ruiz"), ("Testah Ama", "AMA TESTA")],
)  # fmt: skip
def test_names_that_may_be_one_are_near(one: str, other: str) -> None:
    assert are_near(one, other)
    assert are_near(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ama Testah", "AMA TESTAH"), ("Ama Testah", "Kofi Testah"), ("Li Na", "Li Ma"), ("Person 1", "Person 2"),
     ("Person 10", "Person 100"), ("Ana Maria Ruiz", "Ana Sofia Ruiz"), ("Ama Testah", "Ama Tosteh"),
     ("Jose Maria Ruiz", "Maria Ruiz"), ("Ama", "Ama Testah"), ("", "Ama Testah"), ("", "'")],
)  # fmt: skip
def test_other_names_are_not(one: str, other: str) -> None:
    assert not are_near(one, other)
    assert not are_near(other, one)


def test_thousands_of_names_cost_no_more_each() -> None:
    names = NearNames()
    for number in range(5_000):
        names.add(number, f"Person Number {number}")
    names.add(5_000, "Ama Testah")
    assert names.near("Person Number 77") == [77]
    assert names.near("Ama Testa") == [5_000]
