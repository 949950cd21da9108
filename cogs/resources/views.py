from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self, cast

import discord
from discord import ui

from bot.access import Asker, Level
from bot.errors import NotFoundError, UserError
from bot.shelf import DuplicateError, Found
from bot.texts import Markdown, Reader, t
from bot.ui import (
    Page,
    StoredButton,
    StoredSelect,
    answer,
    host_of,
    page_label,
    replace,
    stored_view,
    turning,
)
from cogs.resources.cards import cut, facts_line, list_card, named, resource_card
from cogs.resources.sharing import offer_to_share
from storage.resource_models import Category, Resource, SearchTerm

_QUESTION_DRAFT: Final = "shelf_question"
_LONGEST_CUSTOM_ID: Final = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of the shelf answers, as strings that a button can hold; empty: not asked for."""

    question: str = ""
    category: str = ""
    language: str = ""
    draft: str = ""

    def custom_id(self, way: str, page: int) -> str:
        """Return the custom_id of the button that leads to a page."""
        question = "" if self.draft else self.question
        return f"shelf:page:{way}:{page}:{self.category}:{self.language}:{self.draft}:{question}"


class PageButton(
    StoredButton,
    template=r"(?s:shelf:page:(?P<way>[<>]):(?P<page>\d{1,6}):(?P<category>\w*):(?P<language>\w*):(?P<draft>\d{0,18}):(?P<question>.*))",
):
    """*Previous* and *Next*. What was asked is in the button itself, or in a draft where it is too long for one."""

    level = Level.EVERYBODY

    def __init__(self, way: str, page: int, asked: Asked, *, label: str = "…", off: bool = False) -> None:
        super().__init__(ui.Button[Any](custom_id=asked.custom_id(way, page), label=label, disabled=off))
        self.page = page
        self.asked = asked

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        asked = Asked(state["question"], state["category"], state["language"], state["draft"])
        return cls(state["way"], int(state["page"]), asked)

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Put the page in the place of the one that is shown."""
        services = host_of(interaction).services
        asked = self.asked
        if asked.draft:
            draft_id, now = int(asked.draft), services.clock.now()
            kept = await services.settings.draft(asker.guild_id, asker.account_id, draft_id, now)
            if kept is None:
                raise NotFoundError(t("This list is more than a day old: please search again."))
            asked = Asked(cast(str, kept.payload["question"]), asked.category, asked.language, asked.draft)
        found = await look(interaction, asker, asked, self.page)
        if not found.total:
            raise not_found(asked.question)
        await replace(interaction, embed=_card(found, asker.reader, asked), view=_page_view(found, asker.reader, asked))


class OpenSelect(StoredSelect, template=r"shelf:open"):
    """The list under a page of the shelf: picking a resource shows its card."""

    level = Level.EVERYBODY

    def __init__(self, options: list[discord.SelectOption], *, placeholder: str | None = None) -> None:
        super().__init__(ui.Select[Any](custom_id="shelf:open", options=options, placeholder=placeholder))

    @classmethod
    def restored(cls, options: list[discord.SelectOption], **_: str) -> Self:
        """Make the list again from its options."""
        return cls(options)

    async def chosen(self, interaction: discord.Interaction, asker: Asker, value: str) -> None:
        """Show the card of the resource that was picked."""
        shelf = host_of(interaction).services.shelf
        scope = await shelf.scope(asker.guild_id, for_members=asker.may(Level.MEMBERS))
        await show_one(interaction, asker, await shelf.visible(scope, int(value) if value.isdecimal() else 0))


async def look(interaction: discord.Interaction, asker: Asker, asked: Asked, page: int = 0) -> Found:
    """Return a page of what is asked for, of what the asker may see."""
    shelf = host_of(interaction).services.shelf
    scope = await shelf.scope(
        asker.guild_id,
        for_members=asker.may(Level.MEMBERS),
        category=cast(Category | None, asked.category or None),
        language=asked.language or None,
    )
    return await (shelf.search(scope, asked.question, page) if asked.question else shelf.browse(scope, page))


async def show_found(interaction: discord.Interaction, asker: Asker, found: Found, asked: Asked) -> None:
    """Answer with a page; with the card itself where a question has one answer."""
    if asked.question and found.total == 1:
        await show_one(interaction, asker, found.resources[0], found.terms)
        return
    if found.pages > 1 and len(asked.custom_id(">", found.pages)) > _LONGEST_CUSTOM_ID:
        services = host_of(interaction).services
        async with services.transaction(asker.account_id) as tx:
            draft = await services.settings.keep_draft(
                tx, asker.guild_id, asker.account_id, _QUESTION_DRAFT, {"question": asked.question}
            )
        asked = Asked(asked.question, asked.category, asked.language, str(draft))
    await answer(interaction, embed=_card(found, asker.reader, asked), view=_page_view(found, asker.reader, asked))


def _page(found: Found) -> Page[Resource]:
    return Page(found.resources, found.page, found.pages, found.total)


def _card(found: Found, reader: Reader, asked: Asked) -> discord.Embed:
    footer = page_label(_page(found), reader)
    return list_card(found, reader, asked.question, footer)


def _page_view(found: Found, reader: Reader, asked: Asked) -> discord.ui.View:
    def turner(way: str, number: int, label: str, /, *, disabled: bool) -> PageButton:
        return PageButton(way, number, asked, label=label, off=disabled)

    options = [
        discord.SelectOption(label=cut(r.title, 100), description=cut(facts_line(r, reader), 100), value=str(r.id))
        for r in found.resources
    ]
    opener = OpenSelect(options, placeholder=reader.label(t("Open one of these")))
    return stored_view([opener, *turning(_page(found), reader, turner)])


async def show_one(
    interaction: discord.Interaction,
    asker: Asker,
    resource: Resource,
    terms: Sequence[SearchTerm] = (),
    *,
    sentence: str | None = None,
) -> None:
    """Answer with a resource's card, under ``sentence``, with its link and, for members, *Share*."""
    reader = asker.reader
    items: list[ui.Item[Any]] = [ui.Button[Any](label=reader.label(t("Open the link")), url=resource.url)]
    if asker.may(Level.MEMBERS) and resource.state == "shelved":
        items.append(ShareButton(str(resource.id), label=reader.label(t("Share"))))
    meeting = None
    if resource.meeting_id is not None:
        meeting = await host_of(interaction).services.meetings.get(asker.guild_id, resource.meeting_id)
    card = resource_card(resource, reader, terms, meeting)
    await answer(interaction, sentence, embed=card, view=stored_view(items))


class ShareButton(StoredButton, template=r"shelf:share:(?P<resource_id>\d{1,18})"):
    """*Share*: offers to put a resource into the channel where the button was pressed."""

    level = Level.MEMBERS

    def __init__(self, resource_id: str, *, label: str = "…") -> None:
        super().__init__(ui.Button[Any](custom_id=f"shelf:share:{resource_id}", label=label))
        self.resource_id = int(resource_id)

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["resource_id"])

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Show what would be posted, and where."""
        shelf = host_of(interaction).services.shelf
        resource = await shelf.visible(await shelf.scope(asker.guild_id, for_members=True), self.resource_id)
        await offer_to_share(interaction, asker, resource)


class PutBackButton(StoredButton, template=r"shelf:back:(?P<resource_id>\d{1,18})"):
    """*Put back*: undoes a removal."""

    level = Level.SECRETARIAT

    def __init__(self, resource_id: str, *, label: str = "…") -> None:
        super().__init__(ui.Button[Any](custom_id=f"shelf:back:{resource_id}", label=label))
        self.resource_id = int(resource_id)

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["resource_id"])

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Put the resource back, unless it is back already or the same page was added meanwhile."""
        services = host_of(interaction).services
        resource = await services.shelf.resources.resource(asker.guild_id, self.resource_id)
        try:
            async with services.transaction(asker.account_id) as tx:
                if resource is None or not await services.shelf.put_back(tx, resource):
                    raise UserError(t("It is on the shelf again already; nothing was done a second time."))
        except DuplicateError as error:
            raise UserError(
                t("The same page was added again meanwhile, as {title}.", title=named(error.resource))
            ) from error
        await replace(interaction, asker.reader.say(t("{title} is on the shelf again.", title=named(resource))))


def put_back_view(resource: Resource, reader: Reader) -> discord.ui.View:
    """Return what stands under a removal."""
    return stored_view([PutBackButton(str(resource.id), label=reader.label(t("Put back")))])


def not_found(question: str) -> NotFoundError:
    """Return the refusal for a search that found nothing; ``question`` empty: for an empty shelf."""
    if not question:
        return NotFoundError(
            t("There is nothing here yet: propose a link with {command}.", command=Markdown("`/resource suggest`"))
        )
    return NotFoundError(
        t(
            "Nothing on the shelf answers to “{question}”: try fewer or other words, or see everything with {command}.",
            question=cut(question, 100),
            command=Markdown("`/resource list`"),
        )
    )
