from enum import StrEnum


class Series(StrEnum):
    """The messages of a meeting; the outbox's kind of a reminder adds its lead or day ("countdown:90d", "day:1")."""

    ANNOUNCED = "announced"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    COUNTDOWN = "countdown"
    DAY = "day"
    DEADLINE = "deadline"
    COUNTS = "counts"
    CHASED = "chased"
    REGISTERED = "registered"
    EVENT = "event"
