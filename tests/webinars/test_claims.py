"""What is said of a webinar is compared with what is so: who is informed, and which button is meant."""

import pytest

from tests.webinars.staging import command, posted, press, scheduled
from tests.world import World, labels, said


async def test_a_cancellation_that_concerns_nobody_informs_nobody(world: World) -> None:
    await scheduled(world)
    done = await press(world, await command(world, "cancel", webinar="Prevention", reason="-"))
    assert "two minutes" not in said(done)
    assert done.response is not None
    assert "Stop" not in labels(done.response.message)


@pytest.mark.parametrize(
    ("choice", "by"), [("direct_message", "1 by direct message"), ("none", "1 at the top of the bot's next reply")]
)
async def test_a_cancellation_says_by_what_those_coming_are_informed(world: World, choice: str, by: str) -> None:
    await scheduled(world)
    member = world.server.members["GH"]
    await member.slash(world.server.channels["general"], "settings reminders", channel=choice)
    await member.click(posted(world)[0], label="Attending")
    done = await press(world, await command(world, "cancel", webinar="Prevention", reason="-"))
    assert by in said(done)
    assert "two minutes" in said(done)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
async def test_a_button_is_quoted_as_it_is_on_the_message_that_the_reader_sees(world: World, language: str) -> None:
    await scheduled(world)
    message = posted(world)[0]
    async with world.speaking(language):
        answer = await world.server.members["GH"].click(message, label="Maybe")
    assert "Attending" in labels(message)
    assert "Attending" in said(answer)
