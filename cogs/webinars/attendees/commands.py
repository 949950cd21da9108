"""``/webinar attendees``: for the secretariat only, as the card says."""

from io import BytesIO

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.audience import seats_today
from bot.ui import Context
from cogs.webinars import completion, queries
from cogs.webinars.attendees.cards import attendees_card
from cogs.webinars.attendees.exchange import file_of
from cogs.webinars.attendees.rules import attendees_of


class AttendeeCommands(commands.Cog):
    """See who answered what."""

    @app_commands.command(description=locale_str("See who comes, by delegation, with a file for spreadsheets"))
    @app_commands.describe(webinar=completion.WEBINAR)
    async def attendees(self, interaction: discord.Interaction, webinar: str) -> None:
        """Answer with the table and the file."""
        context = Context.of(interaction)
        services, reader = context.services, context.reader
        found = await queries.webinar_typed(context, webinar)
        seats = await seats_today(services, context.guild_id)
        attendees = attendees_of(seats, await services.webinars.answers(context.guild_id, found.id), reader)
        counts = await services.webinars.counts(context.guild_id, found.id)
        file = discord.File(BytesIO(file_of(attendees, reader)), f"webinar-{found.id}-attendees.csv")
        await context.answer(embed=attendees_card(found, attendees, counts, reader), files=[file])

    attendees.autocomplete("webinar")(completion.complete_any)
