from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str
from discord.ext import commands

from bot import delegations
from bot.choosing import choices
from bot.errors import NotFoundError, UserError
from bot.languages import Language
from bot.names import RegionalGroup
from bot.services import Services
from bot.texts import t
from bot.ui import answer, asker_of, stored_view
from bot.values import REGIONS
from cogs.members import directory, exchange, naming, steering
from cogs.members.me import own_card
from cogs.members.me_forms import own_buttons
from cogs.members.rules import Filter, languages_named, skills, spoken_languages
from cogs.members.seats import SeatCommands
from cogs.members.views import history_page, list_page, offer
from cogs.members.words import ROLES
from storage.models import Role

if TYPE_CHECKING:
    from bot.app import Focalbot

_REGION_CHOICES = choices(REGIONS)
_ROLE_CHOICES = choices(ROLES)
_LANGUAGE_CHOICES = [Choice(name=name, value=code) for code, name in naming.LANGUAGES_BY_NAME]

FOCAL_POINT_CARD = "Focal point card"


class MembersCog(
    SeatCommands, commands.GroupCog, name="member", description=locale_str("Look people up, and keep the directory")
):
    """``/member``: the directory of the network."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command(description=locale_str("Find a delegation, a person, a ministry or a skill"))
    @app_commands.describe(who=locale_str("In any language, by name, code or flag; typing errors are forgiven"))
    async def find(self, interaction: discord.Interaction, who: str) -> None:
        """Show the one card that is meant, or let the asker pick."""
        asker = asker_of(interaction)
        seating = await delegations.seating_of(self.services, asker)
        found = directory.found_by(seating, who, asker.reader.language)
        matches = directory.picked(seating, found.matches)
        near = directory.picked(seating, found.near)
        if len(matches) == 1:
            await answer(interaction, embed=directory.card_for(self.services, asker, matches[0]))
        elif matches:
            await offer(interaction, asker, t("Several fit {typed}: choose one.", typed=who), matches)
        elif found.without_seat is not None:
            raise delegations.no_seat(asker, found.without_seat)
        elif near:
            await offer(interaction, asker, t("Nothing here is called {typed}. Is it one of these?", typed=who), near)
        else:
            raise delegations.unknown(asker, who, [])

    @app_commands.command(name="list", description=locale_str("See the delegations, narrowed to what you want"))
    @app_commands.describe(
        region=locale_str("A regional group of the United Nations"),
        role=locale_str("Who has somebody in this role"),
        language=locale_str("Who has somebody speaking it"),
        expertise=locale_str("Who has somebody with this skill"),
    )
    @app_commands.choices(region=_REGION_CHOICES, role=_ROLE_CHOICES)
    async def list_(
        self,
        interaction: discord.Interaction,
        region: str | None = None,
        role: str | None = None,
        language: str | None = None,
        expertise: app_commands.Range[str, 1, 30] | None = None,
    ) -> None:
        """Show a page of the delegations that fit."""
        asker = asker_of(interaction)
        seats = await directory.seats_of(self.services, asker)
        wanted = Filter(_region(region), _role(role), _spoken(language, spoken_languages(seats)), expertise)
        embed, view = list_page(seats, wanted, 0, asker.reader)
        await answer(interaction, embed=embed, view=view)

    @app_commands.command(description=locale_str("See who has spoken for a delegation over the years"))
    @app_commands.describe(delegation=locale_str("The delegation"))
    async def history(self, interaction: discord.Interaction, delegation: str) -> None:
        """Show everybody who ever held a post for a delegation."""
        asker = asker_of(interaction)
        seat = await delegations.delegation_typed(self.services, asker, delegation)
        holders = await self.services.members.holders(asker.guild_id, seat.id)
        terms = await self.services.members.steering_terms(asker.guild_id, seat.id)
        embed, view = history_page(seat, holders, terms, 0, asker.reader, self.services.today(asker.network))
        await answer(interaction, embed=embed, view=view)

    @app_commands.command(description=locale_str("See what the directory says about you"))
    async def me(self, interaction: discord.Interaction) -> None:
        """Show one's own entry."""
        asker = asker_of(interaction)
        card, buttons = await own_card(self.services, asker), await own_buttons(self.services, asker)
        await answer(interaction, embed=card, view=stored_view(buttons) if buttons else None)

    @app_commands.command(description=locale_str("Say what a delegation is called in one language"))
    @app_commands.describe(
        delegation=locale_str("The delegation"),
        language=locale_str("In which language"),
        name=locale_str("As it should stand on cards; the United Nations' name takes your own away"),
    )
    @app_commands.choices(language=_LANGUAGE_CHOICES)
    async def name(
        self,
        interaction: discord.Interaction,
        delegation: str,
        language: Language,
        name: app_commands.Range[str, 1, 100],
    ) -> None:
        """Override the name of a delegation."""
        await naming.name_delegation(interaction, self.services, delegation, language, name)

    @app_commands.command(description=locale_str("Write down a delegation's term in the steering group"))
    @app_commands.describe(
        delegation=locale_str("The delegation"),
        starts_on=locale_str("First day, such as 2027-03-12; today if left out"),
        ends_on=locale_str("Last day; alone, it ends the present term"),
    )
    async def steering(
        self,
        interaction: discord.Interaction,
        delegation: str,
        starts_on: str | None = None,
        ends_on: str | None = None,
    ) -> None:
        """Begin, change or end a term in the steering group."""
        await steering.write_term(interaction, self.services, delegation, starts_on, ends_on)

    @app_commands.command(name="import", description=locale_str("Bring the directory up to date from a CSV file"))
    @app_commands.describe(
        file=locale_str("In CSV UTF-8, with the columns of the export; absent rows stay as they are"),
        dry_run=locale_str("Only show what the file would change"),
    )
    async def import_(self, interaction: discord.Interaction, file: discord.Attachment, dry_run: bool = False) -> None:
        """Read the directory from a file, all or nothing."""
        await exchange.import_directory(interaction, self.services, file, dry_run)

    @app_commands.command(description=locale_str("Take the whole directory out as a CSV file"))
    async def export(self, interaction: discord.Interaction) -> None:
        """Answer with the directory as a file."""
        await exchange.export_directory(interaction, self.services)

    @find.autocomplete("who")
    async def _who(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await directory.complete_anything(self.services, asker_of(interaction), typed)

    @history.autocomplete("delegation")
    @name.autocomplete("delegation")
    @steering.autocomplete("delegation")
    async def _delegation(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await delegations.complete_delegation(self.services, asker_of(interaction), typed)

    @list_.autocomplete("language")
    async def _language(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        asker = asker_of(interaction)
        spoken = spoken_languages(await directory.seats_of(self.services, asker))
        codes = languages_named(typed, spoken)[: directory.CHOICES]
        return [Choice(name=asker.reader.language_name(code), value=code) for code in codes]

    @list_.autocomplete("expertise")
    async def _expertise(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        known = skills(await directory.seats_of(self.services, asker_of(interaction)))
        fitting = [skill for skill in known if typed.casefold() in skill.casefold()]
        return [Choice(name=skill[:100], value=skill[:30]) for skill in fitting[: directory.CHOICES]]

    async def card_of_user(self, interaction: discord.Interaction, user: discord.Member) -> None:
        """Show the card of the delegation that the account ``user`` speaks for."""
        asker = asker_of(interaction)
        seats = await directory.seats_of(self.services, asker)
        own = [s for s in seats if any(h.person.account_id == user.id for h in s.holders)]
        if not own:
            raise NotFoundError(t("{user} speaks for no delegation at present.", user=user.display_name))
        embeds = [directory.card_for(self.services, asker, seat) for seat in own[:3]]
        await answer(interaction, embeds=embeds)


def register_context_menu(bot: "Focalbot", cog: MembersCog) -> None:
    """Put *Focal point card* into the menu on every account."""

    async def focal_point_card(interaction: discord.Interaction, user: discord.Member) -> None:
        await cog.card_of_user(interaction, user)

    bot.tree.add_command(app_commands.ContextMenu(name=FOCAL_POINT_CARD, callback=focal_point_card))


def _region(value: str | None) -> RegionalGroup | None:
    return next((key for key in REGIONS if key == value), None)


def _role(value: str | None) -> Role | None:
    return next((key for key in ROLES if key == value), None)


def _spoken(typed: str | None, spoken: list[str]) -> str | None:
    if typed is None:
        return None
    codes = languages_named(typed, spoken)
    if not codes:
        raise UserError(t("Nobody in the directory speaks {language}: choose one from the list.", language=typed))
    return codes[0]
