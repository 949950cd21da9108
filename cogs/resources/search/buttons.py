from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import discord
from discord import ui

from bot.access import Level
from bot.commands import Command
from bot.errors import NotFoundError, UserError
from bot.shelf import DuplicateError, Found
from bot.texts import Reader, t
from bot.ui import (
    Context,
    Page,
    PageButton,
    PersistentButton,
    PersistentSelect,
    Rest,
    Word,
    number_of,
    page_buttons,
    page_label,
    stored_view,
)
from cogs.resources.cards import cut, facts_line, list_card, named, resource_card
from cogs.resources.sharing.share import offer_to_share
from storage.resource_models import Category, Resource, SearchTerm

_QUESTION_DRAFT: Final = "shelf_question"
_LONGEST_CUSTOM_ID: Final = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of the shelf answers, as a button can hold it; empty: not asked for.

    ``draft_id`` keeps a question that is too long for a button (None: the button has it).
    """

    question: str = ""
    category: str = ""
    language: str = ""
    draft_id: int | None = None

    def kept(self) -> tuple[str, str, int | None, str]:
        """Return what the buttons below the list keep, in their order."""
        return self.category, self.language, self.draft_id, "" if self.draft_id is not None else self.question


class ShelfPages(PageButton, custom_id="shelf:page:{way}:{page}:{category}:{language}:{draft_id}:{question}"):
    """*Previous* and *Next*. What was asked is in the button itself, or in a draft where it is too long for one."""

    category: Word
    language: Word
    draft_id: int | None
    question: Rest

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page. Raises NotFoundError for a list that is too old or empty now."""
        asked = Asked(await self._question(context), self.category, self.language, self.draft_id)
        found = await look(context, asked, self.page)
        if not found.total:
            raise not_found(asked.question)
        return _card(found, context.reader, asked), _page_view(found, context.reader, asked)

    async def _question(self, context: Context) -> str:
        if self.draft_id is None:
            return self.question
        kept = await context.kept_draft(self.draft_id)
        return cast(str, kept.payload["question"])


class OpenSelect(PersistentSelect, custom_id="shelf:open"):
    """The list under a page of the shelf: picking a resource shows its card."""

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Show the card of the resource that was picked."""
        shelf = context.services.shelf
        scope = await shelf.scope(context.guild_id, for_members=context.asker.may(Level.MEMBERS))
        await show_one(context, await shelf.visible(scope, number_of(values[0])))


async def look(context: Context, asked: Asked, page: int = 0) -> Found:
    """Return a page of what is asked for, of what the asker may see."""
    shelf = context.services.shelf
    scope = await shelf.scope(
        context.guild_id,
        for_members=context.asker.may(Level.MEMBERS),
        category=cast(Category | None, asked.category or None),
        language=asked.language or None,
    )
    return await (shelf.search(scope, asked.question, page) if asked.question else shelf.browse(scope, page))


async def show_found(context: Context, found: Found, asked: Asked) -> None:
    """Answer with a page; with the card itself where a question has one answer."""
    if asked.question and found.total == 1:
        await show_one(context, found.resources[0], found.terms)
        return
    if found.pages > 1 and len(ShelfPages.write(">", found.pages, *asked.kept())) > _LONGEST_CUSTOM_ID:
        draft_id = await context.keep_draft(_QUESTION_DRAFT, {"question": asked.question})
        asked = Asked(asked.question, asked.category, asked.language, draft_id)
    await context.answer(embed=_card(found, context.reader, asked), view=_page_view(found, context.reader, asked))


def _page(found: Found) -> Page[Resource]:
    return Page(found.resources, found.page, found.pages, found.total)


def _card(found: Found, reader: Reader, asked: Asked) -> discord.Embed:
    footer = page_label(_page(found), reader)
    return list_card(found, reader, asked.question, footer)


def _page_view(found: Found, reader: Reader, asked: Asked) -> discord.ui.View:
    options = [
        discord.SelectOption(label=cut(r.title, 100), description=cut(facts_line(r, reader), 100), value=str(r.id))
        for r in found.resources
    ]
    opener = OpenSelect().offering(options, reader.label(t("Open one of these")))
    turners = page_buttons(_page(found), reader, lambda way, to: ShelfPages(way, to, *asked.kept()))
    return stored_view([opener, *turners])


async def show_one(
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
        meeting = await context.services.meetings.get(context.guild_id, resource.meeting_id)
    card = resource_card(resource, reader, terms, meeting)
    await context.answer(sentence, embed=card, view=stored_view(items))


class ShareButton(PersistentButton, custom_id="shelf:share:{resource_id}"):
    """*Share*: offers to put a resource into the channel where the button was pressed."""

    resource_id: int

    async def on_press(self, context: Context) -> None:
        """Show what would be posted, and where."""
        shelf = context.services.shelf
        resource = await shelf.visible(await shelf.scope(context.guild_id, for_members=True), self.resource_id)
        await offer_to_share(context, resource)


class PutBackButton(PersistentButton, custom_id="shelf:back:{resource_id}"):
    """*Put back*: undoes a removal."""

    resource_id: int

    async def on_press(self, context: Context) -> None:
        """Put the resource back, unless it is back already or the same page was added meanwhile."""
        services = context.services
        resource = await services.shelf.resources.resource(context.guild_id, self.resource_id)
        try:
            async with context.write() as tx:
                if resource is None or not await services.shelf.put_back(tx, resource):
                    raise UserError(t("It is on the shelf again already; nothing was done a second time."))
        except DuplicateError as error:
            raise UserError(
                t("The same page was added again meanwhile, as {title}.", title=named(error.resource))
            ) from error
        await context.replace(t("{title} is on the shelf again.", title=named(resource)))


def put_back_view(resource: Resource, reader: Reader) -> discord.ui.View:
    """Return what stands under a removal."""
    return stored_view([PutBackButton(resource.id).labelled(reader.label(t("Put back")))])


def not_found(question: str) -> NotFoundError:
    """Return the refusal for a search that found nothing; ``question`` empty: for an empty shelf."""
    if not question:
        return NotFoundError(
            t("There is nothing here yet: propose a link with {command}.", command=Command("resource suggest"))
        )
    return NotFoundError(
        t(
            "Nothing on the shelf answers to “{question}”: try fewer or other words, or see everything with {command}.",
            question=cut(question, 100),
            command=Command("resource list"),
        )
    )
