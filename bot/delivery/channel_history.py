from collections.abc import AsyncGenerator, Mapping
from typing import Any, Final

import discord

_PAGE: Final = 100
"""Messages that Discord gives at a time."""


async def messages_after(
    client: discord.Client, channel_id: int, after: int
) -> AsyncGenerator[tuple[int, Mapping[str, Any]]]:
    """Yield id and payload of each message of a channel that is newer than the id ``after``, page by page.

    Works before the bot is connected to the gateway. Raises discord.HTTPException.
    """
    while True:
        page = await client.http.logs_from(channel_id, _PAGE, after=after)
        for payload in page:
            yield int(payload["id"]), payload
        if len(page) < _PAGE:
            return
        after = max(int(payload["id"]) for payload in page)
