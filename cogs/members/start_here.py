"""The one permanent message of the welcome channel, in three languages at once."""

from typing import Any, ClassVar, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.languages import LANGUAGES
from bot.outbox import Message, Standing, Subject
from bot.services import Services
from bot.texts import Markdown, Reader, Text, t
from bot.ui import StoredButton, answer
from cogs.members.cards import COLOUR
from cogs.members.invitations import ClaimForm
from storage.models import OutboxRow


class StartHere(Subject):
    """Says where to start, to whoever comes in."""

    name: ClassVar[str] = "welcome"

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """It is owed while the channel that it was asked for is the welcome channel."""
        network = await self._services.settings.network(row.guild_id)
        return Standing() if network.welcome_channel_id == row.subject_id else None

    async def title(self, row: OutboxRow) -> Text:  # noqa: ARG002 - there is one
        """Name it for lists."""
        return t("Start here, in the welcome channel")

    async def message(self, row: OutboxRow, reader: Reader) -> Message:  # noqa: ARG002 - it is in all languages
        """Say where to start, in every language."""
        readers = [Reader(language, reader.zone) for language in LANGUAGES]
        said = t(
            "If you represent a state or an organisation, enter the code that the secretariat sent you. Everybody"
            " else is welcome to look around: {about} says what this network is.",
            about=Markdown("`/about`"),
        )
        card = discord.Embed(description="\n\n".join(r.say(said) for r in readers), colour=COLOUR)
        buttons = (
            StartButton("code", _in_all(t("Enter code"), readers), discord.ButtonStyle.primary),
            StartButton("how", _in_all(t("How does it work?"), readers)),
        )
        return Message(_in_all(t("Start here"), readers), card, buttons)


def _in_all(text: Text, readers: list[Reader]) -> str:
    return " · ".join(reader.label(text) for reader in readers)


class StartButton(StoredButton, template=r"start:(?P<what>code|how)"):
    """*Enter code* and *How does it work?* in the welcome channel."""

    level = Level.EVERYBODY

    def __init__(self, what: str, label: str = "", style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> None:
        super().__init__(ui.Button[Any](custom_id=f"start:{what}", label=label[:80], style=style))
        self.what = what

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["what"])

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Open the form for the code, or explain how one gets in."""
        if self.what == "code":
            await ClaimForm().open(interaction, asker.reader)
            return
        said = t(
            "The secretariat sends every appointee a code by e-mail. Type {claim} with it, or press the other button;"
            " you are asked whether you are the person it is for, and then you are in. Without a code, ask the"
            " secretariat. {settings} chooses your language.",
            claim=Markdown("`/member claim`"),
            settings=Markdown("`/settings language`"),
        )
        await answer(interaction, asker.reader.say(said))
