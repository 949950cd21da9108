"""The record of an adopted decision as CSV: its electorate, when each delegation was reached, and how."""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC
from io import StringIO

from bot.csvfiles import guarded
from bot.languages import Language
from bot.names.delegation_names import called, order_of
from storage.decisions.models import DecisionSeat
from storage.members.models import Delegation


def record_of(seats: Sequence[DecisionSeat], delegations: Mapping[int, Delegation], language: Language) -> bytes:
    """Return the record, in the order of the language. Nobody who objected is in it: an objection adopts nothing."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("delegation", "name", "vacant", "reached_at", "reached_by"))
    known = [(delegations[seat.delegation_id], seat) for seat in seats if seat.delegation_id in delegations]
    for delegation, seat in sorted(known, key=lambda one: order_of(one[0], language)):
        reached = seat.reached_at.astimezone(UTC).isoformat() if seat.reached_at is not None else ""
        vacant = "yes" if seat.is_vacant else "no"
        writer.writerow(
            (delegation.code, guarded(called(delegation, language)), vacant, reached, seat.reached_by or "")
        )
    return text.getvalue().encode("utf-8-sig")
