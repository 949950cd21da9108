"""The pages of ``/pending``."""

from typing import Any, Final

import discord
from discord import ui

from bot.audience import seats_today
from bot.pending import delegate_among
from bot.ui import Context, PageButton, page_buttons, page_of, plain_button, stored_view
from cogs.pending.cards import pending_card

_PAGE: Final = 10
"""Two rows of buttons, and one to turn the page."""
_LABEL: Final = 80


class PendingPages(PageButton, custom_id="pending:{way}:{page}"):
    """*Previous* and *Next* below what awaits a delegation."""

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        return await pending_page(context, self.page)


async def pending_page(context: Context, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of what awaits the delegations that the asker speaks for, with its buttons."""
    services, reader, person = context.services, context.reader, context.asker.person
    seats = await seats_today(services, context.guild_id)
    delegate = delegate_among(seats, person.id) if person is not None else None
    awaited = await services.pending.of(delegate, reader) if delegate is not None else []
    page = page_of(awaited, number, _PAGE)
    items: list[ui.Item[Any]] = [
        plain_button(one.custom_id, f"{place}. {reader.label(one.label)}"[:_LABEL])
        for place, one in enumerate(page.items, page.number * _PAGE + 1)
    ]
    items += page_buttons(page, reader, PendingPages)
    return pending_card(page, _PAGE, reader), stored_view(items) if items else None
