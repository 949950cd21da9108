from typing import Any, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.errors import NotFoundError
from bot.outbox.actions import ActionButton, actions_for
from bot.services import Services
from bot.texts import t
from bot.ui import Page, StoredButton, StoredSelect, answer, host_of, replace, stored_view, turning
from cogs.outbox.cards import PAGE, held_lists, list_card, options, row_card
from cogs.outbox.words import LISTS


async def list_page(services: Services, asker: Asker, which: str, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of one of the outbox's lists, to pick a message from, with buttons to turn it and to the others."""
    rows = services.outbox.rows
    found, total = await rows.page(asker.guild_id, LISTS[which], offset=number * PAGE, limit=PAGE)
    titled = [(row, await services.outbox.title(row)) for row in found]
    page = Page(titled, number, max(1, -(-total // PAGE)), total)
    counts = await rows.counts(asker.guild_id)
    card = list_card(
        which,
        page,
        counts,
        await rows.paused_at(asker.guild_id),
        services.clock.now(),
        services.zone(asker.network),
        asker.reader,
    )

    def button(way: str, to: int, label: str, *, disabled: bool) -> ui.Item[Any]:
        return ListButton(way, which, to, label, disabled=disabled)

    items: list[ui.Item[Any]] = (
        [RowSelect(options(titled, asker.reader), asker.reader.label(t("Open a message")))] if titled else []
    )
    items += turning(page, asker.reader, button)
    items += [
        ListButton("=", key, 0, asker.reader.label(counted))
        for key, counted in held_lists(counts).items()
        if key != which
    ]
    return card, stored_view(items) if items else None


class ListButton(StoredButton, template=rf"outbox-list:(?P<way>[<>=]):(?P<which>{'|'.join(LISTS)}):(?P<page>\d+)"):
    """*Previous* and *Next* below a list of the outbox, and the way ("=") to the other lists."""

    level = Level.SECRETARIAT

    def __init__(self, way: str, which: str, page: int, label: str = "", *, disabled: bool = False) -> None:
        super().__init__(ui.Button[Any](custom_id=f"outbox-list:{way}:{which}:{page}", label=label, disabled=disabled))
        self.which, self.page = which, page

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["way"], state["which"], int(state["page"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Turn the page, or show the other list."""
        card, view = await list_page(host_of(interaction).services, asker, self.which, self.page)
        await replace(interaction, embed=card, view=view)


class RowSelect(StoredSelect, template="outbox-row"):
    """The messages of a page, to look at one more closely."""

    level = Level.SECRETARIAT

    def __init__(self, choices: list[discord.SelectOption], placeholder: str | None = None) -> None:
        super().__init__(ui.Select[Any](custom_id="outbox-row", options=choices, min_values=1, placeholder=placeholder))

    @classmethod
    def restored(cls, options: list[discord.SelectOption], **_state: str) -> Self:
        """Make the list again from its options."""
        return cls(options)

    async def chosen(self, interaction: discord.Interaction, asker: Asker, value: str) -> None:
        """Show the message, and what may be done with it."""
        services = host_of(interaction).services
        row = await services.outbox.rows.row(asker.guild_id, int(value) if value.isdecimal() else 0)
        if row is None:
            raise NotFoundError(t("There is no record of this message any more."))
        children = await services.outbox.rows.children_counts(asker.guild_id, row.id)
        title, zone = await services.outbox.title(row), services.zone(asker.network)
        card = row_card(row, title, children, services.clock.now(), zone, asker.reader)
        actions = [ActionButton.of(action, row.id, asker.reader) for action in actions_for(row)]
        await answer(interaction, embed=card, view=stored_view(actions) if actions else None)
