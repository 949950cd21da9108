from collections.abc import Sequence

import discord
from discord.utils import MISSING


async def answer(
    interaction: discord.Interaction,
    content: str | None = None,
    *,
    embed: discord.Embed | None = None,
    embeds: Sequence[discord.Embed] = (),
    view: discord.ui.View | None = None,
    files: Sequence[discord.File] = (),
) -> None:
    """Answer only the person who asked, calling nobody; as a further message when one was sent already."""
    shown = [embed] if embed is not None else list(embeds)
    if interaction.response.is_done():
        await interaction.followup.send(
            content if content is not None else MISSING,
            embeds=shown or MISSING,
            view=view if view is not None else MISSING,
            files=list(files) or MISSING,
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        return
    await interaction.response.send_message(
        content,
        embeds=shown or MISSING,
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
