"""What the rows of topics, polls and ballots mean. Instants are aware UTC datetimes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Voters = Literal["delegations", "members"]
Audience = Literal["all", "steering", "region"]
Publish = Literal["ballots", "totals"]
PollState = Literal["open", "closed", "cancelled"]
Majority = Literal["simple", "two_thirds"]
"""Of those voting yes or no: more than half, or at least two thirds."""


@dataclass(frozen=True, slots=True)
class PollOption:
    """One answer, numbered from 1. ``at`` is the instant that a date poll offers, ``topic_id`` the topic meant."""

    number: int
    text: str
    at: datetime | None = None
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class PollPlan:
    """A poll as it will be opened.

    ``method`` is a way to vote, by its key, which the schema knows; ``region`` is a regional group's key where the
    audience is one; ``quorum`` 0: none; ``seats`` is how many options a proportional poll chooses (None: it finds one
    winner); ``timezone`` is the zone that its times were typed in; ``reminders`` are leads as
    :func:`bot.timeparse.written_leads` writes them. With ``abstain``, a ballot may choose nothing: it counts for the
    quorum. ``majority`` (None: none is asked for) decides over the first of two options, the second one being no.
    """

    question: str
    method: str
    options: tuple[PollOption, ...]
    closes_at: datetime
    timezone: str
    voters: Voters = "delegations"
    audience: Audience = "all"
    region: str | None = None
    secret: bool = True
    publish: Publish = "ballots"
    seats: int | None = None
    quorum: int = 0
    reminders: str = "48h 6h"
    abstain: bool = False
    majority: Majority | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll with its electorate, which never moves, and its turnout.

    ``result`` is what was counted, once it is closed, and ``published`` what was given to check it with. ``sealed``:
    its ballots are sealed while it is open; ``key_lost``: it was ended because they cannot be opened any more.
    ``sequence`` counts what calendars that hold its closing have to hear of.
    """

    id: int
    guild_id: int
    plan: PollPlan
    electorate: int
    turnout: int
    opened_at: datetime
    state: PollState = "open"
    ended_at: datetime | None = None
    result: Mapping[str, object] | None = None
    published: Publish | None = None
    sealed: bool = False
    key_lost: bool = False
    sequence: int = 0

    @property
    def timezone(self) -> str:
        """The IANA zone that its times were typed in."""
        return self.plan.timezone

    def takes_ballots(self, at: datetime) -> bool:
        """Tell whether a ballot cast at the instant ``at`` counts."""
        return self.state == "open" and at < self.plan.closes_at


@dataclass(frozen=True, slots=True)
class Elector:
    """Who has one ballot: a delegation (``person_id`` 0) or a person of it. Whether they voted, never when.

    ``name`` is what a person who voted in a roll-call was called when it closed; empty for all others.
    """

    delegation_id: int
    person_id: int = 0
    voted: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Caster:
    """Who cast a ballot, with which account; an account can pass from one person to the next.

    ``person_id`` is 0 in a ballot from before version 50 of the schema: not known.
    """

    person_id: int
    account_id: int

    def is_same(self, person_id: int, account_id: int) -> bool:
        """Return whether that person with that account cast the ballot; where no person is known, that account."""
        return self.account_id == account_id and self.person_id in {0, person_id}


@dataclass(frozen=True, slots=True)
class OwnVote:
    """What an elector may know of its ballot while the poll is open.

    ``cast`` is what the ballot says (empty: an abstention), for the person who cast it alone, who may see its
    receipt too; None: there is no ballot, or somebody else cast it. ``can_change`` is False where the link was left
    out of a restored copy: the ballot stays as it is.
    """

    elector: Elector
    cast: tuple[int, ...] | None = None
    can_change: bool = True


@dataclass(frozen=True, slots=True)
class Cast:
    """A ballot that is on disk. ``changed``: it replaced another; ``repeated``: it was this very one."""

    receipt: bytes
    changed: bool
    repeated: bool


@dataclass(frozen=True, slots=True)
class CountedBallot:
    """A ballot in the box. ``delegation_id`` and ``person_id`` are 0 unless the poll is a roll-call."""

    receipt: bytes
    choice: tuple[int, ...] | None
    delegation_id: int = 0
    person_id: int = 0
