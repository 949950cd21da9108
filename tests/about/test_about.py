import pytest

from bot.access import COMMANDS, Level
from bot.facts import facts
from bot.languages import Language
from bot.texts import Reader, Text
from cogs.about.cards import PILLARS, Chapter, Offered, chapter_card, help_card
from tests.world import World, card, said


def test_the_pillars_are_those_of_the_source() -> None:
    assert [pillar.singular for pillar in PILLARS] == facts("network")["norm"]["pillars"]


@pytest.mark.parametrize(("language", "word"), [("en", "genocide"), ("fr", "génocide"), ("es", "genocidio")])
async def test_about_tells_a_guest_what_the_network_is(world: World, language: Language, word: str) -> None:
    async with world.speaking(language):
        text = said(await world.server.guest.slash(world.server.channels["general"], "about"))
    assert word in text
    assert "A/RES/60/1" in text
    assert f"{world.server.delegations} " in text


async def test_help_shows_what_the_asker_may_do(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    guest = said(await server.guest.slash(channel, "help"))
    member = said(await server.members["GH"].slash(channel, "help"))
    secretariat = said(await server.secretariat.slash(channel, "help"))
    assert "/member find" not in guest
    assert "/member find" in member
    assert "/audit" not in member
    assert "/audit" in secretariat


async def test_the_buttons_of_help_do_what_they_say_after_a_restart(world: World) -> None:
    server = world.server
    shown = await server.members["GH"].slash(server.channels["general"], "help")
    await world.restart()
    listed = await server.members["GH"].click(shown.response.message, label="Directory")
    assert f"{server.delegations} delegations of {server.delegations}" in said(listed)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_help_fits_however_many_commands_there_are(language: Language) -> None:
    reader = Reader(language, "UTC")
    chapter = Chapter(
        "meeting", Text("x" * 80), [(f"meeting {number:02} {'x' * 12}", Text("y" * 80)) for number in range(25)]
    )
    overview = help_card(Offered([chapter] * 16, ["Focal point card"]), Text("z" * 200), reader)
    assert len(overview) <= 6000
    assert (overview.description or "").count("`") % 2 == 0, "a command is cut"
    assert (chapter_card(chapter, reader).description or "").count("y" * 80) == 25


async def test_help_tells_what_each_command_does(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    shown = await server.members["GH"].slash(channel, "help")
    assert "Focal point card" in said(shown), "the menu on a person is a command too"
    await world.restart()
    async with world.speaking("fr"):
        chapter = card(await server.members["GH"].select(shown.response.message, ["member"]))
    assert "`/member find` · Trouver" in (chapter.description or "")
    assert "/member name" not in (chapter.description or ""), "a member may not"
    assert "Focal point card" not in said(await server.guest.slash(channel, "help"))


@pytest.mark.parametrize("language", ["en", "fr", "es"])
async def test_help_holds_all_that_the_secretariat_may_do(world: World, language: Language) -> None:
    async with world.speaking(language):
        text = said(await world.server.secretariat.slash(world.server.channels["secretariat"], "help"))
    levels = {Level.EVERYBODY, Level.MEMBERS, Level.SECRETARIAT}
    leaves = [c.qualified_name for c in world.bot.tree.walk_commands() if not hasattr(c, "commands")]
    allowed = [name for name in leaves if COMMANDS[name] in levels]
    assert [name for name in allowed if name not in text] == []


EXPECTED = {
    "secretariat": ["Messages owed", "Webinars", "Polls", "Directory", "Audit log"],
    "member": ["What awaits my delegation", "Next meeting", "Webinars", "Propose a topic", "Directory"],
    "manager": ["How it is set up", "Next meeting", "Webinars", "Resources", "About the network"],
    "guest": ["Next meeting", "Webinars", "Resources", "About the network"],
}


@pytest.mark.parametrize("who", EXPECTED)
async def test_help_leads_to_what_each_most_likely_wants(world: World, who: str) -> None:
    server = world.server
    actor = server.members["GH"] if who == "member" else getattr(server, who)
    shown = await actor.slash(server.channels["general"], "help")
    labels = [c["label"] for row in shown.response.components for c in row["components"] if "label" in c]
    assert labels == EXPECTED[who]
    for label in labels:
        pressed = await actor.click(shown.response.message, label=label)
        assert pressed.modal is not None if label == "Propose a topic" else pressed.ephemeral
