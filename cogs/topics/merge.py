"""``/topic merge``: one topic into another. No role of its own: the command's work."""

from bot.errors import UserError
from bot.texts import t
from bot.ui import Confirmation, Context
from cogs.topics.cards import topic_card
from cogs.topics.queries import topic_in
from storage.models import Draft
from storage.topics.models import Topic


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
    await context.preview(ConfirmMerge.kind, payload, question, embed=card, destroys=True)


class ConfirmMerge(Confirmation):
    """One topic into another, with its support, after *Confirm*."""

    kind = "topic_merge"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Merge, tell the person who proposed it, and let the public message say so."""
        services = context.services
        one = await topic_in(context, draft, "topic")
        into = await topic_in(context, draft, "into")
        async with context.write() as tx:
            await context.take(tx, draft)
            if not await services.topics.merge(tx, context.guild_id, one.id, into.id):
                raise UserError(t("One of the two was withdrawn or merged meanwhile: nothing was changed."))
            await services.outbox.edit(tx, context.guild_id, "topic", one.id)
            await services.outbox.edit(tx, context.guild_id, "topic", into.id)
            await services.outbox.notify(tx, context.guild_id, one.person_id, "topic", one.id, "merged")
        said = t("{title} is now part of {into}, with its support.", title=one.title, into=into.title)
        await context.replace(said)
