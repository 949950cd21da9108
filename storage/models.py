"""What the rows mean. Instants are aware UTC datetimes, days are dates in the network's zone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal, get_args

from storage.outbox_states import OutboxState

Role = Literal["focal_point", "alternate", "mission", "adviser"]
Kind = Literal["state", "organisation"]
Visibility = Literal["members", "secretariat"]
DirectMessages = Literal["not_asked", "yes", "no"]
StoredLanguage = Literal["en", "fr", "es"]

ROLES: Final[tuple[Role, ...]] = get_args(Role)
VISIBILITIES: Final[tuple[Visibility, ...]] = get_args(Visibility)


@dataclass(frozen=True, slots=True)
class Network:
    """One Discord server that uses the bot. None means: not set up."""

    guild_id: int
    secretariat_role_id: int | None = None
    member_role_id: int | None = None
    announcements_channel_id: int | None = None
    members_channel_id: int | None = None
    secretariat_channel_id: int | None = None
    welcome_channel_id: int | None = None
    language: StoredLanguage | None = None
    timezone: str | None = None
    privacy_contact: str | None = None


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """What one account chose in one network. ``locale`` is Discord's, of the last interaction."""

    guild_id: int
    account_id: int
    timezone: str | None = None
    language: StoredLanguage | None = None
    locale: str | None = None
    direct_messages: DirectMessages = "not_asked"


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


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person's post for a delegation, from ``starts_on`` to ``ends_on``, the last day (None: open)."""

    id: int
    guild_id: int
    delegation_id: int
    person_id: int
    role: Role
    title: str
    ministry: str
    starts_on: date
    ends_on: date | None = None

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


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who changed which fields of which row, never to what. ``account_id`` None: the bot itself, or nobody is named.

    ``day`` is set where only the day is known (in the network's zone): a secret vote has no hour and no ``id``.
    """

    id: int
    guild_id: int
    at: datetime
    account_id: int | None
    action: str
    subject: str
    subject_id: int | None
    fields: tuple[str, ...]
    day: date | None = None


ERASED_SINCE: Final = "erased_since"
"""The key that alone is left in the payload of a draft that named a person who was erased."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What its owner typed and has not yet confirmed; gone after a day."""

    id: int
    guild_id: int
    account_id: int
    kind: str
    payload: Mapping[str, object]
    created_at: datetime

    @property
    def names_somebody_erased(self) -> bool:
        """Whether it named a person who was erased since; nothing else of it is left, and it is to be begun again."""
        return ERASED_SINCE in self.payload


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message owed to one place at one time.

    ``kind`` includes the lead ("countdown:90d"); ``target`` is symbolic ("announcements", "members",
    "secretariat", "people", "person:ID", "account:ID"). ``deadline`` is when it stops making sense (None: the
    subject says), ``wake_at`` when the engine looks at it next (None: never by itself), ``parent_id`` the row to
    "people" that it was made from. ``attempts`` are the requests made for it, ``failures`` what was in vain since it
    was last asked for; ``send_unproven`` says that somebody wants it sent though its absence cannot be proven, and
    ``alerted`` that the secretariat hears or heard of its trouble. ``attempted_at`` is when a request for it last may
    have been on its way (None: never), ``hung`` that Discord gave no answer at all to it, and ``called_off`` that none
    is to follow. ``payload`` is what the subject wanted remembered.
    """

    id: int
    guild_id: int
    subject: str
    subject_id: int
    kind: str
    occurrence: int
    target: str
    due_at: datetime
    state: OutboxState = OutboxState.PENDING
    reason: str = ""
    parent_id: int | None = None
    planned: bool = False
    payload: Mapping[str, object] = field(default_factory=dict[str, object])
    deadline: datetime | None = None
    wake_at: datetime | None = None
    attempts: int = 0
    failures: int = 0
    hung: bool = False
    send_unproven: bool = False
    attempted_at: datetime | None = None
    called_off: bool = False
    alerted: bool = False
    channel_id: int | None = None
    after_id: int | None = None
    message_id: int | None = None
    settled_at: datetime | None = None

    @property
    def is_direct(self) -> bool:
        """Whether the row is for one person or account, not for a channel."""
        return ":" in self.target

    @property
    def person_id(self) -> int | None:
        """The person whom the row is for, where it is for one."""
        kind, _, number = self.target.partition(":")
        return int(number) if kind == "person" else None

    @property
    def account_id(self) -> int | None:
        """The account that asked for the row, where it is for one account whoever holds it."""
        kind, _, number = self.target.partition(":")
        return int(number) if kind == "account" else None


@dataclass(frozen=True, slots=True)
class WrittenMessage:
    """What the secretariat wrote with ``/message send``, to which audience; ``region`` is a regional group."""

    id: int
    guild_id: int
    account_id: int
    audience: str
    region: str | None
    text: str
