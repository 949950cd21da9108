"""The commands of ``/member`` by which people come and go; :class:`MembersCog` takes them over."""

from typing import Final

import discord
from discord import app_commands
from discord.app_commands import Choice, Range, locale_str
from discord.ext import commands

from bot import delegations
from bot.choosing import choices
from bot.services import Services
from bot.ui import asker_of
from cogs.members import handover, invitations, linking, overview
from cogs.members.people import complete_person
from cogs.members.post_forms import AppointForm, HandOverForm, NominateForm, begin
from cogs.members.posts import Typed, account_named
from cogs.members.words import ROLES
from storage.models import Role

ROLE_CHOICES: Final = choices(ROLES)
_Name = Range[str, 1, 100]
_Line = Range[str, 1, 200]
_DELEGATION = locale_str("The delegation")
_PERSON = locale_str("Choose the delegation first, then from the list")
_USER = locale_str("The person's account on this server")
_SOMEBODY: Final = {
    "name": locale_str("The person's name, as the delegation writes it"),
    "user": _USER,
    "title": locale_str("The person's title"),
    "ministry": locale_str("The ministry or office"),
}
_FIRST = locale_str("First day, such as 2027-03-12; today if left out")


class SeatCommands(commands.Cog):
    """Appoint, nominate, hand over, end, link, invite, claim."""

    services: Services

    @app_commands.command(description=locale_str("Appoint somebody for a delegation, at once"))
    @app_commands.describe(
        **_SOMEBODY,
        delegation=_DELEGATION,
        role=locale_str("What the person is"),
        starts_on=_FIRST,
        ends_on=locale_str("Last day, where it is known"),
    )
    @app_commands.choices(role=ROLE_CHOICES)
    async def appoint(
        self,
        interaction: discord.Interaction,
        delegation: str,
        name: _Name,
        role: str,
        user: discord.Member | None = None,
        title: _Line | None = None,
        ministry: _Line | None = None,
        starts_on: str | None = None,
        ends_on: str | None = None,
    ) -> None:
        """Write an appointment down."""
        await begin(
            interaction,
            AppointForm,
            delegation,
            _role(role),
            Typed(name, account_named(user), title, ministry, starts_on, ends_on),
        )

    @app_commands.command(description=locale_str("Nominate a colleague of your delegation; the secretariat approves"))
    @app_commands.describe(
        **_SOMEBODY,
        delegation=locale_str("Your own delegation"),
        role=locale_str("What the person is to be"),
        starts_on=locale_str("First day; the day of the approval if left out"),
    )
    @app_commands.choices(role=ROLE_CHOICES)
    async def nominate(
        self,
        interaction: discord.Interaction,
        delegation: str,
        name: _Name,
        role: str,
        user: discord.Member | None = None,
        title: _Line | None = None,
        ministry: _Line | None = None,
        starts_on: str | None = None,
    ) -> None:
        """Ask the secretariat for an appointment."""
        await begin(
            interaction,
            NominateForm,
            delegation,
            _role(role),
            Typed(name, account_named(user), title, ministry, starts_on),
        )

    @app_commands.command(description=locale_str("Let the next focal point follow the present one"))
    @app_commands.describe(
        **_SOMEBODY
        | {
            "delegation": _DELEGATION,
            "name": locale_str("The next focal point's name, as the delegation writes it"),
            "starts_on": _FIRST,
        }
    )
    async def handover(
        self,
        interaction: discord.Interaction,
        delegation: str,
        name: _Name,
        user: discord.Member | None = None,
        starts_on: str | None = None,
        title: _Line | None = None,
        ministry: _Line | None = None,
    ) -> None:
        """End one focal point's term and begin the next one's."""
        await begin(
            interaction,
            HandOverForm,
            delegation,
            "focal_point",
            Typed(name, account_named(user), title, ministry, starts_on),
        )

    @app_commands.command(description=locale_str("End somebody's term; the seat stays"))
    @app_commands.describe(
        delegation=_DELEGATION, person=_PERSON, ends_on=locale_str("Last day, included; today if left out")
    )
    async def end(
        self, interaction: discord.Interaction, delegation: str, person: str, ends_on: str | None = None
    ) -> None:
        """End a person's posts for a delegation."""
        await handover.end(interaction, self.services, delegation, person, ends_on)

    @app_commands.command(description=locale_str("Link a person of the directory to an account on this server"))
    @app_commands.describe(delegation=_DELEGATION, person=_PERSON, user=_USER)
    async def link(self, interaction: discord.Interaction, delegation: str, person: str, user: discord.Member) -> None:
        """Link a person to an account."""
        await linking.link(interaction, self.services, delegation, person, user)

    @app_commands.command(description=locale_str("Make a one-time code to send to an appointee by e-mail"))
    @app_commands.describe(delegation=_DELEGATION, person=_PERSON)
    async def invite(self, interaction: discord.Interaction, delegation: str, person: str) -> None:
        """Make a code for a person."""
        await invitations.invite(interaction, self.services, delegation, person)

    @app_commands.command(description=locale_str("Enter the code that the secretariat sent you"))
    @app_commands.describe(code=locale_str("As it stands in the e-mail"))
    async def claim(self, interaction: discord.Interaction, code: Range[str, 1, 60]) -> None:
        """Get in with a code."""
        await invitations.claim(interaction, self.services, code)

    @app_commands.command(description=locale_str("See which seats want looking after"))
    async def overview(self, interaction: discord.Interaction) -> None:
        """Show vacant seats, long terms, missing accounts and quiet delegations."""
        await overview.overview(interaction, self.services)

    @appoint.autocomplete("delegation")
    @handover.autocomplete("delegation")
    @end.autocomplete("delegation")
    @link.autocomplete("delegation")
    @invite.autocomplete("delegation")
    async def _seat(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await delegations.complete_delegation(self.services, asker_of(interaction), typed)

    @nominate.autocomplete("delegation")
    async def _own_seat(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await delegations.complete_delegation(self.services, asker_of(interaction), typed, own=True)

    @end.autocomplete("person")
    @link.autocomplete("person")
    @invite.autocomplete("person")
    async def _person(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        delegation = getattr(interaction.namespace, "delegation", None)
        return await complete_person(self.services, asker_of(interaction), delegation, typed)


def _role(value: str) -> Role:
    return next(key for key in ROLES if key == value)
