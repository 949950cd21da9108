"""The order of lists: the alphabet of the reader's language, organisations after states."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from bot.languages import DEFINITIONS, Language
from bot.names.table import kind_of
from bot.search.folding import fold_letters

_STATE_CODE_LENGTH: Final = 2


def collation_key(text: str, language: Language) -> tuple[str, str]:
    """Return what sorts texts by the alphabet of a language: é as e, in Spanish ñ after n.

    Accents decide between words that are otherwise equal; parentheses and articles stay where they stand.
    """
    folded = unicodedata.normalize("NFC", text).casefold()
    own_letters = DEFINITIONS[language].sorts_as
    pieces = _own_letters(language).split(folded) if own_letters else [folded]
    letters = "".join(own_letters.get(piece) or fold_letters(piece) for piece in pieces)
    return (" ".join(letters.split()), folded)


@cache
def _own_letters(language: Language) -> re.Pattern[str]:
    return re.compile(f"([{''.join(DEFINITIONS[language].sorts_as)}])")


@lru_cache(maxsize=4096)
def order_key(code: str, display_name: str, language: Language) -> tuple[bool, tuple[str, str], str]:
    """Return what sorts delegations for a reader by the names that are shown: states, then organisations.

    A code that the table does not have is a state's when it has two letters.
    """
    kind = kind_of(code) or ("state" if len(code) == _STATE_CODE_LENGTH else "organisation")
    return (kind == "organisation", collation_key(display_name, language), code)
