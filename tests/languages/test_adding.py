"""A language is added as ``docs/languages.md`` says: one folder, one entry of the table. Then everything knows it."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.catalogues import ROOT, domains, extract, messages
from tests.patience import PROGRAM

OURS = Path(__file__).parent
ELSEWHERE = {
    "bot/demo/people.py": "what invented people speak",
    "bot/demo/webinars.py": "the languages of made-up webinars",
    "cogs/resources/fields.py": "languages that documents are in, more than the bot speaks",
    "cogs/statements/drafting/commands.py": "the working languages of the network, in which a text is attached",
}
"""Where languages are named for another reason than what the bot speaks."""
TABLE = 'Language = Literal["en", "fr", "es"]'


@pytest.fixture(scope="module")
def did(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what the bot did with one more language: nothing but the folder and the table was touched."""
    house = tmp_path_factory.mktemp("house")
    for room in ("bot", "cogs", "storage"):
        shutil.copytree(ROOT / room, house / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(OURS / "pt", house / "bot" / "languages" / "pt", ignore=shutil.ignore_patterns("__pycache__"))
    table = house / "bot" / "languages" / "__init__.py"
    before = table.read_text("utf-8")
    assert TABLE in before
    table.write_text(before.replace(TABLE, 'Language = Literal["en", "fr", "es", "pt"]'), "utf-8")
    # The copied rooms go before ours; the tests are ours.
    paths = os.pathsep.join((str(house), str(ROOT)))
    ran = subprocess.run(
        [sys.executable, "-m", "tests.languages.drive"],
        cwd=house,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=PROGRAM,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-6000:]
    return json.loads(ran.stdout.splitlines()[-1])


def test_a_missing_translation_is_noticed(did: dict[str, Any]) -> None:
    texts = sum(len(list(messages(extract(folder)))) for folder in domains().values())
    assert did["translating"] == {"untranslated": texts, "translated": 0, "one_missing": 1}


def test_what_is_read_is_written_as_the_language_writes(did: dict[str, Any]) -> None:
    written = did["writing"]
    assert written["text"].startswith("[")
    assert written["day"] == "quarta-feira 12 de maio de 2027"
    assert written["first"] == "1.º de maio de 2027"
    assert written["ordinal"] == "9.º"
    assert written["list"] == "a, b e c"
    assert written["place"] == "Bruxelas"
    assert written["own_name"] == "Português"
    assert written["locale"] == "pt"


def test_lists_follow_its_alphabet(did: dict[str, Any]) -> None:
    assert did["writing"]["alphabet"] == ["Cz", "Ça", "D"]
    assert did["writing"]["country"] == "Alemanha"
    assert did["writing"]["states"] == ["DE", "AT"]


def test_typed_times_are_read_in_its_words(did: dict[str, Any]) -> None:
    read = did["reading"]
    assert read["instants"] == ["2027-03-04T14:00:00+00:00", "2027-03-12T08:30:00+00:00", "2027-03-03T14:00:00+00:00"]
    assert read["spoken"] == "2027-03-04T14:30:00+00:00"
    assert read["noon"] == "2027-03-04T11:00:00+00:00"
    assert read["day"] == "2027-05-01"
    assert read["length"] == 90
    assert read["leads"] == ["14d", "7d", "1h"]
    assert read["zones"] == ["Europe/Brussels", "Asia/Kolkata"]


def test_the_shelf_is_searched_in_its_words(did: dict[str, Any]) -> None:
    assert did["reading"]["stem"] is True
    assert did["reading"]["nth"] == "nth9"
    assert did["reading"]["newest"] is True


def test_the_conversation_can_be_taught_more_without_it(did: dict[str, Any]) -> None:
    assert did["reading"]["conversation"] == ["en", "fr", "es"]
    assert did["reading"]["names"] > 100


def test_commands_are_described_and_answered_in_it(did: dict[str, Any]) -> None:
    used = did["using"]
    assert used["described"] > 50
    assert used["undescribed"] == []
    # For oneself, for a network, for a seat's name, for a person; documents are in more languages than these.
    assert used["choices"].count("Português") == 4
    for answer in (used["by_locale"], used["by_choice"]):
        assert answer.startswith("[")
        assert "Bruxelas" in answer


def test_no_other_place_names_french_or_spanish() -> None:
    naming = {
        path.relative_to(ROOT).as_posix()
        for room in ("bot", "cogs", "storage")
        for path in (ROOT / room).rglob("*.py")
        if not path.is_relative_to(ROOT / "bot" / "languages")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in ("fr", "es")
    }
    assert naming == set(ELSEWHERE)
