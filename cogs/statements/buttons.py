"""What is shown of a statement and of all of them, to one asker."""

from typing import Any

import discord
from discord import ui

from bot.delegations import readable_delegations
from bot.documents import files_of
from bot.names.delegation_names import called
from bot.texts import t
from bot.ui import Context, PageButton, PersistentButton, page_buttons, page_label, page_of, stored_view
from cogs.statements import cards, queries, rules, sentences
from cogs.statements.joining.buttons import join_buttons
from cogs.statements.joining.withdraw import withdraw_button
from cogs.statements.stages.buttons import stage_button
from storage.statements.models import Joining, Statement

PAGE = 8


class ShowButton(PersistentButton, custom_id="statement:show:{guild_id}:{statement_id}"):
    """Leads from elsewhere to a statement with its buttons."""

    guild_id: int
    statement_id: int

    async def on_press(self, context: Context) -> None:
        """Show it."""
        await show(context, await queries.statement_of(context, self.statement_id))


class StatementPages(PageButton, custom_id="statement:page:{way}:{page}"):
    """*Previous* and *Next* below the list of statements."""

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        return await list_page(context, self.page)


async def list_page(context: Context, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the statements that the asker may see, with a button that shows each."""
    reader = context.reader
    page = page_of(await queries.visible(context), number, PAGE)
    none = t("There is no statement yet: the secretariat opens the first one.")
    card = cards.list_card(page.items, t("Statements"), none, page_label(page, reader), reader)
    items: list[ui.Item[Any]] = [
        ShowButton(context.guild_id, one.id).labelled(one.title if len(one.title) <= 80 else f"{one.title[:79]}…")  # noqa: PLR2004 - a button's 80
        for one in page.items
    ]
    items += page_buttons(page, reader, StatementPages, row=4)
    return card, stored_view(items) if items else None


async def show(context: Context, statement: Statement) -> None:
    """Answer with a statement as the asker may see it: in the server with its files, in direct messages without."""
    services, reader, asker = context.services, context.reader, context.asker
    drafts = queries.drafts(context, statement)
    with_names = statement.state in ("closed", "delivered") or (drafts and statement.takes_joinings)
    if not context.is_direct:
        await context.acknowledge()
    details = await queries.details_of(services, statement, reader.language, with_names=with_names)
    joinings = {one.delegation_id: one for one in await services.statements.joinings(context.guild_id, statement.id)}
    own = [one for one in await readable_delegations(services, asker) if one.id in joinings]
    lines = [_own_line(context, called(one, reader.language), joinings[one.id]) for one in own]
    card = cards.statement_card(details, reader, with_link=not context.is_direct, own=lines)
    if drafts and details.joiners is not None:
        cards.add_recorded(card, details.joiners, reader)
    items: list[ui.Item[Any]] = []
    if statement.takes_joinings and rules.joinable(asker.appointments):
        items += join_buttons(statement, reader, to_person=True)
        may = rules.joinable(asker.appointments)
        items += [withdraw_button(statement, one.id, reader) for one in own if one.id in may]
    stage = stage_button(statement, reader) if asker.is_secretariat else None
    items += [stage] if stage is not None else []
    files = [] if context.is_direct else await files_of(services, details.documents)
    said = sentences.IN_THE_SERVER if context.is_direct else None
    await context.answer(said, embed=card, view=stored_view(items[:25]) if items else None, files=files)


def _own_line(context: Context, name: str, joining: Joining) -> str:
    said = t("{delegation} joined on {moment}.", delegation=name, moment=context.reader.moment(joining.joined_at))
    return context.say(said)
