"""How claims are gathered for the secretariat, and what may become of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from cogs.members.rules import Member
from storage.members.models import Claim, ClaimState, Delegation, Person

GATHERED: Final = timedelta(hours=1)
"""For how long, at most, a claim waits for others to come to the secretariat in one list."""
AT_MOST: Final = 8
"""Claims in one list: two buttons for each of them, two of them in a row of buttons, and a last row for all."""
IN_A_ROW: Final = 2
ABOUT_LIST: Final = "claims"
ABOUT_CLAIM: Final = "claim"
"""What the outbox calls the secretariat's list, and a claim in it."""
REVOCABLE: Final[tuple[ClaimState, ...]] = ("waiting", "confirmed")
"""A claim that was confirmed may be found to be somebody else's all the same, as long as it is kept."""


@dataclass(frozen=True, slots=True)
class ClaimedSeat:
    """A claim with whose it is; ``member`` None: the person has no post for the delegation any more."""

    claim: Claim
    delegation: Delegation
    person: Person
    member: Member | None


def waiting(seats: Mapping[int, ClaimedSeat]) -> list[ClaimedSeat]:
    """Return those that nobody has decided on."""
    return [seat for seat in seats.values() if seat.claim.state == "waiting"]
