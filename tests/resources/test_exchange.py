import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shelf import cells_of, entry
from cogs.resources.exchange.exchange import SHEET
from tests.resources.shelving import LINK, planned_meeting, shelve
from tests.world import World, said


def sheet(*rows: dict[str, str], delimiter: str = ",") -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, SHEET.columns, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


async def export(world: World) -> bytes:
    server = world.server
    result = await server.secretariat.slash(server.channels["general"], "resource export")
    (message,) = result.followups or [result.response]
    (attachment,) = message.attachments
    return await attachment.read()


async def bring_in(world: World, data: bytes) -> Any:
    server = world.server
    return await server.secretariat.slash(server.channels["general"], "resource import", file=("shelf.csv", data))


def latest(result: Any) -> Any:
    return result.followups[-1] if result.followups else result.response


async def test_export_then_import_changes_nothing(world: World) -> None:
    await shelve(
        world, {**LINK, "title": "=HYPERLINK(1)", "description_fr": "Ligne; « deux »", "visibility": "members"}
    )
    data = await export(world)
    assert b"'=HYPERLINK(1)" in data
    async with world.speaking("en"):
        assert "all of this already" in said(await bring_in(world, data))
    assert await export(world) == data


@pytest.mark.parametrize("language", ["en", "fr", "es"])
async def test_import_adds_and_updates_after_confirm_and_leaves_the_rest(world: World, language: str) -> None:
    await shelve(world, LINK)
    confirm = {"en": "Confirm", "fr": "Confirmer", "es": "Confirmar"}[language]
    data = b"\xef\xbb\xbf" + sheet(
        {**LINK, "url": "http://www.example.org/zebra/", "title": "Zebra manual"},
        {**LINK, "url": "https://example.org/okapi", "title": "Okapi manual", "authors": "A;B"},
        delimiter=";",
    )
    async with world.speaking(language):
        asked = await bring_in(world, data)
        assert len(await world.bot.services.shelf.resources.shelved(world.server.id)) == 18
        await world.restart()
        await world.server.secretariat.click(latest(asked), label=confirm)
    shelved = await world.bot.services.shelf.resources.shelved(world.server.id)
    assert len(shelved) == 19
    assert {"Zebra manual", "Okapi manual"} <= {r.title for r in shelved}
    assert next(r for r in shelved if r.title == "Okapi manual").authors == ("A", "B")


async def test_a_meeting_survives_the_file_and_an_unknown_one_is_a_problem(world: World) -> None:
    await planned_meeting(world)
    server = world.server
    async with world.speaking("en"):
        await server.secretariat.slash(
            server.channels["general"], "resource add", url="https://example.org/agenda", title="Agenda",
            category="meeting", description="x", meeting="Accra",
        )  # fmt: skip
        data = await export(world)
        assert b",2027-05-12" in data
        assert "all of this already" in said(await bring_in(world, data))
        wrong = await bring_in(world, data.replace(b",2027-05-12", b",2027-05-13"))
        assert "Row 19, meeting" in said(wrong)


async def test_problems_are_listed_by_row_and_column_and_nothing_is_written(world: World) -> None:
    data = sheet(
        {**LINK, "url": "javascript:alert(1)", "year": "12"},
        {**LINK, "category": "book", "visibility": "secret"},
        LINK,
        {**LINK, "url": "http://example.org/zebra/"},
    )
    async with world.speaking("en"):
        result = await bring_in(world, data)
    told = said(result)
    assert "5 problems" in told
    for place in ("Row 2, url", "Row 2, year", "Row 3, category", "Row 3, visibility", "Row 5, url"):
        assert place in told
    assert "row 4 too" in told
    assert len(await world.bot.services.shelf.resources.shelved(world.server.id)) == 17


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 workbook", "Excel"),
        (b"a,b\n1,2\n", "does not name the columns"),
        ("url,title\nhttps://a.example,x\n".encode("utf-16"), "does not name the columns"),
        (sheet(), "no rows"),
    ],
)
async def test_a_file_that_is_none_is_refused_in_one_sentence(world: World, data: bytes, words: str) -> None:
    async with world.speaking("en"):
        assert words in said(await bring_in(world, data))


async def test_a_long_file_says_how_far_it_has_come(world: World) -> None:
    data = sheet(*[{**LINK, "url": f"https://example.org/{n}", "title": f"Link {n}"} for n in range(4_100)])
    async with world.speaking("en"):
        asked = await bring_in(world, data)
    assert "4,100 links added" in said(asked)
    assert any("Reading row 2,000 of 4,100" in str(request.json) for request in world.env.http_requests)


async def test_what_a_spreadsheet_has_spoiled_is_a_problem_of_its_cell(world: World) -> None:
    data = sheet({**LINK, "title": "L\u2019\u00c3\u00a9tat", "description_en": "#VALUE!"})
    async with world.speaking("en"):
        told = said(await bring_in(world, data))
    assert "Row 2, description" in told


async def test_the_file_is_the_secretariats_alone(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        for actor in (server.guest, server.members["DK"]):
            refused = await actor.slash(server.channels["general"], "resource export")
            assert "secretariat" in said(refused)
            assert not refused.response.attachments


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
ITEMS = st.lists(TEXT.map(lambda t: t.replace(";", "")), max_size=4).map(";".join)


@given(
    cells=st.fixed_dictionaries(
        {
            "url": st.just("https://example.org/x"),
            "title": TEXT.map(lambda t: f"T{t}"),
            "authors": ITEMS,
            "category": st.sampled_from(["norm", "training"]),
            "language": st.sampled_from(["", "en", "ar"]),
            "year": st.sampled_from(["", "2005"]),
            "published": TEXT,
            "doi": st.sampled_from(["", "10.1177/09240519211017669", "https://doi.org/10.1000/x"]),
            "tags": ITEMS,
            "visibility": st.sampled_from(["", "public", "members"]),
            "description_en": TEXT,
            "description_fr": TEXT,
            "description_es": TEXT,
        }
    )
)
def test_what_was_read_is_written_so_that_it_reads_the_same(cells: dict[str, str]) -> None:
    resource = entry(cells)
    assert entry(cells_of(resource)) == resource
