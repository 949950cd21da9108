# ruff: noqa: PLR2004 - the numbers of a clock are what this is about
"""Typed words to a time of day, found inside a longer text."""

import re
from dataclasses import dataclass
from datetime import UTC, time, timedelta, timezone
from functools import cache
from typing import Final

from bot.timeparse import doubts
from bot.timeparse.spoken import SPOKEN, in_figures
from bot.timeparse.typed_text import TypedText, months
from bot.timeparse.vocabulary import any_of, each

_FARTHEST_EAST: Final = timedelta(hours=14)
_FARTHEST_WEST: Final = timedelta(hours=-12)
_MORNING: Final = each(lambda times: times.morning)
_AFTERNOON: Final = each(lambda times: times.afternoon)
_NIGHT: Final = each(lambda times: times.night)
_PARTS: Final = (*_MORNING, *_AFTERNOON, *each(lambda times: times.evening), *_NIGHT)
_NOON: Final = each(lambda times: times.noon)
# "Après-midi" is not noon.
_NOT_NOON: Final = "".join(
    f"(?<!{part.removesuffix(noon)})" for part in _PARTS for noon in _NOON if part.endswith(noon) and part != noon
)

_ISO: Final = re.compile(r"\d[Tt]\d")
_AT: Final = rf"(?:(?<!\w)(?:{any_of(lambda times: times.at)}|@)\s*)"
_ALONE: Final = rf"(?<![\w:/.+{SPOKEN}-])"
_HOURS: Final = any_of(lambda times: times.hour)
_OF: Final = any_of(lambda times: times.of)
_HALF: Final = r"(?P<half>[ap])\.?\s?m\b\.?"
_PART: Final = rf"(?:\s+{any_of(lambda times: times.in_the)}\s*(?P<part>{'|'.join(_PARTS)})\b)?"
_ZONE: Final = (
    r"(?:(?P<space>\s*)\(?(?:(?:utc|gmt)\s*(?P<named>[+-]\d{1,2}(?::?\d{2})?)?|(?P<zulu>z)"
    r"|(?P<offset>[+-]\d{2}(?::?\d{2})?))\)?(?![\w:/.-]))?"
)
_END: Final = _PART + _ZONE + r"(?![\w:/-]|\.\d)"


def _pattern(body: str) -> re.Pattern[str]:
    return re.compile(body + _END)


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time of day, the offset typed with it (None: none was), and the text on either side."""

    time: time
    offset: timezone | None
    before: str
    after: str


def read_time(text: str, said: TypedText) -> FoundTime | None:
    """Return the one time of day in the folded ``text``; None where there is none.

    Raises UserError where there are two, or where it has two readings or none.
    """
    text = in_figures(text)
    matches = [match for pattern in _clear() for match in pattern.finditer(text)]
    if not matches:
        matches = next(filter(None, (list(pattern.finditer(text)) for pattern in _bare())), matches)
    if not matches:
        return None
    if len(matches) > 1:
        raise doubts.several_times(said)
    match = matches[0]
    return FoundTime(
        _time_of_day(match, said),
        _offset(match, said),
        text[: match.start()].strip(),
        text[match.end() :].strip(),
    )


@cache
def _said() -> re.Pattern[str]:
    return _pattern(rf"{_AT}?{_ALONE}(?P<hour>\d{{1,2}}){SPOKEN}(?P<minute>\d{{2}})(?:\s*{_HALF})?")


@cache
def _clear() -> tuple[re.Pattern[str], ...]:
    # Not at a start: the months' names are the languages' own, which are read from files.
    month = "|".join(sorted(months(), key=len, reverse=True))
    return (
        _said(),
        _pattern(rf"{_AT}?{_ALONE}(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}})\s*{_HOURS}(?![a-z])"),
        _pattern(
            rf"{_AT}?{_ALONE}(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:\.\d+)?)?"
            rf"(?:\s*{_HOURS}\b)?(?:\s*{_HALF})?"
        ),
        _pattern(rf"{_AT}?{_ALONE}(?P<hour>\d{{1,2}})(?:\.(?P<minute>\d{{2}}))?\s*{_HALF}"),
        _pattern(
            rf"{_AT}?{_ALONE}(?P<hour>\d{{1,2}})\s*{any_of(lambda times: times.hour_of_day)}(?![a-z])"
            rf"(?:\s*(?P<minute>\d{{2}})(?!\s*[-/.\d]|\s*(?:{_OF} )?(?:{month})\b)(?:\s*(?:min|mn|m)\b)?)?"
        ),
        _pattern(rf"{_AT}?(?<!\w){_NOT_NOON}(?P<noon>{'|'.join(_NOON)})"),
        _pattern(rf"{_AT}?(?<!\w)(?P<midnight>{any_of(lambda times: times.midnight)})"),
    )


@cache
def _bare() -> tuple[re.Pattern[str], ...]:
    return (
        _pattern(rf"{_AT}?{_ALONE}(?P<hour>\d{{1,2}})\s*{any_of(lambda times: times.o_clock)}"),
        _pattern(rf"{_AT}{_ALONE}(?P<hour>\d{{1,2}})(?:\.(?P<minute>\d{{2}}))?"),
        _pattern(rf"{_ALONE}(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}})"),
        _pattern(rf"{_ALONE}(?P<hour>\d{{1,2}})(?=\s*{any_of(lambda times: times.bare_hour_before)})"),
    )


def _part(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _time_of_day(match: re.Match[str], said: TypedText) -> time:
    if _part(match, "noon"):
        return time(12)
    hour, minute, second = (int(_part(match, name) or 0) for name in ("hour", "minute", "second"))
    if _part(match, "midnight") or (hour, minute, second) == (24, 0, 0):
        raise doubts.midnight(said)
    if hour > 23 or minute > 59 or second > 59:
        raise doubts.no_such_time(said)
    half, part = _part(match, "half"), _part(match, "part")
    if half:
        if not 1 <= hour <= 12:
            raise doubts.no_such_time(said)
        hour = hour % 12 + (12 if half == "p" else 0)
    elif part:
        hour = _hour_in_part(hour, minute, part, said)
    elif 1 <= hour <= 12 and (match.re is _said() or (match.re in _bare()[:2] and not _part(match, "minute"))):
        raise doubts.which_hour(said, hour, minute)
    return time(hour, minute, second)


def _hour_in_part(hour: int, minute: int, part: str, said: TypedText) -> int:
    if part in _MORNING:
        if hour >= 12:
            raise doubts.which_hour(said, hour, minute) if hour == 12 else doubts.no_such_time(said)
        return hour
    if hour > 12:
        return hour
    # Nobody's evening has one o'clock in it, and "12 de la noche" is midnight.
    if part in _NIGHT and hour == 12:
        raise doubts.midnight(said)
    if part not in _AFTERNOON and not 5 <= hour < 12:
        raise doubts.which_hour(said, hour, minute)
    return hour % 12 + 12


def _offset(match: re.Match[str], said: TypedText) -> timezone | None:
    if match["space"] is None:
        return None
    typed = match["named"] or match["offset"]
    if not typed:
        return UTC
    figures = typed[1:].replace(":", "")
    hours, minutes = (int(figures), 0) if len(figures) < 3 else (int(figures[:-2]), int(figures[-2:]))
    length = timedelta(hours=hours, minutes=minutes)
    # "10:00-11:00" may be a beginning and an end; "10:00 -11:00" and ISO 8601 in full are offsets.
    attached = match["offset"] and typed[0] == "-" and not match["space"]
    if attached and not _part(match, "second") and not _ISO.search(said.typed):
        raise doubts.span_or_offset(said)
    offset = -length if typed[0] == "-" else length
    if minutes > 59 or not _FARTHEST_WEST <= offset <= _FARTHEST_EAST:
        raise doubts.no_such_offset(said)
    return timezone(offset)
