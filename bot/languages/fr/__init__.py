"""French."""

import re
from typing import Final

from bot.languages.definition import Definition, Places
from bot.languages.fr.search import SEARCH
from bot.languages.fr.times import TIMES


def _ordinal(number: int) -> str:
    # "Réunion" is feminine.
    return "1re" if number == 1 else f"{number}e"


def _typeset(text: str) -> str:
    """Return ``text`` with spaces that break no line before a colon, and the apostrophe that people type to search."""
    return re.sub(r"(?<=«) | (?=[:;?!»])|(?<=\d) (?=h\b)", "\u00a0", text.replace("’", "'"))


LANGUAGE: Final = Definition(
    own_name="Français",
    list_locale="fr",
    discord_locale="fr",
    day_format="d MMMM y",
    # "1er mai", which CLDR's patterns cannot say.
    first_of_month="1er",
    ordinal=_ordinal,
    typeset=_typeset,
    search=SEARCH,
    times=TIMES,
    places=Places(
        time_in=("^heure (?:de |du |d'|des )",),
        cities={
            "Trinidad": "Trinité",
            "Montreal": "Montréal",
            "Frankfurt": "Francfort",
            "Edinburgh": "Édimbourg",
        },
        countries={"hollande": ("NL",), "coree": ("KR", "KP"), "rdc": ("CD",)},
    ),
)
