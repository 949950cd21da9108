"""What people type, folded: case, accents, apostrophes, punctuation, invisible marks make no difference."""

import unicodedata
from typing import Final

_SPELT_OUT: Final = str.maketrans(
    {
        "ø": "o",
        "œ": "oe",
        "æ": "ae",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ħ": "h",
        "\N{MODIFIER LETTER APOSTROPHE}": "'",
        "\N{MODIFIER LETTER PRIME}": "'",
    }
)
_JOINING: Final = str.maketrans(dict.fromkeys("'’‘‛ʼʹ′`´.-‐‑", ""))  # noqa: RUF001
_INVISIBLE: Final = frozenset({"Mn", "Me", "Cf"})
_FIRST_INDICATOR: Final = "\N{REGIONAL INDICATOR SYMBOL LETTER A}"
_LAST_INDICATOR: Final = "\N{REGIONAL INDICATOR SYMBOL LETTER Z}"


def is_indicator(character: str) -> bool:
    """Whether a character is one of the 26 regional indicators, two of which make a flag."""
    return _FIRST_INDICATOR <= character <= _LAST_INDICATOR


def normalise(text: str) -> str:
    """Fold text for comparison: lower-case letters without accents, digits, flags, single spaces between.

    Apostrophes (also U+2019), hyphens, dots and all other punctuation count as spaces; marks that no one sees
    (accents, directions of writing, joiners) count as nothing. Empty when nothing is left to compare.
    """
    return " ".join(fold_letters(text).split())


def fold_letters(text: str) -> str:
    """Fold each letter as :func:`normalise` does, but keep every space, for those who join the pieces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    # Once more: some letters have a case only after they are decomposed (mathematical capitals).
    decomposed = unicodedata.normalize("NFKD", decomposed.casefold()).translate(_SPELT_OUT)
    if decomposed.isascii():
        return "".join(character if character.isalnum() else " " for character in decomposed)
    return "".join(map(_fold_letter, decomposed))


def spellings(text: str) -> tuple[str, ...]:
    """Return the one or two folded spellings of a text, best first; none when nothing is left to compare.

    With its apostrophes, hyphens and dots as spaces, and with them left out: "Côte d'Ivoire" is
    "cote d ivoire" and "cote divoire", "U.K." is "u k" and "uk".
    """
    spaced = normalise(text)
    joined = normalise(text.translate(_JOINING))
    return tuple(spelling for spelling in dict.fromkeys((spaced, joined)) if spelling)


def _fold_letter(character: str) -> str:
    if character.isalnum() or is_indicator(character):
        return character
    category = unicodedata.category(character)
    if category in _INVISIBLE:
        return ""
    return character if category == "Mc" else " "
