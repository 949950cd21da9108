"""Spanish."""

from typing import Final

from bot.languages.definition import AFTER, Definition, Places
from bot.languages.es.search import SEARCH
from bot.languages.es.times import TIMES


def _ordinal(number: int) -> str:
    # "Reunión" is feminine.
    return f"{number}.ª"


LANGUAGE: Final = Definition(
    own_name="Español",
    list_locale="es",
    discord_locale="es-ES",
    day_format="d 'de' MMMM 'de' y",
    ordinal=_ordinal,
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
