"""Looks up which meeting an invitation is for, and which delegations have been told of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.audience import seats_today
from bot.errors import UserError
from bot.meeting_choice import only_one
from bot.outbox import PEOPLE
from bot.services import Services
from bot.texts import t
from bot.ui import Context
from cogs.meetings import queries
from cogs.meetings.messages import INVITING, TO
from cogs.meetings.rules import SUBJECT, Kind
from cogs.meetings.sentences import KIND_IS_FIXED
from storage.database import Transaction
from storage.meetings.models import Meeting
from storage.members.models import Seat
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState

_UNSENT: Final = (OutboxState.PENDING, OutboxState.CANCELLED, OutboxState.NOT_OWED)


@dataclass(frozen=True, slots=True)
class Told:
    """Which delegations, by code, have been told of a meeting since they were invited, by whatever message.

    ``soon`` are those to all of whose people an invitation is about to go out; it will say what the meeting is then.
    ``vacant`` are those that nobody speaks for. ``waiting`` has the ids of the invitations to single people, by the
    code of their delegation, of which nobody has read anything yet: a new one takes their place.
    """

    already: frozenset[str]
    soon: frozenset[str]
    vacant: frozenset[str]
    waiting: Mapping[str, Sequence[int]]

    @property
    def only_soon(self) -> frozenset[str]:
        """Those that hear of it first from the invitation which is about to go out."""
        return self.soon - self.already


async def told_of(services: Services, meeting: Meeting, tx: Transaction | None = None) -> Told:
    """Return which delegations have been told of the meeting, as last committed or as ``tx`` sees it.

    A delegation that has answered knows of it.
    """
    rows = await services.outbox.of(meeting.guild_id, SUBJECT, meeting.id, tx=tx)
    answers = await services.registrations.of_meeting(meeting.guild_id, meeting.id)
    already, soon, vacant = {answer.code for answer in answers}, set[str](), set[str]()
    waiting: dict[str, list[int]] = {}
    people: dict[int, set[int]] = defaultdict(set)
    # Who was told may have left since: the delegation knows of it all the same.
    for holder in await services.members.holders(meeting.guild_id):
        people[holder.appointment.delegation_id].add(holder.person.id)
    for seat in await seats_today(services, meeting.guild_id):
        code, theirs = seat.delegation.code, people[seat.delegation.id]
        to_them = [row for row in _since_withdrawn(rows, code) if row.person_id in theirs]
        if any(row.state not in _UNSENT for row in to_them):
            already.add(code)
        if any(_waits(row, code) and row.target == PEOPLE for row in rows) or _each_is_told_soon(seat, to_them):
            soon.add(code)
        if not seat.holders:
            vacant.add(code)
        waiting[code] = [row.id for row in rows if row.person_id in theirs and _waits(row, code)]
    return Told(frozenset(already), frozenset(soon), frozenset(vacant), waiting)


async def addressed(
    services: Services, meeting: Meeting, kind: Kind, tx: Transaction | None = None
) -> dict[str, object]:
    """Return what the row of a message to the invited remembers: the delegations that it is for, where not all.

    A change is not said to those that the invitation which is about to go out tells of it. A cancellation is for those
    that know of the meeting.
    """
    if meeting.invites_all or kind not in (Kind.CHANGED, Kind.CANCELLED):
        return {}
    told, invited = await told_of(services, meeting, tx), set(meeting.invited)
    meant = invited - told.only_soon if kind is Kind.CHANGED else invited & (told.already | told.vacant)
    return {TO: sorted(meant)}


def _since_withdrawn(rows: Sequence[OutboxRow], code: str) -> list[OutboxRow]:
    """Return the rows after the last message that took the delegation's invitation back."""
    withdrawn = [row.id for row in rows if row.kind == Kind.UNINVITED and row.payload.get("code") == code]
    return [row for row in rows if row.id > max(withdrawn, default=0)]


def _each_is_told_soon(seat: Seat, to_them: Sequence[OutboxRow]) -> bool:
    """Tell whether each of the delegation's people has an invitation waiting, and nobody has one that went out."""
    invitations = [row for row in to_them if _invites(row, seat.delegation.code)]
    sent = {row.person_id for row in invitations if row.state not in _UNSENT}
    waiting = {row.person_id for row in invitations if row.state is OutboxState.PENDING}
    return bool(seat.holders) and {holder.person.id for holder in seat.holders} <= waiting - sent


def _waits(row: OutboxRow, code: str) -> bool:
    """Tell whether a row is an invitation of the delegation which nobody has read yet."""
    return row.state in (OutboxState.PENDING, OutboxState.NOTICE) and _invites(row, code)


def _invites(row: OutboxRow, code: str) -> bool:
    return row.kind in INVITING and (row.kind == Kind.ANNOUNCED or row.payload.get("code") == code)


async def meeting_typed(context: Context, typed: str | None) -> Meeting:
    """Return the meeting that is meant, which is ahead and does not invite all; left out, the one that there is.

    Raises UserError.
    """
    if typed is not None:
        meeting = await queries.open_meeting(context, typed)
        if meeting.invites_all:
            raise UserError(
                t(
                    "The annual meeting invites all delegations: there is nothing to change. {fixed}",
                    fixed=KIND_IS_FIXED,
                )
            )
        return meeting
    meetings = await context.services.meetings.all(context.guild_id)
    ahead = [
        meeting
        for meeting in meetings
        if not meeting.invites_all and meeting.cancelled_at is None and not queries.is_over(context.services, meeting)
    ]
    if not ahead:
        raise UserError(
            t(
                "Every meeting that is ahead invites all delegations: plan a regional or preparatory one with"
                " {command}.",
                command=queries.PLAN,
            )
        )
    return only_one(ahead, context.reader)
