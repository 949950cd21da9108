"""Each intent, asked once directly and once in a channel: an answer, and no fault."""

import pytest

from benchmarks.chat import conversations
from tests.chat.chatting import mention, shown, write
from tests.world import World, said

ONE_EACH = {turns[0].intent: turns[0].text for turns in reversed(list(conversations())) if turns[0].language == "en"}


@pytest.mark.parametrize("intent", sorted(ONE_EACH))
async def test_an_intent_is_answered(world: World, intent: str) -> None:
    member = world.server.members["DK"]
    directly = shown(await write(member, ONE_EACH[intent]))
    assert directly
    assert "went wrong" not in directly
    (line,) = await mention(world, member, ONE_EACH[intent])
    assert "went wrong" not in said(await member.click(line, label="Show me"))
