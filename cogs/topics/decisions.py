"""What the secretariat decides on topics: *Approve*, *Decline*, merging."""

from typing import Literal, Self, cast

import discord

from bot.access import Asker, Level
from bot.commands import Command
from bot.errors import NotFoundError, UserError
from bot.informed import informed
from bot.outbox import MEMBERS
from bot.texts import Reader, t
from bot.ui import Confirmation, Context, PersistentButton
from cogs.topics.cards import topic_card
from storage.models import Draft
from storage.poll_models import Topic


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
        """Write the decision down, tell whoever proposed, and let the members know of an approved topic."""
        services = context.services
        topic = await services.topics.topic(context.guild_id, self.topic_id)
        if topic is None:
            raise NotFoundError(t("That topic is gone: see all with {command}.", command=Command("topic list")))
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
            await outbox.tell(tx, context.guild_id, topic.person_id, "topic", topic.id, kind)
        said = t("{title} is on the list.", title=topic.title)
        if not approved:
            said = t("{title} is declined.", title=topic.title)
        who = await informed(services, context.guild_id, [topic.person_id], context.reader)
        await context.answer(f"{context.say(said)} {who}".strip())


class Merging(Confirmation):
    """One topic into another, with its support, after *Confirm*."""

    kind = "topic_merge"
    level = Level.SECRETARIAT

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Merge, tell whoever proposed, and let the public message say so."""
        services = context.services
        one = await _topic(context, draft, "topic")
        into = await _topic(context, draft, "into")
        async with context.write() as tx:
            await context.take(tx, draft)
            if not await services.topics.merge(tx, context.guild_id, one.id, into.id):
                raise UserError(t("One of the two was withdrawn or merged meanwhile: nothing was changed."))
            await services.outbox.edit(tx, context.guild_id, "topic", one.id)
            await services.outbox.edit(tx, context.guild_id, "topic", into.id)
            await services.outbox.tell(tx, context.guild_id, one.person_id, "topic", one.id, "merged")
        said = t("{title} is now part of {into}, with its support.", title=one.title, into=into.title)
        await context.replace(said)


async def ask_to_merge(context: Context, one: Topic, into: Topic) -> None:
    """Show both topics and ask *Confirm*. Raises UserError for a topic and itself."""
    if one.id == into.id:
        raise UserError(t("That is one and the same topic: choose another one to merge it into."))
    question = t(
        "Merge {title} into {into}? Only {into} stays, with the support of both, each delegation once.",
        title=one.title,
        into=into.title,
    )
    payload = {"topic": one.id, "into": into.id}
    card = topic_card(into, context.reader)
    await context.preview(Merging.kind, payload, question, embed=card, destroys=True)


class Withdrawing(Confirmation):
    """A topic off the list, after *Confirm*, by its own delegation or the secretariat."""

    kind = "topic_withdraw"
    level = Level.MEMBERS

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Withdraw it; its public message says so."""
        services = context.services
        topic = await _topic(context, draft, "topic")
        if not may_withdraw(context.asker, topic):
            raise UserError(t("Only the delegation that proposed a topic, or the secretariat, can withdraw it."))
        async with context.write() as tx:
            await context.take(tx, draft)
            if not await services.topics.decide(tx, context.guild_id, topic.id, ("proposed", "listed"), "withdrawn"):
                raise UserError(t("{title} was withdrawn or merged already: nothing was changed.", title=topic.title))
            await services.outbox.edit(tx, context.guild_id, "topic", topic.id)
        await context.replace(t("{title} is withdrawn.", title=topic.title))


def may_withdraw(asker: Asker, topic: Topic) -> bool:
    """Tell whether a topic is the asker's to withdraw."""
    return asker.is_secretariat or topic.delegation_id in {a.delegation_id for a in asker.appointments}


async def _topic(context: Context, draft: Draft, field: str) -> Topic:
    topic = await context.services.topics.topic(context.guild_id, cast(int, draft.payload[field]))
    if topic is None:
        raise NotFoundError(t("That topic is gone: see all with {command}.", command=Command("topic list")))
    return topic
