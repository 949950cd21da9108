"""How a ballot of an open secret poll is written: sealed, and as long as every other."""

import secrets
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_NONCE: Final = 12
MOST_NUMBERS: Final = 50
"""Numbers on the longest ballot: one for each option."""
MOST_TOKEN: Final = 32
_PLAIN: Final = struct.Struct(f">B{MOST_NUMBERS}s10sB{MOST_TOKEN}sQ")


class SealBrokenError(Exception):
    """A sealed ballot was not written under this key for this elector of this poll."""


@dataclass(frozen=True, slots=True)
class SealedBallot:
    """What is sealed: the choice, the receipt, the token of the opened ballot, and the account that cast it."""

    choice: tuple[int, ...]
    receipt: bytes
    token: str
    account_id: int


def seal(key: bytes, elector: Sequence[int], ballot: SealedBallot) -> bytes:
    """Return the ballot sealed with AES-256-GCM, always of the same length.

    ``elector`` (network, poll, delegation, person) is sealed with it: it cannot be taken for another's ballot.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - 6 MiB, only for secret ballots

    token = ballot.token.encode()
    plain = _PLAIN.pack(len(ballot.choice), bytes(ballot.choice), ballot.receipt, len(token), token, ballot.account_id)
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
    count, choice, receipt, length, token, account_id = _PLAIN.unpack(plain)
    return SealedBallot(tuple(choice[:count]), receipt, token[:length].decode(), account_id)


def _associated(elector: Sequence[int]) -> bytes:
    return struct.pack(">4Q", *elector)
