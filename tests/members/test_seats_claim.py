"""Getting in: a one-time code, one question, a welcome; every code that does not open is refused with a reason."""

import math
from datetime import timedelta

import discord
import pytest
from simcord.results import InteractionResult

from cogs.members.joining.rules import ALPHABET, hashed, new_code, wait_after
from tests.members.claiming import AN_HOUR, claim, claimed, invited, lists, press
from tests.members.test_seats_posts import confirm, holders, office
from tests.people import Person
from tests.world import World, said


def shown(result: InteractionResult) -> discord.Embed:
    assert result.response is not None
    return result.response.embeds[0]


@pytest.fixture
def newcomer(world: World) -> Person:
    return world.add_member(world.server, "ama")


async def test_a_code_links_after_one_question_and_welcomes(world: World, newcomer: Person) -> None:
    code = await invited(world)
    asked = await claim(world, newcomer, code)
    assert "Do you represent 🇬🇭 Ghana (GH)? The code is for Ama Mensah, Alternate." in said(asked)
    assert asked.response is not None
    done = await newcomer.click(asked.response, label="Confirm")
    assert done.response is not None
    assert "Thank you" in done.response.content
    assert "Ghana (GH)" in done.response.content
    assert await world.bot.services.members.person_of_account(world.server.id, newcomer.id) is None
    assert "May the bot send you direct messages?" in done.followups[0].content


@pytest.mark.parametrize(("language", "title"), [("fr", "Bienvenue dans le réseau"), ("es", "Le damos la bienvenida")])
async def test_the_welcome_comes_with_the_confirmation_in_the_persons_language(
    world: World, newcomer: Person, language: str, title: str
) -> None:
    code = await invited(world)
    async with world.speaking(language):
        asked = await claim(world, newcomer, code)
        done = await newcomer.click(asked.response, label={"fr": "Confirmer", "es": "Confirmar"}[language])
        await newcomer.click(done.followups[0], custom_id="consent:yes")
    await world.travel(AN_HOUR)
    await press(world, lists(world)[0], "Confirm")
    await world.travel(timedelta(days=4))
    card = next(m.embeds[0] for m in newcomer.user.dm_channel.history() if m.embeds)
    assert (card.title or "").startswith(title)
    assert len((card.description or "").splitlines()) >= 5


async def test_how_a_code_is_typed_makes_no_difference(world: World, newcomer: Person) -> None:
    code = await invited(world)
    asked = await claim(world, newcomer, f" {code.lower().replace('-', ' ')} ")
    assert "Do you represent" in said(asked)


async def test_a_code_opens_once(world: World, newcomer: Person) -> None:
    code = await invited(world)
    await claimed(world, newcomer, code)
    other = world.add_member(world.server, "another")
    assert "was used already" in said(await claim(world, other, code))


async def test_two_who_confirm_the_same_code_are_one(world: World, newcomer: Person) -> None:
    code = await invited(world)
    other = world.add_member(world.server, "another")
    first, second = await claim(world, newcomer, code), await claim(world, other, code)
    assert first.response is not None
    assert second.response is not None
    await newcomer.click(first.response, label="Confirm")
    assert "was used already" in said(await other.click(second.response, label="Confirm"))


async def test_a_code_runs_out_after_14_days(world: World, newcomer: Person) -> None:
    code = await invited(world)
    await world.travel(timedelta(days=14))
    assert "expired after 14 days" in said(await claim(world, newcomer, code))


async def test_a_newer_code_replaces_the_older(world: World, newcomer: Person) -> None:
    code = await invited(world)
    await office(world, "invite", delegation="Ghana", person="Ama Mensah")
    assert "A newer code has replaced that one" in said(await claim(world, newcomer, code))


async def test_wrong_codes_are_slowed_down_after_five_also_after_a_restart(world: World, newcomer: Person) -> None:
    code = await invited(world)
    for _ in range(5):
        assert "No invitation has that code" in said(await claim(world, newcomer, new_code()))
    await world.restart()
    assert "you can try again at" in said(await claim(world, newcomer, code))
    await world.travel(61)
    assert "Do you represent" in said(await claim(world, newcomer, code))


async def test_a_member_cannot_be_a_second_person(world: World) -> None:
    code = await invited(world)
    assert "already linked" in said(await claim(world, world.server.members["DK"], code))


async def test_whose_term_has_ended_does_not_get_in(world: World, newcomer: Person) -> None:
    code = await invited(world)
    await confirm(world, await office(world, "end", delegation="Ghana", person="Ama Mensah"))
    await world.travel(2 * 86400)
    assert "The term that this code is for has ended" in said(await claim(world, newcomer, code))


async def test_who_is_linked_needs_no_code(world: World) -> None:
    answer = said(await office(world, "invite", delegation="Ghana", person="Focal point of Ghana"))
    assert "is linked to an account already" in answer


async def test_a_code_takes_nobodys_access_away(world: World, newcomer: Person) -> None:
    code = await invited(world)
    asked = await claim(world, newcomer, code)
    ama = world.add_member(world.server, "ama's own account")
    await office(world, "link", delegation="GH", person="Ama Mensah", user=ama)
    assert asked.response is not None
    for result in (await newcomer.click(asked.response, label="Confirm"), await claim(world, newcomer, code)):
        assert "has a linked account already" in said(result)
    person = await world.bot.services.members.person_of_account(world.server.id, ama.id)
    assert person is not None
    assert person.name == "Ama Mensah"


async def test_no_code_is_kept_in_the_database(world: World, newcomer: Person) -> None:
    code = await invited(world)
    await claim(world, newcomer, code)
    await world.bot.services.database.check()
    stored = world.settings.database_path.read_bytes()
    stored += world.settings.database_path.with_name(f"{world.settings.database_path.name}-wal").read_bytes()
    assert code.encode() not in stored
    assert hashed(code) in stored


async def test_the_welcome_channel_has_one_message_with_the_form(world: World, newcomer: Person) -> None:
    server = world.server
    hall = server.guild.create_text_channel("welcome")
    await server.manager.slash(server.channels["general"], "setup channels", welcome=hall)
    (message,) = hall.history()
    assert message.content == "Start here · Commencer ici · Empezar aquí"
    code = await invited(world)
    await world.restart()
    form = await newcomer.click(message, custom_id="start:code")
    asked = await newcomer.submit_modal(form, {"code": code})
    assert "Do you represent" in said(asked)
    assert "sends you a code" in said(await newcomer.click(message, custom_id="start:how"))
    await server.manager.slash(server.channels["general"], "setup channels", welcome=server.channels["general"])
    assert hall.history() == []


async def test_a_wrong_code_comes_back_in_the_form(world: World, newcomer: Person) -> None:
    hall = world.server.guild.create_text_channel("welcome")
    await world.server.manager.slash(world.server.channels["general"], "setup channels", welcome=hall)
    (message,) = hall.history()
    form = await newcomer.click(message, custom_id="start:code")
    refused = await newcomer.submit_modal(form, {"code": "ABCD"})
    assert "No invitation has that code" in said(refused)
    assert refused.response is not None
    again = await newcomer.click(refused.response, label="Correct")
    assert again.modal is not None


def test_codes_have_no_letter_that_is_taken_for_another_and_enough_chance() -> None:
    assert not set(ALPHABET) & set("O0I1L8B5SG62ZU")
    assert math.log2(len(ALPHABET)) * 20 >= 80
    assert len({new_code() for _ in range(100)}) == 100


def test_waiting_doubles_up_to_an_hour() -> None:
    waits = [wait_after(n) for n in range(4, 14)]
    minutes = [wait.total_seconds() / 60 for wait in waits]
    assert minutes == [0, 1, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_another_network_knows_nothing_of_the_code(world: World, newcomer: Person) -> None:
    code = await invited(world)
    elsewhere = world.other.guest
    answer = await elsewhere.slash(world.other.channels["general"], "member claim", code=code)
    assert "No invitation has that code" in said(answer)
    assert [h.person.account_id for h in await holders(world, "GH") if h.person.name == "Ama Mensah"] == [None]


async def test_the_secretariat_reads_what_it_can_do_about_a_code_and_is_not_sent_to_itself(
    world: World, newcomer: Person
) -> None:
    office_person = world.server.secretariat
    expired = await invited(world)
    await world.travel(timedelta(days=15))
    used = await invited(world)
    await claimed(world, newcomer, used)
    answers = [said(await claim(world, office_person, code)) for code in (new_code(), expired, used)]
    for answer in answers:
        assert "secretariat" not in answer, answer
    assert "member invite" in answers[0]
