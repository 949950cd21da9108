from typing import Any, Final

import discord
from discord import ui

from bot.texts import t
from bot.ui import Context, PageButton, page_buttons, page_of, stored_view
from cogs.polls.ending import current_poll
from cogs.polls.results.cards import list_card
from cogs.polls.voting.buttons import VoteButton

PAGE: Final = 5


class PollPages(PageButton, custom_id="poll:page:{way}:{page}"):
    """*Previous* and *Next* below the list of polls."""

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        return await list_page(context, self.page)


async def list_page(context: Context, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the polls, with *Vote* for each open one."""
    for poll in await context.services.polls.polls(context.guild_id, ("open",)):
        await current_poll(context, poll.id)
    page = page_of(await context.services.polls.polls(context.guild_id), number, PAGE)
    reader = context.reader
    items: list[ui.Item[Any]] = []
    if context.asker.is_member:
        for poll in page.items:
            if poll.state == "open":
                short = poll.plan.question if len(poll.plan.question) <= 60 else f"{poll.plan.question[:59]}…"  # noqa: PLR2004 - a button's 80
                label = reader.label(t("Vote: {question}", question=short))
                items.append(VoteButton(poll.id).labelled(label, discord.ButtonStyle.primary))
    items += page_buttons(page, reader, PollPages, row=1)
    return list_card(page, reader, to_secretariat=context.asker.is_secretariat), stored_view(items) if items else None
