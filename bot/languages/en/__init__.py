"""English."""

from typing import Final

from bot.languages.definition import Definition, Places
from bot.languages.en.search import SEARCH
from bot.languages.en.times import TIMES

_TEENS: Final = range(11, 14)
_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}


def _ordinal(number: int) -> str:
    return f"{number}{'th' if number % 100 in _TEENS else _ENDINGS.get(number % 10, 'th')}"


LANGUAGE: Final = Definition(
    own_name="English",
    # CLDR's "en" is American: a comma before "and", and "March 12, 2027" for days. The United Nations write neither.
    list_locale="en_GB",
    discord_locale="en-GB",
    day_format="d MMMM y",
    ordinal=_ordinal,
    search=SEARCH,
    times=TIMES,
    places=Places(
        time_in=("^time in ", "(?: time| local time)$"),
        countries={
            "uk": ("GB",),
            "great britain": ("GB",),
            "england": ("GB",),
            "usa": ("US",),
            "uae": ("AE",),
            "turkey": ("TR",),
            "ivory coast": ("CI",),
            "czech republic": ("CZ",),
            "holland": ("NL",),
            "congo": ("CD", "CG"),
            "korea": ("KR", "KP"),
            "drc": ("CD",),
        },
    ),
)
