"""What people write to the bot directly."""

import gc
import re

import pytest

from tests.chat.chatting import shown, write
from tests.polls.booth import Booth
from tests.world import World, labels, said


@pytest.mark.parametrize(
    "text",
    ["Who is the focal point of Ghana?", "Bonjour, qui est le point focal du Ghana ?", "quien representa a Ghana"],
)
async def test_a_member_is_answered_with_the_card_of_the_delegation(world: World, text: str) -> None:
    answers = await write(world.server.members["DK"], text)
    assert "Ghana" in (answers[0].embeds[0].title or "")


async def test_a_stranger_is_told_how_to_get_in(world: World) -> None:
    stranger = world.server.guest
    (answer,) = await write(stranger, "who is the focal point of Ghana?")
    assert "/member claim" in answer.content
    assert not answer.embeds


async def test_a_question_can_follow_another(world: World) -> None:
    member = world.server.members["DK"]
    await write(member, "Who is the focal point of Ghana?")
    (answer,) = await write(member, "and Sweden?")
    assert "Sweden" in (answer.embeds[0].title or "")


async def test_after_ten_minutes_nothing_is_followed(world: World) -> None:
    member = world.server.members["DK"]
    await write(member, "who was the focal point of Ghana before?")
    await world.travel(601)
    answers = await write(member, "and Sweden?")
    assert "Sweden" in (answers[0].embeds[0].title or "")
    assert "📅" in shown(answers), "the card, not the history that was asked for before"


async def test_it_says_once_that_it_is_a_program(world: World) -> None:
    member = world.server.members["DK"]
    first, second = [shown(await write(member, f"focal point of {name}")) for name in ("Ghana", "Sweden")]
    assert "I am a program" in first
    assert "I am a program" not in second


async def test_who_writes_too_fast_is_asked_to_wait_once(world: World) -> None:
    member = world.server.members["DK"]
    answers = [await write(member, f"focal point of {code}, number {n}") for n, code in enumerate(["Ghana"] * 20)]
    assert [len(some) for some in answers[7:]] == [0] * 13
    assert len(answers[6]) == 1


async def test_an_urgent_warning_gets_the_contacts_and_nothing_else(world: World) -> None:
    for person in (world.server.members["DK"], world.server.guest):
        (answer,) = await write(person, "URGENT: soldiers are killing civilians in the camp right now")
        assert "osapg@un.org" in answer.content


async def test_what_is_not_understood_is_asked_back_with_three_buttons(world: World) -> None:
    (answer, _) = await write(world.server.members["DK"], "xyzzy frobnicate Ghana quux blorp zzz")
    assert len([label for label in labels(answer) if label]) == 4


async def test_a_form_is_opened_by_a_button_and_works_in_a_direct_message(world: World) -> None:
    member = world.server.members["DK"]
    answer, _ = await write(member, "I would like to propose a topic for the workshop")
    opened = await member.user.click(answer, label="Propose a topic")
    assert opened.modal is not None


async def test_what_awaits_a_delegation_is_shown_as_far_as_there_is_anything(world: World) -> None:
    member = world.server.members["DK"]
    empty, *_ = await write(member, "What do we still have to answer?")
    assert "Nothing awaits your delegation" in shown([empty])
    await Booth(world).open()
    answer, *_ = await write(member, "What awaits my delegation?")
    opened = await member.user.click(answer, label="1. Vote")
    assert "Which topic?" in str(opened.response.embeds[0].to_dict())


async def test_a_fault_has_a_reference_that_the_log_knows(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await world.bot.services.database._reader.close()
    (answer,) = await write(world.server.members["DK"], "Who is the focal point of Ghana?")
    reference = re.search(r": ([0-9A-F]{8})$", answer.content)
    assert reference is not None, answer.content
    assert any(reference[1] in record.getMessage() for record in caplog.records)
    assert "Ghana" not in caplog.text
    world.forgive_faults()


async def test_who_has_left_the_server_is_told_how_to_get_in(world: World) -> None:
    guest, services = world.server.members["DK"], world.bot.services
    (answer, *_) = await write(guest, "xyzzy the annual meeting frobnicate quux blorp")
    person = await services.members.person_of_account(world.server.id, guest.id)
    assert person is not None
    async with services.transaction() as tx:
        await services.members.link_account(tx, world.server.id, person.id, None)
    (public,) = {"Next meeting", "Resources", "Webinars", "What can I do here?"} & set(labels(answer)[:1])
    pressed = await guest.user.click(answer, label=public)
    assert "/member claim" not in said(pressed), "a guest on the server may press what everybody may"
    world.server.guild.remove_member(guest)
    pressed = await guest.user.click(answer, label=public)
    assert "/member claim" in said(pressed)


async def test_skills_are_looked_up_by_the_directory_s_own_words(world: World) -> None:
    services, server = world.bot.services, world.server
    ghana = await services.members.person_of_account(server.id, server.members["GH"].id)
    assert ghana is not None
    async with services.transaction() as tx:
        await services.members.change_person(tx, server.id, ghana.id, expertise=("Early warning",))
    (answer, *_) = await write(server.members["DK"], "who is an expert on early warning?")
    assert "Ghana" in shown([answer])
    assert "Sweden" not in shown([answer])
    (answer, *_) = await write(server.members["DK"], "who is an expert on transitional justice?")
    assert "Ghana" not in shown([answer])


async def test_a_language_that_nobody_speaks_is_named(world: World) -> None:
    (answer, *_) = await write(world.server.members["DK"], "Who speaks Finnish?")
    assert "Finnish" in answer.content


async def test_the_names_of_an_earlier_directory_leave_the_memory(world: World) -> None:
    services, members = world.bot.services, world.server.members

    def is_known(name: str) -> bool:
        gc.collect()
        # By the name of the class: a bot that was closed took its rooms' modules along.
        return any(name in one._named for one in gc.get_objects() if type(one).__name__ == "Lexicon")

    async def rename(name: str) -> None:
        ghana = await services.members.person_of_account(world.server.id, members["GH"].id)
        assert ghana is not None
        async with services.transaction() as tx:
            await services.members.change_person(tx, world.server.id, ghana.id, name=name)

    await rename("Ama Zzyzxova")
    assert shown(await write(members["DK"], "who is Ama Zzyzxova?"))
    assert is_known("zzyzxova")
    await rename("")
    await write(members["DK"], "who is the focal point of Sweden?")
    assert not is_known("zzyzxova")
