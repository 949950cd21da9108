"""The tests' world with a mail server: the bot hands it e-mails without pauses."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.world import World, running_world

OFFICE = "secretariat@network.example"
"""Where replies go."""


@asynccontextmanager
async def mailing_world(path: Path, port: int, *, is_on: bool = True) -> AsyncGenerator[World]:
    """Start the bot with the mail server at ``port``; ``is_on``: the first network sends e-mails."""
    options: dict[str, Any] = {"smtp_url": f"smtp://127.0.0.1:{port}", "mail_from": "bot@network.example"}
    async with running_world(path, **options) as world:
        assert world.bot.services.mail is not None
        world.bot.services.mail.pause = 0
        if is_on:
            await switch_on(world)
        yield world


async def switch_on(world: World) -> None:
    services = world.bot.services
    assert services.mail is not None
    services.mail.pause = 0
    with world.as_bot():
        async with services.transaction() as tx:
            await services.settings.change_network(tx, world.server.id, email_enabled=True, email_reply_to=OFFICE)
