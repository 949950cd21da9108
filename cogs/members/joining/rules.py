"""One-time codes: made, read back however they were typed, and slowed down when guessed at."""

import hashlib
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.search.folding import normalise
from cogs.members.rules import Member

ALPHABET: Final = "ACDEFHJKMNPQRTVWXY3479"
"""Letters and figures that nobody takes for another: no O and 0, I and 1, B and 8, S and 5, G and 6, Z and 2, U."""
_GROUPS: Final = 5
_IN_GROUP: Final = 4
FREE_TRIES: Final = 5
_FIRST_WAIT: Final = timedelta(minutes=1)
_LONGEST_WAIT: Final = timedelta(hours=1)


BY_EMAIL: Final = "invitation_email"
INVITED: Final = "invited"
"""What the outbox calls invitations that the bot sends by e-mail, and each of them."""
EXAMPLE: Final = ALPHABET[:_IN_GROUP] + "-…"
"""What a preview shows in the place of a code."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who gets a code; and how many do not, because no address is known, or because an account waits already."""

    members: Sequence[Member]
    without_address: int
    waiting: int


def invited(members: Iterable[Member], claimed: Collection[int]) -> Invited:
    """Sort those who have a post and no account, each once; ``claimed``: for whom an account waits to be confirmed."""
    unlinked: dict[int, Member] = {}
    for member in members:
        if member.person.account_id is None:
            unlinked.setdefault(member.person.id, member)
    free = [member for member in unlinked.values() if member.person.id not in claimed]
    addressed = [member for member in free if member.person.address and member.person.takes_emails]
    return Invited(addressed, len(free) - len(addressed), len(unlinked) - len(free))


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
