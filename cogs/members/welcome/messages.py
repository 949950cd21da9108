"""The welcome on the first day of a post, and a week later what is still undone."""

from collections.abc import Mapping
from typing import ClassVar

from bot.identify import network_reader
from bot.outbox import EmailText, Message, RecordGoneError, Standing, Subject
from bot.outbox.types import LoadedRow
from bot.pending import Awaited
from bot.services import Services
from bot.texts import Reader, Text, t
from cogs.members.directory.queries import delegation_by_id
from cogs.members.welcome import emails, sentences
from cogs.members.welcome.buttons import pending_button, welcome_buttons
from cogs.members.welcome.cards import undone_card, welcome_card
from cogs.members.welcome.queries import awaited_by, welcome_of
from cogs.members.welcome.rules import NOT_UNSEEN, SUBJECT, UNDONE, WELCOME
from storage.members.models import Holder
from storage.outbox.models import OutboxRow


class ArrivalMessages(Subject[Holder]):
    """What somebody reads in the first days of a post."""

    name: ClassVar[str] = SUBJECT
    to_people = (WELCOME, UNDONE)
    only_by_hand: ClassVar[Mapping[str, str]] = {WELCOME: NOT_UNSEEN}

    def __init__(self, services: Services) -> None:
        self._services = services

    async def load(self, row: OutboxRow) -> Holder:
        """Return who holds the appointment."""
        holders = await self._services.members.holders(row.guild_id)
        found = next((holder for holder in holders if holder.appointment.id == row.subject_id), None)
        if found is None:
            raise RecordGoneError
        return found

    async def standing(self, row: LoadedRow[Holder]) -> Standing | None:
        """It is owed while the person holds the post; what is undone, while something is that they can do here."""
        holder = row.record
        network = await self._services.settings.network(row.guild_id)
        today, reader = self._services.today(network), network_reader(self._services, network)
        if not holder.appointment.is_current(today):
            return None
        if row.kind == UNDONE and (holder.person.account_id is None or not await self._undone(row, reader)):
            return None
        return Standing()

    async def title(self, row: LoadedRow[Holder]) -> Text:
        """Name the message for lists, without a person's name."""
        seat = await delegation_by_id(self._services, row.guild_id, row.record.appointment.delegation_id)
        code = seat.code if seat is not None else "?"
        if row.kind == UNDONE:
            return t("What a newcomer has not done yet, {code}", code=code)
        return t("Welcome to a newcomer, {code}", code=code)

    async def message(self, row: LoadedRow[Holder], reader: Reader) -> Message:
        """Render it from what is there now."""
        if row.kind != UNDONE:
            return await welcome_message(self._services, row.record, reader)
        awaited = await self._undone(row, reader)
        said = reader.say(sentences.undone(len(awaited)))
        return Message(said, undone_card(awaited, reader), [pending_button(row.guild_id, reader)], is_whole=True)

    async def email_text(self, row: LoadedRow[Holder], reader: Reader) -> EmailText:
        """Say that the post begins, or how much is undone."""
        if row.kind == UNDONE:
            return emails.undone(len(await self._undone(row, reader)))
        seat = await delegation_by_id(self._services, row.guild_id, row.record.appointment.delegation_id)
        if seat is None:
            raise RecordGoneError
        return emails.welcome(row.record.appointment, seat, reader)

    async def _undone(self, row: LoadedRow[Holder], reader: Reader) -> list[Awaited]:
        awaited = await awaited_by(self._services, row.guild_id, row.record.person.id, reader)
        return [one for one in awaited if not one.is_optional]


async def welcome_message(services: Services, holder: Holder, reader: Reader) -> Message:
    """Return the one welcome, for somebody whose post has begun, by whatever way they got in."""
    welcome = await welcome_of(services, holder, reader)
    said = reader.say(sentences.appointed(welcome.post, welcome.delegation, reader))
    return Message(said, welcome_card(welcome, reader), welcome_buttons(welcome, reader), is_whole=True)
