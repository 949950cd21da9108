"""Buttons and lists of the directory. Their state is in their ``custom_id``: they work after any restart."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self, cast

import discord
from discord import ui

from bot.access import Asker, Level
from bot.names import RegionalGroup
from bot.naming import with_flag
from bot.texts import Reader, Text, t
from bot.ui import StoredButton, StoredSelect, answer, host_of, page_of, replace, stored_view, turning
from cogs.members.cards import history_card, list_card
from cogs.members.directory import card_for, has_left, seats_of
from cogs.members.rules import Filter, narrowed
from storage.models import Delegation, Holder, Role, Seat, SteeringTerm

PAGE = 10


class SeatSelect(StoredSelect, template=r"seats"):
    """Several delegations to pick one from."""

    level = Level.MEMBERS

    def __init__(self, options: list[discord.SelectOption], placeholder: str | None = None) -> None:
        super().__init__(ui.Select[Any](custom_id="seats", options=options, placeholder=placeholder))

    @classmethod
    def restored(cls, options: list[discord.SelectOption], **_: str) -> Self:
        """Make the list again from its options."""
        return cls(options)

    @classmethod
    def of(cls, seats: Sequence[Seat], reader: Reader) -> Self:
        """Offer the seats, each by its name."""
        options = [
            discord.SelectOption(label=with_flag(seat.delegation, reader.language)[:100], value=seat.delegation.code)
            for seat in seats
        ]
        return cls(options, reader.label(t("Choose a delegation")))

    async def chosen(self, interaction: discord.Interaction, asker: Asker, value: str) -> None:
        """Show the card of the chosen delegation below."""
        services = host_of(interaction).services
        seat = next((s for s in await seats_of(services, asker) if s.delegation.code == value), None)
        if seat is None:
            raise has_left()
        await answer(interaction, embed=card_for(services, asker, seat))


class ListButton(
    StoredButton,
    template=r"mlist:(?P<way>[<>]):(?P<page>\d+):(?P<region>\w*):(?P<role>\w*):(?P<language>\w*):(?P<expertise>.*)",
):
    """*Previous* and *Next* below the list of delegations."""

    level = Level.MEMBERS

    def __init__(self, way: str, page: int, wanted: Filter, label: str = "", *, disabled: bool = False) -> None:
        state = (wanted.region or "", wanted.role or "", wanted.language or "", wanted.expertise or "")
        custom_id = ":".join(("mlist", way, str(page), *state))
        super().__init__(ui.Button[Any](custom_id=custom_id, label=label, disabled=disabled))
        self.page = page
        self.wanted = wanted

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        wanted = Filter(
            cast(RegionalGroup | None, state["region"] or None),
            cast(Role | None, state["role"] or None),
            state["language"] or None,
            state["expertise"] or None,
        )
        return cls(state["way"], int(state["page"]), wanted)

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Turn the page."""
        seats = await seats_of(host_of(interaction).services, asker)
        embed, view = list_page(seats, self.wanted, self.page, asker.reader)
        await replace(interaction, embed=embed, view=view)


def list_page(
    seats: Sequence[Seat], wanted: Filter, number: int, reader: Reader
) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the list with its buttons; none where one page holds all."""
    page = page_of(narrowed(seats, wanted), number, PAGE)
    embed = list_card(page, len(seats), reader)

    def button(way: str, to: int, label: str, *, disabled: bool) -> ui.Item[Any]:
        return ListButton(way, to, wanted, label, disabled=disabled)

    choose = [SeatSelect.of(page.items, reader)] if page.items else []
    items = [*choose, *turning(page, reader, button)]
    return embed, stored_view(items) if items else None


class HistoryButton(StoredButton, template=r"mhistory:(?P<way>[<>]):(?P<page>\d+):(?P<code>\w+)"):
    """*Previous* and *Next* below a delegation's history."""

    level = Level.MEMBERS

    def __init__(self, way: str, page: int, code: str, label: str = "", *, disabled: bool = False) -> None:
        super().__init__(ui.Button[Any](custom_id=f"mhistory:{way}:{page}:{code}", label=label, disabled=disabled))
        self.page = page
        self.code = code

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["way"], int(state["page"]), state["code"])

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Turn the page."""
        services = host_of(interaction).services
        members = services.members
        delegation = await members.delegation(asker.guild_id, self.code)
        if delegation is None:
            raise has_left()
        holders = await members.holders(asker.guild_id, delegation.id)
        terms = await members.steering_terms(asker.guild_id, delegation.id)
        embed, view = history_page(delegation, holders, terms, self.page, asker.reader, services.today(asker.network))
        await replace(interaction, embed=embed, view=view)


def history_page(
    delegation: Delegation,
    holders: Sequence[Holder],
    terms: Sequence[SteeringTerm],
    number: int,
    reader: Reader,
    today: date,
) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of a delegation's history with its buttons; none where one page holds all."""
    page = page_of(holders, number, PAGE)
    embed = history_card(delegation, page, terms, reader, today)

    def button(way: str, to: int, label: str, *, disabled: bool) -> ui.Item[Any]:
        return HistoryButton(way, to, delegation.code, label, disabled=disabled)

    turners = turning(page, reader, button)
    return embed, stored_view(turners) if turners else None


async def offer(interaction: discord.Interaction, asker: Asker, said: Text, seats: Sequence[Seat]) -> None:
    """Say that several are meant, or none, and let the asker pick."""
    await answer(interaction, asker.reader.say(said), view=stored_view([SeatSelect.of(seats, asker.reader)]))
