"""What nothing brought to its person and still makes sense: for the secretariat, which may send it in another way."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot.delivery.unread import was_said_anew
from bot.outbox.reference import in_log
from bot.outbox.types import PEOPLE, LoadedRow, RecordGoneError, Subject, last_moment
from bot.services import Services
from storage.members.models import Person
from storage.outbox.models import OutboxRow

_log: Final = logging.getLogger("bot.outbox")


@dataclass(frozen=True, slots=True)
class UnreachedMessage:
    """A message that was not brought to its person, with who answers for it."""

    row: LoadedRow[Any]
    subject: Subject[Any]
    person: Person


async def unreached(services: Services, guild_id: int, *, waiting_too: bool = False) -> list[UnreachedMessage]:
    """Return what did not reach its person and is still for them, the first due first.

    ``waiting_too``: also what waits unread at the top of somebody's next answer. What is over, called off, said anew
    since or answered meanwhile is left out: it is not to be sent in another way either.
    """
    sieve = _Sieve(services)
    rows = await services.unreached.rows(guild_id, waiting_too=waiting_too)
    found = [await sieve.kept(row) for row in rows]
    return [one for one in found if one is not None]


async def people_unreached(services: Services, guild_id: int) -> int:
    """Return to how many people something was not brought that is still for them."""
    return len({one.person.id for one in await unreached(services, guild_id)})


class _Sieve:
    """Looks at rows one by one; what is the same for all of a fan-out is asked once."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._now = services.clock.now()
        self._concerned: dict[int, Sequence[int]] = {}

    async def kept(self, row: OutboxRow) -> UnreachedMessage | None:
        subject = self._services.outbox.subject(row.subject)
        if subject is None or row.person_id is None:
            return None
        try:
            return await self._kept(subject, await subject.loaded(row), row.person_id)
        except RecordGoneError:
            return None
        except Exception:  # noqa: BLE001 - a subject's fault must not cost the list of all others
            _log.exception("whether %s still makes sense is unknown", in_log(row))
            return None

    async def _kept(self, subject: Subject[Any], row: LoadedRow[Any], person_id: int) -> UnreachedMessage | None:
        if row.parent_id is not None and person_id not in await self._concerned_by(subject, row, row.parent_id):
            return None
        if not await self._makes_sense(subject, row) or await was_said_anew(self._services, row):
            return None
        person = await self._services.members.person(row.guild_id, person_id)
        return UnreachedMessage(row, subject, person) if person is not None else None

    async def _concerned_by(self, subject: Subject[Any], row: LoadedRow[Any], parent_id: int) -> Sequence[int]:
        if parent_id not in self._concerned:
            to_people = replace(row, target=PEOPLE)
            makes_sense = await self._makes_sense(subject, to_people)
            self._concerned[parent_id] = await subject.people(to_people) if makes_sense else ()
        return self._concerned[parent_id]

    async def _makes_sense(self, subject: Subject[Any], row: LoadedRow[Any]) -> bool:
        standing = await subject.standing(row)
        until = last_moment(standing, row) if standing is not None else None
        return standing is not None and not _is_over(until, self._now)


def _is_over(until: datetime | None, now: datetime) -> bool:
    return until is not None and now > until
