# ruff: noqa: PLR2004 - the numbers of a calendar are what this is about
"""Typed words to a calendar day: dates in figures and in words, weekdays, and days counted from today."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from bot.languages import Language
from bot.timeparse import doubts
from bot.timeparse.hours import read_time
from bot.timeparse.typed_text import LONGEST, TypedText, folded, months, weekday
from bot.timeparse.vocabulary import NUMBER, NUMBERS, any_of, each, merged
from bot.timeparse.vocabulary import words as words_of

REACH: Final = 10
"""Years before and after today within which a date is believed."""

_FILLER: Final = words_of(lambda times: times.fillers) | {"-"}
_DAY_WORDS: Final = words_of(lambda times: times.day_word)
_RELATIVE: Final = merged(lambda times: times.relative_days)
_NEXT: Final = any_of(lambda times: times.next)
_THIS: Final = any_of(lambda times: times.this)
_WEEKDAY: Final = re.compile(
    rf"(?:(?P<next>{_NEXT})|(?P<this>{_THIS}))? ?(?P<name>[a-z]+)(?: (?P<next_after>{_NEXT}))?"
)
# Of several words ("dentro de") only the first is left once the fillers are gone.
_HENCE: Final = frozenset(said.split()[0] for said in each(lambda times: times.in_time))
_FORTNIGHT: Final = re.compile(rf"\b{any_of(lambda times: times.fortnight)}\b")
_COUNTED: Final = re.compile(
    rf"(?:(?:{'|'.join(_HENCE)}) )?(?P<number>\d{{1,4}}|{NUMBER}) "
    rf"(?:(?P<days>{any_of(lambda times: times.day)})|(?P<weeks>{any_of(lambda times: times.week)})"
    rf"|(?P<months>{any_of(lambda times: times.month)}))"
    rf"(?P<hence> {any_of(lambda times: (*times.from_now, *times.from_today))})?"
)
_IDIOMS: Final = merged(lambda times: times.idiomatic_days)
_ORDINAL: Final = re.compile(rf"(\d{{1,2}}){any_of(lambda times: times.day_ordinals)}?\.?")
_FIRST: Final = words_of(lambda times: times.first)
_YEAR_FIRST: Final = re.compile(r"(\d{4})([-/.]?)(\d{2}|(?<=[-/.])\d)\2(\d{2}|(?<=[-/.])\d)")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_SHORT_YEAR: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{2})")
_WITHOUT_YEAR: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})")


def parse_day(typed: str, *, now: datetime, zone: str, language: Language) -> date:
    """Return the calendar day that ``typed`` names in any working language.

    ``now`` is aware; "today" is the day it is then in the IANA ``zone``. Raises UserError, asking back, for
    what is no date, does not exist, has two readings, or lies more than ten years away.
    """
    said = TypedText(typed, now, zone, language)
    if len(typed) > LONGEST:
        raise doubts.unreadable_day(said)
    text = folded(typed)
    day = read_day(text, said)
    if day is not None:
        return day
    found = read_time(text, said)
    day = read_day(f"{found.before} {found.after}", said) if found else None
    raise doubts.not_a_day(said, day) if day else doubts.unreadable_day(said)


def read_day(phrase: str, said: TypedText) -> date | None:
    """Return the day that the folded ``phrase`` names, the whole of it; None where it names none.

    Raises UserError where it names two, or one that does not exist or lies out of reach.
    """
    words = _words(phrase)
    for reading in _READINGS:
        day = reading(words, said)
        if day is not None:
            return _within_reach(day, said)
    return None


def _words(phrase: str) -> list[str]:
    # "12-mar-2027" and "apres-demain" are words; "2027-03-12" stays whole.
    apart = re.sub(r"(?<=\d)[-/](?=[a-z])|(?<=[a-z])[-/](?=\w)", " ", phrase)
    words = (word if word.isdigit() else word.rstrip(".") for word in re.split(r"[\s,;()]+", apart))
    kept = [word for word in words if word and word not in _FILLER]
    # "El día 12 de marzo" is "el 12 de marzo"; in "en un día" the word counts.
    return [
        word
        for index, word in enumerate(kept)
        if word not in _DAY_WORDS or (index > 0 and (kept[index - 1].isdigit() or kept[index - 1] in NUMBERS))
    ]


def _relative(words: list[str], said: TypedText) -> date | None:
    days = _RELATIVE.get(" ".join(words))
    return None if days is None else said.today + timedelta(days=days)


def _counted(words: list[str], said: TypedText) -> date | None:
    match = _COUNTED.fullmatch(_FORTNIGHT.sub("two weeks", " ".join(words)))
    if not match or not (words[0] in _HENCE) ^ bool(match["hence"]):
        return None
    number = NUMBERS.get(match["number"]) or int(match["number"])
    if match["days"] and match["number"] in _IDIOMS:
        return _one_of(said, *(said.today + timedelta(days=n) for n in (number, _IDIOMS[match["number"]])))
    if match["months"]:
        years, month = divmod(said.today.month - 1 + number, 12)
        return _date(said.today.year + years, month + 1, said.today.day, said)
    return said.today + timedelta(days=number * (7 if match["weeks"] else 1))


def _weekday_alone(words: list[str], said: TypedText) -> date | None:
    match = _WEEKDAY.fullmatch(" ".join(words))
    number = weekday(match["name"], said.language) if match else None
    if match is None or number is None:
        return None
    coming = said.today + timedelta(days=(number - said.today.weekday()) % 7)
    in_this_week = said.today + timedelta(days=number - said.today.weekday())
    if match["next"] or match["next_after"]:
        # "Next Tuesday" is the coming one to some and the one of next week (from Monday, ISO 8601) to others.
        readings = {coming, in_this_week + timedelta(days=7)}
    elif match["this"]:
        readings = {coming, in_this_week}
    else:
        readings = {coming, coming + timedelta(days=7)} if coming == said.today else {coming}
    if len(readings) > 1:
        return _one_of(said, *readings)
    return coming


def _in_figures(words: list[str], said: TypedText) -> date | None:
    if len(words) != 1:
        return None
    if year_first := _YEAR_FIRST.fullmatch(words[0]):
        year, _, month, day = year_first.groups()
        return _date(int(year), int(month), int(day), said)
    if year_last := _YEAR_LAST.fullmatch(words[0]):
        first, _, second, year = year_last.groups()
        return _day_or_month_first(int(first), int(second), int(year), said)
    if _SHORT_YEAR.fullmatch(words[0]):
        raise doubts.short_year(said)
    if without_year := _WITHOUT_YEAR.fullmatch(words[0]):
        month, day = sorted(int(part) for part in without_year.groups())
        if 1 <= month <= 12 and day <= 31:
            raise doubts.no_year(said, month, day)
    return None


def _day_or_month_first(first: int, second: int, year: int, said: TypedText) -> date | None:
    if first > 12 or first == second:
        return _date(year, second, first, said)
    if second > 12:
        return _date(year, first, second, said)
    return _one_of(said, *(_date(year, *pair, said) for pair in ((first, second), (second, first))))


def _one_of(said: TypedText, first: date, second: date) -> date:
    """Return the one of two readings that can be meant. Raises UserError, asking back, where both or neither can."""
    if said.among is not None:
        earliest, latest = said.among
        possible = [day for day in (first, second) if earliest <= day <= latest]
        if len(possible) == 1:
            return possible[0]
    raise doubts.which_day(said, first, second)


def _in_words(words: list[str], said: TypedText) -> date | None:
    positions = [index for index, word in enumerate(words) if word in months()]
    if len(positions) != 1 or len(words) > 3:
        return None
    month = months()[words[positions[0]]]
    match [word for index, word in enumerate(words) if index != positions[0]]:
        case [year] if _is_year(year):
            raise doubts.no_day(said)
        case [day] if number := _ordinal(day):
            raise doubts.no_year(said, month, number)
        case [year, day] if _is_year(year) and (number := _ordinal(day)):
            return _date(int(year), month, number, said)
        case [day, year] if _is_year(year) and (number := _ordinal(day)):
            return _date(int(year), month, number, said)
        case [day, year] if _ordinal(day) and re.fullmatch(r"'?\d{2}", year):
            raise doubts.short_year(said)
        case _:
            return None


def _weekday_and_date(words: list[str], said: TypedText) -> date | None:
    number = weekday(words[0], said.language) if len(words) > 1 else None
    if number is None:
        return None
    day = _in_words(words[1:], said) or _in_figures(words[1:], said)
    if day and day.weekday() != number:
        raise doubts.wrong_weekday(said, day)
    return day


_READINGS: Final[tuple[Callable[[list[str], TypedText], date | None], ...]] = (
    _relative,
    _counted,
    _in_figures,
    _in_words,
    _weekday_alone,
    _weekday_and_date,
)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit()


def _ordinal(word: str) -> int | None:
    if word in _FIRST:
        return 1
    match = _ORDINAL.fullmatch(word)
    return int(match[1]) if match else None


def _date(year: int, month: int, day: int, said: TypedText) -> date:
    if abs(year - said.today.year) > REACH:
        raise doubts.out_of_reach(said)
    if not 1 <= month <= 12:
        raise doubts.unreadable_day(said)
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise doubts.no_such_day(said, date(year, month, 1), date(year, month, last))
    return date(year, month, day)


def _within_reach(day: date, said: TypedText) -> date:
    if abs(day.year - said.today.year) > REACH:
        raise doubts.out_of_reach(said)
    return day
