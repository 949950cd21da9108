"""A message that somebody wrote to the bot directly, in the shape of an interaction: what answers one, answers it."""

from collections.abc import Sequence
from typing import Any, Final, cast

import discord
from discord import ui
from discord.utils import MISSING


class NeedsPressError(Exception):
    """What was to be done opens a form, and Discord opens forms only for who pressed a button."""


class _Response:
    """Answers in the channel of the message: there is nothing to acknowledge, and nothing that only one person sees."""

    def __init__(self, channel: discord.abc.Messageable) -> None:
        self._channel = channel

    def is_done(self) -> bool:
        """Each answer is a message of its own."""
        return False

    async def defer(self, **_: object) -> None:
        """Show that an answer follows."""
        await self._channel.typing()

    async def send_message(
        self,
        content: str | None = None,
        *,
        embeds: Sequence[discord.Embed] = (),
        view: ui.View = MISSING,
        files: Sequence[discord.File] = (),
        **_: object,
    ) -> None:
        """Send an answer, which calls nobody."""
        given: dict[str, Any] = {"content": content or None, "embeds": list(embeds or ()), "files": list(files or ())}
        if view is not MISSING:
            given["view"] = view
        await self._channel.send(**given, allowed_mentions=discord.AllowedMentions.none())

    async def send_modal(self, _: ui.Modal) -> None:
        """Raise NeedsPressError."""
        raise NeedsPressError

    async def edit_message(
        self,
        *,
        content: str | None = None,
        embeds: Sequence[discord.Embed] = (),
        view: ui.View | None = None,
        **_: object,
    ) -> None:
        """Send what would take the place of another answer."""
        await self.send_message(content, embeds=embeds, view=view or MISSING)


class MessageInteraction:
    """A direct message as :class:`bot.ui.Context` needs it. ``message`` is what an interaction's button is on: none."""

    guild_id: Final = None
    guild: Final = None
    message: Final = None
    type: Final = discord.InteractionType.application_command
    permissions: Final = discord.Permissions.none()

    def __init__(self, client: discord.Client, written: discord.Message) -> None:
        self.client = client
        self.id = written.id
        self.created_at = written.created_at
        self.user = written.author
        self.channel = written.channel
        self.channel_id = written.channel.id
        self.extras: dict[Any, Any] = {}
        self.response = _Response(written.channel)

    def as_interaction(self) -> discord.Interaction:
        """Return it as what commands take: of an interaction they use what is here, and nothing else."""
        return cast(discord.Interaction, self)
