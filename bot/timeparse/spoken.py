"""Times of day as they are said, written in figures: "half past three", "trois heures et demie", "las 3 y media"."""

# ruff: noqa: PLR2004 - the numbers of a clock are what this is about

import re
from functools import cache, partial
from typing import Final

from bot.languages.definition import SpokenTime
from bot.timeparse.typed_text import months
from bot.timeparse.vocabulary import NUMBERS, TIMES, any_of, each, words

SPOKEN: Final = "~"
"""Stands between hour and minute where the hour may be one of twelve: "3~30" is half past three."""

_HOURS: Final = {
    word: number for word, number in NUMBERS.items() if number < 24 and word not in words(lambda times: times.not_hours)
}
_HOUR_WORD: Final = "|".join(sorted(_HOURS, key=len, reverse=True))
_NOON: Final = each(lambda times: times.noon)
_MIDNIGHT: Final = each(lambda times: times.midnight)
_HALF: Final = each(lambda times: times.half)
_PARTS: Final = {**dict.fromkeys(_HALF, 30), **dict.fromkeys(each(lambda times: times.quarter), 15)}
_MINUTE_WORD: Final = "|".join(
    re.escape(word)
    for word, number in NUMBERS.items()
    if number < 60 and word not in words(lambda times: times.articles)
)
_BEFORE: Final = "|".join(rf"(?<=\b{word} )" for word in each(lambda times: times.before_hour_word))
_IN_WORDS: Final = re.compile(
    rf"(?:{_BEFORE})(?:{_HOUR_WORD})\b"
    rf"|\b(?:{_HOUR_WORD})(?= {any_of(lambda times: times.after_hour_word)}\b)"
)
_OF_THE_CLOCK: Final = any_of(lambda times: (*times.hour, *times.o_clock))
_AT_NOON: Final = re.compile(rf"\b12 (?:{_OF_THE_CLOCK} )?(?P<named>{'|'.join((*_NOON, *_MIDNIGHT))})\b")
_OF_NOON: Final = re.compile(rf"(?<=\d) {any_of(lambda times: times.of_noon)}\b")


def in_figures(text: str) -> str:
    """Return the folded ``text`` with the times of day that are said in words written in figures."""
    for pattern, spoken in _spoken():
        text = pattern.sub(partial(_written, spoken), text)
    text = _IN_WORDS.sub(lambda match: str(_HOURS[match[0]]), text)
    return _OF_NOON.sub(" in the afternoon", _AT_NOON.sub(lambda match: match["named"], text))


@cache
def _spoken() -> tuple[tuple[re.Pattern[str], SpokenTime], ...]:
    # Not at a start: the months' names are the languages' own, which are read from files.
    each_word = {"hour": _HOUR_WORD, "minute": _MINUTE_WORD, "month": "|".join(months())}
    return tuple((re.compile(times.spoken.pattern % each_word), times.spoken) for times in TIMES)


def _written(spoken: SpokenTime, match: re.Match[str]) -> str:
    parts = match.groupdict()
    named = parts.get("named") or (match["hour"] if match["hour"] in (*_NOON, *_MIDNIGHT) else None)
    if named in _MIDNIGHT:
        return named
    minute = _PARTS.get(match["part"] or "") or int(match["minutes"] or NUMBERS.get(match["word"] or "", 0))
    if minute > 59 or (spoken.figures_need_at and not match["at"] and not match["part"]):
        return match[0]
    hour = 12 if named else _HOURS.get(match["hour"]) or int(match["hour"])
    before = match["way"] in spoken.before
    if hour > 23 or (before and match["part"] in _HALF):
        return match[0]
    if before and hour == 0:
        return "midnight"
    of_twelve = not named and 1 <= hour <= 12 and (spoken.of_twelve or (before and hour == 1))
    total = hour * 60 + (-minute if before else minute)
    shown = total // 60 or (12 if of_twelve else 0)
    lead = f"{match['at']} " if parts.get("at") else ""
    return f"{lead}{shown}{SPOKEN if of_twelve else ':'}{total % 60:02}"
