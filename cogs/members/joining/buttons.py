"""*Enter code* and *How does it work?* in the welcome channel."""

from typing import Literal

from bot.commands import Command
from bot.texts import t
from bot.ui import Context, PersistentButton
from cogs.members.joining.forms import ClaimForm


class StartButton(PersistentButton, custom_id="start:{what}"):
    """*Enter code* and *How does it work?* in the welcome channel."""

    what: Literal["code", "how"]

    async def on_press(self, context: Context) -> None:
        """Open the form for the code, or explain how one gets in."""
        if self.what == "code":
            await ClaimForm().show(context)
            return
        said = t(
            "The secretariat sends every appointee a code by e-mail. Type {claim} with it, or press the other button;"
            " you are asked whether you are the person it is for, and then you are in. Without a code, ask the"
            " secretariat. {settings} chooses your language.",
            claim=Command("member claim"),
            settings=Command("settings language"),
        )
        await context.answer(said)
