"""Twenty real questions, each with the answer that has to come first."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.shelf import Shelf
from storage.database import Database

GUILD = 1

ANSWERS = {
    "what came out of the meeting in 2025": "11th Meeting of the Global Network of R2P Focal Points: Outcome Document",
    "article on the network by Mennecke": "Never again? The role of the global network",
    "déclaration groupe de pilotage": "Statement on behalf of the Steering Group",
    "the last outcome document": "11th Meeting of the Global Network of R2P Focal Points: Outcome Document",
    "latest meeting": "11th Meeting of the Global Network of R2P Focal Points: Outcome Document",
    "first annual meeting summary": "Summary of the First Annual Meeting",
    "la 9e réunion à Bruxelles": "Summary of the 9th Annual Meeting",
    "ninth annual meeting": "Summary of the 9th Annual Meeting",
    "octava reunión en Helsinki": "Eighth Annual Meeting",
    "declaración de Madrid": "Statement on the Fifth Annual Meeting",
    "Doha statement": "Statement on the Seventh Annual Meeting",
    "joint statement Botswana": "Joint Statement on the Fourth Annual Meeting",
    "meeting in Accra": "Third Meeting of the Global Network",
    "European focal points Ljubljana": "Regional R2P National Focal Points Meeting for Europe",
    "how many states are in the network": "50th state joins the Global Network",
    "preventing atrocity crimes": "Never again? The role of the global network",
    "10.1177/09240519211017669": "Never again? The role of the global network",
    "Human Rights Council steering group": "Statement on behalf of the Steering Group",
    "what is a focal point": "The Global Network of R2P Focal Points",
    "note d'orientation atelier 2012": "Policy Memo, Preparatory Workshop",
    "prevention of genocide office": "UN Office on Genocide Prevention",
    "Sumary of the frist meeting": "Summary of the First Annual Meeting",
}


@pytest.fixture
async def shelf(tmp_path: Path) -> AsyncGenerator[Shelf]:
    database = await Database.open(tmp_path / "focalbot.sqlite3")
    yield Shelf(database, Clock())
    await database.close()


@pytest.mark.parametrize("question", ANSWERS)
async def test_the_expected_answer_comes_first(shelf: Shelf, question: str) -> None:
    found = await shelf.search(await shelf.scope(GUILD, for_members=False), question)
    assert found.resources[0].title.startswith(ANSWERS[question])
