from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str
from discord.ext import commands

from bot.access import Asker, Level
from bot.audit_words import ACTIONS, FIELDS, SUBJECTS
from bot.services import Services
from bot.ui import Page, StoredButton, answer, asker_of, host_of, replace, stored_view, turning
from cogs.audit.cards import PAGE, audit_card


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
        embed, view = await audit_page(self.services, asker_of(interaction), who.id if who else 0, what or "", 0)
        await answer(interaction, embed=embed, view=view)

    @audit.autocomplete("what")
    async def _what(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        reader = asker_of(interaction).reader
        words = {word: reader.label(text) for word, text in (ACTIONS | SUBJECTS | FIELDS).items()}
        fitting = [(word, name) for word, name in words.items() if typed.casefold() in name.casefold()]
        return [app_commands.Choice(name=name, value=word) for word, name in fitting[:25]]


async def audit_page(
    services: Services, asker: Asker, who: int, what: str, number: int
) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the log with its buttons; ``who`` 0: by anybody, ``what`` empty: anything."""
    entries, total = await services.audit.page(
        asker.guild_id, account_id=who or None, words=what, offset=number * PAGE, limit=PAGE
    )
    page = Page(entries, number, max(1, -(-total // PAGE)), total)
    embed = audit_card(page, asker.reader)

    def button(way: str, to: int, label: str, *, disabled: bool) -> ui.Item[Any]:
        return PageButton(way, to, who, what, label, disabled=disabled)

    turners = turning(page, asker.reader, button)
    return embed, stored_view(turners) if turners else None


class PageButton(StoredButton, template=r"audit:(?P<way>[<>]):(?P<page>\d+):(?P<who>\d+):(?P<what>.*)"):
    """*Previous* and *Next* below the audit log."""

    level = Level.SECRETARIAT

    def __init__(self, way: str, page: int, who: int, what: str, label: str = "", *, disabled: bool = False) -> None:
        custom_id = f"audit:{way}:{page}:{who}:{what}"
        super().__init__(ui.Button[Any](custom_id=custom_id, label=label, disabled=disabled))
        self.page, self.who, self.what = page, who, what

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["way"], int(state["page"]), int(state["who"]), state["what"])

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Turn the page."""
        services = host_of(interaction).services
        embed, view = await audit_page(services, asker, self.who, self.what, self.page)
        await replace(interaction, embed=embed, view=view)
