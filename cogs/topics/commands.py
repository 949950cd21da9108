from collections.abc import Sequence

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str
from discord.ext import commands

from bot.access import Asker
from bot.delegations import complete_delegation
from bot.labels import FORMATS, LEVELS
from bot.search.choosing import choices, offered
from bot.services import Services
from bot.texts import t
from bot.ui import Context
from cogs.topics.buttons import list_page
from cogs.topics.cards import topic_card
from cogs.topics.forms import ProposeForm
from cogs.topics.merge import ask_to_merge
from cogs.topics.queries import own_delegation_named
from cogs.topics.rules import chosen_topic
from cogs.topics.withdraw import ConfirmWithdrawal, may_withdraw
from storage.topics.models import Topic

_LEVEL_CHOICES = choices(LEVELS)
_FORMAT_CHOICES = choices(FORMATS)


class TopicsCog(commands.GroupCog, name="topic", description=locale_str("Propose and support topics for workshops")):
    """``/topic``: what the workshops should be about. ``/topic poll`` is the polls' own."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command(description=locale_str("Propose a topic for a workshop: no country situations, please"))
    @app_commands.describe(
        title=locale_str("In a few words"),
        level=locale_str("At which level"),
        format=locale_str("In which format"),
        description=locale_str("What should be discussed; no country situations, please"),
        delegation=locale_str("The delegation that proposes it, if you speak for several"),
    )
    @app_commands.choices(level=_LEVEL_CHOICES, format=_FORMAT_CHOICES)
    async def propose(
        self,
        interaction: discord.Interaction,
        title: str | None = None,
        level: str | None = None,
        format: str | None = None,  # noqa: A002 - the option's name is the product's
        description: str | None = None,
        delegation: str | None = None,
    ) -> None:
        """Propose a topic, in a form unless all is given."""
        context = Context.of(interaction)
        form = ProposeForm((await own_delegation_named(context, delegation)).code)
        values = {"title": title, "level": level, "format": format, "description": description}
        given = {key: value for key, value in values.items() if value}
        if not {"title", "level", "format"} <= given.keys():
            await form.show(context, given)
            return
        await form.submit(context, given)

    @app_commands.command(name="list", description=locale_str("See the topics, and support those you want"))
    async def list_(self, interaction: discord.Interaction) -> None:
        """Show the first page of the topics."""
        context = Context.of(interaction)
        embed, view = await list_page(context, 0)
        await context.answer(embed=embed, view=view)

    @app_commands.command(description=locale_str("Withdraw a topic of your delegation"))
    @app_commands.describe(topic=locale_str("The topic"))
    async def withdraw(self, interaction: discord.Interaction, topic: str) -> None:
        """Withdraw a topic of one's own delegation after *Confirm*."""
        context = Context.of(interaction)
        found = chosen_topic(await self._withdrawable(context.asker), topic)
        question = context.say(t("Withdraw {title}? Its support is lost.", title=found.title))
        card = topic_card(found, context.reader)
        payload = {"topic": found.id}
        await context.preview(ConfirmWithdrawal.kind, payload, question, embed=card, destroys=True)

    @app_commands.command(description=locale_str("Merge a topic into a similar one, keeping its support"))
    @app_commands.describe(topic=locale_str("The topic that goes"), into=locale_str("The topic that stays"))
    async def merge(self, interaction: discord.Interaction, topic: str, into: str) -> None:
        """Merge two topics after *Confirm*."""
        context = Context.of(interaction)
        topics = await self.services.topics.topics(context.guild_id, ("listed", "proposed"))
        await ask_to_merge(context, chosen_topic(topics, topic), chosen_topic(topics, into))

    @propose.autocomplete("delegation")
    async def _delegation(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await complete_delegation(self.services, Context.of(interaction).asker, typed, own=True)

    @withdraw.autocomplete("topic")
    async def _own(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return _choices(await self._withdrawable(Context.of(interaction).asker), typed)

    @merge.autocomplete("topic")
    @merge.autocomplete("into")
    async def _any(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        topics = await self.services.topics.topics(Context.of(interaction).guild_id, ("listed", "proposed"))
        return _choices(topics, typed)

    async def _withdrawable(self, asker: Asker) -> list[Topic]:
        topics = await self.services.topics.topics(asker.guild_id, ("listed", "proposed"))
        return [topic for topic in topics if may_withdraw(asker, topic)]


def _choices(topics: Sequence[Topic], typed: str) -> list[Choice[str]]:
    return offered(topics, typed, lambda topic: str(topic.id), lambda topic: topic.title)
