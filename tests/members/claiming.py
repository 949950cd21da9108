"""Coming in with a code, as a newcomer does, and what the secretariat does then."""

import re
from datetime import timedelta

import discord
from simcord.results import InteractionResult

from tests.members.test_seats_posts import office
from tests.people import Person
from tests.world import World, said

AN_HOUR = timedelta(hours=1)


async def invited(world: World, name: str = "Ama Mensah", *, seat: str = "Ghana", role: str = "alternate") -> str:
    """Appoint somebody new without an account, and return their code."""
    await office(world, "appoint", delegation=seat, name=name, role=role)
    return await code_for(world, seat, name)


async def code_for(world: World, seat: str, name: str) -> str:
    answer = said(await office(world, "invite", delegation=seat, person=name))
    found = re.search(r"```\n(\S+)\n```", answer)
    assert found is not None, answer
    return found.group(1)


async def claim(world: World, actor: Person, code: str) -> InteractionResult:
    return await actor.slash(world.server.channels["general"], "member claim", code=code)


async def claimed(world: World, actor: Person, code: str) -> InteractionResult:
    """Enter a code and confirm whose it is."""
    asked = await claim(world, actor, code)
    assert asked.response is not None
    return await actor.click(asked.response, label="Confirm")


async def claiming(world: World, account: str = "ama", name: str = "Ama Mensah", *, seat: str = "Ghana") -> Person:
    """Return an account that has claimed a seat, which nobody has confirmed."""
    actor = world.add_member(world.server, account)
    await claimed(world, actor, await invited(world, name, seat=seat))
    return actor


def lists(world: World) -> list[discord.Message]:
    """Return the lists of claims in the secretariat's channel, the oldest first."""
    history = world.server.channels["secretariat"].history()
    return [m for m in history if m.embeds and m.embeds[0].title == "Whose accounts are these?"]


async def press(world: World, message: discord.Message, label: str) -> str:
    """Press a button of the secretariat's list, and *Confirm* where it asks; return the last answer."""
    result = await world.server.secretariat.click(message, label=label)
    answer = said(result)
    if label.startswith("Not this person") and result.response is not None and result.response.components:
        return said(await world.server.secretariat.click(result.response, label="Confirm"))
    return answer
