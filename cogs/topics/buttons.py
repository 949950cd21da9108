"""Buttons of topics. Their state is in their ``custom_id``: they work after any restart."""

from collections.abc import Sequence
from typing import Any, Final, Literal, Self

import discord
from discord import ui

from bot.commands import Command
from bot.delegations import own_delegations
from bot.errors import NotAllowedError, NotFoundError, UserError
from bot.names.delegation_names import called, with_code
from bot.outbox import MEMBERS
from bot.reach_sentences import who_is_informed
from bot.texts import Reader, Text, t
from bot.ui import Context, PageButton, PersistentButton, page_buttons, page_of, stored_view
from cogs.topics.cards import PAGE, list_card
from storage.members.models import Delegation
from storage.topics.models import Topic

_BUTTONS: Final = 25
"""How many a message holds."""


class DecideButton(PersistentButton, custom_id="topic:{decision}:{topic_id}"):
    """*Approve* and *Decline* under a proposal, in the secretariat's channel."""

    decision: Literal["approve", "decline"]
    topic_id: int

    @classmethod
    def both(cls, topic_id: int, reader: Reader) -> list[Self]:
        """Return the two buttons."""
        return [
            cls("approve", topic_id).labelled(reader.label(t("Approve")), discord.ButtonStyle.success),
            cls("decline", topic_id).labelled(reader.label(t("Decline"))),
        ]

    async def on_press(self, context: Context) -> None:
        """Write the decision down, tell the person who proposed it, and let the members know of an approved topic."""
        services = context.services
        topic = await services.topics.topic(context.guild_id, self.topic_id)
        if topic is None:
            raise NotFoundError(
                t("That topic no longer exists: see all with {command}.", command=Command("topic list"))
            )
        approved = self.decision == "approve"
        async with context.write() as tx:
            state = "listed" if approved else "declined"
            if not await services.topics.decide(tx, context.guild_id, topic.id, ("proposed",), state):
                raise UserError(t("{title} was decided on already: nothing was changed.", title=topic.title))
            outbox = services.outbox
            await outbox.edit(tx, context.guild_id, "topic", topic.id, "proposed")
            if approved:
                await outbox.plan_now(tx, context.guild_id, "topic", topic.id, "listed", MEMBERS)
            kind = "approved" if approved else "declined"
            await outbox.notify(tx, context.guild_id, topic.person_id, "topic", topic.id, kind)
        said = t("{title} is on the list.", title=topic.title)
        if not approved:
            said = t("{title} is declined.", title=topic.title)
        who = await who_is_informed(services, context.guild_id, [topic.person_id], context.reader)
        await context.answer(f"{context.say(said)} {who}".strip())


class SupportButton(PersistentButton, custom_id="topic:support:{topic_id}"):
    """*Support* under a topic's message, with how many delegations do."""

    topic_id: int

    @classmethod
    def under(cls, topic: Topic, reader: Reader) -> Self:
        """Return the button for a topic's public message."""
        label = reader.label(t("Support ({count})", count=topic.support))
        return cls(topic.id).labelled(label, discord.ButtonStyle.primary)

    async def on_press(self, context: Context) -> None:
        """Support the topic for one's delegation, or take the support back."""
        services = context.services
        own = await own_delegations(services, context.asker)
        if len(own) > 1:
            await _ask_for_which(context, self.topic_id, own)
            return
        await context.answer(await toggle(context, self.topic_id, own[0]))


class ForButton(PersistentButton, custom_id="topic:for:{topic_id}:{delegation_id}"):
    """One of several delegations that a person speaks for; green while it supports the topic."""

    topic_id: int
    delegation_id: int

    async def on_press(self, context: Context) -> None:
        """Support the topic for that delegation, or take its support back, and show the buttons as they are now."""
        services = context.services
        own = await own_delegations(services, context.asker)
        delegation = next((d for d in own if d.id == self.delegation_id), None)
        if delegation is None:
            raise NotAllowedError(t("You do not speak for that delegation any more: nothing was changed."))
        said = await toggle(context, self.topic_id, delegation, by_name=True)
        view = await _choice_of(context, self.topic_id, own)
        await context.replace(said, view=view)


class ListedButton(PersistentButton, custom_id="topic:listed:{page}:{topic_id}"):
    """*Support* in the list, one for each topic of the page."""

    page: int
    topic_id: int

    async def on_press(self, context: Context) -> None:
        """Support the topic, or no longer, and show the page again."""
        services = context.services
        own = await own_delegations(services, context.asker)
        if len(own) > 1:
            await _ask_for_which(context, self.topic_id, own)
            return
        said = await toggle(context, self.topic_id, own[0])
        embed, view = await list_page(context, self.page)
        await context.replace(said, embed=embed, view=view)


class TopicPages(PageButton, custom_id="topic:page:{way}:{page}"):
    """*Previous* and *Next* below the list of topics."""

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        return await list_page(context, self.page)


async def _ask_for_which(context: Context, topic_id: int, own: Sequence[Delegation]) -> None:
    view = await _choice_of(context, topic_id, own)
    question = t("You speak for several delegations: for which one do you support the topic, or no longer?")
    await context.answer(question, view=view)


async def _choice_of(context: Context, topic_id: int, own: Sequence[Delegation]) -> ui.View:
    supporting = {d.id for d in own if topic_id in await context.services.topics.supported_by(context.guild_id, [d.id])}
    language = context.reader.language
    return stored_view(
        ForButton(topic_id, d.id).labelled(with_code(d, language), _style(is_supported=d.id in supporting))
        for d in own[:_BUTTONS]
    )


def _style(*, is_supported: bool) -> discord.ButtonStyle:
    return discord.ButtonStyle.success if is_supported else discord.ButtonStyle.secondary


async def toggle(context: Context, topic_id: int, delegation: Delegation, *, by_name: bool = False) -> Text:
    """Support a topic for a delegation of the asker's, or take its support back, and return what to say.

    ``by_name`` says which delegation that was, to the person who speaks for several.
    """
    topic = await context.services.topics.topic(context.guild_id, topic_id)
    wanted = topic_id not in await context.services.topics.supported_by(context.guild_id, [delegation.id])
    async with context.write() as tx:
        tx.unaudited_by_design()
        listed = await context.services.topics.support(tx, context.guild_id, topic_id, delegation.id, wanted=wanted)
        await context.services.outbox.edit(tx, context.guild_id, "topic", topic_id, "listed")
    if topic is None or not listed:
        raise NotFoundError(
            t("That topic is no longer on the list: see all with {command}.", command=Command("topic list"))
        )
    if by_name:
        values = {"delegation": called(delegation, context.reader.language), "title": topic.title}
        if wanted:
            return t("{delegation} supports {title}. Press again to take it back.", **values)
        return t("{delegation} no longer supports {title}.", **values)
    if wanted:
        return t("Your delegation supports {title}. Press again to take it back.", title=topic.title)
    return t("Your delegation no longer supports {title}.", title=topic.title)


async def list_page(context: Context, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the listed topics with its buttons."""
    reader = context.reader
    page = page_of(await context.services.topics.topics(context.guild_id), number, PAGE)
    delegations = context.asker.delegation_ids
    own = await context.services.topics.supported_by(context.guild_id, delegations)

    items: list[ui.Item[Any]] = []
    if context.asker.is_member:
        for place, topic in enumerate(page.items, page.number * PAGE + 1):
            label = reader.label(t("Support {number}", number=place))
            items.append(ListedButton(page.number, topic.id).labelled(label, _style(is_supported=topic.id in own)))
    items += page_buttons(page, reader, TopicPages, row=1)
    return list_card(page, own, reader), stored_view(items) if items else None
