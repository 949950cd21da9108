"""What people write in a channel, mentioning the bot in the text."""

import re

from tests.chat.chatting import mention
from tests.world import World, said


async def test_a_mention_gets_one_public_line_without_content(world: World) -> None:
    (line,) = await mention(world, world.server.members["DK"], "who is the focal point of Ghana?")
    assert "Ghana" not in line.content
    assert not line.embeds


async def test_each_presser_gets_their_own_answer(world: World) -> None:
    (line,) = await mention(world, world.server.members["DK"], "who is the focal point of Ghana?")
    answer = await world.server.members["SE"].click(line, label="Show me")
    assert "Ghana" in said(answer)
    refused = await world.server.guest.click(line, label="Show me")
    assert "/member claim" in said(refused)
    assert "Focal point" not in said(refused)


async def test_the_button_works_after_a_restart(world: World) -> None:
    (line,) = await mention(world, world.server.members["DK"], "who is the focal point of Ghana?")
    await world.restart()
    assert "Ghana" in said(await world.server.members["SE"].click(line, label="Show me"))


async def test_a_follow_up_is_understood_when_its_button_is_pressed(world: World) -> None:
    member = world.server.members["DK"]
    await mention(world, member, "who is the focal point of Ghana?")
    (line,) = await mention(world, member, "and Sweden?")
    assert "Sweden" in said(await member.click(line, label="Show me"))


async def test_a_reply_to_the_bot_is_not_for_it(world: World) -> None:
    member, general = world.server.members["DK"], world.server.channels["general"]
    (line,) = await mention(world, member, "who is the focal point of Ghana?")
    before = len(general.history())
    await member.send(general, "Thank you, see you there!", reply_to=line)
    assert len(general.history()) == before + 1


async def test_a_deleted_question_is_said_to_be_gone(world: World) -> None:
    member, general = world.server.members["DK"], world.server.channels["general"]
    (line,) = await mention(world, member, "who is the focal point of Ghana?")
    question = next(one for one in general.history() if not one.author.bot)
    await member.delete(question)
    assert "/help" in said(await member.click(line, label="Show me"))


async def test_a_fault_is_said_in_a_channel_too(world: World) -> None:
    await world.bot.services.database._reader.close()
    (answer,) = await mention(world, world.server.members["DK"], "Who is the focal point of Ghana?")
    assert re.search(r": [0-9A-F]{8}$", answer.content)
    world.forgive_faults()
