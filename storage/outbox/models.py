"""What the rows of the outbox mean. Instants are aware UTC datetimes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from storage.outbox.states import OutboxState, SentBy

EmailStep = Literal["queued", "asked", "handed_over"]
BOTH: Final = ":email"
"""The end of the target of an e-mail to a person who is sent a direct message too."""

CONCERNED: Final = "delegations"
"""In the payload of a message to people: the ids of the delegations that it concerns. Not in each person's own row."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message owed to one place at one time.

    ``kind`` includes the lead ("countdown:90d"); ``target`` is symbolic ("announcements", "members",
    "secretariat", "people", "person:ID", "account:ID"). ``deadline`` is when it stops making sense (None: the
    subject says), ``wake_at`` when the engine looks at it next (None: never by itself), ``parent_id`` the row to
    "people" that it was made from. ``attempts`` are the requests made for it, ``failures`` what was in vain since it
    was last asked for; ``send_unproven`` says that somebody wants it sent though its absence cannot be proven, and
    ``alerted`` that the secretariat hears or heard of its trouble. ``attempted_at`` is when a request for it last may
    have been on its way (None: never), ``hung`` that nobody waited for its end, and ``called_off`` that none
    is to follow. ``sent_by`` is what brought it to its person (None: it is not sent, or went to a channel).
    ``payload`` is what the subject wanted remembered. ``generation`` is the take-over of a copy after which a person
    asked for it (0: the bot owes it by itself, or no copy had taken over). ``email_step`` is how far its e-mail is
    (None: none was begun), and ``address`` the one that an e-mail went or was to go to last, for as long as it may come
    back (empty: none, or not known). ``refused_directly`` says that Discord did not bring it to its person directly.
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
    sent_by: SentBy | None = None
    generation: int = 0
    email_step: EmailStep | None = None
    refused_directly: bool = False
    address: str = ""

    @property
    def is_on_its_way_by_email(self) -> bool:
        """Whether it is sent by e-mail, unless its person is reached otherwise by then."""
        return self.email_step is not None and self.state in {OutboxState.PENDING, OutboxState.SENDING}

    @property
    def is_second_copy(self) -> bool:
        """Whether it is the e-mail beside a direct message, for somebody who wants both."""
        return self.target.endswith(BOTH)

    @property
    def is_direct(self) -> bool:
        """Whether the row is for one person or account, not for a channel."""
        return ":" in self.target

    @property
    def person_id(self) -> int | None:
        """The person whom the row is for, where it is for one."""
        kind, _, number = self.target.removesuffix(BOTH).partition(":")
        return int(number) if kind == "person" else None

    @property
    def account_id(self) -> int | None:
        """The account that asked for the row, where it is for one account no matter who holds it."""
        kind, _, number = self.target.partition(":")
        return int(number) if kind == "account" else None


@dataclass(frozen=True, slots=True)
class WrittenMessage:
    """What the secretariat wrote with ``/message send``, to which audience; ``region`` is a regional group.

    ``meeting_id``: which meeting those attending attend, or have not answered to (None: the next annual one).
    """

    id: int
    guild_id: int
    account_id: int
    audience: str
    region: str | None
    text: str
    meeting_id: int | None = None
