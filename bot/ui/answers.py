from collections.abc import Sequence
from typing import Final

import discord
from discord.utils import MISSING

from bot.ui.guard import host_of, known_asker

_CARDS: Final = 10
_CHARACTERS: Final = 6000
"""Discord's limits for the cards of one message."""


async def answer(
    interaction: discord.Interaction,
    content: str | None = None,
    *,
    embed: discord.Embed | None = None,
    embeds: Sequence[discord.Embed] = (),
    view: discord.ui.View | None = None,
    files: Sequence[discord.File] = (),
) -> None:
    """Answer only the person who asked, calling nobody; as a further message when one was sent already.

    What waits for the person to be told stands above it, once; after the first answer to a linked person comes
    the one question about direct messages.
    """
    shown = [embed] if embed is not None else list(embeds)
    asker = known_asker(interaction)
    notices = host_of(interaction).services.outbox.notices if asker is not None else None
    if asker is None or notices is None:
        await _answer(interaction, content, shown, view, files)
        return
    card, rows = await notices.waiting(asker)
    apart = card is not None and (len(shown) >= _CARDS or sum(map(len, [card, *shown])) > _CHARACTERS)
    await _answer(interaction, content, [card, *shown] if card is not None and not apart else shown, view, files)
    if card is not None and apart:
        await _answer(interaction, None, [card], None, ())
    await notices.mark_shown(asker, rows)
    await notices.ask_consent(interaction, asker)


async def _answer(
    interaction: discord.Interaction,
    content: str | None,
    shown: Sequence[discord.Embed],
    view: discord.ui.View | None,
    files: Sequence[discord.File],
) -> None:
    if interaction.response.is_done():
        await interaction.followup.send(
            content if content is not None else MISSING,
            embeds=list(shown) or MISSING,
            view=view if view is not None else MISSING,
            files=list(files) or MISSING,
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        return
    await interaction.response.send_message(
        content,
        embeds=list(shown) or MISSING,
        view=view if view is not None else MISSING,
        files=list(files) or MISSING,
        ephemeral=True,
        allowed_mentions=discord.AllowedMentions.none(),
    )


async def replace(
    interaction: discord.Interaction,
    content: str | None = None,
    *,
    embed: discord.Embed | None = None,
    embeds: Sequence[discord.Embed] = (),
    view: discord.ui.View | None = None,
    files: Sequence[discord.File] = (),
) -> None:
    """Put an answer in the place of the one whose button was pressed; without ``view`` its buttons go."""
    shown = [embed] if embed is not None else list(embeds)
    if interaction.response.is_done():
        await interaction.edit_original_response(
            content=content,
            embeds=shown,
            view=view,
            attachments=list(files),
            allowed_mentions=discord.AllowedMentions.none(),
        )
        return
    await interaction.response.edit_message(
        content=content,
        embeds=shown,
        view=view,
        attachments=list(files),
        allowed_mentions=discord.AllowedMentions.none(),
    )
