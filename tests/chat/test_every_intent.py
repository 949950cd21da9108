"""Each intent, asked once directly and once in a channel: an answer, and no fault."""

import pytest

from benchmarks.chat import SEEN, UNSEEN, conversations
from cogs.chat.understanding.model import learned
from tests.chat.chatting import mention, shown, write
from tests.world import World, said

TALKS = [*conversations(UNSEEN), *conversations(SEEN)]
ONE_EACH = {turns[0].intent: turns[0].text for turns in reversed(TALKS) if turns[0].language == "en"}
NEVER_ALONE = {"bot.aside", "bot.followup"}
"""What is said beside a question, or after one."""


def test_each_intent_is_among_those_that_are_asked() -> None:
    assert ONE_EACH.keys() >= learned().answers.keys() - NEVER_ALONE, "write a message for it into tests/chat/seen"


@pytest.mark.parametrize("intent", sorted(ONE_EACH))
async def test_an_intent_is_answered(world: World, intent: str) -> None:
    member = world.server.members["DK"]
    directly = shown(await write(member, ONE_EACH[intent]))
    assert directly
    assert "went wrong" not in directly
    (line,) = await mention(world, member, ONE_EACH[intent])
    assert "went wrong" not in said(await member.click(line, label="Show me"))
