import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.errors import UserError
from bot.ui import Context
from cogs.calendar import changes
from cogs.calendar.buttons import ahead_files, ahead_page
from cogs.calendar.completion import complete_day
from cogs.calendar.fields import LONGEST_DESCRIPTION, LONGEST_TITLE
from cogs.calendar.forms import DayForm
from cogs.calendar.queries import day_typed
from cogs.calendar.sentences import FILE


class CalendarCog(
    commands.GroupCog, name="calendar", description=locale_str("What is ahead, and the days to prepare for")
):
    """``/calendar``: all that lies ahead, in one place and in one file."""

    @app_commands.command(description=locale_str("See all that is ahead, with a file for your own calendar"))
    async def show(self, interaction: discord.Interaction) -> None:
        """Show the first page of what lies ahead, with the file of all of it."""
        context = Context.of(interaction)
        card, view = await ahead_page(context, 0)
        files = await ahead_files(context)
        await context.answer(FILE if files else None, embed=card, view=view, files=files)

    @app_commands.command(description=locale_str("Add a day that the network prepares for"))
    @app_commands.describe(
        title=locale_str("What the day is called"),
        day=locale_str("Such as 9 December 2027"),
        yearly=locale_str("Whether it comes each year"),
        link=locale_str("A page about it"),
        description=locale_str("What it is about; a form opens if left out"),
    )
    async def add(
        self,
        interaction: discord.Interaction,
        title: app_commands.Range[str, 1, LONGEST_TITLE],
        day: app_commands.Range[str, 1, 100],
        yearly: bool = False,
        link: app_commands.Range[str, 1, 512] | None = None,
        description: app_commands.Range[str, 1, LONGEST_DESCRIPTION] | None = None,
    ) -> None:
        """Add the day, or open the form where its description was left out."""
        context = Context.of(interaction)
        form, answer = DayForm(), "yes" if yearly else "no"
        values = {"title": title, "day": day, "yearly": answer, "link": link or "", "description": description or ""}
        if description is not None:
            await form.submit(context, values)
            return
        try:
            await changes.checked(context, values)
        except UserError as error:
            await form.correct(context, values, error.text)
        else:
            await form.show(context, values)

    @app_commands.command(description=locale_str("Remove an entry from the calendar"))
    @app_commands.describe(entry=locale_str("The entry"))
    async def remove(self, interaction: discord.Interaction, entry: str) -> None:
        """Ask before removing it."""
        context = Context.of(interaction)
        await changes.offer_to_remove(context, await day_typed(context, entry))

    remove.autocomplete("entry")(complete_day)
