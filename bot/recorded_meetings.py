"""The annual meetings on record, from ``bot/data/meetings.json``: starting data for a network that wants them."""

from datetime import date
from functools import cache
from typing import Any

from bot.facts import facts
from bot.timezones.places import zone_of_place
from storage.meetings.models import RecordedMeeting


@cache
def recorded_meetings() -> tuple[RecordedMeeting, ...]:
    """Return the past meetings with a record, the first one first. No record of the 10th was found."""
    return tuple(_meeting(entry) for entry in facts("meetings")["meetings"])


def _meeting(entry: dict[str, Any]) -> RecordedMeeting:
    zone = zone_of_place(entry["city"], entry["country"], "en")
    if zone is None:
        raise ValueError(f"the zone of {entry['city']} is not known")
    return RecordedMeeting(
        number=entry["ordinal"],
        starts_on=date.fromisoformat(entry["starts_on"]),
        ends_on=date.fromisoformat(entry["ends_on"]),
        city=entry["city"],
        country=entry["country"],
        timezone=zone,
        theme=entry.get("theme", ""),
        hosts=tuple(entry["conveners"]),
        partners=tuple(entry["partners"]),
        countries=entry.get("countries"),
        countries_more_than=entry.get("countries_more_than"),
        panelists=entry.get("panelists"),
        observers=entry.get("observers"),
        source=entry.get("source", ""),
        from_capital=tuple(entry.get("from_capital", ())),
        from_mission=tuple(entry.get("from_mission", ())),
    )
