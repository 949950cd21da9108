"""Buttons of topics. Their state is in their ``custom_id``: they work after any restart."""

from collections.abc import Sequence
from typing import Any, Final, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.delegations import own_delegations
from bot.errors import NotAllowedError, NotFoundError
from bot.naming import called, with_code
from bot.services import Services
from bot.texts import Reader, Text, t
from bot.ui import StoredButton, answer, host_of, page_of, replace, stored_view, turning
from cogs.topics.cards import PAGE, list_card
from storage.models import Delegation
from storage.poll_models import Topic

_BUTTONS: Final = 25
"""How many a message holds."""


class SupportButton(StoredButton, template=r"topic:support:(?P<topic_id>\d+)"):
    """*Support* under a topic's message, with how many delegations do."""

    level = Level.DELEGATES

    def __init__(self, topic_id: int, label: str = "") -> None:
        custom_id = f"topic:support:{topic_id}"
        super().__init__(ui.Button[Any](custom_id=custom_id, label=label, style=discord.ButtonStyle.primary))
        self.topic_id = topic_id

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(int(state["topic_id"]))

    @classmethod
    def under(cls, topic: Topic, reader: Reader) -> Self:
        """Return the button for a topic's public message."""
        return cls(topic.id, reader.label(t("Support ({count})", count=topic.support)))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Support the topic for one's delegation, or take the support back."""
        services = host_of(interaction).services
        own = await own_delegations(services, asker)
        if len(own) > 1:
            await _ask_for_which(interaction, asker, self.topic_id, own)
            return
        await answer(interaction, asker.reader.say(await toggle(services, asker, self.topic_id, own[0])))


class ForButton(StoredButton, template=r"topic:for:(?P<topic_id>\d+):(?P<delegation_id>\d+)"):
    """One of several delegations that a person speaks for; green while it supports the topic."""

    level = Level.DELEGATES

    def __init__(self, topic_id: int, delegation_id: int, label: str = "", *, supported: bool = False) -> None:
        style = discord.ButtonStyle.success if supported else discord.ButtonStyle.secondary
        custom_id = f"topic:for:{topic_id}:{delegation_id}"
        super().__init__(ui.Button[Any](custom_id=custom_id, label=label[:80], style=style))
        self.topic_id = topic_id
        self.delegation_id = delegation_id

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(int(state["topic_id"]), int(state["delegation_id"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Support the topic for that delegation, or take its support back, and show the buttons as they are now."""
        services = host_of(interaction).services
        own = await own_delegations(services, asker)
        delegation = next((d for d in own if d.id == self.delegation_id), None)
        if delegation is None:
            raise NotAllowedError(t("That is no delegation of yours any more: nothing was changed."))
        said = await toggle(services, asker, self.topic_id, delegation, by_name=True)
        view = await _choice_of(services, asker, self.topic_id, own)
        await replace(interaction, asker.reader.say(said), view=view)


class ListedButton(StoredButton, template=r"topic:listed:(?P<page>\d+):(?P<topic_id>\d+)"):
    """*Support* in the list, one for each topic of the page."""

    level = Level.DELEGATES

    def __init__(self, page: int, topic_id: int, label: str = "", *, supported: bool = False) -> None:
        style = discord.ButtonStyle.success if supported else discord.ButtonStyle.secondary
        super().__init__(ui.Button[Any](custom_id=f"topic:listed:{page}:{topic_id}", label=label, style=style))
        self.page = page
        self.topic_id = topic_id

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(int(state["page"]), int(state["topic_id"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Support the topic, or no longer, and show the page again."""
        services = host_of(interaction).services
        own = await own_delegations(services, asker)
        if len(own) > 1:
            await _ask_for_which(interaction, asker, self.topic_id, own)
            return
        said = await toggle(services, asker, self.topic_id, own[0])
        embed, view = await list_page(services, asker, self.page)
        await replace(interaction, asker.reader.say(said), embed=embed, view=view)


class PageButton(StoredButton, template=r"topic:page:(?P<way>[<>]):(?P<page>\d+)"):
    """*Previous* and *Next* below the list of topics."""

    level = Level.MEMBERS

    def __init__(self, way: str, page: int, label: str = "", *, disabled: bool = False) -> None:
        super().__init__(ui.Button[Any](custom_id=f"topic:page:{way}:{page}", label=label, disabled=disabled, row=1))
        self.page = page

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["way"], int(state["page"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Turn the page."""
        embed, view = await list_page(host_of(interaction).services, asker, self.page)
        await replace(interaction, embed=embed, view=view)


async def _ask_for_which(
    interaction: discord.Interaction, asker: Asker, topic_id: int, own: Sequence[Delegation]
) -> None:
    view = await _choice_of(host_of(interaction).services, asker, topic_id, own)
    question = t("You speak for several delegations: for which one do you support the topic, or no longer?")
    await answer(interaction, asker.reader.say(question), view=view)


async def _choice_of(services: Services, asker: Asker, topic_id: int, own: Sequence[Delegation]) -> ui.View:
    supporting = {d.id for d in own if topic_id in await services.topics.supported_by(asker.guild_id, [d.id])}
    language = asker.reader.language
    return stored_view(
        ForButton(topic_id, d.id, with_code(d, language), supported=d.id in supporting) for d in own[:_BUTTONS]
    )


async def toggle(
    services: Services, asker: Asker, topic_id: int, delegation: Delegation, *, by_name: bool = False
) -> Text:
    """Support a topic for a delegation of the asker's, or take its support back, and return what to say.

    ``by_name`` says which delegation that was, to whoever speaks for several.
    """
    topic = await services.topics.topic(asker.guild_id, topic_id)
    wanted = topic_id not in await services.topics.supported_by(asker.guild_id, [delegation.id])
    async with services.transaction(asker.account_id) as tx:
        tx.unaudited_by_design()
        listed = await services.topics.support(tx, asker.guild_id, topic_id, delegation.id, wanted=wanted)
        await services.outbox.edit(tx, asker.guild_id, "topic", topic_id, "listed")
    if topic is None or not listed:
        raise NotFoundError(t("That topic is no longer on the list: see all with {command}.", command="/topic list"))
    if by_name:
        values = {"delegation": called(delegation, asker.reader.language), "title": topic.title}
        if wanted:
            return t("{delegation} supports {title}. Press again to take it back.", **values)
        return t("{delegation} no longer supports {title}.", **values)
    if wanted:
        return t("Your delegation supports {title}. Press again to take it back.", title=topic.title)
    return t("Your delegation no longer supports {title}.", title=topic.title)


async def list_page(services: Services, asker: Asker, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the listed topics with its buttons."""
    reader = asker.reader
    page = page_of(await services.topics.topics(asker.guild_id), number, PAGE)
    delegations = {appointment.delegation_id for appointment in asker.appointments}
    own = await services.topics.supported_by(asker.guild_id, delegations)

    def button(way: str, to: int, label: str, *, disabled: bool) -> ui.Item[Any]:
        return PageButton(way, to, label, disabled=disabled)

    items: list[ui.Item[Any]] = []
    if asker.is_member:
        for place, topic in enumerate(page.items, page.number * PAGE + 1):
            label = reader.label(t("Support {number}", number=place))
            items.append(ListedButton(page.number, topic.id, label, supported=topic.id in own))
    items += turning(page, reader, button)
    return list_card(page, own, reader), stored_view(items) if items else None
