"""What is kept and said of a decision, where, and what the secretariat records for a delegation."""

import csv
import hashlib
from datetime import timedelta
from io import StringIO
from typing import Any

from bot.shelf.entries import entry
from tests.decisions.floor import ENDS, Floor
from tests.polls.booth import ids_of
from tests.world import embed_text, said

OFFICE = "secretariat"


async def shelved(floor: Floor) -> list[Any]:
    found = await floor.world.bot.services.shelf.resources.shelved(floor.server.id)
    return [one for one in found if one.category == "decision"]


async def test_the_record_names_the_text_with_its_version_and_fingerprint(floor: Floor) -> None:
    content = b"%PDF-1.7 the agenda"
    await floor.open(url=None, document=("agenda.pdf", content))
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    message = floor.public()[-1]
    card = embed_text(message.embeds[0])
    assert "agenda.pdf" in card
    assert hashlib.sha256(content).hexdigest() not in card
    sheet = (await message.attachments[0].read()).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(sheet)))
    assert len(rows) == 3
    for row in rows:
        assert (row["text"], row["version"]) == ("agenda.pdf", "1")
        assert row["fingerprint_sha256"] == hashlib.sha256(content).hexdigest()


async def test_the_record_of_a_text_elsewhere_has_its_link(floor: Floor) -> None:
    await floor.open()
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    sheet = (await floor.public()[-1].attachments[0].read()).decode("utf-8-sig")
    assert {row["text"] for row in csv.DictReader(StringIO(sheet))} == {"https://example.org/agenda"}


async def test_who_put_its_message_on_the_shelf_by_hand_has_put_the_decision_there(floor: Floor) -> None:
    decision = await floor.open()
    services, opened = floor.world.bot.services, floor.message_of(decision)
    by_hand = entry({"url": opened.jump_url, "title": "What we talk about", "category": "network"})
    async with services.transaction() as tx:
        await services.shelf.add(tx, floor.server.id, by_hand)
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    assert (await floor.now(decision)).state == "adopted"
    [found] = await shelved(floor)
    assert (found.url, found.visibility) == (opened.jump_url, "members")
    assert found.title.startswith("2026/1")


async def test_a_decision_never_takes_the_place_of_another_page(floor: Floor) -> None:
    services = floor.world.bot.services
    page = entry({"url": "https://example.org/agenda", "title": "A page of its own", "category": "norm"})
    async with services.transaction() as tx:
        await services.shelf.add(tx, floor.server.id, page)
    decision = await floor.open()
    async with services.transaction() as tx:
        await tx.execute("UPDATE outbox SET message_id = 0 WHERE subject = 'decision' AND kind = 'opened'")
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    assert (await floor.now(decision)).state == "adopted"
    [found] = await shelved(floor)
    assert found.url.endswith("?decision=2026-1")
    kept = [one.title for one in await services.shelf.resources.shelved(floor.server.id) if one.category == "norm"]
    assert "A page of its own" in kept


async def test_the_secretariat_says_with_what_a_delegation_objected(floor: Floor) -> None:
    decision = await floor.open()
    secretariat, office = floor.server.secretariat, floor.server.channels[OFFICE]
    options = {"decision": str(decision.id), "delegation": "GH"}
    refused = await secretariat.slash(office, "decision object", reason="Too early", **options)
    assert "note verbale" in said(refused)
    assert not [one for one in ids_of(refused.response) if "confirm" in one]
    corrected = await secretariat.click(refused.response, label="Correct")
    assert "Too early" in str(corrected.modal)
    # Nothing typed: the form asks for it first.
    form = await secretariat.slash(office, "decision object", **options)
    assert form.modal is not None
    typed = {"reference": "NV 12/2026", "reason": "Too early", "amendment": "", "named": ["no"]}
    shown = await secretariat.submit_modal(form, typed)
    await secretariat.click(shown.response, label="Confirm")
    assert (await floor.now(decision)).state == "broken"
    await floor.world.travel(timedelta(minutes=1))
    told = [m.content for m in floor.server.members["GH"].user.dm_channel.history()]
    assert any("NV 12/2026" in text for text in told)


async def test_a_delegation_needs_no_reference_of_its_own(floor: Floor) -> None:
    decision = await floor.open()
    form = await floor.press(floor.server.members["GH"], decision, "Object")
    assert "reference" not in str(form.modal)


async def test_without_a_channel_of_the_secretariat_nothing_is_said_to_be_passed_on(floor: Floor) -> None:
    decision = await floor.open()
    services = floor.world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(tx, floor.server.id, secretariat_channel_id=None)
    asked = await floor.press(floor.server.members["GH"], decision, "Ask for more time")
    assert "cannot pass this on" in said(asked)
    assert not (await floor.seat(decision, "GH")).wants_time
    assert not await services.outbox.of(floor.server.id, "decision", decision.id, "more_time")


async def test_without_a_members_channel_it_ends_and_is_said_nowhere(floor: Floor) -> None:
    decision = await floor.open()
    services = floor.world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(
            tx, floor.server.id, members_channel_id=None, secretariat_channel_id=None
        )
    announced = len(list(floor.server.channels["announcements"].history()))
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    assert (await floor.now(decision)).state == "adopted"
    assert len(list(floor.server.channels["announcements"].history())) == announced
    [row] = await services.outbox.of(floor.server.id, "decision", decision.id, "adopted")
    assert (row.state, row.reason) == ("failed", "no_channel")


async def test_a_title_that_names_a_country_is_asked_about(floor: Floor) -> None:
    asked = "Named in the title: "
    assert asked not in said(await floor.propose())
    assert f"{asked}Myanmar." in said(await floor.propose(title="The briefing on Myanmar"))
