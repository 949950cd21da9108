"""The words of dates and times in all working languages, put together for the patterns of this package."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from bot.languages import DEFINITIONS
from bot.languages.definition import Times

TIMES: Final[tuple[Times, ...]] = tuple(defined.times for defined in DEFINITIONS.values())


def each(field: Callable[[Times], str | Iterable[str] | None]) -> tuple[str, ...]:
    """Return what ``field`` gives in every language, each once: a pattern, or several; None is none."""
    found: list[str] = []
    for times in TIMES:
        given = field(times)
        found += [given] if isinstance(given, str) else given or ()
    return tuple(dict.fromkeys(found))


def any_of(field: Callable[[Times], str | Iterable[str] | None]) -> str:
    """Return one pattern for what ``field`` gives in any language: "(?:days?|jours?|dias?)"."""
    return f"(?:{'|'.join(each(field))})"


def words(field: Callable[[Times], str]) -> frozenset[str]:
    """Return the words that ``field`` gives in any language, written there with spaces between."""
    return frozenset(word for times in TIMES for word in field(times).split())


def merged(field: Callable[[Times], Mapping[str, int]]) -> dict[str, int]:
    """Return the numbers by word that ``field`` gives, of all languages."""
    return {word: number for times in TIMES for word, number in field(times).items()}


NUMBERS: Final = {word: number for times in TIMES for number, forms in times.numbers.items() for word in forms.split()}
"""Each number that people write in words, by its folded words; the articles that mean one among them."""

NUMBER: Final = "|".join(sorted((re.escape(word) for word in NUMBERS), key=len, reverse=True))
"""Any of them, for a pattern."""
