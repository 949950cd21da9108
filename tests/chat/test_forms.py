"""A form that opens filled in from what somebody wrote, after one choice; nothing is written by the sentence."""

import pytest

from tests.chat.chatting import mention, write
from tests.world import World

LINK = "https://example.org/prevention.pdf"


@pytest.mark.parametrize(
    "text",
    [
        f"I'd like to suggest {LINK} for the shelf",
        f"Je vous propose {LINK}, pour la bibliothèque.",
        f"comparto {LINK}.",
    ],
)
async def test_a_suggestion_opens_the_form_with_the_link(world: World, text: str) -> None:
    member = world.server.members["DK"]
    (asked, *_) = await write(member, text)
    opened = await member.user.select(asked, ["research"])
    assert opened.modal is not None
    assert LINK in str(opened.modal)


async def test_a_successor_opens_the_form_with_the_name(world: World) -> None:
    member = world.server.members["DK"]
    (line,) = await mention(world, member, "my successor is Ms Zuzana Horvat, she takes over from me in May")
    shown = await member.click(line, label="Show me")
    opened = await member.select(shown.response, ["DK:focal_point"])
    assert opened.modal is not None
    assert "Zuzana Horvat" in str(opened.modal)
