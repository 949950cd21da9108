"""Buttons and lists of the directory. Their state is in their ``custom_id``: they work after any restart."""

from collections.abc import Sequence
from typing import cast

import discord
from discord import ui

from bot.names import RegionalGroup
from bot.names.delegation_names import with_flag
from bot.texts import Reader, Text, t
from bot.ui import Context, PageButton, PersistentSelect, Rest, Word, page_buttons, page_of, stored_view
from cogs.members.directory.cards import Viewer, history_card, list_card, seat_card
from cogs.members.directory.queries import has_left, seats_of
from cogs.members.directory.rules import Filter, filtered
from storage.members.models import Delegation, Role, Seat

PAGE = 10


def card_for(context: Context, seat: Seat) -> discord.Embed:
    """Show a seat to the person who asks, with the contact details that they may see."""
    own_person_id = context.asker.person.id if context.asker.person else None
    sight = Viewer(context.asker.is_secretariat, own_person_id, is_direct=context.is_direct)
    return seat_card(seat, context.reader, context.services.clock.now(), sight)


async def show_card(context: Context, seat: Seat) -> None:
    """Answer with a seat's card; from a direct message a button leads to the server, where contact details are."""
    view = stored_view([context.server_button()]) if context.is_direct else None
    await context.answer(embed=card_for(context, seat), view=view)


class SeatSelect(PersistentSelect, custom_id="seats"):
    """Several delegations to pick one from."""

    @classmethod
    def of(cls, seats: Sequence[Seat], reader: Reader) -> "SeatSelect":
        """Offer the seats, each by its name."""
        options = [
            discord.SelectOption(label=with_flag(seat.delegation, reader.language)[:100], value=seat.delegation.code)
            for seat in seats
        ]
        return cls().offering(options, reader.label(t("Choose a delegation")))

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Show the card of the chosen delegation below."""
        seat = next((s for s in await seats_of(context) if s.delegation.code == values[0]), None)
        if seat is None:
            raise has_left()
        await show_card(context, seat)


class DirectoryPages(PageButton, custom_id="mlist:{way}:{page}:{region}:{role}:{language}:{expertise}"):
    """*Previous* and *Next* below the list of delegations; an empty part does not narrow it."""

    region: Word
    role: Word
    language: Word
    expertise: Rest

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return another page of the same list."""
        wanted = Filter(
            cast(RegionalGroup | None, self.region or None),
            cast(Role | None, self.role or None),
            self.language or None,
            self.expertise or None,
        )
        return list_page(await seats_of(context), wanted, self.page, context.reader)


def list_page(
    seats: Sequence[Seat], wanted: Filter, number: int, reader: Reader
) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the list with its buttons; none where one page holds all."""
    page = page_of(filtered(seats, wanted), number, PAGE)
    state = (wanted.region or "", wanted.role or "", wanted.language or "", wanted.expertise or "")
    choose = [SeatSelect.of(page.items, reader)] if page.items else []
    items = [*choose, *page_buttons(page, reader, lambda way, to: DirectoryPages(way, to, *state))]
    return list_card(page, len(seats), reader), stored_view(items) if items else None


class HistoryPages(PageButton, custom_id="mhistory:{way}:{page}:{code}"):
    """*Previous* and *Next* below a delegation's history."""

    code: Word

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return another page of the same history."""
        delegation = await context.services.members.delegation(context.guild_id, self.code)
        if delegation is None:
            raise has_left()
        return await history_page(context, delegation, self.page)


async def history_page(context: Context, delegation: Delegation, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of a delegation's history with its buttons; none where one page holds all."""
    members, reader = context.services.members, context.reader
    page = page_of(await members.holders(context.guild_id, delegation.id), number, PAGE)
    terms = await members.steering_terms(context.guild_id, delegation.id)
    embed = history_card(delegation, page, terms, reader, context.services.today(context.network))
    turners = page_buttons(page, reader, lambda way, to: HistoryPages(way, to, delegation.code))
    return embed, stored_view(turners) if turners else None


async def offer_seats(context: Context, said: Text, seats: Sequence[Seat]) -> None:
    """Say that several are meant, or none, and let the asker pick."""
    await context.answer(said, view=stored_view([SeatSelect.of(seats, context.reader)]))
