"""People who write to the bot, and what they read."""

from collections.abc import Iterable

import discord

from tests.people import Person
from tests.world import World, as_shown, embed_text


async def write(person: Person, text: str) -> list[discord.Message]:
    """Let a person write to the bot directly; return what it answers, in order."""
    channel = person.user.dm_channel
    before = {message.id for message in channel.history()}
    await person.user.send_dm(text)
    return [one for one in channel.history() if one.id not in before and one.author.bot]


async def mention(world: World, person: Person, text: str, channel: str = "general") -> list[discord.Message]:
    """Let a person mention the bot in a channel's text; return the public messages that follow, in order."""
    place = world.server.channels[channel]
    before = {message.id for message in place.history()}
    assert world.bot.user is not None
    await person.send(place, f"<@{world.bot.user.id}> {text}")
    return [one for one in place.history() if one.id not in before and one.author.bot]


def shown(messages: Iterable[discord.Message]) -> str:
    """Return all that messages show."""
    return as_shown("\n".join(part for m in messages for part in (m.content, *map(embed_text, m.embeds)) if part))
