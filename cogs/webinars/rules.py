"""When a webinar's reminders fall due, and until when each makes sense. Pure."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.occasions import leads
from bot.timeparse import Lead, parse_leads
from storage.webinars.models import Webinar, WebinarValue


def unsaved(guild_id: int, fields: Mapping[str, WebinarValue]) -> Webinar:
    """Return the webinar that ``fields`` will make, for showing it before it is written; its id is 0."""
    values: dict[str, Any] = dict(fields)
    return Webinar(id=0, guild_id=guild_id, **values)


SUBJECT: Final = "webinar"
"""What the outbox calls a webinar."""


class Kind(StrEnum):
    """The messages of a webinar; the outbox's kind of a reminder or link adds its lead ("reminder:7d")."""

    ANNOUNCED = "announced"
    REMINDER = "reminder"
    LINK = "link"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    MOVED = "moved"
    RECORDING = "recording"
    EVENT = "event"
    CANCELLED_TO_PEOPLE = "told"


DEFAULT_REMINDERS: Final = "7d 24h 1h"
LINK_LEAD: Final = Lead(24, "h")
"""How long ahead those attending are sent the link."""


def reminders(webinar: Webinar) -> list[leads.DueLead]:
    """Return the reminders in the channel, the first one first; each until the next one takes its place."""
    return leads.series(parse_leads(webinar.reminders), webinar.starts_at, webinar.timezone)


def is_over(webinar: Webinar, now: datetime) -> bool:
    """Tell whether the webinar has ended."""
    return webinar.ends_at <= now
