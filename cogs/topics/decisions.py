"""What the secretariat decides on topics: *Approve*, *Decline*, merging."""

from typing import Any, Self, cast

import discord
from discord import ui

from bot.access import Asker, Level
from bot.errors import NotFoundError, UserError
from bot.outbox import MEMBERS
from bot.services import Services
from bot.texts import Reader, t
from bot.ui import Confirmation, StoredButton, answer, ask_confirmation, host_of, replace, take
from cogs.topics.cards import topic_card
from storage.models import Draft
from storage.poll_models import Topic


class DecideButton(StoredButton, template=r"topic:(?P<decision>approve|decline):(?P<topic_id>\d+)"):
    """*Approve* and *Decline* under a proposal, in the secretariat's channel."""

    level = Level.SECRETARIAT

    def __init__(self, decision: str, topic_id: int, label: str = "") -> None:
        style = discord.ButtonStyle.success if decision == "approve" else discord.ButtonStyle.secondary
        super().__init__(ui.Button[Any](custom_id=f"topic:{decision}:{topic_id}", label=label, style=style))
        self.decision = decision
        self.topic_id = topic_id

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["decision"], int(state["topic_id"]))

    @classmethod
    def both(cls, topic_id: int, reader: Reader) -> list[Self]:
        """Return the two buttons."""
        labels = {"approve": t("Approve"), "decline": t("Decline")}
        return [cls(decision, topic_id, reader.label(label)) for decision, label in labels.items()]

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Write the decision down, tell whoever proposed, and let the members know of an approved topic."""
        services = host_of(interaction).services
        topic = await services.topics.topic(asker.guild_id, self.topic_id)
        if topic is None:
            raise NotFoundError(t("That topic is gone: see all with {command}.", command="/topic list"))
        approved = self.decision == "approve"
        async with services.transaction(asker.account_id) as tx:
            state = "listed" if approved else "declined"
            if not await services.topics.decide(tx, asker.guild_id, topic.id, ("proposed",), state):
                raise UserError(t("{title} was decided on already: nothing was changed.", title=topic.title))
            outbox = services.outbox
            await outbox.edit(tx, asker.guild_id, "topic", topic.id, "proposed")
            if approved:
                await outbox.plan_now(tx, asker.guild_id, "topic", topic.id, "listed", MEMBERS)
            kind = "approved" if approved else "declined"
            await outbox.tell(tx, asker.guild_id, topic.person_id, "topic", topic.id, kind)
        said = t("{title} is on the list.", title=topic.title)
        if not approved:
            person = await services.members.person(asker.guild_id, topic.person_id)
            is_here = person is not None and person.account_id is not None
            said = t("{title} is declined; whoever proposed it is told.", title=topic.title)
            if not is_here:
                said = t("{title} is declined. Whoever proposed it is not here any more.", title=topic.title)
        await answer(interaction, asker.reader.say(said))


class Merging(Confirmation):
    """One topic into another, with its support, after *Confirm*."""

    kind = "topic_merge"
    level = Level.SECRETARIAT

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Merge, tell whoever proposed, and let the public message say so."""
        services = host_of(interaction).services
        one = await _topic(services, asker, draft, "topic")
        into = await _topic(services, asker, draft, "into")
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            if not await services.topics.merge(tx, asker.guild_id, one.id, into.id):
                raise UserError(t("One of the two was withdrawn or merged meanwhile: nothing was changed."))
            await services.outbox.edit(tx, asker.guild_id, "topic", one.id)
            await services.outbox.edit(tx, asker.guild_id, "topic", into.id)
            await services.outbox.tell(tx, asker.guild_id, one.person_id, "topic", one.id, "merged")
        said = t("{title} is now part of {into}, with its support.", title=one.title, into=into.title)
        await replace(interaction, asker.reader.say(said))


async def ask_to_merge(interaction: discord.Interaction, asker: Asker, one: Topic, into: Topic) -> None:
    """Show both topics and ask *Confirm*. Raises UserError for a topic and itself."""
    if one.id == into.id:
        raise UserError(t("That is one and the same topic: choose another one to merge it into."))
    question = t(
        "Merge {title} into {into}? Only {into} stays, with the support of both, each delegation once.",
        title=one.title,
        into=into.title,
    )
    payload = {"topic": one.id, "into": into.id}
    card = topic_card(into, asker.reader)
    await ask_confirmation(interaction, asker, Merging, payload, asker.reader.say(question), embed=card, destroys=True)


class Withdrawing(Confirmation):
    """A topic off the list, after *Confirm*, by its own delegation or the secretariat."""

    kind = "topic_withdraw"
    level = Level.MEMBERS

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Withdraw it; its public message says so."""
        services = host_of(interaction).services
        topic = await _topic(services, asker, draft, "topic")
        if not may_withdraw(asker, topic):
            raise UserError(t("Only the delegation that proposed a topic, or the secretariat, can withdraw it."))
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            if not await services.topics.decide(tx, asker.guild_id, topic.id, ("proposed", "listed"), "withdrawn"):
                raise UserError(t("{title} was withdrawn or merged already: nothing was changed.", title=topic.title))
            await services.outbox.edit(tx, asker.guild_id, "topic", topic.id)
        await replace(interaction, asker.reader.say(t("{title} is withdrawn.", title=topic.title)))


def may_withdraw(asker: Asker, topic: Topic) -> bool:
    """Tell whether a topic is the asker's to withdraw."""
    return asker.is_secretariat or topic.delegation_id in {a.delegation_id for a in asker.appointments}


async def _topic(services: Services, asker: Asker, draft: Draft, field: str) -> Topic:
    topic = await services.topics.topic(asker.guild_id, cast(int, draft.payload[field]))
    if topic is None:
        raise NotFoundError(t("That topic is gone: see all with {command}.", command="/topic list"))
    return topic
