from datetime import timedelta
from typing import Any, Final

import discord
import pytest

from tests.resources.shelving import LINK, shelve
from tests.world import World, embed_text, said

URL = "https://example.org/new-toolkit"
WORKING_HOURS_IN_DENMARK: Final = timedelta(hours=10)
"""After midnight UTC, at which SimCord's clock starts."""


async def suggest(world: World, **changes: str) -> Any:
    server = world.server
    options = {"url": URL, "title": "A new toolkit", "category": "manual", "description": "Two lines. No more.",
               **changes}  # fmt: skip
    result = await server.members["DK"].slash(server.channels["general"], "resource suggest", **options)
    await world.env.settle()
    return result


def card_in_channel(world: World) -> discord.Message:
    (message,) = [m for m in world.server.channels["secretariat"].history() if "toolkit" in m.content]
    return message


async def accept_direct_messages(world: World) -> None:
    server = world.server
    await server.members["DK"].slash(server.channels["general"], "settings reminders", channel="direct_message")
    await world.travel(WORKING_HOURS_IN_DENMARK)


async def told(world: World) -> str:
    """Return what the member was told by direct message; the world starts on a Wednesday evening, New York time."""
    await world.env.settle()
    channel = world.server.members["DK"].user.dm_channel
    return "\n".join(message.content for message in channel.history())


@pytest.mark.parametrize(
    ("language", "sent", "outcome"),
    [
        ("en", "The secretariat will look at", "is in the library now"),
        ("fr", "soumis au secrétariat", "figure désormais dans la bibliothèque"),
        ("es", "se ha presentado a la secretaría", "figura ya en la biblioteca"),
    ],
)
async def test_a_suggestion_is_approved_after_a_restart_and_the_member_is_told(
    world: World, language: str, sent: str, outcome: str
) -> None:
    server = world.server
    async with world.speaking(language):
        await accept_direct_messages(world)
        assert sent in said(await suggest(world))
        message = card_in_channel(world)
        assert "Denmark" in embed_text(message.embeds[0])
        await world.restart()
        async with world.speaking("en"):
            await server.secretariat.click(message, label="Approve")
        await world.env.settle()
        found = await server.guest.slash(server.channels["general"], "resource search", query="toolkit")
        assert "A new toolkit" in said(found)
        assert outcome in await told(world)
    assert "Approved: it is in the library." in embed_text(card_in_channel(world).embeds[0])
    assert "Approve" not in str(card_in_channel(world).components)


async def test_a_suggestion_is_declined_with_a_reason(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        await accept_direct_messages(world)
        await suggest(world)
        message = card_in_channel(world)
        form = await server.secretariat.click(message, label="Decline")
        assert form.modal is not None
        await world.restart()
        blank = await server.secretariat.submit_modal(form, {"reason": "   "})
        assert "in one sentence" in said(blank)
        again = await server.secretariat.click(blank.response, label="Correct")
        done = await server.secretariat.submit_modal(again, {"reason": "It is *out* of date."})
        await world.env.settle()
        assert "Denmark" in said(done)
        assert "It is \\*out\\* of date." in await told(world)
        refused = await server.guest.slash(server.channels["general"], "resource search", query="toolkit")
        assert "A new toolkit" not in said(refused)
    assert "Declined" in embed_text(card_in_channel(world).embeds[0])


async def test_a_declined_page_may_be_suggested_again(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        await suggest(world)
        assert "suggested already" in said(await suggest(world, url="http://www.example.org/new-toolkit/"))
        form = await server.secretariat.click(card_in_channel(world), label="Decline")
        await server.secretariat.submit_modal(form, {"reason": "Not yet."})
        assert "The secretariat will look at" in said(await suggest(world))


async def test_a_double_click_decides_once(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        await suggest(world)
        message = card_in_channel(world)
        form = await server.secretariat.click(message, label="Decline")
        assert "Approved" in said(await server.secretariat.click(message, label="Approve"))
        late = await server.secretariat.submit_modal(form, {"reason": "Too late."})
        assert "decided already" in said(late)
    services = world.bot.services
    approved = next(r for r in await services.shelf.resources.shelved(server.id) if r.title == "A new toolkit")
    assert len(await services.outbox.of(server.id, "shelf", approved.id, "decision")) == 1


async def test_two_approvals_at_the_same_moment_count_as_one(world: World) -> None:
    services = world.bot.services
    await suggest(world)
    (waiting,) = [
        r for r in await services.shelf.resources.shelved_or_suggested(world.server.id) if r.state == "suggested"
    ]
    async with services.transaction() as tx:
        assert await services.shelf.approve(tx, waiting)
    async with services.transaction() as tx:
        assert not await services.shelf.approve(tx, waiting)


async def test_suggesting_opens_the_form_where_the_description_is_left_out(world: World) -> None:
    server = world.server
    async with world.speaking("fr"):
        form = await server.members["DK"].slash(
            server.channels["general"], "resource suggest", url="javascript:alert(1)", title="Un outil",
            category="manual",
        )  # fmt: skip
        values = {
            "url": URL,
            "title": "Un outil",
            "authors": "A; B",
            "tags": "",
            "description_fr": "Deux.",
        }
        bad = await server.members["DK"].submit_modal(form, {**values, "url": "javascript:alert(1)"})
        assert "Seules les adresses de pages web" in said(bad)
        await world.restart()
        again = await server.members["DK"].click(bad.response, label="Corriger")
        assert "A; B" in str(again.modal)
        good = await server.members["DK"].submit_modal(again, values)
        assert "soumis au secrétariat" in said(good)


async def test_what_is_there_is_shown_instead(world: World) -> None:
    await shelve(world, LINK)
    async with world.speaking("en"):
        answer = said(await suggest(world, url="http://www.example.org/zebra/?utm_source=mail#top"))
    assert "in the library already" in answer
    assert "Zebra handbook" in answer


async def test_a_guest_suggests_nothing(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        refused = await server.guest.slash(
            server.channels["general"], "resource suggest", url=URL, title="x", category="norm", description="x"
        )
    assert "/member claim" in said(refused)


@pytest.mark.parametrize(("press", "outcome"), [("Approve", "is in the library."), ("Decline", "Declined")])
async def test_of_an_erased_person_nobody_says_that_they_are_informed(world: World, press: str, outcome: str) -> None:
    server = world.server
    await suggest(world)
    message = card_in_channel(world)
    asked = await server.members["DK"].slash(server.channels["general"], "privacy erase")
    await server.members["DK"].click(asked.response, label="Confirm")
    done = await server.secretariat.click(message, label=press)
    if done.modal is not None:
        done = await server.secretariat.submit_modal(done, {"reason": "It is on the shelf in another edition."})
    text = said(done)
    assert outcome in text
    assert "no longer in the directory" in text
    assert "informed" not in text


@pytest.mark.parametrize(("choice", "by"), [("direct_message", "direct message"), ("none", "next reply")])
async def test_the_secretariat_reads_by_what_the_member_hears_of_a_decision(world: World, choice: str, by: str) -> None:
    server = world.server
    await suggest(world)
    await server.members["DK"].slash(server.channels["general"], "settings reminders", channel=choice)
    await world.travel(WORKING_HOURS_IN_DENMARK)
    message = card_in_channel(world)
    text = said(await server.secretariat.click(message, label="Approve"))
    assert "Denmark" in text
    assert by in text
    assert (await told(world) != "") == (choice == "direct_message")


async def test_a_suggestion_that_is_decided_says_so(world: World) -> None:
    server = world.server
    await suggest(world)
    await server.secretariat.click(card_in_channel(world), label="Approve")
    await world.env.settle()
    assert card_in_channel(world).content.startswith("Approved")
