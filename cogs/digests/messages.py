"""The digests: when they are owed, to whom, and how they read."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from discord import ui

from bot import working_days
from bot.identify import network_reader
from bot.outbox import PEOPLE, EmailText, Message, Plan, RecordlessSubject, Standing
from bot.services import Services
from bot.texts import Reader, Text
from bot.ui import plain_button
from cogs.digests import cards, emails, sentences
from cogs.digests.planning import NETWORK, owed_by, plan_network
from cogs.digests.queries import (
    monthly_of,
    news_since,
    people_asking,
    viewer_of_channel,
    viewer_of_person,
    weekly_of,
)
from cogs.digests.rules import MONTHLY, MONTHLY_KEEPS, SUBJECT, WEEKLY, WEEKLY_KEEPS, Monthly, Weekly, month_of
from storage.database import Transaction
from storage.outbox.models import OutboxRow

_SHOW: Final = "do:calendar show"
"""The button that does what ``/calendar show`` does."""
_LABEL: Final = 80


class DigestMessages(RecordlessSubject):
    """Answers for the rows of subject "digest"; their kinds have the week or the month that they are of."""

    name: ClassVar[str] = SUBJECT
    follows_settings = True
    to_people = (MONTHLY,)

    def __init__(self, services: Services) -> None:
        self._services = services

    async def prepare(self, row: OutboxRow) -> None:
        """Owe the ones after it, before anything is decided about this one."""
        if row.parent_id is None:
            await plan_network(self._services, row.guild_id)

    async def standing(self, row: OutboxRow) -> Standing | None:
        """Return None where there is nothing to say, or nobody to say it to."""
        network = await self._services.settings.network(row.guild_id)
        if _is_weekly(row):
            is_owed = network.weekly_digest and bool(await self._weekly(row, network_reader(self._services, network)))
            return Standing(row.due_at + WEEKLY_KEEPS) if is_owed else None
        if not network.monthly_digest:
            return None
        if row.target == PEOPLE or row.person_id is not None:
            people = await self.people(row)
            is_owed = row.person_id in people if row.person_id is not None else bool(people)
        else:
            is_owed = True
        if row.target != PEOPLE:
            is_owed = is_owed and bool(await self._monthly(row, network_reader(self._services, network)))
        return Standing(row.due_at + MONTHLY_KEEPS) if is_owed else None

    async def people(self, row: OutboxRow) -> Sequence[int]:
        """Return who has asked for the monthly e-mail and can be sent it."""
        return [person.id for person in await people_asking(self._services, row.guild_id)]

    async def title(self, row: OutboxRow) -> Text:
        """Name the digest."""
        return sentences.WEEKLY_TITLE if _is_weekly(row) else sentences.MONTHLY_TITLE

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Show the digest; calls nobody."""
        if _is_weekly(row):
            return weekly_message(await self._weekly(row, reader), reader)
        return monthly_message(await self._monthly(row, reader), row.kind, reader)

    def is_by_email_only(self, row: OutboxRow) -> bool:
        """Everybody else reads it in the channel."""
        return row.person_id is not None

    async def email_text(self, row: OutboxRow, reader: Reader) -> EmailText:
        """Write the monthly digest for its person."""
        return emails.text_of(await self._monthly(row, reader), month_of(row.kind), reader)

    async def plans(self, tx: Transaction, guild_id: int) -> Sequence[Plan]:
        """Return the digests of the time around now, as the network has chosen."""
        await working_days.load()
        network = await self._services.settings.network(guild_id, tx)
        return [Plan(NETWORK, owed_by(self._services, network))]

    async def called(self, guild_id: int, subject_id: int) -> Text:  # noqa: ARG002 - there is one plan for a network
        """Name the digests."""
        return sentences.CALLED

    async def _weekly(self, row: OutboxRow, reader: Reader) -> Weekly:
        return await weekly_of(self._services, row.guild_id, reader)

    async def _monthly(self, row: OutboxRow, reader: Reader) -> Monthly:
        network = await self._services.settings.network(row.guild_id)
        viewer = viewer_of_channel(network, row.channel_id)
        if row.person_id is not None:
            own = await viewer_of_person(self._services, row)
            if own is None:
                return Monthly({}, ())
            viewer = own
        since = await news_since(self._services, network, row.kind)
        return await monthly_of(self._services, viewer, since, row.due_at, reader)


def weekly_message(weekly: Weekly, reader: Reader) -> Message:
    """Render the weekly digest, each line with its button; lines that lead to one place share it."""
    said = [reader.say(text) for text in sentences.weekly(len(weekly.attention), len(weekly.upcoming))]
    shown = [*weekly.attention, *weekly.upcoming][: cards.MOST]
    numbers: dict[str, list[int]] = {}
    labels: dict[str, str] = {}
    for number, one in enumerate(shown, 1):
        if one.custom_id:
            numbers.setdefault(one.custom_id, []).append(number)
            labels.setdefault(one.custom_id, reader.label(one.label) if one.label is not None else "")
    items: list[ui.Item[Any]] = [
        plain_button(custom_id, f"{', '.join(map(reader.number, found))}. {labels[custom_id]}"[:_LABEL])
        for custom_id, found in numbers.items()
    ]
    return Message(" ".join(said), cards.weekly_card(weekly, reader), items)


def monthly_message(monthly: Monthly, kind: str, reader: Reader) -> Message:
    """Render the monthly digest, with the way to the calendar."""
    month = month_of(kind)
    button = plain_button(_SHOW, reader.label(sentences.SHOW_ALL))
    return Message(reader.say(sentences.monthly(month, reader)), cards.monthly_card(monthly, month, reader), [button])


def _is_weekly(row: OutboxRow) -> bool:
    return row.kind.partition(":")[0] == WEEKLY
