"""Of those who have not answered, voted or joined: how many the request for it has reached, as the books have it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from bot.commands import Command
from bot.reach import ByEmail, by_email
from bot.services import Services
from bot.texts import Listing, Text, nt, t
from storage.members.models import Person
from storage.outbox.states import OutboxState

_UNREACHED: Final = Command("outbox unreached")
_WAITING: Final = frozenset({OutboxState.PENDING, OutboxState.SENDING, OutboxState.NOTICE})


@dataclass(frozen=True, slots=True)
class RequestReach:
    """Delegations (or voters) that owe an answer, by what became of the request; each is in one of the three counts.

    ``reached``: it was sent to one of their people at least; ``waiting``: it is on its way, or waits to be read.
    Where nobody ``is_asked`` yet, ``waiting`` are those who can be reached.
    """

    reached: int = 0
    waiting: int = 0
    not_reached: int = 0
    is_asked: bool = False

    @property
    def total(self) -> int:
        """How many owe an answer."""
        return self.reached + self.waiting + self.not_reached

    def said(self, missing: Text) -> Text:
        """Say of the ``missing`` ("43 have not answered") how many were reached, and where those not reached are."""
        if self.is_asked:
            parts = [
                nt("{count} reached", "{count} reached", self.reached),
                nt("{count} waiting to be read", "{count} waiting to be read", self.waiting),
                nt("{count} not reached", "{count} not reached", self.not_reached),
            ]
        else:
            parts = [
                nt("{count} can be reached", "{count} can be reached", self.waiting),
                nt("{count} cannot", "{count} cannot", self.not_reached),
            ]
        counted = Listing(part for part in parts if part.count)
        if not counted:
            return missing
        if not self.not_reached or not self.is_asked:
            return t("{missing}: {parts}", missing=missing, parts=counted)
        return t("{missing}: {parts} ({list})", missing=missing, parts=counted, list=_UNREACHED)


async def reach_of_request(
    services: Services,
    guild_id: int,
    owing: Collection[Sequence[Person]],
    subject: str,
    subject_id: int,
    series: Sequence[str],
    *,
    has_email_text: bool,
) -> RequestReach:
    """Count those who owe an answer, each given by its people; ``series`` are the kinds of message that ask for it.

    ``has_email_text``: whether these may go by e-mail.
    """
    states = await services.unreached.states(guild_id, subject, subject_id, series)
    email = by_email(services, await services.settings.network(guild_id), has_text=has_email_text)
    found = [_became_of(people, states, email) for people in owing]
    return RequestReach(
        reached=found.count("reached"),
        waiting=found.count("waiting"),
        not_reached=found.count("not reached"),
        is_asked=bool(states),
    )


def _became_of(people: Sequence[Person], states: dict[int, set[OutboxState]], email: ByEmail) -> str:
    known = set[OutboxState]().union(*(states.get(person.id, set()) for person in people))
    if OutboxState.SENT in known:
        return "reached"
    # Somebody who came since, or to whom it is only now about to go, can still be reached.
    is_ahead = any(person.id not in states and _is_reachable(person, email) for person in people)
    return "waiting" if known & _WAITING or is_ahead else "not reached"


def _is_reachable(person: Person, email: ByEmail) -> bool:
    return person.account_id is not None or email.reaches(person)
