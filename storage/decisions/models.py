"""What the rows of decisions mean. Instants are aware UTC datetimes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

DecisionAudience = Literal["all", "steering", "region"]
DecisionState = Literal["open", "unreached", "adopted", "broken", "not_valid", "cancelled"]
ReachedBy = Literal["direct_message", "reply", "seen", "secretariat"]
DecisionValue = str | datetime | None


@dataclass(frozen=True, slots=True)
class Objection:
    """What is published of an objection; ``delegation_id`` None: its author did not wish the delegation named."""

    reason: str = ""
    amendment: str = ""
    delegation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A proposal under silence procedure, and what became of it. ``timezone`` is the network's when it opened.

    ``url`` is a link to the text ('': it is a file). State *unreached*: the time is over and nothing is adopted,
    because not all were reached; it is *not_valid* a day later unless it is extended. ``number`` with ``year`` is an
    adopted one's. ``made_up_at``: until then, outages and pauses have been made up for. ``ended_at`` None: it has not
    ended.
    """

    id: int
    guild_id: int
    title: str
    url: str
    audience: DecisionAudience
    region: str | None
    timezone: str
    opened_at: datetime
    expires_at: datetime
    made_up_at: datetime
    state: DecisionState = "open"
    ended_at: datetime | None = None
    year: int | None = None
    number: int | None = None
    objection: Objection = Objection()

    @property
    def is_under_way(self) -> bool:
        """Whether it has not ended: it is open, or may still be extended."""
        return self.state in ("open", "unreached")

    def takes_objections(self, at: datetime) -> bool:
        """Tell whether an objection made at the instant ``at`` counts."""
        return self.state == "open" and at < self.expires_at


@dataclass(frozen=True, slots=True)
class DecisionSeat:
    """A delegation of the electorate, and when and how it was reached (None: not yet).

    ``is_vacant``: nobody held the seat when the procedure opened; it is listed and does not count.
    """

    delegation_id: int
    is_vacant: bool = False
    reached_at: datetime | None = None
    reached_by: ReachedBy | None = None
    wants_time: bool = False


@dataclass(frozen=True, slots=True)
class Interruption:
    """From when until when nobody could act: the bot was away, or (``is_pause``) the network held its messages."""

    began_at: datetime
    ended_at: datetime
    is_pause: bool = False


def unsaved(guild_id: int, values: Mapping[str, Any], now: datetime) -> Decision:
    """Return the decision that ``values`` would open now; its id is 0."""
    return Decision(id=0, guild_id=guild_id, opened_at=now, made_up_at=now, **values)
