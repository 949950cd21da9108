"""Which accounts are on a server, as Discord says it now: the bot has no list of members of its own."""

from collections.abc import Iterable
from typing import Final

import discord

_AT_A_TIME: Final = 100
"""Members that Discord names in one answer."""


async def members_present(guild: discord.Guild, accounts: Iterable[int]) -> dict[int, discord.Member]:
    """Return those of the accounts that are on the server. Raises what discord.py does when Discord does not answer."""
    ids = sorted(accounts)
    found: dict[int, discord.Member] = {}
    for start in range(0, len(ids), _AT_A_TIME):
        some = ids[start : start + _AT_A_TIME]
        found |= {m.id: m for m in await guild.query_members(user_ids=some, limit=_AT_A_TIME, cache=False)}
    return found
