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
            "The secretariat sends you a code by e-mail. Type {claim} with it, or press *Enter code*, and confirm"
            " that the code is for you; the secretariat then confirms your account. If you have no code, ask the"
            " secretariat. {settings} chooses your language.",
            claim=Command("member claim"),
            settings=Command("settings language"),
        )
        await context.answer(said)
