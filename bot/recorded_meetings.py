"""The meetings on record: starting data for a network that wants them.

The annual ones are in ``bot/data/meetings.json``, the regional ones in ``bot/data/network.json``.
"""

from datetime import date
from functools import cache
from typing import Any

from bot.facts import facts
from bot.timezones.places import zone_of_place
from storage.meetings.models import MeetingKind, RecordedMeeting


@cache
def recorded_meetings() -> tuple[RecordedMeeting, ...]:
    """Return the past meetings with a record, the annual ones first, each kind in its order.

    No record was found of the 10th annual meeting, nor of the second regional one for Europe.
    """
    annual = [_meeting(entry, "annual") for entry in facts("meetings")["meetings"]]
    regional = [_meeting(_whole_year(entry), "regional") for entry in facts("network")["regional_meetings"]]
    return (*annual, *regional)


def last_annual_number() -> int:
    """Return the number of the latest annual meeting on record."""
    return max(meeting.number for meeting in recorded_meetings() if meeting.kind == "annual")


def _whole_year(entry: dict[str, Any]) -> dict[str, Any]:
    return {"starts_on": f"{entry['year']}-01-01", "ends_on": f"{entry['year']}-12-31", **entry}


def _meeting(entry: dict[str, Any], kind: MeetingKind) -> RecordedMeeting:
    zone = zone_of_place(entry["city"], entry["country"], "en")
    if zone is None:
        raise ValueError(f"the zone of {entry['city']} is not known")
    return RecordedMeeting(
        kind=kind,
        region=entry.get("region"),
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
