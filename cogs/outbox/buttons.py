from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.delivery.actions import ActionButton, actions_for
from bot.errors import NotFoundError
from bot.previews.recipients import names_of
from bot.texts import Reader, Text, t
from bot.ui import Context, Page, PageButton, PersistentButton, PersistentSelect, number_of, page_buttons, stored_view
from cogs.outbox.cards import PAGE, capitalised, filled_lists, list_card, row_card
from cogs.outbox.sentences import LISTS, ListName
from storage.outbox.models import OutboxRow
from storage.unlisted_messages import is_unlisted


async def list_page(context: Context, which: ListName, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of one of the outbox's lists, to pick a message from, with buttons to turn it and to the others."""
    rows = context.services.outbox.rows
    found, total = await rows.page(context.guild_id, LISTS[which], offset=number * PAGE, limit=PAGE)
    titled = [(row, await context.services.outbox.title(row)) for row in found]
    page = Page(titled, number, max(1, -(-total // PAGE)), total)
    counts = await rows.counts(context.guild_id)
    card = list_card(
        which,
        page,
        await _who(context, found) if which == "not_reached" else {},
        counts,
        await rows.paused_at(context.guild_id),
        context.services.clock.now(),
        context.services.zone(context.network),
        context.reader,
    )

    items: list[ui.Item[Any]] = (
        [RowSelect().offering(_options(titled, context.reader), context.label(t("Open a message")))] if titled else []
    )
    items += page_buttons(page, context.reader, lambda way, to: OutboxPages(way, to, which))
    items += [
        OutboxPages("=", 0, key).labelled(context.label(counted))
        for key, counted in filled_lists(counts).items()
        if key != which
    ]
    return card, stored_view(items) if items else None


async def _who(context: Context, rows: Sequence[OutboxRow]) -> dict[int, str]:
    """Name the persons whom the rows are for, by the rows' ids; who was erased has none."""
    members, language = context.services.members, context.reader.language
    named: dict[int, str] = {}
    for row in rows:
        person = await members.person(context.guild_id, row.person_id) if row.person_id is not None else None
        if person is not None:
            named[row.id] = (await names_of(context.services, context.guild_id, [person], language))[0]
    return named


class OutboxPages(PageButton, custom_id="outbox-list:{way}:{which}:{page}"):
    """*Previous* and *Next* below a list of the outbox, and the way ("=") to the other lists."""

    which: ListName

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page, or the first of the other list."""
        return await list_page(context, self.which, self.page)


class OpenListButton(PersistentButton, custom_id="outbox-open:{which}"):
    """Leads from elsewhere to one of the lists of the outbox."""

    which: ListName

    async def on_press(self, context: Context) -> None:
        """Show its first page."""
        card, view = await list_page(context, self.which, 0)
        await context.answer(embed=card, view=view)


class RowSelect(PersistentSelect, custom_id="outbox-row"):
    """The messages of a page, to look at one more closely."""

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Show the message, and what may be done with it."""
        services = context.services
        row = await services.outbox.rows.row(context.guild_id, number_of(values[0]))
        if row is None or is_unlisted(row.subject, row.kind, row.target):
            raise NotFoundError(t("There is no record of this message any more."))
        children = await services.outbox.rows.children_counts(context.guild_id, row.id)
        senders = await services.unreached.senders(context.guild_id, row.id)
        title, zone = await services.outbox.title(row), services.zone(context.network)
        card = row_card(row, title, children, senders, services.clock.now(), zone, context.reader)
        actions = [ActionButton.of(action, row.id, context.reader) for action in actions_for(row)]
        await context.answer(embed=card, view=stored_view(actions) if actions else None)


def _options(rows: Sequence[tuple[OutboxRow, Text]], reader: Reader) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=capitalised(reader.label(title))[:100],
            value=str(row.id),
            description=reader.moment(row.due_at)[:100],
        )
        for row, title in rows
    ]
