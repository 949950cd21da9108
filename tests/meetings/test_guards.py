"""What the report counts, and who gets a message about a meeting."""

import csv
from datetime import date
from io import StringIO

import pytest

from tests.meetings.conftest import Room

FIRST_DAY = date(2026, 5, 1)


@pytest.fixture
async def planned(room: Room) -> Room:
    await room.plan(FIRST_DAY)
    return room


async def with_organisations(room: Room, *codes: str) -> None:
    """Let the network have these regional organisations, too."""
    services = room.world.bot.services
    there = {delegation.code for delegation in await services.members.delegations(room.server.id)}
    async with services.transaction() as tx:
        for code in codes:
            if code not in there:
                await services.members.add_delegation(tx, room.server.id, code, "organisation", date(2020, 1, 1))


async def test_regional_organisations_are_counted_apart_from_countries(planned: Room) -> None:
    await with_organisations(planned, "EU", "OAS")
    for code in ("GH", "DK", "US", "EU", "OAS"):
        await planned.slash("register", delegation=code, attendance="in_person", representative="capital", who="-")
    result = await planned.slash("report")
    table = result.response.attachments[0]
    rows = csv.DictReader(StringIO((await table.read()).decode("utf-8-sig")))
    counts = {row["measure"]: int(row["count"]) for row in rows}
    assert (counts["countries"], counts["organisations"], counts["from_capital"]) == (3, 2, 5)
    assert {key: n for key, n in counts.items() if key.endswith(":capital")} == {
        "african:capital": 1,
        "western_european_and_others:capital": 1,
        "US:capital": 1,
        "EU:capital": 1,
        "OAS:capital": 1,
    }
