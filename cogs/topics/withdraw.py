"""``/topic withdraw``: a topic off the list. No role of its own: the command's work."""

from bot.access import Asker
from bot.errors import UserError
from bot.texts import t
from bot.ui import Confirmation, Context
from cogs.topics.queries import topic_in
from storage.models import Draft
from storage.topics.models import Topic


class ConfirmWithdrawal(Confirmation):
    """A topic off the list, after *Confirm*, by its own delegation or the secretariat."""

    kind = "topic_withdraw"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Withdraw it; its public message says so."""
        services = context.services
        topic = await topic_in(context, draft, "topic")
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
    return asker.is_secretariat or topic.delegation_id in asker.delegation_ids
