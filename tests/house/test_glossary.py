"""The glossary's terms are used: the network's in the texts, the code's in the module named beside them."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.house.drawing import ROOT

PAGE = (ROOT / "docs" / "glossary.md").read_text("utf-8")
LANGUAGES = 3


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its own two lines."""
    section = PAGE.partition(f"{heading}\n")[2].partition("\n#")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


IN_USE = rows("## The network's terms")
TO_COME = rows("### Terms for what is to come")
CODE = rows("## The terms of the code")


def english_texts() -> str:
    found: list[str] = []
    for path in sorted((ROOT / "bot" / "locales" / "fr").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                found += [message.id] if isinstance(message.id, str) else message.id
    return "\n".join(found)


TEXTS = english_texts()


def words_of(term: str) -> list[str]:
    """Return what a term is looked for by: "to join (a text), sign on" by "join" and by "sign on"."""
    bare = re.sub(r"\s*\([^)]*\)", "", term)
    return [part.strip().removeprefix("to ") for part in bare.split(",")]


@pytest.mark.parametrize("term", [row[0] for row in IN_USE])
def test_a_term_of_the_network_is_in_its_texts(term: str) -> None:
    found = any(re.search(rf"\b{re.escape(words)}", TEXTS, re.IGNORECASE) for words in words_of(term))
    assert found, "no text has it any more: move its line to the terms for what is to come"


@pytest.mark.parametrize(("term", "path"), [(row[0].strip("`"), row[1].strip("`")) for row in CODE])
def test_a_term_of_the_code_is_in_its_module(term: str, path: str) -> None:
    module = ROOT / Path(path)
    assert re.search(rf"\b{re.escape(term)}", f"{module.stem} {module.read_text('utf-8')}", re.IGNORECASE)


def test_each_term_stands_once_in_all_its_languages() -> None:
    assert len(IN_USE) + len(TO_COME) > 150
    assert len(CODE) > 40
    for table in ([*IN_USE, *TO_COME], CODE):
        terms = Counter(row[0] for row in table)
        assert [term for term, count in terms.items() if count > 1] == []
    assert [row for row in [*IN_USE, *TO_COME] if not all(row[:LANGUAGES])] == []
