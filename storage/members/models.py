"""What the rows of the directory mean: delegations, persons, their posts. Days are dates in the network's zone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal, get_args

from storage.models import RemindersChannel

Role = Literal["focal_point", "alternate", "mission", "adviser"]
Kind = Literal["state", "organisation"]
Visibility = Literal["members", "secretariat"]
Place = Literal["new_york", "geneva"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
VISIBILITIES: Final[tuple[Visibility, ...]] = get_args(Visibility)
PLACES: Final[tuple[Place, ...]] = get_args(Place)
"""Where missions are accredited to the United Nations."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """A seat. ``names`` holds the secretariat's own names for it, by language, where it overrode ours."""

    id: int
    guild_id: int
    code: str
    kind: Kind
    joined_on: date | None = None
    left_on: date | None = None
    names: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Person:
    """A human being known to the network. An empty ``name``: not named by the delegation.

    ``timezone`` is the person's IANA zone: the choice of the linked account where there is one. None: unknown.
    ``email_returned_at`` is when an e-mail to the ``email`` came back; None: none did.
    ``email_allowed`` is False where they have asked for no e-mails. ``channel`` is by what they want to be written to,
    and ``language`` the one that they chose (None: none yet): both last whatever account is linked.
    """

    id: int
    guild_id: int
    name: str
    email: str = ""
    phone: str = ""
    languages: tuple[str, ...] = ()
    expertise: tuple[str, ...] = ()
    timezone: str | None = None
    visibility: Visibility = "secretariat"
    account_id: int | None = None
    email_returned_at: datetime | None = None
    email_allowed: bool = True
    channel: RemindersChannel = "not_asked"
    language: str | None = None

    @property
    def address(self) -> str:
        """The e-mail address that is in use; empty where none is known, or e-mails to it come back."""
        return "" if self.email_returned_at is not None else self.email

    @property
    def takes_emails(self) -> bool:
        """Whether they have not asked for no e-mails, by a reply to one or by choosing that nothing is sent to them."""
        return self.email_allowed and self.channel != "none"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose: by what they are written to, their language and their IANA zone (None: none)."""

    channel: RemindersChannel
    language: str | None
    timezone: str | None


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person's post for a delegation, from ``starts_on`` to ``ends_on``, the last day (None: open).

    ``place`` is a mission's; None: not said, which is New York. Other roles have none.
    """

    id: int
    guild_id: int
    delegation_id: int
    person_id: int
    role: Role
    title: str
    ministry: str
    starts_on: date
    ends_on: date | None = None
    place: Place | None = None

    def is_current(self, on: date) -> bool:
        """Tell whether the term includes the day ``on``."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a post."""

    person: Person
    appointment: Appointment


@dataclass(frozen=True, slots=True)
class SteeringTerm:
    """A delegation's term in the steering group; ``ends_on`` is its last day (None: open)."""

    id: int
    guild_id: int
    delegation_id: int
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A delegation with who holds its posts now (empty: vacant) and whether it sits in the steering group."""

    delegation: Delegation
    holders: tuple[Holder, ...] = ()
    in_steering_group: bool = False


@dataclass(frozen=True, slots=True)
class Directory:
    """Every seat and every term, past and present, as they were when the audit log stood at ``version``."""

    version: int
    delegations: tuple[Delegation, ...]
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class DirectoryChanges:
    """What an import writes. Ids below zero are of rows that are yet to get one.

    Changed rows come as they shall be, with the names of the fields that differ, in the order of writing.
    """

    added_delegations: tuple[Delegation, ...] = ()
    added_persons: tuple[Person, ...] = ()
    changed_persons: tuple[tuple[Person, tuple[str, ...]], ...] = ()
    added_appointments: tuple[Appointment, ...] = ()
    changed_appointments: tuple[tuple[Appointment, tuple[str, ...]], ...] = ()


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
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time code as it is kept: for whom, until when, and whether it still opens the door."""

    id: int
    guild_id: int
    person_id: int
    delegation_id: int
    expires_at: datetime
    state: Literal["open", "used", "replaced"]


@dataclass(frozen=True, slots=True)
class HandoverNote:
    """What the holder of an appointment leaves to the person who follows, who first read it at ``read_at``."""

    guild_id: int
    appointment_id: int
    author_id: int
    text: str
    written_at: datetime
    read_at: datetime | None = None


ClaimState = Literal["waiting", "confirmed", "refused", "replaced", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Claim:
    """An account that came in with a person's code, and what the secretariat decided; ``account_id`` None: erased.

    *replaced*: the account, or one for the person, was linked in another way. *withdrawn*: the account has left the
    server, or its data were erased. ``list_id`` is the list in which the secretariat reads it.
    """

    id: int
    guild_id: int
    person_id: int
    delegation_id: int
    account_id: int | None
    list_id: int
    claimed_at: datetime
    state: ClaimState


@dataclass(frozen=True, slots=True)
class OwnPosts:
    """Whom an account speaks as, with every appointment, past and present; ``person`` None: as nobody.

    ``is_claimed``: the secretariat has not confirmed yet that the account is that person's.
    """

    person: Person | None
    appointments: tuple[Appointment, ...]
    is_claimed: bool
