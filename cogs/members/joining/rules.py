"""One-time codes: made, read back however they were typed, and slowed down when guessed at; and what welcomes."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.names import RegionalGroup
from bot.search.folding import normalise
from storage.meetings.models import Meeting
from storage.members.models import Seat
from storage.polls.models import Poll
from storage.resources.models import Resource
from storage.webinars.models import Webinar

ALPHABET: Final = "ACDEFHJKMNPQRTVWXY3479"
"""Letters and figures that nobody takes for another: no O and 0, I and 1, B and 8, S and 5, G and 6, Z and 2, U."""
_GROUPS: Final = 5
_IN_GROUP: Final = 4
FREE_TRIES: Final = 5
_FIRST_WAIT: Final = timedelta(minutes=1)
_LONGEST_WAIT: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a newcomer is shown. ``meeting`` None: none is ahead; ``region`` None: their seat is in no regional group.

    ``polls`` are open, and theirs to vote in; ``neighbours`` are the other seats of the region.
    """

    meeting: Meeting | None
    webinars: Sequence[Webinar]
    polls: Sequence[Poll]
    manuals: Sequence[Resource]
    region: RegionalGroup | None
    neighbours: Sequence[Seat]


def new_code() -> str:
    """Return a fresh code, such as "ACDE-FHJK-MNPQ-RTVW-XY34": 20 symbols of 22, 89 random bits."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def hashed(typed: str) -> bytes:
    """Return the SHA-256 of a code; case, spaces and hyphens make no difference."""
    return hashlib.sha256(normalise(typed).replace(" ", "").upper().encode()).digest()


def wait_after(failures: int) -> timedelta:
    """Return how long after its last wrong code an account waits: nothing up to the fifth, then 1 minute, doubling."""
    if failures < FREE_TRIES:
        return timedelta(0)
    return min(_FIRST_WAIT * 2 ** min(failures - FREE_TRIES, 10), _LONGEST_WAIT)
