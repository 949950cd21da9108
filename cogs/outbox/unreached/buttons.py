"""``/outbox unreached``: the list with its file, and what the secretariat does with it."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

import discord
from discord import ui

from bot.mail import merge_file, merge_file_name
from bot.previews.recipients import NAMELESS
from bot.texts import Reader, nt, t
from bot.ui import (
    Context,
    PageButton,
    PersistentButton,
    PersistentSelect,
    number_of,
    page_buttons,
    page_of,
    stored_view,
)
from cogs.outbox.cards import capitalised
from cogs.outbox.unreached.cards import sent_card, unreached_card
from cogs.outbox.unreached.proposals import ROWS, ConfirmSent, ask_returned, ask_sent, rows_in
from cogs.outbox.unreached.queries import mails_of, unreached_list
from cogs.outbox.unreached.rules import PAGE, SENT_LISTED, List, Listed, Sending, UnreachedList, sendings

_NAME: Final = "unreached"
_PRIMARY: Final = discord.ButtonStyle.primary


async def show_unreached(context: Context, which: List) -> tuple[discord.Embed, ui.View | None, list[discord.File]]:
    """Return the first page of the list, its buttons, and the file for a mail merge where there is anything for it."""
    found = await unreached_list(context, which)
    mails = await mails_of(context, found.listed) if which != "sent" else []
    draft_id, files = 0, list[discord.File]()
    if mails:
        draft_id = await context.keep_draft(ConfirmSent.kind, {ROWS: [row_id for row_id, _ in mails]})
        data = merge_file([mail for _, mail in mails], context.reader)
        name = merge_file_name(_NAME, context.services.today(context.network))
        files = [discord.File(BytesIO(data), filename=name)]
    card, view = _page(context, found, which, 0, draft_id, len(mails))
    return card, view, files


def _page(
    context: Context, found: UnreachedList, which: List, number: int, draft_id: int, in_file: int
) -> tuple[discord.Embed, ui.View | None]:
    reader = context.reader
    zone = context.services.zone(context.network)
    items: list[ui.Item[Any]] = []
    if which == "sent":
        sent = page_of(found.sent, number, PAGE)
        card, total = sent_card(sent, found.names, zone, reader), sent
        if sent.items:
            options = _sending_options(sent.items, found.names, zone, reader)
            asked = context.label(t("Whose e-mail came back?"))
            items.append(ReturnedSelect().offering(options, asked, most=len(options)))
    else:
        page = page_of(found.listed, number, PAGE)
        card, total = unreached_card(found, page, which, in_file, reader), page
        if page.items:
            options = _row_options(page.items, reader)
            items.append(SentSelect().offering(options, context.label(t("Choose what you sent")), most=len(options)))
    items += page_buttons(total, reader, lambda way, to: UnreachedPages(way, to, which, draft_id, in_file))
    items += _ways(context, found, which, draft_id)
    return card, stored_view(items) if items else None


def _ways(context: Context, found: UnreachedList, which: List, draft_id: int) -> list[ui.Item[Any]]:
    """Return the buttons to book all of the file as sent, and to the other lists that are not empty."""
    items: list[ui.Item[Any]] = []
    if draft_id:
        items.append(SentButton(draft_id).labelled(context.label(t("I have sent these")), _PRIMARY))
    if which != "sent" and found.sent:
        items.append(ListButton("sent").labelled(context.label(t("It came back"))))
    if which != "unreached":
        items.append(ListButton("unreached").labelled(context.label(t("Not reached"))))
    if which != "all" and found.waiting:
        label = nt("With {count} not read yet", "With {count} not read yet", found.waiting)
        items.append(ListButton("all").labelled(context.label(label)))
    return items


def _row_options(page: Sequence[Listed], reader: Reader) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=one.name[:100],
            value=str(one.message.row.id),
            description=capitalised(reader.label(one.title))[:100],
        )
        for one in page
    ]


def _sending_options(
    page: Sequence[Sending], names: Mapping[int, str], zone: str, reader: Reader
) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=names.get(one.person_id, NAMELESS)[:100],
            value=one.key,
            description=reader.moment(one.at, zone)[:100],
        )
        for one in page
    ]


class UnreachedPages(PageButton, custom_id="unreached:{way}:{which}:{draft_id}:{in_file}:{page}"):
    """*Previous* and *Next*; the file and what *I have sent these* means stay those of the first page."""

    which: List
    draft_id: int
    in_file: int

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        found = await unreached_list(context, self.which)
        return _page(context, found, self.which, self.page, self.draft_id, self.in_file)


class ListButton(PersistentButton, custom_id="unreached-list:{which}"):
    """The way to another of the lists: *It came back* leads to what was sent."""

    which: List

    def acknowledges_first(self) -> bool:
        """The file may take longer than Discord waits."""
        return True

    async def on_press(self, context: Context) -> None:
        """Show that list in the place of this one."""
        card, view, files = await show_unreached(context, self.which)
        await context.replace(embed=card, view=view, files=files)


class SentButton(PersistentButton, custom_id="unreached-sent:{draft_id}"):
    """*I have sent these*: all that was in the file."""

    draft_id: int

    async def on_press(self, context: Context) -> None:
        """Ask whether it is so."""
        draft = await context.kept_draft(self.draft_id)
        await ask_sent(context, rows_in(draft))


class SentSelect(PersistentSelect, custom_id="unreached-rows"):
    """The messages of a page: those that the secretariat has sent."""

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Ask whether it is so."""
        await ask_sent(context, [number_of(value) for value in values])


class ReturnedSelect(PersistentSelect, custom_id="unreached-returned"):
    """The people of a page to whom something was sent: those from whom it came back."""

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Ask whether it is so."""
        services = context.services
        since = services.clock.now() - SENT_LISTED
        sent = sendings(await services.unreached.sent_outside_discord(context.guild_id, since))
        await ask_returned(context, [row_id for one in sent if one.key in values for row_id in one.row_ids])
