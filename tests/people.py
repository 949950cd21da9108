"""The people on the test servers."""

from collections.abc import Sequence
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.builders import GuildHandle, RoleHandle, UserHandle
from simcord.results import InteractionResult, ResponseMessage


class Person(MemberActor):
    """One account on one server, who runs commands and presses what an answer shows (None: there was no answer)."""

    async def click(
        self,
        message: discord.Message | ResponseMessage | None,
        *,
        label: str | None = None,
        custom_id: str | None = None,
    ) -> InteractionResult:
        assert message is not None, f"there is no answer on which to click {label or custom_id}"
        return await super().click(message, label=label, custom_id=custom_id)

    async def select(
        self,
        message: discord.Message | ResponseMessage | None,
        values: Sequence[Any],
        *,
        custom_id: str | None = None,
    ) -> InteractionResult:
        assert message is not None, f"there is no answer in which to choose {values}"
        return await super().select(message, values, custom_id=custom_id)


def joined(guild: GuildHandle, user: UserHandle, *roles: RoleHandle) -> Person:
    """Let an account join the server."""
    actor = guild.add_member(user, roles=roles)
    return Person(actor._env, guild, user)
