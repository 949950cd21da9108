"""What a person typed, when and where: folded into words that the readers of this package look for."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel import Locale

from bot.languages import DEFINITIONS, LANGUAGES, Language
from bot.texts import Reader
from bot.timeparse.vocabulary import merged

LONGEST: Final = 200
"""More characters than any date, time or duration takes; beyond them nothing is read."""

_QUOTED: Final = 80
_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class TypedText:
    """Typed text with all that its reading depends on: the instant, the zone and the reader's language.

    ``among`` are the first and the last of the days of which one must be meant (None: any): of two readings of a day
    they decide, where only one of the two is among them.
    """

    typed: str
    now: datetime
    zone: str
    language: Language
    among: tuple[date, date] | None = None

    @property
    def today(self) -> date:
        """The calendar day it is in the zone."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    @property
    def quoted(self) -> str:
        """What was typed, short enough to stand in a sentence."""
        return quotable(self.typed)

    @property
    def reader(self) -> Reader:
        """Who reads the answer."""
        return Reader(self.language, self.zone)


def quotable(typed: str) -> str:
    """Return ``typed`` on one line, cut at 80 characters."""
    line = _SPACES.sub(" ", typed).strip()
    return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"


def folded(typed: str) -> str:
    """Return ``typed`` in small letters, without accents, invisible characters or typographic signs."""
    text = unicodedata.normalize("NFKD", typed.replace("\u2019", "'").replace("\u02bc", "'"))
    text = "".join(c for c in text if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return _SPACES.sub(" ", _DASHES.sub("-", text)).strip().casefold()


@cache
def months() -> dict[str, int]:
    """Return the months' names and abbreviations in every working language, folded, as 1 to 12."""
    return _names("months") | merged(lambda times: times.more_months)


@cache
def _weekdays() -> dict[str, int]:
    # Monday is 0, in CLDR's data as Babel has it and in datetime.
    names = _names("days") | merged(lambda times: times.more_weekdays)
    return {name: day for name, day in names.items() if name not in months()}


def weekday(word: str, language: Language) -> int | None:
    """Return the day of the week that the folded ``word`` names (Monday is 0), or None.

    "mar" is March in English, and Tuesday too in French and Spanish: the reader's language breaks the tie.
    """
    own = DEFINITIONS[language].times.weekdays_like_months
    return own[word] if word in own else _weekdays().get(word)


def _names(kind: Literal["months", "days"]) -> dict[str, int]:
    found: dict[str, int] = {}
    for language in LANGUAGES:
        locale = Locale(language)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names = (locale.months if kind == "months" else locale.days)[context][width]
                found |= {folded(name).rstrip("."): number for number, name in names.items()}
    return found
