"""What the rows of documents mean."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Document:
    """One file of one version of a record's text, without its bytes.

    ``subject`` and ``subject_id`` are the record's ('' and 0, with version 0: nobody has confirmed it yet).
    ``language`` is an ISO 639 code, '' where the record has one file only. ``size`` is in bytes; ``fingerprint`` the
    SHA-256 in hexadecimal, '' until the bytes have arrived. ``is_kept``: the bytes are there.
    """

    id: int
    guild_id: int
    subject: str
    subject_id: int
    version: int
    language: str
    authoritative: bool
    file_name: str
    size: int
    fingerprint: str
    is_kept: bool
    added_at: datetime
