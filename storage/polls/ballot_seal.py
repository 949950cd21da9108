"""How a ballot of an open secret poll is written: sealed, and as long as every other."""

import secrets
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storage.polls.models import Caster

_NONCE: Final = 12
MOST_NUMBERS: Final = 50
"""Numbers on the longest ballot: one for each option."""
MOST_TOKEN: Final = 24
_PLAIN: Final = struct.Struct(f">B{MOST_NUMBERS}s10sB{MOST_TOKEN}sQQ")
# Before version 50 of the schema the token had the eight bytes of the person too and left them empty: person 0.


class SealBrokenError(Exception):
    """A sealed ballot was not written under this key for this elector of this poll."""


@dataclass(frozen=True, slots=True)
class SealedBallot:
    """What is sealed: the choice, the receipt, the token of the opened ballot, and who cast it."""

    choice: tuple[int, ...]
    receipt: bytes
    token: str
    caster: Caster


def seal(key: bytes, elector: Sequence[int], ballot: SealedBallot) -> bytes:
    """Return the ballot sealed with AES-256-GCM, always of the same length.

    ``elector`` (network, poll, delegation, person) is sealed with it: it cannot be taken for another's ballot.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - 6 MiB, only for secret ballots

    token = ballot.token.encode()
    caster = (ballot.caster.person_id, ballot.caster.account_id)
    plain = _PLAIN.pack(len(ballot.choice), bytes(ballot.choice), ballot.receipt, len(token), token, *caster)
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, _associated(elector))


def unseal(key: bytes, elector: Sequence[int], sealed: bytes) -> SealedBallot:
    """Return the ballot that :func:`seal` sealed. Raises SealBrokenError."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    try:
        plain = AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _associated(elector))
    except InvalidTag as error:
        raise SealBrokenError from error
    count, choice, receipt, length, token, *caster = _PLAIN.unpack(plain)
    return SealedBallot(tuple(choice[:count]), receipt, token[:length].decode(), Caster(*caster))


def _associated(elector: Sequence[int]) -> bytes:
    return struct.pack(">4Q", *elector)
