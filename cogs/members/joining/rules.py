"""One-time codes: made, read back however they were typed, and slowed down when guessed at."""

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from bot.search.folding import normalise

ALPHABET: Final = "ACDEFHJKMNPQRTVWXY3479"
"""Letters and figures that nobody takes for another: no O and 0, I and 1, B and 8, S and 5, G and 6, Z and 2, U."""
_GROUPS: Final = 5
_IN_GROUP: Final = 4
FREE_TRIES: Final = 5
_FIRST_WAIT: Final = timedelta(minutes=1)
_LONGEST_WAIT: Final = timedelta(hours=1)


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
