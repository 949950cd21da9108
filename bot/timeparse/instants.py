"""Typed words to an instant: a day and a time of day in a zone, or a wait from now."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.languages import Language
from bot.texts import Reader
from bot.timeparse import doubts
from bot.timeparse.days import REACH, read_day
from bot.timeparse.durations import read_duration
from bot.timeparse.hours import FoundTime, read_time
from bot.timeparse.spoken import in_figures
from bot.timeparse.typed_text import LONGEST, TypedText, folded
from bot.timeparse.vocabulary import TIMES, any_of
from bot.timeparse.zones import exact_zone

_STAMP: Final = re.compile(r"<t:(\d{1,10})(?::[tTdDfFsSR])?>")
_ISO_T: Final = re.compile(r"(?<=\d)t(?=\d)")
_COMPACT_TIME: Final = re.compile(r"(?<=\d{8} )(\d{2})(\d{2})(\d{2})?(?=z|[+-]\d|\b)")
_WAIT: Final = re.compile(
    rf"{any_of(lambda times: times.in_time)} (?P<length>.+)|(?P<hence>.+) {any_of(lambda times: times.from_now)}"
)
_THIS_EVENING: Final = any_of(lambda times: times.tonight)
_EVENING_FIRST: Final = re.compile(rf"^{_THIS_EVENING}(?= )")
_EVENING_LAST: Final = re.compile(rf" {_THIS_EVENING}$")
_PART_FIRST: Final = tuple(
    re.compile(
        rf"(?P<day>.+?) {times.part_first}"
        rf"(?P<part>{'|'.join((*times.morning, *times.afternoon, *times.evening, *times.night))}) (?P<time>.*\d.*)"
    )
    for times in TIMES
)
_LAST_SECOND: Final = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something closes: an aware instant in UTC, and whether only a date was typed.

    With a date alone the instant is 23:59:59 of that day in the subject's zone, which is to be said back.
    """

    instant: datetime
    date_only: bool


def parse_instant(
    typed: str, zone: str, *, now: datetime, language: Language, among: tuple[date, date] | None = None
) -> datetime:
    """Return the instant, aware in UTC, that ``typed`` names in any working language.

    A local time is one in the IANA ``zone`` unless an offset or a city is typed after it; ``now`` is aware
    and says what "tomorrow" is. ``among`` are the first and the last day that can be meant: they decide what 03/04/2027
    is, where it is one of them in one reading only. An instant in the past is returned: see :func:`require_future`.
    Raises UserError, asking back, for what is no date and time, does not exist, or has two readings.
    """
    said = TypedText(typed, now, zone, language, among)
    instant = _read_instant(said)
    if instant is not None:
        return instant
    day = read_day(_prepared(typed), said)
    raise doubts.no_time(said, day) if day else doubts.unreadable_instant(said)


def parse_deadline(typed: str, zone: str, *, now: datetime, language: Language) -> Deadline:
    """Return when something closes; a date alone means the last second of that day in the IANA ``zone``.

    Takes and refuses what :func:`parse_instant` does, but for the date alone.
    """
    said = TypedText(typed, now, zone, language)
    day = read_day(_prepared(typed), said) if len(typed) <= LONGEST else None
    if day is not None:
        return Deadline(_end_of(day, said), date_only=True)
    instant = _read_instant(said)
    if instant is None:
        raise doubts.unreadable_instant(said)
    return Deadline(instant, date_only=False)


def require_future(instant: datetime, now: datetime, *, zone: str, language: Language) -> None:
    """Raise UserError, with the instant as understood in ``zone``, unless ``instant`` is after ``now``."""
    if instant <= now:
        raise doubts.past(Reader(language, zone).moment(instant))


def local_instant(wall: datetime, said: TypedText) -> datetime:
    """Return the instant, in UTC, at which clocks in the zone of ``said`` show the naive ``wall``.

    Raises UserError where they never do, or do twice.
    """
    zone = ZoneInfo(said.zone)
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    earlier, later = first.utcoffset() or timedelta(), second.utcoffset() or timedelta()
    if earlier > later:
        raise doubts.repeated(said, first, second)
    if earlier < later:
        change = _clock_change(wall, earlier, later, zone)
        raise doubts.skipped(said, wall, change + earlier, change + later)
    return first.astimezone(UTC)


def _prepared(typed: str) -> str:
    text = re.sub(r"[,;()]", " ", folded(typed))
    text = _COMPACT_TIME.sub(_with_colons, _ISO_T.sub(" ", text))
    text = in_figures(re.sub(r"\s+", " ", text).strip())
    text = _EVENING_LAST.sub(" at night today", _EVENING_FIRST.sub("today night", text))
    # "Tomorrow evening at 8" is read as "tomorrow at 8 in the evening".
    found = next(filter(None, (part_first.fullmatch(text) for part_first in _PART_FIRST)), None)
    return f"{found['day']} {found['time']} at {found['part']}" if found else text


def _with_colons(match: re.Match[str]) -> str:
    return ":".join(part for part in match.groups() if part)


def _read_instant(said: TypedText) -> datetime | None:
    if len(said.typed) > LONGEST:
        return None
    if stamp := _STAMP.fullmatch(said.typed.strip()):
        return _within_reach(datetime.fromtimestamp(int(stamp[1]), UTC), said)
    wait = _read_wait(folded(said.typed))
    if wait is not None:
        return _within_reach(said.now.astimezone(UTC).replace(microsecond=0) + wait, said)
    found = read_time(_prepared(said.typed), said)
    return None if found is None else _join(found, said)


def _read_wait(text: str) -> timedelta | None:
    match = _WAIT.fullmatch(text)
    length = read_duration(match["length"] or match["hence"]) if match else None
    # A day is not always 24 hours: waits of days are days, and need a time.
    return length.span if length and length.by_clock else None


def _join(found: FoundTime, said: TypedText) -> datetime:
    beside = f"{found.before} {found.after}".strip()
    if not beside:
        raise doubts.no_date(said)
    if found.offset is not None:
        day = _same_day_in_both(beside, found, said)
        return datetime.combine(day, found.time, found.offset).astimezone(UTC)
    day = read_day(beside, said)
    if day is not None:
        return local_instant(datetime.combine(day, found.time), said)
    zone = exact_zone(found.after, said.language, said.typed)
    if zone is None:
        raise doubts.unreadable_instant(said)
    if not found.before:
        raise doubts.no_date(said)
    there = replace(said, zone=zone)
    day = _agreed(read_day(found.before, there), read_day(found.before, said), said)
    return local_instant(datetime.combine(day, found.time), there)


def _same_day_in_both(phrase: str, found: FoundTime, said: TypedText) -> date:
    here = read_day(phrase, said)
    moved = said.now.astimezone(found.offset).date() - said.today
    there = read_day(phrase, replace(said, now=said.now + moved)) if moved else here
    return _agreed(here, there, said)


def _agreed(one: date | None, other: date | None, said: TypedText) -> date:
    # "Tomorrow 14:00 UTC", typed where it is tomorrow already.
    if one is None or other is None:
        raise doubts.unreadable_instant(said)
    if one != other:
        raise doubts.which_day(said, one, other)
    return one


def _within_reach(instant: datetime, said: TypedText) -> datetime:
    if abs(instant.year - said.today.year) > REACH:
        raise doubts.out_of_reach(said)
    return instant


def _end_of(day: date, said: TypedText) -> datetime:
    wall = datetime.combine(day, _LAST_SECOND)
    try:
        return local_instant(wall, said)
    except UserError:
        # Shown twice where clocks go back at midnight: the day ends with the second.
        last = wall.replace(tzinfo=ZoneInfo(said.zone), fold=1)
        if last.astimezone(UTC).astimezone(last.tzinfo).replace(tzinfo=None) != wall:
            raise
        return last.astimezone(UTC)


def _clock_change(wall: datetime, before: timedelta, after: timedelta, zone: ZoneInfo) -> datetime:
    """Return, naive in UTC, when the offset of ``zone`` turns from ``before`` to ``after`` near ``wall``."""
    low, high = wall - after, wall - before
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.replace(tzinfo=UTC).astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high
