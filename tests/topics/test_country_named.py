"""A title that names a country is asked about, and never refused by itself."""

import pytest
from simcord.results import InteractionResult

from storage.topics.models import Topic
from tests.polls.booth import ids_of
from tests.world import World, embed_text, said

FILLED = {"level": "regional", "format": "workshop"}


async def propose(world: World, title: str) -> InteractionResult:
    server = world.server
    return await server.members["GH"].slash(server.channels["general"], "topic propose", title=title, **FILLED)


async def topics(world: World) -> list[Topic]:
    return await world.bot.services.topics.topics(world.server.id, ("proposed",))


@pytest.mark.parametrize(
    ("language", "title", "named"),
    [
        ("en", "Prevention in Sudan", "Sudan"),
        ("fr", "La prévention au Soudan", "Soudan"),
        ("es", "Prevención en Sudán y Malí", "Sudán y Malí"),
    ],
)
async def test_it_goes_on_when_it_is_confirmed(world: World, language: str, title: str, named: str) -> None:
    async with world.speaking(language):
        asked = await propose(world, title)
        assert named in said(asked)
        assert f"> {title}" in said(asked)
        assert await topics(world) == []
        done = await world.server.members["GH"].click(asked.response, custom_id=_confirm(asked))
        assert title in said(done)
    [topic] = await topics(world)
    assert (topic.title, topic.level, topic.format) == (title, "regional", "workshop")
    [proposal] = world.server.channels["secretariat"].history()
    assert title in embed_text(proposal.embeds[0])
    assert "`/topic list`" in said(await propose(world, title))


def _confirm(asked: InteractionResult) -> str:
    return next(custom_id for custom_id in ids_of(asked.response) if "confirm" in custom_id)


async def test_it_is_corrected_from_where_it_is_asked(world: World) -> None:
    ghana = world.server.members["GH"]
    asked = await propose(world, "Prevention in Sudan")
    form = await ghana.click(asked.response, label="Correct")
    assert "Prevention in Sudan" in str(form.modal)
    typed = {"title": "Prevention in the region", "level": ["regional"], "format": ["workshop"], "description": ""}
    await ghana.submit_modal(form, typed)
    [topic] = await topics(world)
    assert topic.title == "Prevention in the region"


async def test_a_title_without_a_country_is_not_asked_about(world: World) -> None:
    assert "you will receive its decision" in said(await propose(world, "Early warning"))
    assert len(await topics(world)) == 1
