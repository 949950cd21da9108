"""The permanent message of the welcome channel, codes by e-mail, and news of those who come in with one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar, cast

import discord

from bot import retention
from bot.commands import Command
from bot.languages import LANGUAGES
from bot.names.delegation_names import with_code
from bot.outbox import EmailText, Message, RecordGoneError, RecordlessSubject, Standing
from bot.services import Services
from bot.texts import Markdown, Reader, Text, nt, t
from cogs.members.directory.cards import COLOUR
from cogs.members.directory.queries import delegation_by_id
from cogs.members.joining.buttons import StartButton
from cogs.members.joining.emails import Invitation, paragraphs
from cogs.members.joining.queries import invited_now
from cogs.members.joining.rules import BY_EMAIL, EXAMPLE, INVITED, Invited, hashed, new_code
from cogs.members.rules import Member
from storage.database import Transaction
from storage.members.models import Person
from storage.outbox.models import OutboxRow


class WelcomeMessages(RecordlessSubject):
    """Says where to start, to a person who comes in."""

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
        return t("Somebody entered a code, {code}", code=seat.code if seat is not None else "?")

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Say who came in, for which delegation, with which account."""
        invitation = await self._services.invitations.invitation(row.guild_id, row.subject_id)
        person = await self._person(row)
        assert invitation is not None, "standing() has seen it"  # noqa: S101 - narrows the type
        assert person is not None, "standing() has seen it"  # noqa: S101 - narrows the type
        seat = await delegation_by_id(self._services, row.guild_id, invitation.delegation_id)
        assert seat is not None, "invitations keep their delegation"  # noqa: S101 - narrows the type
        said = t(
            "{account} has entered a code and now speaks for {delegation} ({person}).",
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


class InvitationEmails(RecordlessSubject):
    """Sends those without an account a code each. A code is made for its e-mail, and is nowhere else but in it."""

    name: ClassVar[str] = BY_EMAIL
    to_people = (INVITED,)

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:  # noqa: ARG002 - people() says whom it concerns
        """It is owed until its person is linked to an account."""
        return Standing()

    async def title(self, row: OutboxRow) -> Text:  # noqa: ARG002 - one name for all, without a person's
        """Name the row for lists."""
        return t("Code to join the server")

    async def people(self, row: OutboxRow) -> Sequence[int]:
        """Return who has a post, an address and no account."""
        return [member.person.id for member in (await self._invited(row)).members]

    async def left_out(self, row: OutboxRow) -> Sequence[Text]:
        """Say who gets no code, and why."""
        invited = await self._invited(row)
        said = [
            nt(
                "{count} has no e-mail address in use or wants no e-mails",
                "{count} have no e-mail address in use or want no e-mails",
                invited.without_address,
            ),
            nt(
                "{count} waits for you to confirm the account",
                "{count} wait for you to confirm the account",
                invited.waiting,
            ),
        ]
        return [text for text in said if text.count]

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Show the first of the e-mails, with an example in the place of the code."""
        invited = await self._invited(row)
        if not invited.members:
            raise RecordGoneError
        member = invited.members[0]
        lines = [reader.label(line) for line in await self._paragraphs(row, member, EXAMPLE, reader)]
        card = discord.Embed(description="\n\n".join(lines)[:4096], colour=COLOUR)
        if row.account_id is None:  # A test is a direct message, where contact details are not shown.
            card.set_footer(text=f"{member.name(reader)} · {member.person.address}"[:2048])
        return Message(reader.say(t("An e-mail in each person's language. For example:")), card)

    def may_be_sent_by_hand(self, row: OutboxRow) -> bool:  # noqa: ARG002 - none of them
        """Nobody has the code but its e-mail: the secretariat invites again."""
        return False

    async def email_to_hand_over(self, tx: Transaction, row: OutboxRow, reader: Reader) -> EmailText:
        """Make the person's code, which replaces one made before, and write the e-mail with it."""
        members = (await self._invited(row)).members
        member = next((one for one in members if one.person.id == row.person_id), None)
        if member is None:
            raise RecordGoneError
        code = new_code()
        await self._services.invitations.add(
            tx, row.guild_id, member.delegation.id, member.person.id, hashed(code), retention.INVITATIONS
        )
        day = self._until().astimezone(reader.tzinfo).date()
        subject = t("your code to join the server, valid until {day}", day=day)
        return EmailText(subject, await self._paragraphs(row, member, code, reader))

    async def _invited(self, row: OutboxRow) -> Invited:
        network = await self._services.settings.network(row.guild_id)
        return await invited_now(self._services, network, cast(str | None, row.payload.get("code")))

    async def _paragraphs(self, row: OutboxRow, member: Member, code: str, reader: Reader) -> list[Text]:
        network = await self._services.settings.network(row.guild_id)
        invitation = Invitation(
            network=str(row.payload["network"]),
            link=str(row.payload["link"]),
            contact=network.privacy_contact or "",
            sender="",
            until=self._until(),
        )
        return paragraphs(invitation, member, code, Reader(reader.language, self._services.zone(network)))

    def _until(self) -> datetime:
        return self._services.clock.now() + retention.INVITATIONS
