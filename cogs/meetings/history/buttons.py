"""The pages of the history."""

from typing import Final

import discord
from discord import ui

from bot.invitations import visible_meetings
from bot.recorded_meetings import recorded_meetings
from bot.texts import nt, t
from bot.ui import Context, PageButton, PersistentButton, colours, page_buttons, page_of, stored_view
from bot.ui.pages import page_label
from cogs.meetings import queries
from cogs.meetings.history import cards

PAGE: Final = 8
"""Meetings on a page of the history."""


class HistoryPages(PageButton, custom_id="meeting:history{way}:{page}"):
    """*Previous* and *Next* below the history."""

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        return await history_page(context, self.page)


async def history_page(context: Context, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the network's meetings, the latest first, with its buttons."""
    reader = context.reader
    meetings = await visible_meetings(context.services, context.asker)
    delegations = await queries.delegations_of(context.services, context.guild_id)
    page = page_of(meetings, number, PAGE)
    embed = discord.Embed(title=reader.label(t("Meetings of the network")), colour=colours.EVENT)
    lines = cards.history_lines(page.items, delegations, reader)
    if page.number == page.count - 1:
        lines += cards.no_record(meetings, reader)
    embed.description = "\n\n".join(lines) or reader.say(t("No meeting is on record here yet."))
    embed.set_footer(text=page_label(page, reader))
    items = page_buttons(page, reader, HistoryPages)
    held = {(meeting.series, meeting.number) for meeting in meetings}
    lacking = [one for one in recorded_meetings() if ((one.kind, one.region), one.number) not in held]
    if context.asker.is_secretariat and lacking:
        items.append(RecordButton().labelled(reader.label(t("Add the recorded meetings of 2011–2025"))))
    return embed, stored_view(items) if items else None


class RecordButton(PersistentButton, custom_id="meeting:record"):
    """Adds the meetings on record to a network that has none of them."""

    async def on_press(self, context: Context) -> None:
        """Add those whose number is still free, and show the history."""
        services = context.services
        async with context.write() as tx:
            added = await services.meetings.add_recorded(tx, context.guild_id, recorded_meetings())
        embed, view = await history_page(context, 0)
        said = context.say(nt("{count} meeting was added.", "{count} meetings were added.", added))
        await context.replace(said, embed=embed, view=view)
