import pytest

from bot.facts import facts
from cogs.about.cards import PILLARS
from tests.world import World, said


def test_the_pillars_are_those_of_the_source() -> None:
    assert [pillar.singular for pillar in PILLARS] == facts("network")["norm"]["pillars"]


@pytest.mark.parametrize(("language", "word"), [("en", "genocide"), ("fr", "génocide"), ("es", "genocidio")])
async def test_about_tells_a_guest_what_the_network_is(world: World, language: str, word: str) -> None:
    async with world.speaking(language):
        text = said(await world.server.guest.slash(world.server.channels["general"], "about"))
    assert word in text
    assert "A/RES/60/1" in text
    assert "31 " in text


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
    assert "31 delegations of 31" in said(listed)
