"""Whole lives of silence procedures: adopted, broken, not valid, over restarts and a hand-over."""

import csv
import hashlib
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from icalendar import Calendar

from bot.services import Services
from storage.decisions.models import Decision
from tests.decisions.floor import ENDS, Floor
from tests.people import Person
from tests.polls.booth import ids_of
from tests.world import embed_text, said


async def test_it_is_adopted_when_all_were_reached_and_nobody_objected(floor: Floor) -> None:
    decision = await floor.open()
    assert decision.expires_at == ENDS
    await floor.world.restart()
    await floor.world.travel_to(ENDS - timedelta(hours=1))
    assert (await floor.now(decision)).state == "open"
    await floor.world.restart()
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    adopted = await floor.now(decision)
    assert (adopted.state, adopted.year, adopted.number) == ("adopted", 2026, 1)
    message = floor.public()[-1]
    assert "2026/1" in message.content
    sheet = (await message.attachments[0].read()).decode("utf-8-sig")
    rows = {row["delegation"]: row for row in csv.DictReader(StringIO(sheet))}
    assert set(rows) == {"DK", "GH", "CR"}
    assert {row["reached_by"] for row in rows.values()} == {"direct_message"}
    shelved = await floor.world.bot.services.shelf.resources.shelved(floor.server.id)
    entry = next(one for one in shelved if one.category == "decision")
    assert (entry.visibility, entry.year) == ("members", 2026)
    assert entry.title.startswith("2026/1")
    # Its buttons are gone, and nothing more is owed.
    assert not [one for message in floor.public() for one in ids_of(message) if one.startswith("decision:object")]
    owed = await floor.world.bot.services.outbox.of(floor.server.id, "decision", decision.id)
    assert not [row.kind for row in owed if row.state == "pending"]


async def test_it_waits_and_lapses_also_where_the_secretariat_has_no_channel(floor: Floor) -> None:
    services = floor.world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(tx, floor.server.id, secretariat_channel_id=None)
        await services.settings.change_account(tx, floor.server.id, floor.server.members["GH"].id, channel="none")
    decision = await floor.open()
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    assert (await floor.now(decision)).state == "unreached"
    await floor.world.travel_to(ENDS + timedelta(hours=25))
    assert (await floor.now(decision)).state == "not_valid"


@pytest.mark.parametrize("language", ["en", "fr", "es"])
async def test_an_objection_ends_it_at_once_over_restarts_and_a_hand_over(floor: Floor, language: str) -> None:
    services = floor.world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(tx, floor.server.id, language=language)
    decision = await floor.open()
    # The seat of Denmark changes hands meanwhile: the successor objects.
    successor = await floor.hand_over("DK", date(2026, 3, 2))
    await floor.world.travel(timedelta(days=1))
    await floor.world.restart()
    async with floor.world.speaking(language):
        confirm = {"en": "Confirm", "fr": "Confirmer", "es": "Confirmar"}[language]
        object_ = {"en": "Object", "fr": "S'opposer", "es": "Objetar"}[language]
        form = await successor.click(floor.message_of(decision), label=object_)
        await floor.world.restart()
        shown = await floor.fill_in(successor, form, reason="It is too early.")
        assert "3" in said(shown)
        await floor.world.restart()
        await successor.click(shown.response, label=confirm)
    broken = await floor.now(decision)
    assert broken.state == "broken"
    await floor.world.travel(timedelta(seconds=30))
    message = floor.public()[-1]
    sentence = {
        "en": "Silence was broken. The proposal is not adopted.",
        "fr": "Le silence a été rompu. La proposition n'est pas adoptée.",
        "es": "Se ha roto el silencio. La propuesta no queda aprobada.",
    }[language]
    assert message.content.replace("’", "'") == sentence
    assert "It is too early." in embed_text(message.embeds[0])
    assert "Den" not in embed_text(message.embeds[0]) + message.content
    # The very sentence was shown before.
    assert sentence in said(shown).replace("’", "'")
    await floor.world.travel_to(ENDS + timedelta(days=3))
    assert (await floor.now(decision)).state == "broken"


async def handed_over(floor: Floor, language: str) -> tuple[Decision, Person]:
    """Open a decision in a network of that language, whose seat of Ghana is then handed over; return both."""
    services, server = floor.world.bot.services, floor.server
    async with services.transaction() as tx:
        await services.settings.change_network(tx, server.id, language=language)
        # Nothing reaches the one who leaves.
        await services.settings.change_account(tx, server.id, server.members["GH"].id, channel="none")
    return await floor.open(), await floor.hand_over("GH", date(2026, 3, 2))


@pytest.mark.parametrize(("language", "adopted"), [("en", "adopted"), ("fr", "adoptée"), ("es", "aprobada")])
async def test_a_successor_is_reached_and_it_is_adopted_in_each_language(
    floor: Floor, language: str, adopted: str
) -> None:
    decision, successor = await handed_over(floor, language)
    await floor.world.restart()
    await floor.world.travel_to(ENDS - timedelta(hours=25))
    await floor.world.restart()
    assert not list(successor.user.dm_channel.history())
    # The reminder a day before the end is the first that the successor hears.
    await floor.world.travel_to(ENDS - timedelta(hours=1))
    await floor.world.restart()
    async with floor.world.speaking(language):
        listed = await successor.slash(floor.general, "decision show", decision=str(decision.id))
    assert "Ghana" not in said(listed)
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    assert (await floor.now(decision)).state == "adopted"
    seat = await floor.seat(decision, "GH")
    assert seat.reached_by == "direct_message"
    assert seat.reached_at is not None
    assert timedelta(hours=1) < ENDS - seat.reached_at <= timedelta(hours=24)
    message = floor.public()[-1]
    assert "2026/1" in message.content
    assert adopted in message.content
    shelved = await services_of(floor).shelf.resources.shelved(floor.server.id)
    [entry] = [one for one in shelved if one.category == "decision"]
    assert adopted in entry.descriptions[language].lower()


@pytest.mark.parametrize(("language", "ended"), [("en", "not valid"), ("fr", "sans validité"), ("es", "no es válido")])
async def test_a_successor_whom_nothing_reaches_leaves_it_not_valid_in_each_language(
    floor: Floor, language: str, ended: str
) -> None:
    decision, successor = await handed_over(floor, language)
    services = services_of(floor)
    async with services.transaction() as tx:
        await services.settings.change_account(tx, floor.server.id, successor.id, channel="none")
    await floor.world.restart()
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    assert (await floor.now(decision)).state == "unreached"
    await floor.world.restart()
    # What is read only after the end is too late, and acts on nothing.
    async with floor.world.speaking(language):
        await successor.slash(floor.general, "decision show", decision=str(decision.id))
    await floor.world.travel_to(ENDS + timedelta(hours=25))
    assert (await floor.now(decision)).state == "not_valid"
    message = floor.public()[-1]
    assert ended in message.content
    assert "Ghana" not in message.content + embed_text(message.embeds[0])
    assert not [
        one for one in await services_of(floor).shelf.resources.shelved(floor.server.id) if one.category == "decision"
    ]


def services_of(floor: Floor) -> Services:
    """Return the services of the bot that runs now, after any restart."""
    return floor.world.bot.services


async def test_where_one_was_not_reached_nothing_is_adopted(floor: Floor) -> None:
    services = floor.world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_account(tx, floor.server.id, floor.server.members["GH"].id, channel="none")
    decision = await floor.open()
    await floor.world.travel_to(ENDS - timedelta(hours=5))
    lists = [text for text in floor.to_secretariat() if "not reached" in text and "Ghana" in text]
    assert len(lists) == 2
    await floor.world.restart()
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    waiting = await floor.now(decision)
    assert (waiting.state, waiting.number) == ("unreached", None)
    assert "Ghana" not in floor.public()[-1].content + embed_text(floor.public()[-1].embeds[0])
    assert "Ghana" in floor.to_secretariat()[-1]
    await floor.world.travel_to(ENDS + timedelta(hours=23))
    assert (await floor.now(decision)).state == "unreached"
    await floor.world.restart()
    await floor.world.travel_to(ENDS + timedelta(hours=25))
    assert (await floor.now(decision)).state == "not_valid"
    assert "not valid" in floor.public()[-1].content
    assert not [
        one
        for one in await floor.world.bot.services.shelf.resources.shelved(floor.server.id)
        if one.category == "decision"
    ]


async def test_extended_within_a_day_it_goes_on_and_the_text_sent_by_hand_counts(floor: Floor) -> None:
    services, secretariat = floor.world.bot.services, floor.server.secretariat
    async with services.transaction() as tx:
        await services.settings.change_account(tx, floor.server.id, floor.server.members["GH"].id, channel="none")
    decision = await floor.open()
    await floor.world.travel_to(ENDS + timedelta(hours=1))
    office = floor.server.channels["secretariat"]
    shown = await secretariat.slash(office, "decision extend", decision=str(decision.id), expires="2026-03-09 12:00")
    await secretariat.click(shown.response, label="Confirm")
    extended = await floor.now(decision)
    assert extended.state == "open"
    assert extended.expires_at.isoformat() == "2026-03-09T11:00:00+00:00"
    listed = await secretariat.slash(office, "decision show", decision=str(decision.id))
    text = await secretariat.click(listed.response, label="I sent the text")
    ghana = await floor.delegation("GH")
    done = await secretariat.select(text.response, [str(ghana.id)], custom_id=f"decision:sent:{decision.id}")
    assert done is not None
    assert (await floor.seat(decision, "GH")).reached_by == "secretariat"
    await floor.world.travel_to(extended.expires_at + timedelta(minutes=1))
    assert (await floor.now(decision)).state == "adopted"


async def test_a_vacant_seat_is_listed_and_does_not_count(floor: Floor) -> None:
    services = floor.world.bot.services
    vacant = await floor.delegation("LV")
    async with services.transaction() as tx:
        await services.members.set_steering_term(tx, floor.server.id, vacant.id, date(2020, 1, 1), None)
    shown = await floor.propose()
    assert "Latvia" in said(shown)
    decision = await floor.open()
    assert (await floor.seat(decision, "LV")).is_vacant
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    assert (await floor.now(decision)).state == "adopted"


async def test_numbers_go_on_within_a_year(floor: Floor) -> None:
    first, second = await floor.open(), await floor.open(title="The venue", url="https://example.org/venue")
    await floor.world.travel_to(max(first.expires_at, second.expires_at) + timedelta(minutes=1))
    numbers = [(await floor.now(one)).number for one in (first, second)]
    assert sorted(number or 0 for number in numbers) == [1, 2]


async def test_the_text_is_a_file_that_is_posted_for_members_with_its_fingerprint_kept(floor: Floor) -> None:
    content = b"%PDF-1.7 the agenda"
    decision = await floor.open(url=None, document=("agenda.pdf", content))
    [attachment] = floor.message_of(decision).attachments
    assert (attachment.filename, await attachment.read()) == ("agenda.pdf", content)
    [document] = await floor.world.bot.services.documents.latest(floor.server.id, "decision", decision.id)
    assert document.fingerprint == hashlib.sha256(content).hexdigest()
    seen = await floor.server.members["GH"].slash(floor.general, "decision show", decision=str(decision.id))
    assert seen.response is not None
    assert [one.filename for one in seen.response.attachments] == ["agenda.pdf"]
    # Without a text there is nothing to decide on.
    refused = await floor.propose(url=None)
    assert refused.modal is not None


async def test_its_end_is_in_members_calendars_and_is_moved_and_struck_out_there(floor: Floor) -> None:
    async def entry() -> Any:
        shown = await floor.server.members["GH"].slash(floor.general, "calendar show")
        assert shown.response is not None
        file = next(one for one in shown.response.attachments if one.filename.endswith(".ics"))
        events = Calendar.from_ical(await file.read()).walk("VEVENT")
        return next(event for event in events if "agenda of 2027" in str(event["SUMMARY"]))

    decision = await floor.open()
    before = await entry()
    assert before["DTSTART"].dt == ENDS
    office, secretariat = floor.server.channels["secretariat"], floor.server.secretariat
    for command, options in (("decision extend", {"expires": "2026-03-09 12:00"}), ("decision cancel", {})):
        shown = await secretariat.slash(office, command, decision=str(decision.id), **options)
        await secretariat.click(shown.response, label="Confirm")
        after = await entry()
        assert after["UID"] == before["UID"]
        assert after["SEQUENCE"] > before["SEQUENCE"]
        before = after
    assert before["STATUS"] == "CANCELLED"
    pending = await floor.server.members["GH"].slash(floor.general, "pending")
    assert "agenda of 2027" not in said(pending)
