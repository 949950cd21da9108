"""``/decision open``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.documents.upload import expect
from bot.labels import REGIONS
from bot.occasions.fields import given
from bot.occasions.fields import options as described
from bot.search.choosing import choices
from bot.ui import Context
from cogs.decisions import sentences
from cogs.decisions.opening.fields import DOCUMENTS, OF_DECISION, TITLE, URL
from cogs.decisions.opening.forms import OpenForm
from cogs.decisions.opening.proposals import OF_ONE_LANGUAGE
from storage.decisions.models import DecisionAudience

_AUDIENCES = choices(sentences.AUDIENCES)
_REGIONS = choices(REGIONS)


class OpeningCommands(commands.Cog):
    """Open."""

    @app_commands.command(
        name="open", description=locale_str("Propose a decision by silence procedure, after seeing it")
    )
    @app_commands.describe(
        **described(OF_DECISION),
        document=locale_str("The text, as PDF, DOCX or ODT"),
        audience=locale_str("Who decides; all delegations if left out"),
        region=locale_str("Which region, where one regional group decides"),
    )
    @app_commands.choices(audience=_AUDIENCES, region=_REGIONS)
    async def open_(
        self,
        interaction: discord.Interaction,
        title: app_commands.Range[str, 1, 200] | None = None,
        document: discord.Attachment | None = None,
        url: app_commands.Range[str, 1, 512] | None = None,
        expires: str | None = None,
        audience: DecisionAudience = "all",
        region: str | None = None,
    ) -> None:
        """Show the proposal as it would be, or the form with what is still missing."""
        context = Context.of(interaction)
        typed = given((field.option for field in OF_DECISION), locals())
        upload = await expect(context, {OF_ONE_LANGUAGE: document})
        typed[DOCUMENTS] = upload.written()
        form = OpenForm.about(audience, region)
        if TITLE.option in typed and (URL.option in typed or upload.files):
            await context.acknowledge()
            await upload.receive(context)
            await form.submit(context, typed)
        else:
            await form.show_kept(context, typed)
            await upload.receive(context)
