"""Times of day as they are said, written in figures: "half past three", "trois heures et demie", "las 3 y media"."""

# ruff: noqa: PLR2004 - the numbers of a clock are what this is about

import re
from typing import Final

from bot.timeparse.saying import months
from bot.timeparse.vocabulary import NUMBERS

SPOKEN: Final = "~"
"""Stands between hour and minute where the hour may be one of twelve: "3~30" is half past three."""

_HOURS: Final = {word: number for word, number in NUMBERS.items() if number < 24 and word not in {"a", "an", "un"}}
_HOUR_WORD: Final = "|".join(sorted(_HOURS, key=len, reverse=True))
_HOUR: Final = rf"(?P<hour>\d{{1,2}}|{_HOUR_WORD})"
_NOON: Final = frozenset(("noon", "midday", "midi"))
_MIDNIGHT: Final = frozenset(("midnight", "minuit"))
_PARTS: Final = {
    **dict.fromkeys(("half", "demi", "demie", "media"), 30),
    **dict.fromkeys(("quarter", "quart", "cuarto"), 15),
}
_MINUTE_WORD: Final = "|".join(
    re.escape(word) for word, number in NUMBERS.items() if number < 60 and word not in {"a", "an", "un", "une", "una"}
)
_MONTH: Final = "|".join(months())
_ENGLISH: Final = re.compile(
    rf"(?<!from )\b(?:(?:a )?(?P<part>half|quarter)|(?P<minutes>\d{{1,2}})(?= minutes)|(?P<word>{_MINUTE_WORD}))"
    rf"(?: minutes?)? (?P<way>past|after|to|before) (?P<hour>\d{{1,2}}|noon|midday|midnight|{_HOUR_WORD})"
    r"(?=[ap]\.?m\b|\b)(?![:.]\d)(?: o'?clock)?"
)
_FRENCH: Final = re.compile(
    rf"\b(?:{_HOUR}\s*h(?:eures?)?|(?P<named>midi|minuit)) (?P<way>et|moins) (?:le |un )?"
    rf"(?:(?P<part>demie?|quart)|(?P<minutes>\d{{1,2}})|(?P<word>{_MINUTE_WORD}))\b(?: minutes)?"
)
_SPANISH: Final = re.compile(
    rf"\b(?:(?P<at>las?) )?{_HOUR}(?: horas?)? (?P<way>y|menos) (?:un )?"
    rf"(?:(?P<part>media|cuarto)|(?P<minutes>\d{{1,2}})|(?P<word>{_MINUTE_WORD}))\b"
    rf"(?! (?:de )?(?:{_MONTH})\b)(?: minutos)?"
)
_IN_WORDS: Final = re.compile(
    rf"(?:(?<=\bat )|(?<=\blas )|(?<=\ba la ))(?:{_HOUR_WORD})\b"
    rf"|\b(?:{_HOUR_WORD})(?= (?:heures?|o'?clock|[ap]\.? ?m)\b)"
)
_AT_NOON: Final = re.compile(r"\b12 (?:h |heures |horas |o'?clock )?(?P<named>noon|midday|midnight|midi|minuit)\b")
_OF_NOON: Final = re.compile(r"(?<=\d) (?:horas )?del mediodia\b")


def in_figures(text: str) -> str:
    """Return the folded ``text`` with the times of day that are said in words written in figures."""
    for pattern in (_ENGLISH, _FRENCH, _SPANISH):
        text = pattern.sub(_written, text)
    text = _IN_WORDS.sub(lambda match: str(_HOURS[match[0]]), text)
    return _OF_NOON.sub(" de la tarde", _AT_NOON.sub(lambda match: match["named"], text))


def _written(match: re.Match[str]) -> str:
    parts = match.groupdict()
    named = parts.get("named") or (match["hour"] if match["hour"] in _NOON | _MIDNIGHT else None)
    if named in _MIDNIGHT:
        return named
    minute = _PARTS.get(match["part"] or "") or int(match["minutes"] or NUMBERS.get(match["word"] or "", 0))
    # "3 y 10" alone may be a day and a month, or two figures: only "las 3 y 10" is a time.
    if minute > 59 or (match.re is _SPANISH and not match["at"] and not match["part"]):
        return match[0]
    hour = 12 if named else _HOURS.get(match["hour"]) or int(match["hour"])
    before = match["way"] in {"to", "before", "moins", "menos"}
    if hour > 23 or (before and match["part"] in {"half", "media"}):
        return match[0]
    if before and hour == 0:
        return "midnight"
    of_twelve = not named and 1 <= hour <= 12 and (match.re is not _FRENCH or (before and hour == 1))
    total = hour * 60 + (-minute if before else minute)
    shown = total // 60 or (12 if of_twelve else 0)
    lead = f"{match['at']} " if parts.get("at") else ""
    return f"{lead}{shown}{SPOKEN if of_twelve else ':'}{total % 60:02}"
