from typing import Literal

from bot.commands import Command
from bot.texts import Reader, Text, t
from bot.ui.buttons import PersistentButton
from bot.ui.context import Context
from bot.ui.plain_buttons import CONSENT
from storage.models import DirectMessages


class ConsentButton(PersistentButton, custom_id=CONSENT):
    """The answer to whether the bot may write to the person directly."""

    choice: Literal["yes", "no"]

    async def on_press(self, context: Context) -> None:
        """Keep the choice and say what follows from it."""
        async with context.write() as tx:
            await context.services.settings.change_account(
                tx, context.guild_id, context.account_id, direct_messages=self.choice
            )
        await context.replace(what_follows(self.choice, context.reader))


def what_follows(choice: DirectMessages, reader: Reader) -> Text:
    """Say what follows from somebody's answer to whether the bot may write to them directly."""
    if choice == "yes":
        return t(
            "The bot may now send you direct messages, on working days between 08:00 and 20:00, {place} time; {command}"
            " changes the place.",
            place=reader.place(reader.zone),
            command=Command("settings timezone"),
        )
    return t("The bot will not send you direct messages: they wait at the top of its next reply to you here.")
