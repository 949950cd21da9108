"""A network that sends digests, and what came of them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import discord
from simcord.results import InteractionResult

from storage.outbox.models import OutboxRow
from tests.world import World, embed_text

MONDAY = datetime(2026, 1, 5, 13, 30, tzinfo=UTC)
"""The first Monday of SimCord's year, 08:30 in New York."""


async def choose(world: World, **chosen: bool) -> InteractionResult:
    """Type ``/setup digests`` as somebody who manages the server, and confirm what is asked."""
    server = world.server
    answer = await server.manager.slash(server.channels["general"], "setup digests", **chosen)
    if answer.response is not None and answer.response.components:
        return await server.manager.click(answer.response, label="Confirm")
    return answer


async def set_network(world: World, guild_id: int, **fields: Any) -> None:
    """Set a network's settings, and owe what follows, as ``/setup`` does."""
    services = world.bot.services
    with world.as_bot():
        async with services.transaction() as tx:
            await services.settings.change_network(tx, guild_id, **fields)
            await services.outbox.plan_by_settings(tx, guild_id)


async def add_day(world: World, guild_id: int, title: str, day: date, *, is_yearly: bool = False) -> None:
    """Put a day into a network's calendar."""
    services = world.bot.services
    with world.as_bot():
        async with services.transaction() as tx:
            await services.calendar_entries.add(
                tx, guild_id, title, title, day, is_yearly=is_yearly, link="", description=""
            )


async def rows(world: World, guild_id: int) -> list[OutboxRow]:
    """Return the rows of a network's digests."""
    return await world.bot.services.outbox.of(guild_id, "digest", 0)


def with_title(messages: Sequence[discord.Message], title: str) -> list[discord.Message]:
    """Return the messages whose card has the title."""
    return [m for m in messages if m.embeds and title in (m.embeds[0].title or "")]


def weeklies(world: World) -> list[discord.Message]:
    """Return the weekly digests in the secretariat's channel."""
    return with_title(world.server.channels["secretariat"].history(), "The week ahead")


def monthlies(world: World, channel: str = "members") -> list[discord.Message]:
    """Return the monthly digests in a channel."""
    return with_title(world.server.channels[channel].history(), "What is ahead:")


def shown(message: discord.Message) -> str:
    """Return all that a message says."""
    return f"{message.content}\n{embed_text(message.embeds[0])}"


def at(day: date, hours: float) -> datetime:
    """Return an instant of a day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hours)
