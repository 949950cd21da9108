"""What ``my-data.txt`` says of a busy person: in French and Spanish nothing as it is stored, and nothing in English."""

import json
import re

import pytest

from cogs.privacy.sentences import HEADINGS, LABELS, WORDS
from storage.personal_data import PERSONAL
from tests.polls.booth import Booth
from tests.privacy.test_privacy import files, privacy
from tests.webinars.staging import schedule
from tests.world import World


async def busy(world: World) -> None:
    """Let Denmark's focal point do a little of all that leaves a row."""
    server, member = world.server, world.server.members["DK"]
    general = server.channels["general"]
    await member.slash(general, "settings timezone", zone="Europe/Copenhagen")
    await member.slash(general, "settings reminders", channel="direct_message")
    await member.slash(general, "member claim", code="AAAA-BBBB")
    await member.slash(
        general, "topic propose", title="Alerte", level="sub_regional", format="case_study", description="Avant"
    )
    await member.slash(
        general, "resource suggest", url="https://example.org/x", title="Boîte", category="norm", description="Deux."
    )
    webinar = await schedule(world)
    await server.secretariat.click(webinar.response, label="Confirm")
    asked = await Booth(world).create(voters="members")
    await server.secretariat.click(asked.response, label="Confirm")
    await member.slash(general, "member nominate", delegation="Denmark", name="Niels Bohr", role="alternate")
    await world.travel(180)
    for message in general.history():
        for row in message.components:
            for child in getattr(row, "children", []):
                if getattr(child, "label", "") == "Attending":
                    await member.click(message, label="Attending")


@pytest.mark.parametrize("language", ["fr", "es"])
async def test_my_data_has_no_raw_name_or_value_in_another_language(world: World, language: str) -> None:
    await busy(world)
    member = world.server.members["DK"]
    async with world.speaking(language):
        given = await files(await privacy(world, member, "export"))
    held, read = json.loads(given["my-data.json"])["held"], given["my-data.txt"]
    assert len(held) >= 6, held.keys()
    labels = {line.partition(":")[0] for part in read.splitlines() for line in part.lstrip("•- ").split("; ")}
    raw = {name for rows in held.values() for row in rows for name in row if "_" in name}
    assert not {name for name in raw if name in read}
    assert not labels & raw
    stored = {
        value
        for rows in held.values()
        for row in rows
        for name, value in row.items()
        if name in WORDS and isinstance(value, str) and re.fullmatch(r"[a-z]+_[a-z_]+", value)
    }
    assert stored, "some of it is stored in another way than it is read"
    assert not {value for value in stored if value in read}
    for sign in ("{", "[", "+00:00", "None", "null", "True"):
        assert sign not in read, sign
    assert not re.search(r"\d{4}-\d\d-\d\d", read)


def test_every_table_and_column_that_is_exported_has_words() -> None:
    columns = {name for held in PERSONAL.values() for name in (*held.exported, *held.named)}
    assert columns <= LABELS.keys()
    assert {table for table, held in PERSONAL.items() if held.exported or held.named} <= HEADINGS.keys()
