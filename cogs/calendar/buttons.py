"""The pages of ``/calendar show``."""

from io import BytesIO
from typing import Final

import discord
from discord import ui

from bot.calendar import calendar_file
from bot.texts import t
from bot.ui import Context, PageButton, page_buttons, page_of, stored_view
from cogs.calendar.cards import ahead_card
from cogs.calendar.queries import viewer_of

_PAGE: Final = 8


class CalendarPages(PageButton, custom_id="calendar:{way}:{page}"):
    """*Previous* and *Next* below what lies ahead."""

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        return await ahead_page(context, self.page)


async def ahead_page(context: Context, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of what lies ahead for the asker, with its buttons."""
    page = page_of(await context.services.ahead.all(viewer_of(context), context.reader), number, _PAGE)
    items = page_buttons(page, context.reader, CalendarPages)
    return ahead_card(page, context.reader), stored_view(items) if items else None


async def ahead_files(context: Context) -> list[discord.File]:
    """Return the calendar file of all that lies ahead for the asker; none where nothing does."""
    entries = await context.services.ahead.entries(viewer_of(context), context.reader)
    if not entries:
        return []
    name = context.label(t("Focal points network"))
    data = calendar_file(name, entries, now=context.services.clock.now())
    return [discord.File(BytesIO(data), "calendar.ics")]
