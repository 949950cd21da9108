"""Who would get a message now: worked out for the preview, and again when it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.languages import Language
from bot.names import collation_key
from bot.naming import called, in_order
from bot.outbox.types import PEOPLE, Request, Subject
from bot.services import Services
from bot.texts import Text
from storage.models import OutboxRow, Person

NAMELESS: Final = "—"
"""How a list shows a person who has neither a name nor a post any more."""


@dataclass(slots=True)
class Recipients:
    """Persons by how they would be told; ``left_out`` says who is not concerned and why."""

    direct: list[Person] = field(default_factory=list[Person])
    noticed: list[Person] = field(default_factory=list[Person])
    unreachable: list[Person] = field(default_factory=list[Person])
    left_out: Sequence[Text] = ()

    @property
    def total(self) -> int:
        """How many the message concerns."""
        return len(self.direct) + len(self.noticed) + len(self.unreachable)


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


async def recipients_of(services: Services, subject: Subject, row: OutboxRow) -> Recipients:
    """Sort the persons whom a row to people concerns by how each would be told."""
    if row.target != PEOPLE:
        return Recipients()
    found = Recipients(left_out=await subject.left_out(row))
    for person_id in dict.fromkeys(await subject.people(row)):
        person = await services.members.person(row.guild_id, person_id)
        if person is None:
            continue
        if person.account_id is None:
            found.unreachable.append(person)
            continue
        settings = await services.settings.account(row.guild_id, person.account_id)
        (found.direct if settings.direct_messages == "yes" else found.noticed).append(person)
    return found


async def names_of(services: Services, guild_id: int, people: Sequence[Person], language: Language) -> list[str]:
    """Name persons for a list in the alphabet of ``language``: by name, else by the delegations they speak for."""
    wanted = {person.id for person in people}
    network = await services.settings.network(guild_id)
    posts: dict[int, list[str]] = {}
    for seat in in_order(await services.members.seats(guild_id, services.today(network)), language):
        for holder in seat.holders:
            if holder.person.id in wanted:
                posts.setdefault(holder.person.id, []).append(called(seat.delegation, language))
    named: list[str] = []
    for person in people:
        delegations = ", ".join(posts.get(person.id, []))
        named.append(" · ".join(part for part in (person.name, delegations) if part) or NAMELESS)
    return sorted(named, key=lambda name: collation_key(name, language))
