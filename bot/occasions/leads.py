"""The one place that counts back from a start. Pure.

A lead in days is calendar days: the same time of day in the subject's zone, also over a change of the clocks. A lead
in hours is elapsed time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.texts import Text, nt
from bot.timeparse import Lead


@dataclass(frozen=True, slots=True)
class DueLead:
    """A ``lead``, the instant at which it falls due, and from when the next one takes its place."""

    lead: Lead
    at: datetime
    until: datetime


def at(day: date, hour: time, zone: str) -> datetime:
    """Return the instant, in UTC, of a wall clock's ``hour`` on ``day`` in the IANA ``zone``."""
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)


def before(start: datetime, lead: Lead, zone: str) -> datetime:
    """Return, in UTC, when a ``lead`` ahead of the aware instant ``start`` falls due in the IANA ``zone``."""
    if lead.unit == "h":
        return start.astimezone(UTC) - lead.span
    local = start.astimezone(ZoneInfo(zone))
    return at(local.date() - timedelta(days=lead.amount), local.timetz().replace(tzinfo=None), zone)


def series(leads: Iterable[Lead], start: datetime, zone: str, ends: datetime | None = None) -> list[DueLead]:
    """Return the reminders ahead of ``start``, the first one first.

    Each makes sense until the next one, the last until ``ends`` (None: the start). Of several at one instant
    ("1d" and "24h") one is left.
    """
    last = start if ends is None else ends
    dues = sorted(((before(start, lead, zone), lead) for lead in leads), key=lambda due: due[0])
    untils = [*(min(following, last) for _, (following, _) in pairwise(dues)), last]
    # No lead at all has no following.
    return [DueLead(lead, due, until) for (due, lead), until in zip(dues, untils, strict=False) if due < until]


def lead_named(lead: Lead) -> Text:
    """Name a lead in words: "48 hours", "7 days"."""
    if lead.unit == "h":
        return nt("{count} hour", "{count} hours", lead.amount)
    return nt("{count} day", "{count} days", lead.amount)


def mark_named(mark: str) -> Text:
    """Name the lead that a message's kind is marked with ("7d", "24h") in words."""
    return lead_named(Lead(int(mark[:-1]), "h" if mark.endswith("h") else "d"))
