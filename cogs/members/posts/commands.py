"""``/member appoint``, ``handover`` and ``end``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.members.completion import (
    DELEGATION,
    PERSON,
    PLACE,
    PLACE_CHOICES,
    ROLE_CHOICES,
    SOMEBODY,
    Line,
    Name,
    any_delegation,
    person_of_delegation,
    place_chosen,
    role_chosen,
)
from cogs.members.posts import end
from cogs.members.posts.forms import AppointForm, HandOverForm, submit
from cogs.members.posts.post import PostOptions, account_named

_FIRST = locale_str("First day, such as 2027-03-12; today if left out")


class PostCommands(commands.Cog):
    """Appoint, hand over, end."""

    @app_commands.command(description=locale_str("Appoint somebody for a delegation, at once"))
    @app_commands.describe(
        **SOMEBODY,
        delegation=DELEGATION,
        role=locale_str("The person's post"),
        starts_on=_FIRST,
        ends_on=locale_str("Last day, where it is known"),
        place=PLACE,
    )
    @app_commands.choices(role=ROLE_CHOICES, place=PLACE_CHOICES)
    async def appoint(
        self,
        interaction: discord.Interaction,
        delegation: str,
        name: Name,
        role: str,
        user: discord.Member | None = None,
        title: Line | None = None,
        ministry: Line | None = None,
        starts_on: str | None = None,
        ends_on: str | None = None,
        place: str | None = None,
    ) -> None:
        """Write an appointment down."""
        account = account_named(user)
        typed = PostOptions(name, account, title, ministry, starts_on, ends_on, place_chosen(place))
        await submit(Context.of(interaction), AppointForm, delegation, role_chosen(role), typed)

    @app_commands.command(description=locale_str("Let the next focal point follow the present one"))
    @app_commands.describe(
        **SOMEBODY
        | {
            "delegation": DELEGATION,
            "name": locale_str("The next focal point's name, as the delegation writes it"),
            "starts_on": _FIRST,
        }
    )
    async def handover(
        self,
        interaction: discord.Interaction,
        delegation: str,
        name: Name,
        user: discord.Member | None = None,
        starts_on: str | None = None,
        title: Line | None = None,
        ministry: Line | None = None,
    ) -> None:
        """End one focal point's term and begin the next one's."""
        typed = PostOptions(name, account_named(user), title, ministry, starts_on)
        await submit(Context.of(interaction), HandOverForm, delegation, "focal_point", typed)

    @app_commands.command(description=locale_str("End somebody's term; the seat stays"))
    @app_commands.describe(
        delegation=DELEGATION,
        person=PERSON,
        ends_on=locale_str("Last day, included; today if left out"),
        now=locale_str("At once: yesterday was the last day, and the access ends with your Confirm"),
    )
    async def end(
        self,
        interaction: discord.Interaction,
        delegation: str,
        person: str,
        ends_on: str | None = None,
        now: bool = False,
    ) -> None:
        """End a person's posts for a delegation."""
        await end.end(Context.of(interaction), delegation, person, ends_on, at_once=now)

    appoint.autocomplete("delegation")(any_delegation)
    handover.autocomplete("delegation")(any_delegation)
    end.autocomplete("delegation")(any_delegation)
    end.autocomplete("person")(person_of_delegation)
