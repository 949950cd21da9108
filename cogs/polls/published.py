"""The file that a closed poll publishes. No role of its own: of the standard library alone, for the recount.

One JSON object, written so that the same count is always the same bytes:

- ``format``: :data:`FORMAT`
- ``poll``: ``question``, ``method``, ``options`` (texts, the first is option 1), ``voters``, ``electorate``,
  ``quorum``, ``seats`` (null, or how many options a proportional poll chooses), ``secret``; where ballots may abstain
  ``abstain``, and the ``majority`` where one decides over the first option
- ``ballots`` (where ballots are published): each with its ``receipt`` and ``choice`` (see
  :mod:`cogs.polls.counting`), in the order of the receipts; in a roll-call also ``voter``
- ``receipts``: of every ballot counted, sorted
- ``count``: ``ballots``, ``totals`` or ``matrix``, ``places``, ``steps``; of few secret rankings ``duels`` (who beats
  whom) instead of ``matrix``, and of fewer than three secret ballots nothing but their number; ``abstentions`` where
  there are any
"""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cogs.polls.counting import Ballot, Count

FORMAT: Final = "focalbot-poll-1"
RECEIPT_BYTES: Final = 10
RECEIPT_GROUP: Final = 4
_MISREAD: Final = str.maketrans("018", "OIB")
_RECEIPT: Final = re.compile(r"[A-Z2-7]{16}")


def written_receipt(receipt: bytes) -> str:
    """Return a receipt's 80 bits as four groups of four letters and digits."""
    text = base64.b32encode(receipt).decode("ascii")
    return "-".join(text[i : i + RECEIPT_GROUP] for i in range(0, len(text), RECEIPT_GROUP))


def read_receipt(typed: str) -> bytes | None:
    """Return the 80 bits of a typed receipt, or None where it cannot be one; spacing and case do not matter."""
    text = re.sub(r"[\s\-–—_.`]", "", typed).upper().translate(_MISREAD)
    return base64.b32decode(text) if _RECEIPT.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Entry:
    """A ballot as it is published. ``voter`` is the delegation's name in a roll-call, else empty."""

    receipt: str
    choice: Ballot
    voter: str = ""


def poll_file(poll: dict[str, Any], count: Count, receipts: Sequence[str], entries: Sequence[Entry] | None) -> bytes:
    """Return the file's bytes. ``entries`` None: ballots are not published, only receipts and totals."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "poll": poll,
        "receipts": sorted(receipts),
        "count": count.as_json(),
    }
    if entries is not None:
        content["ballots"] = [_entry(entry) for entry in sorted(entries, key=lambda entry: entry.receipt)]
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _entry(entry: Entry) -> dict[str, Any]:
    published: dict[str, Any] = {"receipt": entry.receipt, "choice": list(entry.choice)}
    return {**published, "voter": entry.voter} if entry.voter else published


def digest(content: bytes) -> str:
    """Return the SHA-256 of a published file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
