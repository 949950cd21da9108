"""Buttons of topics. Their state is in their ``custom_id``: they work after any restart."""

from typing import Any, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.errors import NotFoundError
from bot.services import Services
from bot.texts import Reader, Text, t
from bot.ui import StoredButton, answer, host_of, page_of, replace, stored_view, turning
from cogs.topics.cards import PAGE, list_card
from storage.poll_models import Topic


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
        await answer(interaction, asker.reader.say(await toggle(host_of(interaction).services, asker, self.topic_id)))


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
        said = await toggle(services, asker, self.topic_id)
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


async def toggle(services: Services, asker: Asker, topic_id: int) -> Text:
    """Support a topic for the asker's delegation, or take its support back, and return what to say."""
    topic = await services.topics.topic(asker.guild_id, topic_id)
    own = sorted({appointment.delegation_id for appointment in asker.appointments})
    wanted = topic_id not in await services.topics.supported_by(asker.guild_id, own)
    async with services.transaction(asker.account_id) as tx:
        tx.unaudited_by_design()
        listed = [
            await services.topics.support(tx, asker.guild_id, topic_id, delegation_id, wanted=wanted)
            for delegation_id in own
        ]
        await services.outbox.edit(tx, asker.guild_id, "topic", topic_id, "listed")
    if topic is None or not all(listed):
        raise NotFoundError(t("That topic is no longer on the list: see all with {command}.", command="/topic list"))
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
