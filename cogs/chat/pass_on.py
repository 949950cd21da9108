"""No role of its own: *Send to the secretariat*, shown first, sent by that press only."""

from datetime import timedelta
from typing import ClassVar, Final

from bot.errors import UserError
from bot.limits import require_few_passed_on
from bot.outbox.types import SECRETARIAT
from bot.texts import t
from bot.ui import Choice, Confirmation, Context
from cogs.chat import sentences
from cogs.chat.messages import PASSED_ON, SUBJECT, card_of
from storage.models import Draft

KIND: Final = "chat_pass_on"
LONGEST: Final = 2000


async def show_before_sending(context: Context, text: str) -> None:
    """Show the message as the secretariat would get it, with the button that sends it."""
    if context.network.secretariat_channel_id is None:
        raise UserError(
            t("This server has no channel for the secretariat yet, so nothing can be passed on: write to it by e-mail.")
        )
    choice = Choice(KIND, sentences.SEND)
    payload = {"text": text[:LONGEST], "account": context.interaction.user.display_name}
    await context.ask([choice], payload, sentences.PASS_ON_HINT, embeds=[card_of(text[:LONGEST])])


class ConfirmPassingOn(Confirmation):
    """Sends what was shown to the secretariat's channel."""

    kind: ClassVar[str] = KIND

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Owe it to the secretariat's channel, once."""
        person = context.asker.person
        payload = {key: str(draft.payload[key]) for key in ("text", "account")}
        async with context.write() as tx:
            await context.take(tx, draft)
            author = person.id if person is not None else 0
            since = context.services.clock.now() - timedelta(days=1)
            # Counted while the writer is held: two that are sent at once are counted one after the other.
            before = await context.services.outbox.of(context.guild_id, SUBJECT, author, PASSED_ON)
            require_few_passed_on(sum(row.due_at > since for row in before))
            await context.services.outbox.plan_now(
                tx, context.guild_id, SUBJECT, author, PASSED_ON, SECRETARIAT, payload=payload
            )
            await tx.audit(context.guild_id, "send", "message", None, ())
        await context.replace(sentences.SENT, embed=card_of(payload["text"]))
