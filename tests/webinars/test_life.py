"""The whole life of a webinar, in three languages, over restarts and through time."""

from datetime import timedelta

import pytest

from tests.webinars.staging import (
    LINK,
    STARTS_AT,
    accept_direct_messages,
    command,
    events_of,
    inbox,
    posted,
    press,
    rows_of,
    scheduled,
    until,
    webinars_of,
)
from tests.world import World, card, embed_text, said

TYPED = {
    "en": {"starts": "12 March 2026 3pm", "duration": "1 hour 30 minutes", "languages": "English, French"},
    "fr": {"starts": "12 mars 2026 15h", "duration": "1 heure 30", "languages": "anglais et français"},
    "es": {"starts": "12 de marzo de 2026 15:00", "duration": "90 minutos", "languages": "inglés, francés"},
}
WORDS = {
    "en": {"confirm": "Confirm", "correct": "Correct", "attending": "You are attending", "done": "is scheduled"},
    "fr": {"confirm": "Confirmer", "correct": "Corriger", "attending": "Vous participez", "done": "est programmé"},
    "es": {"confirm": "Confirmar", "correct": "Corregir", "attending": "Usted asiste", "done": "está programado"},
}


@pytest.mark.parametrize("language", ["en", "fr", "es"])
async def test_from_form_to_recording_in_every_language(world: World, language: str) -> None:
    words, server = WORDS[language], world.server
    async with world.speaking(language):
        shown = await command(world, "schedule", timezone="Europe/Brussels", languages=TYPED[language]["languages"])
        values = {
            "title": "Prevention in practice",
            "starts": "31 February 2026 15:00",
            "duration": TYPED[language]["duration"],
            "link": LINK,
            "description": "What works, and what does not.",
        }
        refused = await server.secretariat.submit_modal(shown, values)
        assert "31" in said(refused) or "28" in said(refused)
        await world.restart()
        again = await press(world, refused, words["correct"])
        assert "Prevention in practice" in str(again.modal)
        assert "What works, and what does not." in str(again.modal)
        preview = await server.secretariat.submit_modal(again, {**values, "starts": TYPED[language]["starts"]})
        assert not posted(world)
        assert words["done"] in said(await press(world, preview, words["confirm"]))
    (webinar,) = await webinars_of(world)
    assert (webinar.starts_at, webinar.length) == (STARTS_AT, timedelta(minutes=90))
    assert webinar.languages == ("en", "fr")
    await world.restart()
    (announcement,) = posted(world)
    assert announcement.content.endswith("12 March 2026, 15:00, Brussels; say below whether you will be there.")
    (event,) = events_of(world)
    assert (event.name, event.entity_metadata["location"]) == ("Prevention in practice", "Online")
    assert LINK not in f"{event.description}{announcement.content}{embed_text(announcement.embeds[0])}"

    await accept_direct_messages(world, "GH")
    async with world.speaking(language):
        ghana = said(await server.members["GH"].click(announcement, label="Attending"))
    assert words["attending"] in ghana
    assert LINK in ghana
    await server.members["DK"].click(announcement, label="Can't")
    await world.restart()

    await until(world, STARTS_AT - timedelta(hours=23))
    texts = [message.content for message in posted(world)]
    assert len(texts) == 3, "the announcement, seven days and 24 hours ahead"
    assert all(LINK not in text for text in texts)
    assert [LINK in message.content for message in inbox(server.members["GH"])] == [True]
    assert not inbox(server.members["DK"])
    await until(world, STARTS_AT + timedelta(hours=2))
    assert len(posted(world)) == 4, "one hour ahead"

    recording = "https://video.example.org/prevention"
    async with world.speaking(language):
        preview = await command(world, "recording", webinar="Prevention in practice", url=recording)
        await press(world, preview, words["confirm"])
    await until(world, world.env.now() + timedelta(days=1))
    assert recording in inbox(server.members["GH"])[-1].content
    assert "Recording available" in embed_text(posted(world)[0].embeds[0])
    found = await server.members["GH"].slash(server.channels["general"], "resource search", query="prevention practice")
    assert recording in said(found)
    hidden = await server.guest.slash(server.channels["general"], "resource search", query="prevention practice")
    assert recording not in said(hidden)
    assert {row.state for row in await rows_of(world, webinar)} == {"sent", "expanded"}


async def test_one_record_drives_all(world: World) -> None:
    webinar = await scheduled(world)
    await accept_direct_messages(world, "GH", "DK")
    await world.server.members["GH"].click(posted(world)[0], label="Attending")
    await world.server.members["DK"].click(posted(world)[0], label="Can't")
    asked = await command(world, "edit", webinar=f"#{webinar.id}", starts="2026-03-19 16:00")
    assert "12 March 2026" in said(asked)
    done = await press(world, asked, "Tell those attending")
    assert "two minutes" in said(done)
    await world.travel(600)
    (moved,) = await webinars_of(world)
    assert moved.starts_at == STARTS_AT + timedelta(days=7, hours=1)
    assert moved.sequence == 1
    assert "19 March 2026, 16:00, Brussels" in embed_text(posted(world)[0].embeds[0])
    assert events_of(world)[0].scheduled_start_time == moved.starts_at.isoformat()
    due = {row.kind: row.due_at for row in await rows_of(world, moved, "pending")}
    assert due["reminder:24h"] == moved.starts_at - timedelta(hours=24)
    await until(world, world.env.now() + timedelta(days=1))
    (told,) = inbox(world.server.members["GH"])
    assert "has moved: it now begins 19 March 2026, 16:00, Brussels" in told.content
    assert not inbox(world.server.members["DK"])


async def test_words_are_corrected_silently(world: World) -> None:
    webinar = await scheduled(world)
    await accept_direct_messages(world, "GH")
    await world.server.members["GH"].click(posted(world)[0], label="Attending")
    asked = await command(world, "edit", webinar=f"#{webinar.id}", title="Prevention at home")
    await press(world, asked, "Correct silently")
    await until(world, world.env.now() + timedelta(days=1))
    assert posted(world)[0].embeds[0].title == "Prevention at home"
    assert events_of(world)[0].name == "Prevention at home"
    assert len(posted(world)) == 1
    assert not inbox(world.server.members["GH"])


async def test_telling_can_be_stopped_for_two_minutes(world: World) -> None:
    webinar = await scheduled(world)
    await accept_direct_messages(world, "GH")
    await world.server.members["GH"].click(posted(world)[0], label="Attending")
    asked = await command(world, "edit", webinar=f"#{webinar.id}", starts="2026-03-19 16:00")
    await press(world, asked, "Tell those attending")
    await press(world, asked, "Stop")
    await until(world, world.env.now() + timedelta(days=1))
    assert not inbox(world.server.members["GH"])


async def test_a_cancelled_webinar_is_cancelled_everywhere(world: World) -> None:
    webinar = await scheduled(world)
    await accept_direct_messages(world, "GH")
    await world.server.members["GH"].click(posted(world)[0], label="Attending")
    asked = await command(world, "cancel", webinar=f"#{webinar.id}", reason="The **speaker** is ill @everyone")
    await press(world, asked)
    await until(world, STARTS_AT)
    first, *later = posted(world)
    assert "Webinar cancelled" in embed_text(first.embeds[0])
    (line,) = (message.content.rpartition("> ")[2] for message in later)
    assert line == (
        "The webinar “Prevention in practice” (12 March 2026, 15:00, Brussels) is cancelled:"
        " The \\*\\*speaker\\*\\* is ill @\u200beveryone"
    )
    assert "is cancelled" in inbox(world.server.members["GH"])[-1].content
    assert not events_of(world)
    refused = await world.server.members["GH"].slash(
        world.server.channels["general"], "webinar show", webinar=f"#{webinar.id}"
    )
    assert "Webinar cancelled" in embed_text(card(refused))
