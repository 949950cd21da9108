import discord
from discord import ui

from bot.ui import Context, Page, PageButton, Rest, page_buttons, stored_view
from cogs.audit.cards import PAGE, audit_card
from cogs.audit.queries import names_of


async def audit_page(context: Context, who: int, what: str, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the log with its buttons; ``who`` 0: by anybody, ``what`` empty: anything."""
    entries, total = await context.services.audit.page(
        context.guild_id, account_id=who or None, words=what, offset=number * PAGE, limit=PAGE
    )
    page = Page(entries, number, max(1, -(-total // PAGE)), total)
    rows, seats = await names_of(context, entries)
    embed = audit_card(page, rows, seats, context.reader)
    turners = page_buttons(page, context.reader, lambda way, to: AuditPages(way, to, who, what))
    return embed, stored_view(turners) if turners else None


class AuditPages(PageButton, custom_id="audit:{way}:{page}:{who}:{what}"):
    """*Previous* and *Next* below the audit log."""

    who: int
    what: Rest

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        return await audit_page(context, self.who, self.what, self.page)
