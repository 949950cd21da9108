from typing import Literal

from bot.commands import Command
from bot.texts import Reader, Text, t
from bot.ui.buttons import PersistentButton
from bot.ui.context import Context
from bot.ui.plain_buttons import CONSENT
from storage.models import RemindersChannel


class ConsentButton(PersistentButton, custom_id=CONSENT):
    """The answer to whether the bot may write to the person directly."""

    choice: Literal["yes", "no"]

    async def on_press(self, context: Context) -> None:
        """Keep the choice and say what follows from it."""
        channel: RemindersChannel = "direct_message" if self.choice == "yes" else "none"
        async with context.write() as tx:
            await context.services.settings.change_account(tx, context.guild_id, context.account_id, channel=channel)
        await context.replace(what_follows(channel, context.reader))


def what_follows(channel: RemindersChannel, reader: Reader) -> Text:
    """Say what follows from by what somebody wants to be written to."""
    match channel:
        case "direct_message" | "both":
            directly = t(
                "The bot may now send you direct messages, on working days between 08:00 and 20:00, {place} time, and"
                " at other times only if a message would otherwise come too late; {command} changes the place.",
                place=reader.place(reader.zone),
                command=Command("settings timezone"),
            )
            return t("{directly} Each comes by e-mail too.", directly=directly) if channel == "both" else directly
        case "email":
            return t(
                "The bot will write to you by e-mail, at the address that the directory has for you: {command} shows"
                " it. What cannot be sent by e-mail waits at the top of its next reply to you here.",
                command=Command("member me"),
            )
        case _:
            return t("The bot will not write to you: messages wait at the top of its next reply to you here.")
