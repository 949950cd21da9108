"""Buttons of the conversation. The message that was written is read again from Discord: nothing of it is kept."""

from collections.abc import Sequence

from bot.languages import LANGUAGES, OWN_NAMES, Language
from bot.ui import Context, PersistentButton, Zone
from cogs.chat.answers import run
from cogs.chat.original_message import read_original
from cogs.chat.pass_on import show_before_sending


class SendButton(PersistentButton, custom_id="chat:send:{message_id}"):
    """*Send to the secretariat* below an answer: shows the message as the secretariat would get it."""

    message_id: int

    async def on_press(self, context: Context) -> None:
        """Show it; a second press sends it."""
        message = await read_original(context, self.message_id)
        await show_before_sending(context, message.clean_content)


class ZoneButton(PersistentButton, custom_id="chat:zone:{zone}"):
    """*Use this time zone*: what ``/settings timezone`` does."""

    zone: Zone

    async def on_press(self, context: Context) -> None:
        """Choose the zone."""
        await run(context, "settings timezone", {"zone": self.zone})


class LanguageButton(PersistentButton, custom_id="chat:language:{language}"):
    """One of the languages: what ``/settings language`` does."""

    language: Language

    @classmethod
    def choices(cls, named: str) -> Sequence["LanguageButton"]:
        """Return the button of the language that was ``named``, all three where it is none of them."""
        offered: Sequence[Language] = [one for one in LANGUAGES if one == named] or LANGUAGES
        return [cls(one).labelled(OWN_NAMES[one]) for one in offered]

    async def on_press(self, context: Context) -> None:
        """Choose the language."""
        await run(context, "settings language", {"language": self.language})
