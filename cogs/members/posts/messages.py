"""What appointees read: that they speak for a seat, what comes with it, and thanks at the end."""

from datetime import date
from typing import ClassVar, cast

import discord

from bot.outbox import EmailText, Message, RecordGoneError, RecordlessSubject, Standing
from bot.services import Services
from bot.texts import Reader, Text, t
from cogs.members.directory.cards import COLOUR
from cogs.members.directory.queries import delegation_by_id
from cogs.members.notes.buttons import write_button
from cogs.members.posts import emails
from cogs.members.posts.cards import handing_over_card
from cogs.members.posts.sentences import thanks, withdrawn
from cogs.members.welcome import sentences
from cogs.members.welcome.cards import entered_by
from cogs.members.welcome.messages import welcome_message
from cogs.members.welcome.queries import nominator_of
from cogs.members.welcome.rules import NOT_UNSEEN
from storage.members.models import Delegation, Holder, Role
from storage.outbox.models import OutboxRow


class AppointmentMessages(RecordlessSubject):
    """What appointees are told: that they speak for a seat, what comes with it, and thanks at the end."""

    name: ClassVar[str] = "appointment"
    to_people = ("appointed", "succeeds", "thanks", "withdrawn")
    only_by_hand = dict.fromkeys(("appointed", "succeeds"), NOT_UNSEEN)

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """News is owed for as long as the appointment is there; that it is withdrawn, in any case."""
        if row.kind == "withdrawn":
            return Standing()
        return Standing() if await self._holder(row) is not None else None

    async def title(self, row: OutboxRow) -> Text:
        """Name the news for lists, without a person's name."""
        delegation = await delegation_by_id(self._services, row.guild_id, await self._seat_id(row))
        code = delegation.code if delegation is not None else "?"
        match row.kind:
            case "thanks":
                return t("Thanks and hand-over, {code}", code=code)
            case "succeeds":
                return t("Hand-over to the next focal point, {code}", code=code)
            case _:
                return t("News of an appointment, {code}", code=code)

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Render the news for the person whom it is about."""
        holder = await self._holder(row)
        delegation = await delegation_by_id(self._services, row.guild_id, await self._seat_id(row))
        assert delegation is not None, "appointments keep their delegation"  # noqa: S101 - narrows the type
        if row.kind == "withdrawn":
            return Message(reader.say(withdrawn(*_withdrawn_post(row), delegation, reader)))
        assert holder is not None, "standing() has seen it"  # noqa: S101 - narrows the type
        if row.kind == "thanks":
            return _thanks(holder, delegation, reader)
        network = await self._services.settings.network(row.guild_id)
        if holder.appointment.is_current(self._services.today(network)):
            return await welcome_message(self._services, holder, reader)
        nominator = await nominator_of(self._services, row.guild_id, holder.person.id)
        lines = [reader.say(t("Your access begins on that day.")), reader.say(entered_by(nominator))]
        if network.privacy_contact:
            lines.append(reader.say(t("Questions of privacy: {contact}", contact=network.privacy_contact)))
        card = discord.Embed(colour=COLOUR, description="\n".join(lines))
        return Message(reader.say(sentences.appointed(holder.appointment, delegation, reader)), card)

    async def email_text(self, row: OutboxRow, reader: Reader) -> EmailText:
        """Say the news alone: what comes with it is in the server."""
        delegation = await delegation_by_id(self._services, row.guild_id, await self._seat_id(row))
        holder = await self._holder(row)
        if delegation is None:
            raise RecordGoneError
        if row.kind == "withdrawn":
            return emails.withdrawn(*_withdrawn_post(row), delegation, reader)
        if holder is None:
            raise RecordGoneError
        write = emails.thanks if row.kind == "thanks" else emails.appointed
        return write(holder.appointment, delegation, reader)

    async def _holder(self, row: OutboxRow) -> Holder | None:
        holders = await self._services.members.holders(row.guild_id)
        return next((h for h in holders if h.appointment.id == row.subject_id), None)

    async def _seat_id(self, row: OutboxRow) -> int:
        if row.kind == "withdrawn":
            return cast(int, row.payload["delegation"])
        holder = await self._holder(row)
        return holder.appointment.delegation_id if holder is not None else 0


def _withdrawn_post(row: OutboxRow) -> tuple[Role, date]:
    return cast(Role, row.payload["role"]), date.fromisoformat(cast(str, row.payload["starts_on"]))


def _thanks(holder: Holder, delegation: Delegation, reader: Reader) -> Message:
    post = holder.appointment
    said = reader.say(thanks(post.role, delegation, post.ends_on or post.starts_on, reader))
    button = write_button(post.guild_id, post.id, reader)
    return Message(said, handing_over_card(reader), [button], is_whole=True)
