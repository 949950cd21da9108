"""Who asks, where the answer goes, and what the bot works with: handed to whatever a person sets going."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, Self, cast

import discord
from discord import app_commands, ui
from discord.utils import MISSING

from bot import retention
from bot.access import Asker
from bot.errors import NotFoundError, UserError
from bot.outbox.types import Message
from bot.services import Services
from bot.texts import Reader, Text, clipped, t
from bot.timezones import data as zone_data
from bot.ui.embed_limits import CONTENT, fitted
from bot.ui.notices import WaitingNotices
from bot.ui.plain_buttons import DRAFT, DRAFT_CHOICE, Choice, Correction, direct_view, plain_button, stored_view
from bot.ui.running_interactions import RunningInteractions
from storage.database import Transaction
from storage.models import Draft, Network
from storage.settings import ZONE_DATA_KEPT

_CONTEXT: Final = "context"
_REPLACED: Final = "replaced_draft"
FORMS_KEPT: Final = "forms"
"""In a draft's payload: the arguments of the forms that correct it, by kind."""
VALUES_KEPT: Final = "values"
"""In a draft's payload: all that was typed so far, by field."""
_CARDS: Final = 10
_CHARACTERS: Final = 6000
"""Discord's limits for the cards of one message."""


class Bot(Protocol):
    """What the interface needs of the bot."""

    services: Services
    work: RunningInteractions
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
    def asked_at(self) -> datetime:
        """When they did it, by Discord's clock: it may have been on its way, or have waited, for a while."""
        return self.interaction.created_at

    @property
    def tree(self) -> app_commands.CommandTree[Any]:
        """The bot's commands."""
        return bot_of(self.interaction).tree

    @property
    def guild(self) -> discord.Guild:
        """The network's server, also in direct messages."""
        guild = self.interaction.guild or self.interaction.client.get_guild(self.guild_id)
        assert guild is not None, "nobody asks in a server that the bot is not in"  # noqa: S101 - narrows the type
        return guild

    @property
    def is_direct(self) -> bool:
        """Whether the answer is a direct message, which stays: contact details are not shown in one."""
        return self.interaction.guild_id is None

    def server_button(self) -> ui.Button[Any]:
        """Return a link that leads from a direct message to the network's server."""
        label = self.label(t("Open the server"))
        return ui.Button(style=discord.ButtonStyle.link, label=label, url=server_address(self.guild_id))

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
        waiting = await notices.waiting(self.asker)
        card = waiting.card
        apart = card is not None and (len(shown) >= _CARDS or sum(map(len, [card, *shown])) > _CHARACTERS)
        await self._send(said, [card, *shown] if card is not None and not apart else shown, view, files)
        if card is not None and apart:
            await self._send(None, [card])
        for message in waiting.in_full:
            await self.send_message(message)
        await notices.mark_shown(self.asker, waiting)
        await notices.ask_consent(self.interaction, self.asker)

    async def send_message(self, message: Message) -> None:
        """Show a message of the outbox in full, with its buttons, only to the person who asked."""
        cards = [message.card] if message.card is not None else []
        await self._send(message.sentence or None, cards, stored_view(message.buttons), message.files)

    async def acknowledge(self, *, in_place: bool = False) -> None:
        """Let Discord know that an answer follows, in a quarter of an hour at most; no form can be opened any more.

        ``in_place``: it takes the place of the answer whose button was pressed.
        """
        response = self.interaction.response
        if not response.is_done():
            await (response.defer() if in_place else response.defer(ephemeral=True, thinking=True))

    async def replace(
        self,
        content: str | Text | None = None,
        *,
        embed: discord.Embed | None = None,
        embeds: Sequence[discord.Embed] = (),
        view: discord.ui.View | None = None,
        files: Sequence[discord.File] = (),
        keeps_files: bool = False,
    ) -> None:
        """Put an answer in the place of the one whose button was pressed; without ``view`` its buttons go.

        Its files go, too, unless ``keeps_files``.
        """
        response = self.interaction.response
        edit = self.interaction.edit_original_response if response.is_done() else response.edit_message
        await edit(
            content=self._rendered(content),
            embeds=fitted([embed] if embed is not None else embeds),
            view=self._in_place(view) if view is not None else None,
            attachments=MISSING if keeps_files else list(files),
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
        style = discord.ButtonStyle.danger if destroys else discord.ButtonStyle.success
        shown = [embed] if embed is not None else list(embeds)
        await self.ask([Choice(kind, style=style)], payload, content, embeds=shown, files=files)

    async def ask(
        self,
        choices: Sequence[Choice],
        payload: Mapping[str, object],
        content: str | Text,
        *,
        embeds: Sequence[discord.Embed] = (),
        files: Sequence[discord.File] = (),
        corrections: Sequence[Correction] = (),
        typed: Mapping[str, str] | None = None,
        between: Callable[[int], Sequence[ui.Item[Any]]] | None = None,
    ) -> None:
        """Show what is about to happen with a button for each of the ``choices``, for ``corrections``, and *Cancel*.

        All act on one draft, of the kind of the last choice. ``typed`` is all that was typed so far, which the form
        of a correction goes on from. ``between`` makes further buttons from the draft's id.
        """
        asks_anew = _REPLACED in self.interaction.extras
        forms = {one.kind: list(one.arguments) for one in corrections}
        draft_id = await self.keep_draft(
            choices[-1].kind, {**payload, FORMS_KEPT: forms, VALUES_KEPT: dict(typed or {})}
        )
        items: list[ui.Item[Any]] = [self._draft_button("confirm", draft_id, one) for one in choices]
        items += between(draft_id) if between is not None else ()
        items += [self._draft_button("correct", draft_id, one) for one in corrections]
        items.append(plain_button(DRAFT.format(action="cancel", draft_id=draft_id), self.label(t("Cancel"))))
        if asks_anew and self.interaction.type is discord.InteractionType.component:
            await self.replace(content, embeds=embeds, view=stored_view(items), files=files)
        else:
            await self.put(content, embeds=embeds, view=stored_view(items), files=files)

    async def offer_correction(self, form: Correction, typed: Mapping[str, str], problem: Text) -> None:
        """Say what is wrong with a form, and keep all that was ``typed`` behind *Correct*."""
        kept = {FORMS_KEPT: {form.kind: list(form.arguments)}, VALUES_KEPT: dict(typed)}
        draft_id = await self.keep_draft(form.kind, kept)
        await self.put(problem, view=stored_view([self._draft_button("correct", draft_id, form)]))

    async def put(
        self,
        content: str | Text | None = None,
        *,
        embeds: Sequence[discord.Embed] = (),
        view: discord.ui.View | None = None,
        files: Sequence[discord.File] = (),
    ) -> None:
        """Answer: to a form in the place of the private message that it was opened from, so that one state is shown."""
        message = self.interaction.message
        is_form = self.interaction.type is discord.InteractionType.modal_submit
        # A form may also be opened from a public message, which stays what it is.
        is_own = message is not None and message.flags.ephemeral
        if is_form and is_own and not self.interaction.response.is_done():
            await self.replace(content, embeds=embeds, view=view, files=files)
        else:
            await self.answer(content, embeds=embeds, view=view, files=files)

    def _draft_button(self, action: str, draft_id: int, one: Choice | Correction) -> ui.Button[Any]:
        custom_id = DRAFT_CHOICE.format(action=action, draft_id=draft_id, which=one.kind)
        return plain_button(custom_id, self.label(one.label), one.style)

    async def kept_draft(self, draft_id: int) -> Draft:
        """Return what the asker typed or was shown under that id. Raises NotFoundError where it is no longer kept."""
        since = self.services.clock.now() - retention.DRAFTS
        draft = await self.services.settings.draft(self.guild_id, self.account_id, draft_id, since)
        if draft is None:
            raise _gone()
        return draft

    async def keep_draft(self, kind: str, payload: Mapping[str, object]) -> int:
        """Keep what the asker has typed until it is confirmed or corrected, and return the draft's id.

        It takes the place of the draft that it replaces, if any: one draft at a time is behind one message. Raises
        NotFoundError where that one was confirmed or replaced meanwhile.
        """
        older: Draft | None = self.interaction.extras.get(_REPLACED)
        async with self.write() as tx:
            if older is not None and not await self.services.settings.use_draft(tx, older):
                raise _gone()
            marked = {**payload, ZONE_DATA_KEPT: zone_data.in_force().version}
            kept = await self.services.settings.keep_draft(tx, self.guild_id, self.account_id, kind, marked)
        self.interaction.extras.pop(_REPLACED, None)
        return kept

    def replaces(self, draft: Draft) -> None:
        """Let the draft that is kept next take the place of ``draft``."""
        self.interaction.extras[_REPLACED] = draft

    async def spend_replaced(self) -> None:
        """Use up the draft that the answer was to replace, where no newer one has taken its place."""
        older: Draft | None = self.interaction.extras.pop(_REPLACED, None)
        if older is not None:
            async with self.write() as tx:
                tx.unaudited_by_design()
                await self.services.settings.use_draft(tx, older)

    async def take(self, tx: Transaction, draft: Draft) -> None:
        """Use the draft up in ``tx``. Raises UserError when it was used already (a double click)."""
        if not await self.services.settings.use_draft(tx, draft):
            raise UserError(t("This was done already; nothing was done a second time."))

    def _in_place(self, view: discord.ui.View) -> discord.ui.View:
        return direct_view(view, self.guild_id, self.server_button()) if self.is_direct else view

    def _rendered(self, content: str | Text | None) -> str | None:
        said = self.say(content) if isinstance(content, Text) else content
        return clipped(said, CONTENT) if said else said

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
            embeds=fitted(shown) or MISSING,
            view=self._in_place(view) if view is not None else MISSING,
            files=list(files) or MISSING,
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )


def server_address(guild_id: int) -> str:
    """Return the address that opens a network's server."""
    return f"https://discord.com/channels/{guild_id}"


def _gone() -> NotFoundError:
    return NotFoundError(
        t(
            "This was done already, or something newer took its place, or it was left open for more than {period}:"
            " please start again.",
            period=retention.named(retention.DRAFTS),
        )
    )
