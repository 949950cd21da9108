"""The record of an adopted decision as CSV: its text, its electorate, when each delegation was reached, and how."""

from collections.abc import Mapping, Sequence
from datetime import UTC

from bot.csvfiles import file_of
from bot.languages import Language
from bot.names.delegation_names import called, order_of
from storage.decisions.models import Decision, DecisionSeat
from storage.documents.models import Document
from storage.members.models import Delegation


def record_of(
    decision: Decision,
    seats: Sequence[DecisionSeat],
    documents: Sequence[Document],
    delegations: Mapping[int, Delegation],
    language: Language,
) -> bytes:
    """Return the record, in the order of the language. Nobody who objected is in it: an objection adopts nothing.

    Each row says which text the delegation was reached with: its file, the version and the fingerprint, or its link.
    """
    document = documents[0] if documents else None
    text = (document.file_name, str(document.version), document.fingerprint) if document else (decision.url, "", "")
    columns = ("delegation", "name", "vacant", "reached_at", "reached_by", "text", "version", "fingerprint_sha256")
    rows: list[tuple[str, ...]] = []
    known = [(delegations[seat.delegation_id], seat) for seat in seats if seat.delegation_id in delegations]
    for delegation, seat in sorted(known, key=lambda one: order_of(one[0], language)):
        reached = seat.reached_at.astimezone(UTC).isoformat() if seat.reached_at is not None else ""
        vacant = "yes" if seat.is_vacant else "no"
        name = called(delegation, language)
        rows.append((delegation.code, name, vacant, reached, seat.reached_by or "", *text))
    return file_of(rows, columns)
