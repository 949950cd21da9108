"""Who would get a message now: worked out for the preview, and again when it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from bot.audience import seats_today
from bot.delivery.assess import EMAILS_LEAVE_AFTER
from bot.languages import Language
from bot.names import collation_key
from bot.names.delegation_names import called, in_order
from bot.outbox.outbox import GRACE
from bot.outbox.types import PEOPLE, LoadedRow, Request, Subject
from bot.reach import Reach, reach_of
from bot.services import Services
from bot.texts import Reader, Text, nt
from storage.members.models import Person
from storage.outbox.models import OutboxRow

_Record = TypeVar("_Record")
LAST: Final = GRACE + EMAILS_LEAVE_AFTER
"""How long after *Confirm* the e-mails of a message to people leave: last, because nobody can take them back."""
NAMELESS: Final = "—"
"""How a list shows a person who has neither a name nor a post any more."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a message concerns, by what reaches them; ``left_out`` says who is not concerned and why."""

    reach: Reach
    left_out: Sequence[Text] = ()

    def others(self) -> list[Text]:
        """Return the parts that a preview names of those who do not get it: who is not reached, who is left out."""
        return [*self.reach.missed(), *self.left_out]


def emails_leave_last(reach: Reach) -> list[Text]:
    """Say, before *Confirm*, when the e-mails of a message leave and that nobody takes them back; nothing for none."""
    said = nt(
        "{count} e-mail leaves {minutes} minutes after *Confirm*. *Stop* holds it back until then; once it has left, it"
        " cannot be taken back.",
        "{count} e-mails leave {minutes} minutes after *Confirm*. *Stop* holds them back until then; once they have"
        " left, they cannot be taken back.",
        reach.emails,
        minutes=LAST // timedelta(minutes=1),
    )
    return [said] if reach.emails else []


def emails_leave_at(reach: Reach, confirmed_at: datetime, reader: Reader) -> list[Text]:
    """Say the same after *Confirm*, with the time; nothing where no e-mail leaves."""
    said = nt(
        "{count} e-mail leaves at {when}: *Stop* holds it back until then; after that it cannot be taken back.",
        "{count} e-mails leave from {when} on: *Stop* holds them back until then; after that they cannot be taken"
        " back.",
        reach.emails,
        when=reader.stamp(confirmed_at + LAST, style="T"),
    )
    return [said] if reach.emails else []


def example(services: Services, guild_id: int, request: Request) -> OutboxRow:
    """Return the row that ``request`` would make, for rendering it before it is owed."""
    return OutboxRow(
        id=0,
        guild_id=guild_id,
        subject=request.subject,
        subject_id=request.subject_id,
        kind=request.kind,
        occurrence=1,
        target=request.target,
        due_at=services.clock.now(),
        payload=dict(request.payload or {}),
    )


async def recipients_of(services: Services, subject: Subject[_Record], row: LoadedRow[_Record]) -> Recipients:
    """Sort the persons whom a row to people concerns by how each would be told."""
    if row.target != PEOPLE:
        return Recipients(Reach())
    found = [await services.members.person(row.guild_id, one) for one in dict.fromkeys(await subject.people(row))]
    people = [person for person in found if person is not None]
    reach = await reach_of(services, row.guild_id, people, has_email_text=subject.has_email_text(row))
    return Recipients(reach, await subject.left_out(row))


async def names_of(services: Services, guild_id: int, people: Sequence[Person], language: Language) -> list[str]:
    """Name persons for a list in the alphabet of ``language``: by name, else by the delegations they speak for."""
    named = await names_by_id(services, guild_id, people, language)
    return sorted((named[person.id] for person in people), key=lambda name: collation_key(name, language))


async def names_by_id(
    services: Services, guild_id: int, people: Sequence[Person], language: Language
) -> dict[int, str]:
    """Name persons as :func:`names_of` does, by their ids."""
    wanted = {person.id for person in people}
    posts: dict[int, list[str]] = {}
    for seat in in_order(await seats_today(services, guild_id), language):
        for holder in seat.holders:
            if holder.person.id in wanted:
                posts.setdefault(holder.person.id, []).append(called(seat.delegation, language))
    return {
        person.id: " · ".join(filter(None, (person.name, ", ".join(posts.get(person.id, []))))) or NAMELESS
        for person in people
    }
