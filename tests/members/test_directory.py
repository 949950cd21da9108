from datetime import date

import pytest

from tests.world import TERM_STARTS, World, card, said


@pytest.mark.parametrize(
    ("typed", "delegation"),
    [
        ("Côte d'Ivoire", "Côte d'Ivoire"),
        ("côte d’ivoire", "Côte d'Ivoire"),
        ("cote divoire", "Côte d'Ivoire"),
        ("Ivory Coast", "Côte d'Ivoire"),
        ("Costa de Marfil", "Côte d'Ivoire"),
        ("CIV", "Côte d'Ivoire"),
        ("🇨🇮", "Côte d'Ivoire"),
        ("Danemrk", "Denmark"),
        ("Corée du Sud", "Republic of Korea"),
        ("Holland", "Netherlands (Kingdom of the)"),
    ],
)
async def test_find_takes_what_people_type(world: World, typed: str, delegation: str) -> None:
    server = world.server
    answer = await server.members["GH"].slash(server.channels["general"], "member find", who=typed)
    assert delegation in (card(answer).title or "")


@pytest.mark.parametrize(
    ("language", "region", "post", "since"),
    [
        ("en", "African States", "Focal point of Ghana", "Since 17 May 2011"),
        ("fr", "États d'Afrique", "Point focal – Ghana", "Depuis le 17 mai 2011"),
        ("es", "Estados de África", "Punto focal – Ghana", "Desde el 17 de mayo de 2011"),
    ],
)
async def test_the_card_speaks_the_readers_language(
    world: World, language: str, region: str, post: str, since: str
) -> None:
    server = world.server
    async with world.speaking(language):
        answer = await server.members["DK"].slash(server.channels["general"], "member find", who="Ghana")
    text = said(answer)
    assert region in text
    assert post in text
    assert since in text


async def test_a_country_without_a_seat_is_never_its_neighbour(world: World) -> None:
    server = world.server
    for typed in ("Niger", "Nigeria", "Austria", "Norway", "Democratic People's Republic of Korea"):
        answer = await server.members["GH"].slash(server.channels["general"], "member find", who=typed)
        assert "has no seat in this network: see who has with `/member list`" in said(answer), typed


@pytest.mark.parametrize(
    "typed", ["RU", "rus", "FR", "IR", "the Republic of Zambia", "Niger (le)", "NIGERIA (THE)", "DE"]
)
async def test_a_code_or_formal_name_shows_no_neighbour(world: World, typed: str) -> None:
    server = world.server
    answer = await server.members["GH"].slash(server.channels["general"], "member find", who=typed)
    assert "has no seat in this network" in said(answer)
    assert not any(embed.title for embed in answer.response.embeds)


async def test_a_name_as_the_united_nations_write_it_opens_its_card(world: World) -> None:
    server = world.server
    for typed, delegation in (
        ("Korea (the Republic of)", "Republic of Korea"),
        ("la République de Corée", "Republic of Korea"),
        ("THE KINGDOM OF DENMARK", "Denmark"),
        ("Bénin (le)", "Benin"),
        ("ZAF", "South Africa"),
        ("Rwanda (el)", "Rwanda"),
    ):
        answer = await server.members["GH"].slash(server.channels["general"], "member find", who=typed)
        assert delegation in (card(answer).title or ""), typed


async def test_nothing_found_names_the_nearest(world: World) -> None:
    server = world.server
    answer = await server.members["GH"].slash(
        server.channels["general"], "member find", who="the delegation of Denmark"
    )
    assert "Is it one of these?" in said(answer)


@pytest.mark.parametrize("typed", ["😀😀", "?!", "a" * 2000, "\u202e\u200f"])
async def test_what_names_nothing_is_answered_in_a_sentence(world: World, typed: str) -> None:
    server = world.server
    answer = await server.members["GH"].slash(server.channels["general"], "member find", who=typed)
    assert "Nothing here is called" in said(answer)


async def test_typed_text_makes_no_mention_and_no_link(world: World) -> None:
    server = world.server
    typed = "@everyone [click](https://evil.example) **x**"
    answer = await server.members["GH"].slash(server.channels["general"], "member find", who=typed)
    text = said(answer)
    assert "@everyone" not in text
    assert "\\[click\\]" in text
    assert "\\*\\*x" in text


async def test_several_that_fit_are_picked_from_also_after_a_restart(world: World) -> None:
    server = world.server
    member = server.members["GH"]
    answer = await member.slash(server.channels["general"], "member find", who="South")
    assert "choose one" in said(answer)
    listed = await member.slash(server.channels["general"], "member list")
    await world.restart()
    picked = await member.select(listed.response.message, ["BE"])
    assert "Belgium" in said(picked)


async def test_the_list_says_how_many_and_turns_its_pages_after_a_restart(world: World) -> None:
    server = world.server
    member = server.members["GH"]
    first = await member.slash(server.channels["general"], "member list")
    assert f"{server.delegations} delegations of {server.delegations}" in said(first)
    assert "page 1 of 4" in said(first)
    await world.restart()
    second = await member.click(first.response.message, label="Next ›")
    assert "page 2 of 4" in said(second)


async def test_the_list_follows_the_readers_alphabet(world: World) -> None:
    server = world.server
    async with world.speaking("es"):
        answer = await server.members["GH"].slash(server.channels["general"], "member list")
    lines = (card(answer).description or "").splitlines()
    assert "Argentina" in lines[2]
    assert "Australia" in lines[3]


async def test_a_list_of_one_page_counts_no_pages_and_explains_no_star_that_it_does_not_show(world: World) -> None:
    member = world.server.members["GH"]
    answer = await member.slash(world.server.channels["general"], "member list", region="african")
    assert card(answer).footer.text is None


async def test_the_list_turns_its_pages_in_the_readers_language(world: World) -> None:
    member = world.server.members["GH"]
    async with world.speaking("fr"):
        first = await member.slash(world.server.channels["general"], "member list")
        second = await member.click(first.response, label="Suivant ›")
    assert "page 2 sur 4" in said(second)


async def test_the_list_is_narrowed(world: World) -> None:
    server = world.server
    member, channel = server.members["GH"], server.channels["general"]
    african = await member.slash(channel, "member list", region="african")
    assert f"9 delegations of {server.delegations}" in said(african)
    missions = await member.slash(channel, "member list", role="mission")
    assert f"13 delegations of {server.delegations}" in said(missions)
    none = await member.slash(channel, "member list", expertise="early warning")
    assert "No delegation matches" in said(none)


async def test_contact_details_are_seen_by_those_they_are_for(world: World) -> None:
    server, services = world.server, world.bot.services
    with world.env.time_context():
        async with services.transaction() as tx:
            person = await services.members.person_of_account(server.id, server.members["DK"].id)
            assert person is not None
            await services.members.change_person(tx, server.id, person.id, email="dk@example.org")
    channel = server.channels["general"]
    seen = {
        "colleague": said(await server.members["GH"].slash(channel, "member find", who="DK")),
        "self": said(await server.members["DK"].slash(channel, "member find", who="DK")),
        "secretariat": said(await server.secretariat.slash(channel, "member find", who="DK")),
    }
    assert {who: "dk@example.org" in text for who, text in seen.items()} == {
        "colleague": False,
        "self": True,
        "secretariat": True,
    }
    assert "with the secretariat" in seen["colleague"]


async def test_two_networks_never_see_each_other(world: World) -> None:
    ours, theirs = world.server, world.other
    niger = theirs.members["NE"]
    found = await niger.slash(theirs.channels["general"], "member find", who="Niger")
    assert "Niger" in (card(found).title or "")
    assert "has no seat" in said(await niger.slash(theirs.channels["general"], "member find", who="Ghana"))
    assert "1 delegation of 1" in said(await niger.slash(theirs.channels["general"], "member list"))
    offered = await niger.autocomplete(theirs.channels["general"], "member find", "who", "")
    assert [choice["value"] for choice in offered] == ["NE"]
    joined = world.add_member(ours, "visitor")
    assert "This is for members" in said(await joined.slash(ours.channels["general"], "member list"))


async def test_a_term_that_has_ended_is_history_and_lets_nobody_in(world: World) -> None:
    server, services = world.server, world.bot.services
    member = server.members["DK"]
    appointments = await services.members.appointments_of_account(server.id, member.id)
    with world.env.time_context():
        async with services.transaction() as tx:
            yesterday = date(2025, 12, 30)  # the network's clock is New York's, where it is still 2025
            await services.members.change_appointment(tx, server.id, appointments[0].id, ends_on=yesterday)
    channel = server.channels["general"]
    assert "This is for members" in said(await member.slash(channel, "member list"))
    assert "The seat is vacant" in said(await server.members["GH"].slash(channel, "member find", who="DK"))
    history = said(await server.members["GH"].slash(channel, "member history", delegation="DK"))
    assert "17 May 2011 to 30 December 2025" in history


async def test_the_steering_group_is_kept_and_shown(world: World) -> None:
    server = world.server
    secretariat, channel = server.secretariat, server.channels["secretariat"]
    begun = await secretariat.slash(channel, "member steering", delegation="Denmark", starts_on="2021-05-11")
    assert "🇩🇰 Denmark (DK) is in the steering group from 11 May 2021" in said(begun)
    assert "steering group" in said(
        await server.members["GH"].slash(server.channels["general"], "member find", who="DK")
    )
    again = await secretariat.slash(channel, "member steering", delegation="DK")
    assert "add ends\\_on to end that term" in said(again)
    asked = await secretariat.slash(channel, "member steering", delegation="DK", ends_on="2025-12-30")
    await world.restart()
    ended = await secretariat.click(asked.response.message, label="Confirm")
    assert "to 30 December 2025" in said(ended)
    assert ended.response.components == [], "what is done cannot be confirmed again"
    terms = await world.bot.services.members.steering_terms(server.id)
    assert [(term.starts_on, term.ends_on) for term in terms] == [(date(2021, 5, 11), date(2025, 12, 30))]


async def test_what_writes_never_guesses(world: World) -> None:
    server = world.server
    for typed in ("Swed", "Korea", "Swedne"):
        answer = await server.secretariat.slash(
            server.channels["secretariat"], "member name", delegation=typed, language="fr", name="X"
        )
        assert "Nothing here is called" in said(answer), typed
    named = await server.secretariat.slash(
        server.channels["secretariat"], "member name", delegation="Corée (la République de)", language="fr", name="X"
    )
    assert "Nothing here is called" not in said(named)


async def test_a_name_of_the_secretariats_own_is_shown_found_and_taken_away(world: World) -> None:
    server = world.server
    secretariat, channel = server.secretariat, server.channels["secretariat"]
    named = await secretariat.slash(channel, "member name", delegation="CZ", language="fr", name="La Tchéquie")
    assert "is now called La Tchéquie in French" in said(named)
    await secretariat.slash(channel, "member name", delegation="CZ", language="en", name="Czech Republic")
    assert "Czech Republic" in (card(await secretariat.slash(channel, "member find", who="CZ")).title or "")
    await secretariat.slash(channel, "member name", delegation="CZ", language="en", name="Czechia")
    assert "Czechia" in (card(await secretariat.slash(channel, "member find", who="CZ")).title or "")


async def test_the_card_opens_from_the_menu_on_an_account(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    shown = await server.members["GH"].context_menu(channel, "Focal point card", server.members["DK"])
    assert "Denmark" in said(shown)
    nobody = await server.members["GH"].context_menu(channel, "Focal point card", server.guest)
    assert "does not represent any delegation" in said(nobody)
    refused = await server.guest.context_menu(channel, "Focal point card", server.members["DK"])
    assert "This is for members" in said(refused)


async def test_me_shows_my_own_entry(world: World) -> None:
    server = world.server
    text = said(await server.members["SE"].slash(server.channels["general"], "member me"))
    assert "Sweden" in text
    assert f"Since {TERM_STARTS.day} May" in text
    unlinked = said(await server.secretariat.slash(server.channels["general"], "member me"))
    assert "/member claim" in unlinked
