import discord
from discord import app_commands, ui
from discord.app_commands import locale_str
from discord.ext import commands

from bot.audit_words import ACTIONS, FIELDS, SUBJECTS
from bot.naming import called
from bot.services import Services
from bot.ui import Context, Page, PageButton, Rest, page_buttons, stored_view
from cogs.audit.cards import PAGE, audit_card
from cogs.audit.queries import row_names


class AuditCog(commands.Cog):
    """``/audit``: who changed what, and when."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command(description=locale_str("See who changed what, and when"))
    @app_commands.describe(
        who=locale_str("Only what this account did"), what=locale_str("Only this kind of change, or this field")
    )
    async def audit(
        self,
        interaction: discord.Interaction,
        who: discord.Member | None = None,
        what: app_commands.Range[str, 1, 40] | None = None,
    ) -> None:
        """Show the newest page of the audit log."""
        embed, view = await audit_page(Context.of(interaction), who.id if who else 0, what or "", 0)
        await Context.of(interaction).answer(embed=embed, view=view)

    @audit.autocomplete("what")
    async def _what(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        reader = Context.of(interaction).reader
        words = {word: reader.label(text) for word, text in (ACTIONS | SUBJECTS | FIELDS).items()}
        fitting = [(word, name) for word, name in words.items() if typed.casefold() in name.casefold()]
        return [app_commands.Choice(name=name, value=word) for word, name in fitting[:25]]


async def audit_page(context: Context, who: int, what: str, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the log with its buttons; ``who`` 0: by anybody, ``what`` empty: anything."""
    entries, total = await context.services.audit.page(
        context.guild_id, account_id=who or None, words=what, offset=number * PAGE, limit=PAGE
    )
    page = Page(entries, number, max(1, -(-total // PAGE)), total)
    delegations = await context.services.members.delegations(context.guild_id)
    seats = {delegation.code: called(delegation, context.reader.language) for delegation in delegations}
    rows = await row_names(context.services, context.guild_id, entries, context.reader)
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
