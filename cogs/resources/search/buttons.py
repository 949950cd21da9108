"""The list of what was found, with its pages, and the one resource that is opened from it."""

from collections.abc import Sequence
from typing import Any, Final, cast

import discord
from discord import ui

from bot.access import Level
from bot.invitations import visible_meetings
from bot.shelf import Found
from bot.texts import Reader, clipped, t
from bot.ui import (
    Context,
    Page,
    PageButton,
    PersistentSelect,
    Rest,
    Word,
    number_of,
    page_buttons,
    page_label,
    stored_view,
)
from cogs.resources.cards import facts_line, list_card, resource_card
from cogs.resources.queries import scope_of
from cogs.resources.search.queries import ShelfQuery, results
from cogs.resources.sharing.buttons import ShareButton
from storage.resources.models import Resource, SearchTerm

_QUESTION_DRAFT: Final = "shelf_question"
_LONGEST_CUSTOM_ID: Final = 100


class ShelfPages(PageButton, custom_id="shelf:page:{way}:{page}:{category}:{language}:{draft_id}:{question}"):
    """*Previous* and *Next*. What was asked is in the button itself, or in a draft where it is too long for one."""

    category: Word
    language: Word
    draft_id: int | None
    question: Rest

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page. Raises NotFoundError for a list that is too old or empty now."""
        query = ShelfQuery(await self._text(context), self.category, self.language, self.draft_id)
        return _page(await results(context, query, self.page), query, context.reader)

    async def _text(self, context: Context) -> str:
        if self.draft_id is None:
            return self.question
        draft = await context.kept_draft(self.draft_id)
        return cast(str, draft.payload["question"])


class ResourceSelect(PersistentSelect, custom_id="shelf:open"):
    """The list under a page of the shelf: picking a resource shows its card."""

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Show the card of the resource that was picked."""
        shelf = context.services.shelf
        await show_resource(context, await shelf.visible(await scope_of(context), number_of(values[0])))


async def show_results(context: Context, query: ShelfQuery) -> None:
    """Answer with a page; with the card itself where a question has one answer. Raises NotFoundError."""
    found = await results(context, query)
    if query.text and found.total == 1:
        await show_resource(context, found.resources[0], found.terms)
        return
    if found.pages > 1 and len(ShelfPages.write(">", found.pages, *query.state)) > _LONGEST_CUSTOM_ID:
        draft_id = await context.keep_draft(_QUESTION_DRAFT, {"question": query.text})
        query = ShelfQuery(query.text, query.category, query.language, draft_id)
    embed, view = _page(found, query, context.reader)
    await context.answer(embed=embed, view=view)


def _page(found: Found, query: ShelfQuery, reader: Reader) -> tuple[discord.Embed, ui.View]:
    page = Page(found.resources, found.page, found.pages, found.total)
    options = [
        discord.SelectOption(
            label=clipped(r.title, 100), description=clipped(facts_line(r, reader), 100), value=str(r.id)
        )
        for r in found.resources
    ]
    opener = ResourceSelect().offering(options, reader.label(t("Open one of these")))
    turners = page_buttons(page, reader, lambda way, to: ShelfPages(way, to, *query.state))
    return list_card(found, reader, query.text, page_label(page, reader)), stored_view([opener, *turners])


async def show_resource(
    context: Context,
    resource: Resource,
    terms: Sequence[SearchTerm] = (),
    *,
    sentence: str | None = None,
) -> None:
    """Answer with a resource's card, under ``sentence``, with its link and, for members, *Share*."""
    reader = context.reader
    items: list[ui.Item[Any]] = [ui.Button[Any](label=reader.label(t("Open the link")), url=resource.url)]
    if context.asker.may(Level.MEMBERS) and resource.state == "shelved":
        items.append(ShareButton(resource.id).labelled(reader.label(t("Share"))))
    meeting = None
    if resource.meeting_id is not None:
        # A meeting that the reader is not invited to is not named.
        seen = await visible_meetings(context.services, context.asker)
        meeting = next((one for one in seen if one.id == resource.meeting_id), None)
    card = resource_card(resource, reader, terms, meeting)
    await context.answer(sentence, embed=card, view=stored_view(items))
