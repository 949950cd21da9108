import pytest
from simcord.results import InteractionResult

from bot.shelf import entry
from tests.resources.shelving import LINK, shelve
from tests.world import World, card, said


def labels(result: InteractionResult) -> list[str]:
    assert result.response is not None
    return [
        c.get("label") or "" for row in result.response.components for c in row.get("components", ()) if c["type"] == 2
    ]


@pytest.mark.parametrize(
    ("language", "query", "description"),
    [
        ("en", "what came out of the meeting in 2025", "outcome document of the meeting held in"),
        ("fr", "document final de la réunion de 2025", "document final"),
        ("es", "documento final de la reunión de 2025", "documento final"),
    ],
)
async def test_one_answer_is_the_card_itself(world: World, language: str, query: str, description: str) -> None:
    async with world.speaking(language):
        result = await world.server.guest.slash(world.server.channels["general"], "resource search", query=query)
    shown = card(result)
    assert (shown.title or "").replace(
        "__", ""
    ) == "11th Meeting of the Global Network of R2P Focal Points: Outcome Document"
    assert description.split(maxsplit=1)[0] in (shown.description or "").replace("**", "")
    assert "**" in (shown.description or "")
    assert "2025" in said(result)


async def test_the_card_says_title_authors_year_kind_language_address_and_description(world: World) -> None:
    async with world.speaking("en"):
        result = await world.server.guest.slash(
            world.server.channels["general"], "resource search", query="article on the network by Mennecke"
        )
    fields = {field.name: field.value for field in card(result).fields}
    assert fields["Authors"] == "Martin **Mennecke**"
    assert fields["Year"] == "2021"
    assert fields["Kind of document"] == "Research"
    assert fields["Language"] == "English"
    assert (fields["Address"] or "").startswith("https://portal.findresearcher.sdu.dk/")
    assert (card(result).description or "").count(".") == 2


async def test_a_slip_of_the_pen_is_forgiven(world: World) -> None:
    result = await world.server.guest.slash(world.server.channels["general"], "resource search", query="Menneke")
    assert "Mennecke" in said(result)


async def test_pages_turn_also_after_a_restart(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        first = await server.guest.slash(server.channels["general"], "resource list")
        assert "17 resources" in said(first)
        assert "page 1 of 2" in said(first)
        await world.restart()
        second = await server.guest.click(first.response.message, label="Next ›")
        assert "page 2 of 2" in said(second)
        assert "11\\. " in said(second)
        assert "10\\. " not in said(second)


async def test_a_question_too_long_for_a_button_turns_pages_too(world: World) -> None:
    server = world.server
    query = "focal points " + "network " * 20
    async with world.speaking("en"):
        first = await server.guest.slash(server.channels["general"], "resource search", query=query)
        await world.restart()
        second = await server.guest.click(first.response.message, label="Next ›")
    assert "page 2" in said(second)
    assert "11\\. " in said(second)


async def test_picking_from_a_page_opens_the_card(world: World) -> None:
    server = world.server
    async with world.speaking("es"):
        first = await server.guest.slash(server.channels["general"], "resource list")
        await world.restart()
        found = await world.bot.services.shelf.resources.shelved(server.id)
        newest = max(found, key=lambda r: r.year or 0)
        shown = await server.guest.select(first.response.message, [str(newest.id)])
    assert card(shown).title == newest.title
    assert "Bruselas" in (card(shown).description or "")


async def test_a_guest_meets_nothing_that_is_for_members(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    secret = await shelve(world, {**LINK, "visibility": "members"})
    member = server.members["DK"]
    async with world.speaking("en"):
        assert "Zebra" in said(await member.slash(channel, "resource search", query="zebra"))
        assert "18 resources" in said(await member.slash(channel, "resource list"))
        refused = said(await server.guest.slash(channel, "resource search", query="zebra"))
        assert "Zebra" not in refused
        assert "Nothing in the library matches" in refused
        assert "17 resources" in said(await server.guest.slash(channel, "resource list"))
        for typed in (f"#{secret}", LINK["url"], LINK["title"]):
            assert "stripes" not in said(await server.guest.slash(channel, "resource show", resource=typed))
        for typed in ("", "zebra", "Zebr"):
            choices = await server.guest.autocomplete(channel, "resource show", "resource", typed)
            assert all("Zebra" not in c["name"] for c in choices)
        assert any(
            "Zebra" in c["name"] for c in await member.autocomplete(channel, "resource show", "resource", "zebra")
        )


async def test_another_network_has_a_shelf_of_its_own(world: World) -> None:
    await shelve(world, LINK)
    other = world.other
    async with world.speaking("en"):
        result = await other.guest.slash(other.channels["general"], "resource search", query="zebra")
        assert "Zebra" not in said(result)
        assert "17 resources" in said(await other.guest.slash(other.channels["general"], "resource list"))


async def test_filters_by_category_and_language(world: World) -> None:
    server = world.server
    await shelve(world, {**LINK, "language": "fr"})
    async with world.speaking("en"):
        statements = await server.guest.slash(server.channels["general"], "resource list", category="statement")
        assert "4 resources" in said(statements)
        french = await server.guest.slash(
            server.channels["general"], "resource search", query="handbook", language="fr"
        )
        assert "Zebra" in said(french)
        arabic = await server.guest.slash(
            server.channels["general"], "resource search", query="handbook", language="ar"
        )
        assert "Nothing in the library matches" in said(arabic)


@pytest.mark.parametrize(
    "query",
    ["😀🎉", "...", '"', '"""', "AND OR NOT", "NEAR(", "title:*", "*", "a* OR b*", "(", "-", "{x} : y", "l'article",
     "l’article", "'; DROP TABLE resource", "@everyone [x](https://evil.example)", "x" * 2000],
)  # fmt: skip
async def test_whatever_is_typed_gets_a_plain_answer(world: World, query: str) -> None:
    async with world.speaking("en"):
        text = said(await world.server.guest.slash(world.server.channels["general"], "resource search", query=query))
    assert "on our side" not in text
    assert "@everyone" not in text


async def test_an_empty_shelf_says_what_to_do(world: World) -> None:
    server = world.server
    services = world.bot.services
    await services.shelf.scope(server.id, for_members=True)
    for resource in await services.shelf.resources.shelved(server.id):
        async with services.transaction() as tx:
            await services.shelf.remove(tx, resource)
    await world.restart()
    async with world.speaking("en"):
        assert "/resource suggest" in said(await server.guest.slash(server.channels["general"], "resource list"))
        found = await server.guest.slash(server.channels["general"], "resource search", query="meeting")
        assert "Nothing in the library matches" in said(found)


async def test_a_list_of_the_longest_entries_fits_into_a_message(world: World) -> None:
    services = world.bot.services
    async with services.transaction() as tx:
        for number in range(12):
            cells = {
                "url": f"https://example.org/{number:02}/" + "a" * 480,
                "title": f"Zebra {number:02} " + "*[_`" * 60,
                "category": "practice",
                "authors": "; ".join("A" * 70 + str(i) for i in range(10)),
            }
            await services.shelf.add(tx, world.server.id, entry(cells))
    async with world.speaking("en"):
        result = await world.server.guest.slash(world.server.channels["general"], "resource search", query="zebra")
    assert "12 resources" in said(result)
    assert len(card(result).description or "") <= 4096


async def test_sharing_shows_first_and_posts_once(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    member = server.members["DK"]
    async with world.speaking("fr"):
        shown = await member.slash(channel, "resource search", query="Mennecke")
        await world.restart()
        asked = await member.click(shown.response.message, label="Partager")
        assert "sans mentionner personne" in said(asked)
        assert not [m for m in channel.history() if m.embeds and not m.flags.ephemeral]
        await world.restart()
        await member.click(asked.response.message, label="Confirmer")
    posted = [m for m in channel.history() if m.embeds and not m.flags.ephemeral]
    assert len(posted) == 1
    assert "shares from the library" in posted[0].content
    assert not posted[0].mentions


async def test_what_is_for_members_is_shared_only_among_them(world: World) -> None:
    server = world.server
    await shelve(world, {**LINK, "visibility": "members"})
    member = server.members["DK"]
    async with world.speaking("en"):
        shown = await member.slash(server.channels["general"], "resource search", query="zebra")
        refused = await member.click(shown.response.message, label="Share")
    assert "for members" in said(refused)


async def test_a_guest_sees_no_share(world: World) -> None:
    async with world.speaking("en"):
        result = await world.server.guest.slash(world.server.channels["general"], "resource search", query="Mennecke")
    assert labels(result) == ["Open the link"]


async def test_while_somebody_types_the_best_of_the_hundred_latest_that_answer_are_offered(world: World) -> None:
    shelf, staff, channel = world.bot.services.shelf, world.server.secretariat, world.server.channels["general"]

    async def offered(typed: str) -> list[str]:
        return [str(one["value"]) for one in await staff.autocomplete(channel, "resource show", "resource", typed)]

    best = await shelve(world, {**LINK, "title": "Zebra quagga", "year": "2090"})
    with world.as_bot():
        async with world.bot.services.transaction() as tx:
            for number in range(99):
                cells = {**LINK, "url": f"https://example.org/{number}", "title": f"Stripes {number}", "tags": "zebra"}
                await shelf.add(tx, world.server.id, entry(cells))
    found = await offered("zebra")
    assert (len(found), found[0]) == (25, f"#{best}")
    await shelve(world, {**LINK, "url": "https://example.org/last", "title": "Stripes", "tags": "zebra"})
    assert f"#{best}" not in await offered("zebra")
    assert await offered("zebra quagga") == [f"#{best}"], "more letters tell"
    result = await staff.slash(channel, "resource search", query="zebra")
    assert "101" in said(result), "all are counted, and compared, once somebody asks"
    assert await offered("") != []
