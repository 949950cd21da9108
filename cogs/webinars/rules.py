"""When a webinar's reminders fall due, and until when each makes sense. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from bot.timeparse import Lead, parse_leads
from storage.webinar_models import Webinar

DEFAULT_REMINDERS: Final = "7d 24h 1h"
LINK_LEAD: Final = Lead(24, "h")
"""How long ahead those attending are sent the link."""


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder: its ``lead``, when it falls due, and the instant from which it makes no sense any more."""

    lead: Lead
    at: datetime
    until: datetime


def due_at(webinar: Webinar, lead: Lead) -> datetime:
    """Return when a lead falls due; days are calendar days, at the same time of day in the webinar's zone."""
    if lead.unit == "h":
        return webinar.starts_at - lead.span
    zone = ZoneInfo(webinar.timezone)
    wall = webinar.starts_at.astimezone(zone).replace(tzinfo=None) - timedelta(days=lead.amount)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def reminders(webinar: Webinar) -> list[Due]:
    """Return the reminders in the channel, the first one first; each until the next one takes its place."""
    due = sorted(((due_at(webinar, lead), lead) for lead in parse_leads(webinar.reminders)), key=lambda one: one[0])
    following = [later for _, (later, _) in pairwise(due)] + [webinar.starts_at]
    return [Due(lead, at, until) for (at, lead), until in zip(due, following, strict=True)]


def is_over(webinar: Webinar, now: datetime) -> bool:
    """Tell whether the webinar has ended."""
    return webinar.ends_at <= now
