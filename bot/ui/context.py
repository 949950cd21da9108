"""Who asks, where the answer goes, and what the bot works with: handed to whatever a person sets going."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Final, Protocol, Self, cast

import discord
from discord import app_commands, ui
from discord.utils import MISSING

from bot.access import Asker
from bot.errors import UserError
from bot.services import Services
from bot.texts import Reader, Text, t
from bot.ui.looks import DRAFT, plain_button, stored_view
from bot.ui.notices import WaitingNotices
from bot.ui.work import Work
from storage.database import Transaction
from storage.models import Draft, Network

_CONTEXT: Final = "context"
_CARDS: Final = 10
_CHARACTERS: Final = 6000
"""Discord's limits for the cards of one message."""


class Bot(Protocol):
    """What the interface needs of the bot."""

    services: Services
    work: Work
    notices: WaitingNotices

    @property
    def tree(self) -> app_commands.CommandTree[Any]:
        """The commands."""
        ...


def bot_of(interaction: discord.Interaction) -> Bot:
    """Return the bot that the interaction came to."""
    return cast(Bot, interaction.client)


@dataclass(frozen=True, slots=True)
class Context:
    """A person asks: a command, a button, a list or a form of ``interaction``, by ``asker``, who was let in.

    Texts are rendered as the asker reads. Answers are private, and call nobody.
    """

    interaction: discord.Interaction
    asker: Asker
    services: Services

    @classmethod
    def begin(cls, interaction: discord.Interaction, asker: Asker) -> Self:
        """Make the context of an interaction whose asker is known, for :meth:`of` to find."""
        context = cls(interaction, asker, bot_of(interaction).services)
        interaction.extras[_CONTEXT] = context
        return context

    @classmethod
    def of(cls, interaction: discord.Interaction) -> Self:
        """Return the context of an interaction that was let in: what a command begins with."""
        return interaction.extras[_CONTEXT]

    @classmethod
    def known(cls, interaction: discord.Interaction) -> Self | None:
        """Return the context, or None where nobody has been let in (yet)."""
        return interaction.extras.get(_CONTEXT)

    @property
    def reader(self) -> Reader:
        """How the asker reads."""
        return self.asker.reader

    @property
    def network(self) -> Network:
        """The network in which they ask."""
        return self.asker.network

    @property
    def guild_id(self) -> int:
        """The network's server."""
        return self.asker.guild_id

    @property
    def account_id(self) -> int:
        """The Discord account that asks."""
        return self.asker.account_id

    @property
    def tree(self) -> app_commands.CommandTree[Any]:
        """The bot's commands."""
        return bot_of(self.interaction).tree

    @property
    def guild(self) -> discord.Guild:
        """The network's server, where the asker is in it and not in direct messages."""
        assert self.interaction.guild is not None, "what asks for it is for servers only"  # noqa: S101 - narrows the type
        return self.interaction.guild

    def dispatch(self, event: str, *arguments: object) -> None:
        """Let the rooms that listen know of an event."""
        self.interaction.client.dispatch(event, *arguments)

    def say(self, text: Text) -> str:
        """Render a text for the asker, where markdown shows."""
        return self.reader.say(text)

    def label(self, text: Text) -> str:
        """Render a text for the asker, where no markdown shows: buttons, titles, footers, files."""
        return self.reader.label(text)

    def write(self) -> AbstractAsyncContextManager[Transaction]:
        """Hold the writer for a change by the asker, at the present instant."""
        return self.services.transaction(self.account_id)

    async def answer(
        self,
        content: str | Text | None = None,
        *,
        embed: discord.Embed | None = None,
        embeds: Sequence[discord.Embed] = (),
        view: discord.ui.View | None = None,
        files: Sequence[discord.File] = (),
    ) -> None:
        """Answer only the person who asked, calling nobody; as a further message when one was sent already.

        Notices that wait for the person are shown above it, once; after the first answer to a linked person comes
        the one question about direct messages.
        """
        said = self._rendered(content)
        shown = [embed] if embed is not None else list(embeds)
        notices = bot_of(self.interaction).notices
        card, rows = await notices.waiting(self.asker)
        apart = card is not None and (len(shown) >= _CARDS or sum(map(len, [card, *shown])) > _CHARACTERS)
        await self._send(said, [card, *shown] if card is not None and not apart else shown, view, files)
        if card is not None and apart:
            await self._send(None, [card])
        await notices.mark_shown(self.asker, rows)
        await notices.ask_consent(self.interaction, self.asker)

    async def replace(
        self,
        content: str | Text | None = None,
        *,
        embed: discord.Embed | None = None,
        embeds: Sequence[discord.Embed] = (),
        view: discord.ui.View | None = None,
        files: Sequence[discord.File] = (),
    ) -> None:
        """Put an answer in the place of the one whose button was pressed; without ``view`` its buttons go."""
        response = self.interaction.response
        edit = self.interaction.edit_original_response if response.is_done() else response.edit_message
        await edit(
            content=self._rendered(content),
            embeds=[embed] if embed is not None else list(embeds),
            view=view,
            attachments=list(files),
            allowed_mentions=discord.AllowedMentions.none(),
        )

    async def preview(
        self,
        kind: str,
        payload: Mapping[str, object],
        content: str | Text,
        *,
        embed: discord.Embed | None = None,
        embeds: Sequence[discord.Embed] = (),
        files: Sequence[discord.File] = (),
        destroys: bool = False,
    ) -> None:
        """Show what is about to happen, and do it on *Confirm*: the :class:`Confirmation` of that ``kind`` does.

        ``payload`` (JSON) is what it needs to know; ``destroys`` colours *Confirm* as a warning.
        """
        draft_id = await self.keep_draft(kind, payload)
        style = discord.ButtonStyle.danger if destroys else discord.ButtonStyle.success
        shown = [embed] if embed is not None else list(embeds)
        await self.answer(
            content, embeds=shown, files=files, view=stored_view(self.confirm_buttons(draft_id, style=style))
        )

    def confirm_buttons(
        self, draft_id: int, *between: ui.Item[Any], style: discord.ButtonStyle = discord.ButtonStyle.success
    ) -> list[ui.Item[Any]]:
        """Return *Confirm* and *Cancel* for a draft, and what belongs between the two."""
        confirm, cancel = (DRAFT.format(action=a, draft_id=draft_id) for a in ("confirm", "cancel"))
        return [
            plain_button(confirm, self.label(t("Confirm")), style),
            *between,
            plain_button(cancel, self.label(t("Cancel"))),
        ]

    async def keep_draft(self, kind: str, payload: Mapping[str, object]) -> int:
        """Keep what the asker has typed until it is confirmed or corrected, and return the draft's id."""
        async with self.write() as tx:
            return await self.services.settings.keep_draft(tx, self.guild_id, self.account_id, kind, dict(payload))

    async def take(self, tx: Transaction, draft: Draft) -> None:
        """Use the draft up in ``tx``. Raises UserError when it was used already (a double click)."""
        if not await self.services.settings.use_draft(tx, draft):
            raise UserError(t("This was done already; nothing was done a second time."))

    def _rendered(self, content: str | Text | None) -> str | None:
        return self.say(content) if isinstance(content, Text) else content

    async def _send(
        self,
        content: str | None,
        shown: Sequence[discord.Embed],
        view: discord.ui.View | None = None,
        files: Sequence[discord.File] = (),
    ) -> None:
        response = self.interaction.response
        send: Any = self.interaction.followup.send if response.is_done() else response.send_message
        await send(
            content if content is not None else MISSING,
            embeds=list(shown) or MISSING,
            view=view if view is not None else MISSING,
            files=list(files) or MISSING,
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )
