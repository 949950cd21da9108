"""What follows from a statement: what it owes, whom it asks, who may join it, who sees how many have."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from bot.audience import seats_of
from bot.errors import UserError
from bot.languages import Language
from bot.names.delegation_names import order_of
from bot.occasions import leads
from bot.outbox import MEMBERS, PEOPLE, Owed
from bot.texts import t
from bot.timeparse import Lead, parse_leads
from storage import unlisted_messages
from storage.documents.models import Document
from storage.members.models import Appointment, Delegation, Person, Seat
from storage.statements.models import Joining, Mark, Statement

SUBJECT: Final = "statement"
REMINDERS: Final = "72h 24h"
"""How long before closing the delegations that have not joined are reminded."""
MORE_TIME_LEAD: Final = Lead(24, "h")
"""How long before closing a person who asked for more time is reminded, once."""
FEWEST_FOR_COUNT: Final = 5
"""Delegations from which members see how many have joined: of fewer, the number alone would tell who."""
FARTHEST: Final = timedelta(days=366)
LONGEST_TITLE: Final = 200


class Kind(StrEnum):
    """What a message of a statement says; those of :mod:`storage.unlisted_messages` are named there."""

    FINAL = "final"
    OPENED = "opened"
    REVISED = "revised"
    MOVED = "moved"
    CLOSED = "closed"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    ASKED = "asked"
    ASKED_AGAIN = unlisted_messages.ASKED_AGAIN
    NOT_JOINED = unlisted_messages.NOT_JOINED
    MORE_TIME = unlisted_messages.MORE_TIME
    COLLEAGUE_JOINED = "colleague_joined"
    COLLEAGUE_WITHDREW = "colleague_withdrew"
    WITHDRAWN = "withdrawn"
    WITHDRAWAL = "withdrawal"


CARRYING: Final = (Kind.FINAL, Kind.OPENED, Kind.REVISED, Kind.DELIVERED)
"""The messages that carry the files of the text."""
VERSION: Final = "version"
"""In the payload of a message that carries a text which may be replaced: which version that is."""
COUNTING: Final = (Kind.FINAL, Kind.OPENED, Kind.REVISED, Kind.CLOSED)
"""The messages whose card says how many have joined, or who."""


@dataclass(frozen=True, slots=True)
class Joiner:
    """A delegation that has joined, by what it is called."""

    delegation: Delegation
    joining: Joining
    name: str


@dataclass(frozen=True, slots=True)
class Details:
    """What a card shows of a statement: its files, its penholders' names, and who has joined (None: not shown)."""

    statement: Statement
    documents: tuple[Document, ...] = ()
    penholders: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    joiners: tuple[Joiner, ...] | None = None


def unsaved(guild_id: int, values: Mapping[str, Any]) -> Statement:
    """Return the draft that ``values``, its fields, will make."""
    blank = Statement(0, guild_id, "", datetime(2000, 1, 1, tzinfo=UTC), "UTC")
    return replace(blank, **values)


def owed(statement: Statement) -> list[Owed]:
    """Return what an open statement owes by its plan: reminders, and the message that it has closed."""
    due = [Owed(f"{Kind.NOT_JOINED}:{one.lead}", one.at, PEOPLE, one.lead.span) for one in reminders(statement)]
    more = leads.before(statement.closes_at, MORE_TIME_LEAD, statement.timezone)
    due.append(Owed(f"{Kind.MORE_TIME}:{MORE_TIME_LEAD}", more, PEOPLE, MORE_TIME_LEAD.span))
    return [*due, Owed(Kind.CLOSED, statement.closes_at, MEMBERS)]


def reminders(statement: Statement) -> list[leads.DueLead]:
    """Return the reminders to those who have not joined, the first one first."""
    return leads.series(parse_leads(REMINDERS), statement.closes_at, statement.timezone)


def is_due(statement: Statement, now: datetime) -> bool:
    """Tell whether an open statement closes, or should have."""
    return statement.state == "open" and now >= statement.closes_at


def require_closing(closes_at: datetime, now: datetime) -> None:
    """Raise UserError for a closing time more than a year ahead."""
    if closes_at - now > FARTHEST:
        raise UserError(t("That is more than a year ahead: choose an earlier closing time."))


def invited(statement: Statement, seats: Sequence[Seat]) -> list[Seat]:
    """Return the seats that are asked to join; a penholder always is."""
    chosen = set(statement.chosen)
    if statement.audience == "delegations":
        found = [seat for seat in seats if seat.delegation.id in chosen]
    else:
        found = seats_of(seats, statement.audience, statement.region)
    ids = {seat.delegation.id for seat in found} | set(statement.penholders)
    return [seat for seat in seats if seat.delegation.id in ids]


def may_join(post: Appointment) -> bool:
    """Tell whether who holds the post joins for the delegation: an adviser sees and does not act."""
    return post.role != "adviser"


def joinable(posts: Iterable[Appointment]) -> frozenset[int]:
    """Return the ids of the delegations for which somebody with these current posts joins."""
    return frozenset(post.delegation_id for post in posts if may_join(post))


def people_of(seats: Iterable[Seat]) -> list[Person]:
    """Return everybody who joins for one of the seats, each once, linked or not."""
    found = [holder for seat in seats for holder in seat.holders if may_join(holder.appointment)]
    return list({holder.person.id: holder.person for holder in found}.values())


def reminded(
    statement: Statement,
    seats: Sequence[Seat],
    joinings: Iterable[Joining],
    marks: Mapping[int, Mark],
    wanted: Mark | None,
) -> list[int]:
    """Return the ids of the persons to remind: of delegations that have not joined, with that mark (None: without)."""
    joined = {one.delegation_id for one in joinings}
    missing = [seat for seat in invited(statement, seats) if seat.delegation.id not in joined]
    return [person.id for person in people_of(missing) if marks.get(person.id) == wanted]


def shown_count(statement: Statement) -> int | None:
    """Return how many have joined, as members see it while it can be joined; None: they do not see it."""
    return statement.joined if statement.show_count and statement.joined >= FEWEST_FOR_COUNT else None


def in_protocol_order(
    delegations: Iterable[Delegation], penholders: Collection[int], language: Language
) -> list[Delegation]:
    """Return delegations as a statement lists them: penholders first, then states, then organisations.

    Each group is in the alphabet of the ``language``.
    """
    return sorted(delegations, key=lambda one: (one.id not in penholders, order_of(one, language)))
