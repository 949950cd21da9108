"""``/statement open`` and ``edit``."""

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str
from discord.ext import commands

from bot.completion import time_zone
from bot.documents import expect
from bot.labels import REGIONS
from bot.occasions.fields import given, options
from bot.search.choosing import choices
from bot.ui import Context
from cogs.statements import completion, queries
from cogs.statements.drafting import forms
from cogs.statements.drafting.fields import MAIN, NO, YES
from cogs.statements.sentences import AUDIENCES

_OPTIONS = options(MAIN)
_ABOUT = {
    **_OPTIONS,
    "document_en": locale_str("The text in English: a PDF, DOCX or ODT file"),
    "document_fr": locale_str("The text in French: a PDF, DOCX or ODT file"),
    "document_es": locale_str("The text in Spanish: a PDF, DOCX or ODT file"),
    "authoritative": locale_str("The language of the authoritative text, where there are several"),
    "audience": locale_str("Who is invited to join; all delegations if left out"),
    "region": locale_str("Which regional group, where one is invited"),
    "show_count": locale_str("Whether members see how many have joined, from 5 on; no if left out"),
    "timezone": locale_str("The time zone of the closing time; your own if left out"),
}
_AUDIENCES = choices(AUDIENCES)
_REGIONS = choices(REGIONS)
_LANGUAGES = [
    Choice(name=locale_str("English"), value="en"),
    Choice(name=locale_str("French"), value="fr"),
    Choice(name=locale_str("Spanish"), value="es"),
]
_TYPED = (*_OPTIONS, "audience", "region", "authoritative", "timezone")


class DraftingCommands(commands.Cog):
    """Open, edit."""

    @app_commands.command(name="open", description=locale_str("Draft a statement; a form opens for what is missing"))
    @app_commands.describe(**_ABOUT)
    @app_commands.choices(audience=_AUDIENCES, region=_REGIONS, authoritative=_LANGUAGES)
    async def open_(
        self,
        interaction: discord.Interaction,
        title: str | None = None,
        document_en: discord.Attachment | None = None,
        document_fr: discord.Attachment | None = None,
        document_es: discord.Attachment | None = None,
        authoritative: str | None = None,
        url: str | None = None,
        penholders: str | None = None,
        audience: str | None = None,
        region: str | None = None,
        delegations: str | None = None,
        closes: str | None = None,
        timezone: str | None = None,
        show_count: bool = False,
    ) -> None:
        """Show the draft before it is kept, or open the form with what is there."""
        context, typed = Context.of(interaction), given(_TYPED, locals())
        upload = await expect(context, {"en": document_en, "fr": document_fr, "es": document_es})
        typed |= {"show_count": YES if show_count else NO, "documents": upload.written()}
        await forms.enter(context, forms.StatementForm.about(None), typed, upload)

    @app_commands.command(description=locale_str("Change a draft, or give a final statement a new text"))
    @app_commands.describe(statement=completion.STATEMENT, **_ABOUT)
    @app_commands.choices(audience=_AUDIENCES, region=_REGIONS, authoritative=_LANGUAGES)
    async def edit(
        self,
        interaction: discord.Interaction,
        statement: str,
        title: str | None = None,
        document_en: discord.Attachment | None = None,
        document_fr: discord.Attachment | None = None,
        document_es: discord.Attachment | None = None,
        authoritative: str | None = None,
        url: str | None = None,
        penholders: str | None = None,
        audience: str | None = None,
        region: str | None = None,
        delegations: str | None = None,
        closes: str | None = None,
        timezone: str | None = None,
        show_count: bool | None = None,
    ) -> None:
        """Show what changes before it does."""
        context, typed = Context.of(interaction), given(_TYPED, locals())
        if show_count is not None:
            typed["show_count"] = YES if show_count else NO
        files = {"en": document_en, "fr": document_fr, "es": document_es}
        await forms.edit(context, await queries.statement_typed(context, statement), typed, files)

    open_.autocomplete("penholders")(completion.delegations)
    open_.autocomplete("delegations")(completion.delegations)
    open_.autocomplete("timezone")(time_zone)
    edit.autocomplete("statement")(completion.statement_not_over)
    edit.autocomplete("penholders")(completion.delegations)
    edit.autocomplete("delegations")(completion.delegations)
    edit.autocomplete("timezone")(time_zone)
