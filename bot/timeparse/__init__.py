"""What people type in the working languages, as instants, days, lengths and zones.

Pure: the present instant is always given. Doubt is asked back in a :class:`bot.errors.UserError`, never
settled by a guess.
"""

from bot.timeparse.days import parse_day
from bot.timeparse.doubts import with_offset
from bot.timeparse.durations import parse_duration
from bot.timeparse.instants import Deadline, parse_deadline, parse_instant, require_future
from bot.timeparse.leads import Lead, parse_leads, written_leads
from bot.timeparse.zones import exact_zone, is_place, parse_zone, zone_choices

__all__ = [
    "Deadline",
    "Lead",
    "exact_zone",
    "is_place",
    "parse_day",
    "parse_deadline",
    "parse_duration",
    "parse_instant",
    "parse_leads",
    "parse_zone",
    "require_future",
    "with_offset",
    "written_leads",
    "zone_choices",
]
