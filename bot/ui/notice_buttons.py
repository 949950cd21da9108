"""*Show*: a message of which one line stood above an answer, in full."""

from bot.errors import NotFoundError
from bot.texts import t
from bot.ui.buttons import PersistentButton
from bot.ui.context import Context, bot_of
from bot.ui.plain_buttons import SHOW_NOTICE


class ShowNoticeButton(PersistentButton, custom_id=SHOW_NOTICE):
    """Shows a message to the person whom it is for."""

    row_id: int

    async def on_press(self, context: Context) -> None:
        """Show the message as it reads now; refuse where it makes no sense any more."""
        message = await bot_of(context.interaction).notices.in_full(context.asker, self.row_id)
        if message is None:
            raise NotFoundError(t("This message is no longer current: nothing needs to be done about it."))
        await context.send_message(message)
