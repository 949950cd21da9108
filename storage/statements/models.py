"""What the rows of statements mean. Instants are aware UTC datetimes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from storage.statements.states import StatementState

StatementAudience = Literal["all", "steering", "region", "delegations"]
STATEMENT_AUDIENCES: Final[tuple[StatementAudience, ...]] = get_args(StatementAudience)
Mark = Literal["more_time", "no_reminders"]
"""What a person asked for: one reminder a day before closing, or none at all."""
StatementValue = str | bool | datetime | tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A joint statement. ``penholders`` and ``chosen`` are ids of delegations.

    ``chosen`` are those invited where the audience is "delegations".
    ``closes_at`` is in the IANA zone ``timezone``. ``region`` is a regional group where the audience is one (None:
    it is not). ``authoritative`` is the language of the authoritative file, ``version`` that of the files (0: none
    yet). ``joined`` counts the delegations that have joined. ``opened_at`` None: never opened, and so on.
    """

    id: int
    guild_id: int
    title: str
    closes_at: datetime
    timezone: str
    penholders: tuple[int, ...] = ()
    audience: StatementAudience = "all"
    region: str | None = None
    chosen: tuple[int, ...] = ()
    show_count: bool = False
    url: str = ""
    authoritative: str = ""
    state: StatementState = "draft"
    version: int = 0
    sequence: int = 0
    joined: int = 0
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    delivered_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancel_reason: str = ""

    @property
    def takes_joinings(self) -> bool:
        """Whether delegations can join it, and withdraw: while it is open, and late until it is delivered."""
        return self.state in ("open", "closed")


@dataclass(frozen=True, slots=True)
class Joining:
    """A delegation that has joined a statement's text of that ``version``.

    ``is_late``: after closing. ``by_secretariat``: the secretariat recorded it, with a ``reference``.
    """

    delegation_id: int
    version: int
    joined_at: datetime
    is_late: bool = False
    by_secretariat: bool = False
    reference: str = ""
