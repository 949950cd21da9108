"""Typed words to a length of time."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.timeparse import doubts
from bot.timeparse.typed_text import LONGEST, folded
from bot.timeparse.vocabulary import NUMBER, NUMBERS, any_of, each

_SURELY_MINUTES: Final = 10
SHORTEST: Final = timedelta(minutes=1)
LONGEST_DURATION: Final = timedelta(hours=24)

_HOUR: Final = any_of(lambda times: times.hour)
_MINUTE: Final = any_of(lambda times: times.minute)
_DAY: Final = any_of(lambda times: (*times.day_letters, times.day))
_WEEK: Final = any_of(lambda times: (*times.week_letters, times.week))
_LETTERS: Final = "h" + "".join(
    unit for unit in each(lambda times: (*times.day_letters, *times.week_letters)) if len(unit) == 1
)
_NUMBER: Final = rf"(?:\d{{1,6}}(?:\.\d{{1,2}})?|{NUMBER})"
_AND: Final = any_of(lambda times: times.conjunctions)
_AND_A_HALF: Final = any_of(lambda times: times.and_a_half)
_HALF_HOUR: Final = re.compile(rf"\b{any_of(lambda times: times.half_hour)}\b")
_ONE_HOUR: Final = re.compile(rf"^({any_of(lambda times: times.one_hour)})(?= {_AND} )")
_QUARTERS: Final = re.compile(
    rf"\b(?P<three>{any_of(lambda times: times.three_quarters)})\b"
    rf"|\b{any_of(lambda times: times.articles.split())}? ?{any_of(lambda times: times.quarter_of_an_hour)}\b"
    rf"| {any_of(lambda times: times.and_a_quarter)}\b"
)
_PART: Final = re.compile(
    rf"(?P<number>{_NUMBER})(?P<half_before> {_AND_A_HALF})?\s*"
    rf"(?:(?P<hours>{_HOUR})(?![a-z])(?:\s*(?P<rest>[0-5]?\d)(?!\s*[\d.{_LETTERS}]|\s*{_MINUTE}(?![a-z])))?"
    rf"|(?P<minutes>{_MINUTE})(?![a-z])|(?P<days>{_DAY})(?![a-z])|(?P<weeks>{_WEEK})(?![a-z]))"
    rf"(?P<half> {_AND_A_HALF})?"
)
_JOIN: Final = re.compile(rf"\s*(?:,|;|\+|{any_of(lambda times: (*times.conjunctions, *times.joins))})?\s*")
_COLON: Final = re.compile(r"(\d{1,3}):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time, and whether it was told in hours and minutes only, never in days or weeks."""

    span: timedelta
    by_clock: bool


def parse_duration(typed: str, *, least: timedelta = SHORTEST, most: timedelta = LONGEST_DURATION) -> timedelta:
    """Return the length that ``typed`` tells in any working language; a bare number is minutes.

    Raises UserError for what is no length, for a bare number from 1 to 9 (hours or minutes?), and for
    a length below ``least`` or above ``most``.
    """
    text = folded(typed)
    if len(typed) > LONGEST:
        raise doubts.unreadable_duration(typed)
    negative, text = text.startswith("-"), text.removeprefix("-").strip()
    length = read_duration(text)
    if length is None and re.fullmatch(r"\d{1,6}", text):
        if 0 < int(text) < _SURELY_MINUTES and not negative:
            raise doubts.no_unit(typed, text)
        length = Length(timedelta(minutes=int(text)), by_clock=True)
    if length is None:
        raise doubts.unreadable_duration(typed)
    if negative or length.span < least:
        raise doubts.too_short(typed, least)
    if length.span > most:
        raise doubts.too_long(typed, most)
    return length.span


def read_duration(text: str) -> Length | None:
    """Return the length that the folded ``text`` tells, the whole of it; None where it tells none."""
    if colon := _COLON.fullmatch(text):
        return Length(timedelta(hours=int(colon[1]), minutes=int(colon[2])), by_clock=True)
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    text = _ONE_HOUR.sub(r"1 \1", _HALF_HOUR.sub("30 min", text))
    text = _QUARTERS.sub(lambda match: "45 min" if match["three"] else " 15 min", text).strip()
    span, by_clock, position = timedelta(), True, 0
    units: list[str] = []
    while position < len(text):
        match = _PART.match(text, position)
        if match is None:
            return None
        unit, value = _unit(match)
        # "1h 30 min 1h" adds up to nothing that anybody means.
        if unit in units:
            return None
        units.append(unit)
        span += value
        by_clock = by_clock and unit in {"hours", "minutes"}
        joined = _JOIN.match(text, match.end())
        position = joined.end() if joined and joined.end() < len(text) else match.end()
    return Length(span, by_clock) if units else None


def _unit(match: re.Match[str]) -> tuple[str, timedelta]:
    unit = next(name for name in ("hours", "minutes", "days", "weeks") if match[name])
    number = float(NUMBERS.get(match["number"]) or match["number"])
    if match["half"] or match["half_before"]:
        number += 0.5
    return unit, timedelta(**{unit: number}) + timedelta(minutes=int(match["rest"] or 0))
