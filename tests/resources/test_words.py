import asyncio
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.clock import Clock
from bot.errors import UserError
from bot.shelf import Shelf, entry, marked
from bot.shelf.words import stem, terms
from storage.database import Database
from tests.resources.shelving import LINK

GUILD = 1


async def found(path: Path, question: str, *cells: dict[str, str]) -> list[str]:
    """Return the titles that answer to a question on a shelf with these links beside the first ones."""
    database = await Database.open(path / "focalbot.sqlite3")
    try:
        shelf = Shelf(database, Clock())
        scope = await shelf.scope(GUILD, for_members=True)
        async with database.transaction(Clock().now()) as tx:
            for each in cells:
                await shelf.add(tx, GUILD, entry(each))
        return [resource.title for resource in (await shelf.search(scope, question)).resources]
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("question", "title", "language"),
    [
        ("reuniones", "La reunión anual", "es"),
        ("reunion", "Las reuniones anuales", "es"),
        ("déclarations communes", "Une déclaration commune", "fr"),
        ("DECLARATION COMMUNE", "Les déclarations communes", "fr"),
        ("preventing", "How to prevent atrocities", "en"),
        ("atrocity", "On atrocities", "en"),
        ("l'atelier", "L’atelier de Dakar", "fr"),
        ("l’atelier", "L'atelier de Dakar", "fr"),
        ("ateli", "L'atelier de Dakar", "fr"),
        ("Dakar atelier", "L'atelier de Dakar", "fr"),
        ("onzième atelier", "11e atelier de Dakar", "fr"),
        ("11th workshop in Dakar", "Eleventh workshop, Dakar", "en"),
        ("niñas", "Las NIÑAS primero", "es"),
        ("peacebuilding", "Peace-building after conflict", "en"),
        ("peace-building", "Peacebuilding after conflict", "en"),
        ("peace building", "Peacebuilding after conflict", "en"),
        ("peacebuilding", "Peacebuilding after conflict", "en"),
        ("atelir Dakr", "L'atelier de Dakar", "fr"),
    ],
)
async def test_forms_of_words_find_each_other(tmp_path: Path, question: str, title: str, language: str) -> None:
    cells = {**LINK, "title": title, "language": language}
    assert title in await found(tmp_path, question, cells)


async def test_the_better_comes_first_and_of_equals_the_newer(tmp_path: Path) -> None:
    twins = [
        {**LINK, "url": f"https://example.org/{year}", "title": f"Stripes {year}", "year": year, "description_en": ""}
        for year in ("2012", "2019", "2015")
    ]
    other = {**LINK, "title": "Other", "year": "2030"}
    titles = await found(tmp_path, "stripes", *twins, other)
    assert titles == ["Stripes 2019", "Stripes 2015", "Stripes 2012", "Other"]


@pytest.mark.parametrize("question", ["what is the", "the", "qu'est-ce que c'est", "qué es lo que hay", "de la"])
async def test_a_question_of_common_words_does_not_return_the_whole_shelf(tmp_path: Path, question: str) -> None:
    with pytest.raises(UserError):
        await found(tmp_path, question)


async def test_the_latest_is_all_of_it_newest_first(tmp_path: Path) -> None:
    titles = await found(tmp_path, "the latest", {**LINK, "title": "Newest", "year": "2030"})
    assert titles[0] == "Newest"


def test_stems_of_different_languages_never_meet() -> None:
    assert stem("important", "en") != stem("important", "fr")


def test_words_that_answer_are_bold_and_the_rest_is_plain() -> None:
    sought = terms("réunions d'Abidjan")
    assert marked("La réunion_*d’Abidjan* [x](y)", sought) == "La **réunion**\\_\\*d’**Abidjan**\\* \\[x\\](y)"


def test_no_question_is_too_strange(tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        database = runner.run(Database.open(tmp_path / "focalbot.sqlite3"))
        shelf = Shelf(database, Clock())
        scope = runner.run(shelf.scope(GUILD, for_members=True))

        @given(question=st.text(max_size=120))
        @example(question='"')
        @example(question="\0")
        @example(question="a\0b")
        @example(question="NEAR(a b)")
        @example(question="title : x")
        @example(question="🇩🇰")
        @example(question="\ud800")
        @example(question="ªº½²")
        def ask(question: str) -> None:
            try:
                answer = runner.run(shelf.search(scope, question))
            except UserError:
                assert not terms(question)
            else:
                assert all(marked(r.title, answer.terms) for r in answer.resources)

        try:
            ask()
        finally:
            runner.run(database.close())
