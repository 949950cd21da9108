"""The permanent message of the welcome channel, and news of those who come in with a code."""

from dataclasses import replace
from typing import ClassVar

import discord

from bot.commands import Command
from bot.languages import LANGUAGES
from bot.names.delegation_names import with_code
from bot.outbox import Message, RecordlessSubject, Standing
from bot.services import Services
from bot.texts import Markdown, Reader, Text, t
from cogs.members.directory.cards import COLOUR
from cogs.members.directory.queries import delegation_by_id
from cogs.members.joining.buttons import StartButton
from storage.members.models import Person
from storage.outbox.models import OutboxRow


class WelcomeMessages(RecordlessSubject):
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
        readers = [replace(reader, language=language) for language in LANGUAGES]
        said = t(
            "If you represent a state or an organisation, enter the code that the secretariat sent you. Everybody"
            " else is welcome to look around: {about} says what this network is.",
            about=Command("about"),
        )
        card = discord.Embed(description="\n\n".join(r.say(said) for r in readers), colour=COLOUR)
        buttons = (
            StartButton("code").labelled(_in_all(t("Enter code"), readers)[:80], discord.ButtonStyle.primary),
            StartButton("how").labelled(_in_all(t("How does it work?"), readers)[:80]),
        )
        return Message(_in_all(t("Start here"), readers), card, buttons)


def _in_all(text: Text, readers: list[Reader]) -> str:
    return " · ".join(reader.label(text) for reader in readers)


class InvitationMessages(RecordlessSubject):
    """Told the secretariat that somebody had come in with a code, before claims were confirmed: rows still owed."""

    name: ClassVar[str] = "invitation"

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """It is owed while the person is linked to an account."""
        person = await self._person(row)
        return Standing() if person is not None and person.account_id is not None else None

    async def title(self, row: OutboxRow) -> Text:
        """Name the row for lists, without a person's name."""
        invitation = await self._services.invitations.invitation(row.guild_id, row.subject_id)
        seat = await delegation_by_id(self._services, row.guild_id, invitation.delegation_id) if invitation else None
        return t("Somebody came in with a code, {code}", code=seat.code if seat is not None else "?")

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Say who came in, for which delegation, with which account."""
        invitation = await self._services.invitations.invitation(row.guild_id, row.subject_id)
        person = await self._person(row)
        assert invitation is not None, "standing() has seen it"  # noqa: S101 - narrows the type
        assert person is not None, "standing() has seen it"  # noqa: S101 - narrows the type
        seat = await delegation_by_id(self._services, row.guild_id, invitation.delegation_id)
        assert seat is not None, "invitations keep their delegation"  # noqa: S101 - narrows the type
        said = t(
            "{account} has come in with a code and now speaks for {delegation} ({person}).",
            account=Markdown(f"<@{person.account_id}>"),
            delegation=with_code(seat, reader.language),
            person=person.name or reader.label(t("not named")),
        )
        return Message(reader.say(said))

    async def _person(self, row: OutboxRow) -> Person | None:
        invitation = await self._services.invitations.invitation(row.guild_id, row.subject_id)
        if invitation is None:
            return None
        return await self._services.members.person(row.guild_id, invitation.person_id)
