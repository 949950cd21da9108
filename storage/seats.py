"""What the rows of nominations and invitations mean; else as in :mod:`storage.models`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from storage.models import Person, Role

NominationState = Literal["waiting", "approved", "declined"]


@dataclass(frozen=True, slots=True)
class Nomination:
    """A colleague whom a delegation asks the secretariat to appoint.

    ``person`` is the nominee, ``nominated_by`` a person's id. ``starts_on`` None: from the day of the approval.
    ``account_id`` is linked to the nominee when approved (None: no account named). ``reason`` says why it was
    declined.
    """

    id: int
    guild_id: int
    delegation_id: int
    person: Person
    nominated_by: int
    role: Role
    title: str
    ministry: str
    starts_on: date | None
    account_id: int | None
    state: NominationState
    reason: str
    created_at: datetime
    decided_by: int | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time code as it is kept: for whom, until when, and whether it still opens the door."""

    id: int
    guild_id: int
    person_id: int
    delegation_id: int
    expires_at: datetime
    state: Literal["open", "used", "replaced"]
