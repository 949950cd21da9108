from typing import Any

import pytest

from bot.shelf import entry
from tests.resources.shelving import LINK, planned_meeting, shelve
from tests.world import World, card, said

OPTIONS = {"url": "x", "title": "x", "category": "norm"}
ADD = {"url": "https://example.org/toolkit", "title": "A new toolkit", "category": "manual",
       "description": "Two lines. No more."}  # fmt: skip


async def add(world: World, **changes: Any) -> Any:
    server = world.server
    return await server.secretariat.slash(server.channels["general"], "resource add", **{**ADD, **changes})


@pytest.mark.parametrize(("language", "said_so"), [("en", "in the library"), ("fr", "Ajouté"), ("es", "Añadido")])
async def test_the_secretariat_adds_and_everybody_finds(world: World, language: str, said_so: str) -> None:
    async with world.speaking(language):
        assert said_so in said(await add(world, url="EXAMPLE.org/toolkit?utm_source=x#y", year=2031, language="fr"))
        found = await world.server.guest.slash(
            world.server.channels["general"], "resource search", query="toolkit", language="fr"
        )
    assert card(found).url == "https://example.org/toolkit"
    assert "Two lines. No more." in said(found)


async def test_the_same_page_is_shown_instead(world: World) -> None:
    await shelve(world, LINK)
    async with world.speaking("en"):
        told = said(await add(world, url="http://WWW.example.org/zebra/"))
        assert "in the library already" in told
        assert "Zebra handbook" in told
        known = said(await add(world, url="https://globalr2p.org/publications/268/"))
    assert "Third Meeting" in known


@pytest.mark.parametrize(
    "url", ["no address", "javascript:alert(1)", "http://localhost/", "http://10.0.0.1", "https://a:b@example.org",
            "x" * 2000, "https://example.org/" + "a" * 600],
)  # fmt: skip
async def test_a_bad_address_comes_back_in_a_form_filled_in(world: World, url: str) -> None:
    server = world.server
    async with world.speaking("en"):
        refused = await add(world, url=url, language="es", visibility="members")
        await world.restart()
        form = await server.secretariat.click(refused.response, label="Correct")
        assert "Two lines. No more." in str(form.modal)
        values = {"url": ADD["url"], "title": ADD["title"], "authors": "A; B", "tags": "", "description_en": "Two."}
        done = await server.secretariat.submit_modal(form, values)
        assert "It is in the library now" in said(done)
        assert "for members" in said(done)
        assert "Spanish" in said(done)


async def test_plain_http_is_kept_and_said(world: World) -> None:
    async with world.speaking("en"):
        told = said(await add(world, url="http://example.org/old"))
    assert "http://example.org/old" in told
    assert "if the page also opens with https://" in told


async def test_editing_by_option_and_by_form(world: World) -> None:
    server = world.server
    resource = f"#{await shelve(world, LINK)}"
    channel = server.channels["general"]
    async with world.speaking("en"):
        changed = await server.secretariat.slash(channel, "resource edit", resource=resource, year=2029, tags="a; b")
        assert "2029" in said(changed)
        form = await server.secretariat.slash(channel, "resource edit", resource=resource)
        assert "Ana Pérez; Li Wei" in str(form.modal)
        await world.restart()
        values = {"url": LINK["url"], "title": "Okapi handbook", "authors": "", "tags": "a", "description_en": "x"}
        edited = await server.secretariat.submit_modal(form, values)
        assert "Okapi handbook" in said(edited)
        assert "Ana" not in said(edited)
        found = await server.guest.slash(channel, "resource search", query="okapi 2029")
        assert "Okapi handbook" in said(found)
        gone = await server.guest.slash(channel, "resource search", query="zebra stripes")
        assert "Okapi" not in said(gone)


async def test_editing_keeps_the_descriptions_in_other_languages(world: World) -> None:
    server = world.server
    resource = f"#{await shelve(world, {**LINK, 'description_fr': 'Un manuel. Deux lignes.'})}"
    async with world.speaking("en"):
        await server.secretariat.slash(
            server.channels["general"], "resource edit", resource=resource, description="Anew."
        )
    async with world.speaking("fr"):
        shown = await server.guest.slash(server.channels["general"], "resource show", resource=resource)
    assert card(shown).description == "Un manuel. Deux lignes."


async def test_writing_never_guesses(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    await shelve(world, LINK)
    async with world.speaking("en"):
        for command in ("resource remove", "resource edit"):
            refused = await server.secretariat.slash(channel, command, resource="zebra")
            assert "choose from the list" in said(refused)
        whole = await server.secretariat.slash(channel, "resource remove", resource="zebra HANDBOOK")
    assert "Zebra handbook" in said(whole)


async def test_removing_asks_and_can_be_undone_after_a_restart(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    resource = f"#{await shelve(world, LINK)}"
    async with world.speaking("en"):
        asked = await server.secretariat.slash(channel, "resource remove", resource=resource)
        await world.restart()
        removed = await server.secretariat.click(asked.response, label="Confirm")
        assert "removed from the library" in said(removed)
        assert "17 resources" in said(await server.guest.slash(channel, "resource list"))
        await world.restart()
        back = await server.secretariat.click(removed.response or asked.response, label="Put back")
        assert "in the library again" in said(back)
        assert "18 resources" in said(await server.guest.slash(channel, "resource list"))


async def test_what_was_removed_does_not_come_back_by_itself(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    async with world.speaking("en"):
        asked = await server.secretariat.slash(
            channel, "resource remove", resource="Global Centre for the Responsibility to Protect"
        )
        await server.secretariat.click(asked.response, label="Confirm")
        await world.restart()
        assert "16 resources" in said(await server.guest.slash(channel, "resource list"))


async def test_another_networks_resource_is_out_of_reach(world: World) -> None:
    resource = f"#{await shelve(world, LINK)}"
    other = world.other
    async with world.speaking("en"):
        for command in ("resource show", "resource edit", "resource remove"):
            refused = await other.secretariat.slash(other.channels["general"], command, resource=resource)
            assert "not in the library" in said(refused)


async def test_a_recording_is_kept_once(world: World) -> None:
    services = world.bot.services
    new = entry({"url": "https://example.org/recording", "title": "Webinar", "category": "training",
                 "visibility": "members"})  # fmt: skip
    async with services.transaction() as tx:
        first = await services.shelf.keep(tx, world.server.id, new)
    async with services.transaction() as tx:
        assert await services.shelf.keep(tx, world.server.id, new) == first


async def test_a_recording_settles_a_suggestion_of_it_and_stays_with_the_members(world: World) -> None:
    services = world.bot.services
    cells = {"url": "https://example.org/recording", "title": "Webinar", "category": "training"}
    async with services.transaction() as tx:
        await services.shelf.suggest(tx, world.server.id, entry(cells), None)
    async with services.transaction() as tx:
        await services.shelf.keep(tx, world.server.id, entry({**cells, "visibility": "members"}))
    scope = await services.shelf.scope(world.server.id, for_members=False)
    assert not [r for r in (await services.shelf.search(scope, "webinar")).resources if r.title == "Webinar"]
    scope = await services.shelf.scope(world.server.id, for_members=True)
    assert (await services.shelf.search(scope, "webinar")).resources[0].title == "Webinar"


async def test_a_network_that_is_forgotten_leaves_no_words(world: World) -> None:
    services = world.bot.services
    await shelve(world, LINK)
    async with services.transaction() as tx:
        await tx.execute("DELETE FROM resource WHERE guild_id = ?", (world.server.id,))
        await tx.execute("DELETE FROM shelf WHERE guild_id = ?", (world.server.id,))
    assert not await services.database.fetch("SELECT 1 FROM resource_text WHERE resource_text MATCH 'zebra'")
    scope = await services.shelf.scope(world.server.id, for_members=True)
    assert (await services.shelf.browse(scope)).total == 17


async def test_a_resource_belongs_to_a_meeting_and_shows_there(world: World) -> None:
    await planned_meeting(world)
    server = world.server
    channel = server.channels["general"]
    async with world.speaking("en"):
        options = await server.secretariat.autocomplete(channel, "resource add", "meeting", "accra", **OPTIONS)
        assert [o["name"] for o in options] == ["Annual meeting · Accra, 12–13 May 2027"]
        added = await add(world, meeting=options[0]["value"], visibility="members")
        assert "Annual meeting, Accra, 2027" in said(added)
        assert "A new toolkit" in said(await server.members["DK"].slash(channel, "meeting show", meeting="Accra"))
        assert "A new toolkit" not in said(await server.guest.slash(channel, "meeting show", meeting="Accra"))
        refused = await add(world, url="https://example.org/other", meeting="Atlantis")
        assert "choose one from the list" in said(refused)


async def test_the_page_that_a_recorded_meeting_comes_from_shows_there(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    async with world.speaking("en"):
        history = await server.secretariat.slash(channel, "meeting history")
        await server.secretariat.click(history.response, label="Add the recorded meetings of 2011–2025")
        shown = said(await server.guest.slash(channel, "meeting show", meeting="2025"))
    assert "11th Meeting of the Global Network of R2P Focal Points: Outcome Document" in shown
