"""``/member find``, ``list`` and ``history``, and the menu *Focal point card*."""

import discord
from discord import app_commands
from discord.app_commands import Choice, Range, locale_str
from discord.ext import commands

from bot import delegations
from bot.commands import Command
from bot.errors import NotFoundError, UserError
from bot.labels import REGIONS
from bot.names import RegionalGroup
from bot.names.delegation_names import with_flag
from bot.search.choosing import CHOICES, choices
from bot.search.lookup import search
from bot.texts import t
from bot.ui import Context
from cogs.members.completion import DELEGATION, ROLE_CHOICES, any_delegation, role_chosen
from cogs.members.directory import queries
from cogs.members.directory.buttons import card_for, history_page, list_page, offer_seats, show_card
from cogs.members.directory.rules import Filter, languages_named, skills, spoken_languages
from storage.members.models import Seat

_REGION_CHOICES = choices(REGIONS)


async def complete_seat(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer the seats that may be meant by a delegation, a person, a ministry or a skill."""
    context = Context.of(interaction)
    seating = await delegations.seating_of(context.services, context.asker)
    if not typed.strip():
        return [_choice(context, seat) for seat in seating.in_order(context.reader.language)[:CHOICES]]
    hits = search(seating.index(context.reader.language), typed, CHOICES)
    return [_choice(context, seating.by_code[hit.key], hit.term.text) for hit in hits]


def _choice(context: Context, seat: Seat, because: str | None = None) -> Choice[str]:
    """Offer a seat by its name; where a person or a skill was typed, say which."""
    name = with_flag(seat.delegation, context.reader.language)
    people = {holder.person.name for holder in seat.holders} | {h.appointment.ministry for h in seat.holders}
    people |= {skill for holder in seat.holders for skill in holder.person.expertise}
    if because and because in people:
        name = f"{name} · {because}"
    return Choice(name=name[:100], value=seat.delegation.code)


class DirectoryCommands(commands.Cog):
    """Find, list, history."""

    @app_commands.command(description=locale_str("Find a delegation, a person, a ministry or a skill"))
    @app_commands.describe(who=locale_str("In any language, by name, code or flag; typing errors are forgiven"))
    async def find(self, interaction: discord.Interaction, who: str) -> None:
        """Show the one card that is meant, or let the asker pick."""
        context = Context.of(interaction)
        seating = await delegations.seating_of(context.services, context.asker)
        found = queries.search_seats(seating, who, context.reader.language)
        matches = queries.seats_hit(seating, found.matches)
        near = queries.seats_hit(seating, found.near)
        if len(matches) == 1:
            await show_card(context, matches[0])
        elif matches:
            await offer_seats(context, t("Several match {typed}: choose one.", typed=who), matches)
        elif found.without_seat is not None:
            raise delegations.no_seat(context.asker, found.without_seat)
        elif near:
            await offer_seats(context, t("Nothing here is called {typed}. Is it one of these?", typed=who), near)
        else:
            raise delegations.unknown(context.asker, who, [])

    @app_commands.command(name="list", description=locale_str("See the delegations, narrowed to what you want"))
    @app_commands.describe(
        region=locale_str("A regional group of the United Nations"),
        role=locale_str("Who has somebody in this role"),
        language=locale_str("Who has somebody speaking it"),
        expertise=locale_str("Who has somebody with this skill"),
    )
    @app_commands.choices(region=_REGION_CHOICES, role=ROLE_CHOICES)
    async def list_(
        self,
        interaction: discord.Interaction,
        region: str | None = None,
        role: str | None = None,
        language: str | None = None,
        expertise: Range[str, 1, 30] | None = None,
    ) -> None:
        """Show a page of the delegations that fit."""
        context = Context.of(interaction)
        seats = await queries.seats_of(context)
        spoken = _spoken(context, language, spoken_languages(seats))
        wanted = Filter(_region(region), role_chosen(role) if role is not None else None, spoken, expertise)
        embed, view = list_page(seats, wanted, 0, context.reader)
        await context.answer(embed=embed, view=view)

    @app_commands.command(description=locale_str("See who has spoken for a delegation over the years"))
    @app_commands.describe(delegation=DELEGATION)
    async def history(self, interaction: discord.Interaction, delegation: str) -> None:
        """Show everybody who ever held a post for a delegation."""
        context = Context.of(interaction)
        seat = await delegations.delegation_typed(context.services, context.asker, delegation)
        embed, view = await history_page(context, seat, 0)
        await context.answer(embed=embed, view=view)

    @list_.autocomplete("language")
    async def _language(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        context = Context.of(interaction)
        codes = languages_named(typed, spoken_languages(await queries.seats_of(context)))
        return [Choice(name=context.reader.language_name(code), value=code) for code in codes[:CHOICES]]

    @list_.autocomplete("expertise")
    async def _expertise(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        known = skills(await queries.seats_of(Context.of(interaction)))
        fitting = [skill for skill in known if typed.casefold() in skill.casefold()]
        return [Choice(name=skill[:100], value=skill[:30]) for skill in fitting[:CHOICES]]

    find.autocomplete("who")(complete_seat)
    history.autocomplete("delegation")(any_delegation)


async def show_card_of_user(context: Context, user: discord.Member) -> None:
    """Show the card of the delegation that the account ``user`` speaks for."""
    seats = await queries.seats_of(context)
    own = [s for s in seats if any(h.person.account_id == user.id for h in s.holders)]
    if not own:
        raise NotFoundError(
            t(
                "{user} does not represent any delegation at the moment: search with {command}.",
                user=user.display_name,
                command=Command("member find"),
            )
        )
    await context.answer(embeds=[card_for(context, seat) for seat in own[:3]])


def _region(value: str | None) -> RegionalGroup | None:
    return next((key for key in REGIONS if key == value), None)


def _spoken(context: Context, typed: str | None, spoken: list[str]) -> str | None:
    if typed is None:
        return None
    codes = languages_named(typed, spoken)
    if not codes:
        named = context.reader.language_name(typed)
        raise UserError(t("Nobody in the directory speaks {language}: choose one from the list.", language=named))
    return codes[0]
