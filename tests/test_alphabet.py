"""Lists follow the alphabet of the reader's language, organisations after states: never the order of code points."""

import csv
import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from bot.ahead import Viewer
from bot.texts import Reader
from tests.meetings.conftest import Room, room
from tests.polls.booth import Booth
from tests.resources.shelving import LINK, shelve
from tests.world import TERM_STARTS, World, said

__all__ = ["room"]

ROOT = Path(__file__).parent.parent
BY_CODE_POINTS = re.compile(
    r"ORDER BY [^\"]*\b(?:title|name|question|city|text)\b"
    r"|(?:sorted|\.sort)\(.*\bkey=.*\b(?:casefold|lower|called|title|question)\b"
)
BY_THE_ALPHABET = re.compile(r"\b(?:order_key|order_of|collation_key)\(")
OF_TABLES = "WHERE t.schema = 'main'"
"""SQLite's own names, for an export."""


@pytest.mark.parametrize("folder", ["bot", "cogs", "storage"])
def test_nothing_for_people_is_sorted_by_code_points(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if BY_CODE_POINTS.search(line) and not BY_THE_ALPHABET.search(line) and OF_TABLES not in line
    ]
    assert not found, "use bot.directory.delegation_names.order_of or bot.names.collation_key"


def in_this_order(text: str, *names: str) -> bool:
    places = [text.index(name) for name in names]
    return places == sorted(places)


@pytest.fixture
async def booth(world: World) -> Booth:
    """The first network, which speaks French, and whose members' channel its members can read."""
    services = world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(
            tx, world.server.id, language="fr", members_channel_id=world.server.channels["general"].id
        )
    return Booth(world)


async def test_the_options_of_a_poll_of_topics(booth: Booth) -> None:
    await booth.topics("Zones franches", "École de la paix", "Droit")
    server = booth.server
    shown = await server.secretariat.slash(server.channels["secretariat"], "topic poll", closes="in 72 hours", seats=2)
    await server.secretariat.click(shown.response, label="Confirm")
    options = [option.text for option in (await booth.latest()).plan.options]
    assert options == ["Droit", "École de la paix", "Zones franches"]


async def test_the_file_of_a_polls_turnout(booth: Booth) -> None:
    poll = await booth.open()
    async with booth.world.speaking("fr"):
        exported = await booth.server.secretariat.slash(
            booth.server.channels["secretariat"], "poll export", poll=str(poll.id)
        )
    [turnout] = exported.response.attachments
    names = [row[1] for row in csv.reader(StringIO((await turnout.read()).decode("utf-8-sig")))][1:]
    assert in_this_order(" ".join(names), "Afrique du Sud", "Danemark", "États-Unis", "Ghana", "Uruguay")


async def test_the_counts_of_delegations_apart_from_the_groups(room: Room) -> None:
    await room.plan(datetime(2026, 9, 1, tzinfo=UTC).date())
    meeting, services = await room.meeting(), room.world.bot.services
    async with services.transaction() as tx:
        for code in ("US", "OAS", "EU"):
            await services.registrations.register(
                tx, room.server.id, meeting.id, code, "in_person", "capital", comes="", source="note_verbale"
            )
    async with room.world.speaking("fr"):
        report = await room.told("report")
    assert in_this_order(report, "États-Unis", "Organisation des États américains", "Union européenne")


async def test_the_delegations_of_somebody_who_speaks_for_several(world: World) -> None:
    services, server = world.bot.services, world.server
    person = await services.members.person_of_account(server.id, server.members["ZA"].id)
    denmark = await services.members.delegation(server.id, "DK")
    assert person is not None
    assert denmark is not None
    async with services.transaction() as tx:
        await services.members.appoint(tx, server.id, denmark.id, person.id, "adviser", TERM_STARTS)
    async with world.speaking("fr"):
        asked = said(await server.members["ZA"].slash(server.channels["general"], "privacy erase"))
    assert in_this_order(asked, "Afrique du Sud", "Danemark")


async def test_the_note_of_what_is_new(world: World) -> None:
    server = world.server
    await server.secretariat.slash(server.channels["general"], "resource list")
    await world.travel(60)
    for number, title in enumerate(("Zones", "École", "Droit")):
        await shelve(world, {**LINK, "title": title, "url": f"https://example.org/{number}"})
    await world.travel(60)
    services, viewer = world.bot.services, Viewer(server.id, is_member=True)
    with world.as_bot():
        now = services.clock.now()
        for language in ("en", "fr"):
            (news,) = await services.ahead.news(viewer, now - timedelta(days=1), now, Reader(language, "UTC"))
            assert in_this_order("\n".join(news.lines), "Droit", "École", "Zones")
