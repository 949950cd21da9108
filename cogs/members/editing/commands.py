"""``/member edit``."""

import discord
from discord import app_commands
from discord.app_commands import Range, locale_str
from discord.ext import commands

from bot.languages import OWN_NAMES
from bot.ui import Context
from cogs.members.completion import DELEGATION, PERSON, Line, Name, any_delegation, person_of_delegation
from cogs.members.editing.forms import EditForm

_LANGUAGES = [app_commands.Choice(name=name, value=code) for code, name in OWN_NAMES.items()]


class EditingCommands(commands.Cog):
    """Edit."""

    @app_commands.command(description=locale_str("Correct a person's entry; a form opens if all else is left out"))
    @app_commands.describe(
        delegation=DELEGATION,
        person=PERSON,
        name=locale_str("The person's name, as the delegation writes it"),
        title=locale_str("The person's title"),
        ministry=locale_str("The ministry or office"),
        email=locale_str("E-mail address; also puts an address back in use after a returned e-mail"),
        phone=locale_str("Telephone number"),
        timezone=locale_str("A large city in the person's time zone"),
        language=locale_str("The language in which e-mails are written to them"),
        email_allowed=locale_str("No: they have asked for no e-mails"),
    )
    @app_commands.choices(language=_LANGUAGES)
    async def edit(
        self,
        interaction: discord.Interaction,
        delegation: str,
        person: str,
        name: Name | None = None,
        title: Line | None = None,
        ministry: Line | None = None,
        email: Range[str, 1, 254] | None = None,
        phone: Range[str, 1, 40] | None = None,
        timezone: Range[str, 1, 60] | None = None,
        language: str | None = None,
        email_allowed: bool | None = None,
    ) -> None:
        """Write what was given, or open the form with what the directory has."""
        given = {
            "name": name,
            "title": title,
            "ministry": ministry,
            "email": email,
            "phone": phone,
            "timezone": timezone,
        }
        await EditForm.begin(Context.of(interaction), delegation, person, given, language, email_allowed)

    edit.autocomplete("delegation")(any_delegation)
    edit.autocomplete("person")(person_of_delegation)
