"""What the tests of webinars do again and again."""

from datetime import UTC, datetime
from typing import Any, cast

import discord
from simcord.results import InteractionResult

from storage.outbox.models import OutboxRow
from storage.webinars.models import Webinar
from tests.people import Person
from tests.world import World

LINK = "https://meet.example.org/r2p-room"
COMPLETE = {
    "title": "Prevention in practice",
    "starts": "2026-03-12 15:00",
    "duration": "1h 30min",
    "timezone": "Europe/Brussels",
    "link": LINK,
}
STARTS_AT = datetime(2026, 3, 12, 14, tzinfo=UTC)


async def command(world: World, name: str, by: Person | None = None, /, **options: Any) -> InteractionResult:
    """Type ``/webinar name``, as the secretariat unless ``by`` somebody else; options of None are left out."""
    given = {key: value for key, value in options.items() if value is not None}
    return await (by or world.server.secretariat).slash(world.server.channels["general"], f"webinar {name}", **given)


async def schedule(world: World, **options: Any) -> InteractionResult:
    """Type ``/webinar schedule`` with all that is needed, up to the preview."""
    return await command(world, "schedule", **{**COMPLETE, **options})


async def press(world: World, answer: InteractionResult, label: str = "Confirm") -> InteractionResult:
    """Press a button below an answer to the secretariat."""
    return await world.server.secretariat.click(answer.response, label=label)


async def scheduled(world: World, **options: Any) -> Webinar:
    """Schedule a webinar and return it."""
    await press(world, await schedule(world, **options))
    await world.env.settle()
    return (await webinars_of(world))[0]


async def webinars_of(world: World) -> list[Webinar]:
    return await world.bot.services.webinars.all(world.server.id)


async def rows_of(world: World, webinar: Webinar, *states: str) -> list[OutboxRow]:
    rows = await world.bot.services.outbox.of(world.server.id, "webinar", webinar.id)
    return [row for row in rows if not states or row.state in states]


def posted(world: World, channel: str = "announcements") -> list[discord.Message]:
    return world.server.channels[channel].history()


def events_of(world: World) -> list[Any]:
    guild = world.env.backend.get_guild(world.server.id)
    return list(guild.scheduled_events.values())


async def until(world: World, moment: datetime) -> None:
    """Let time pass until the instant."""
    await world.travel_to(moment)


async def accept_direct_messages(world: World, *codes: str) -> None:
    services = world.bot.services
    for code in codes:
        account_id = world.server.members[code].id
        async with services.transaction(account_id) as tx:
            await services.settings.change_account(tx, world.server.id, account_id, channel="direct_message")


def inbox(member: Person) -> list[discord.Message]:
    return cast(Any, member.user).dm_channel.history()
