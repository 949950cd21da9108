"""Spanish."""

import re
from typing import Final

from bot.languages.definition import AFTER, Definition, Places
from bot.languages.es.search import SEARCH
from bot.languages.es.times import TIMES


def _ordinal(number: int) -> str:
    # "Reunión" is feminine.
    return f"{number}.ª"


_SOUNDS_AS_I: Final = re.compile(r"\W*h?[ií](?![aeo])", re.IGNORECASE)


def _listed(joined: str, last: str) -> str:
    # "Y" becomes "e" before the sound of i: "Grecia e Irán", but "agua y hielo".
    before = joined.removesuffix(f"y {last}")
    return f"{before}e {last}" if before != joined and _SOUNDS_AS_I.match(last) else joined


LANGUAGE: Final = Definition(
    own_name="Español",
    list_locale="es",
    discord_locale="es-ES",
    day_format="d 'de' MMMM 'de' y",
    ordinal=_ordinal,
    listed=_listed,
    sorts_as={"ñ": f"n{AFTER}"},
    search=SEARCH,
    times=TIMES,
    places=Places(
        time_in=("^hora (?:de |del )",),
        cities={
            "New York City": "Ciudad de Nueva York",
            "Rio de Janeiro": "Río de Janeiro",
            "Mumbai": "Bombay",
            "Frankfurt": "Fráncfort",
            "Edinburgh": "Edimburgo",
            "Strasbourg": "Estrasburgo",
            "Milan": "Milán",
        },
        countries={"eeuu": ("US",), "ee uu": ("US",), "corea": ("KR", "KP")},
    ),
)
