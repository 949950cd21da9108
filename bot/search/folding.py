"""What people type, folded: case, accents, apostrophes, punctuation, invisible marks make no difference."""

import re
import unicodedata
from typing import Final

from bot.languages import DEFINITIONS

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
# Letters that people who lack them write with two: "Djordje" is Đorđe, "Joergensen" Jørgensen, "Mueller" Müller.
_WITH_TWO_LETTERS: Final = str.maketrans(
    {
        "đ": "dj",
        "ø": "oe",
        "ö": "oe",
        "ü": "ue",
        "ä": "ae",
        "å": "aa",
        "č": "ch",
        "š": "sh",
        "ş": "sh",
        "ș": "sh",
        "ž": "zh",
    }
)
# The words that a country's name may have or lack, or have in another place: "Korea (the Republic of)".
_SMALL_WORDS: Final = frozenset(word for defined in DEFINITIONS.values() for word in defined.search.articles.split())
# The Arabic article: apart, joined by a hyphen or written together, and as it sounds before the next letter.
_SERVANT_OF: Final = re.compile(r"\babd ?[aeou]{1,2}[lrsdztn] ?(?=\w{3})")
_ARTICLE: Final = re.compile(r"\b(al|el) (?=\w{3})")
_MUHAMMAD: Final = re.compile(r"\bm[ou]u?ham+[ae]d\b")
_JOINING: Final = str.maketrans(dict.fromkeys("'’‘‛ʼʹ′`´.-‐‑", ""))  # noqa: RUF001
_INVISIBLE: Final = frozenset({"Mn", "Me", "Cf"})
_FIRST_INDICATOR: Final = "\N{REGIONAL INDICATOR SYMBOL LETTER A}"
_LAST_INDICATOR: Final = "\N{REGIONAL INDICATOR SYMBOL LETTER Z}"
_WITHOUT_WIDTH: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
_SPACES: Final = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


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
    """Return the folded spellings of a text, best first; none when nothing is left to compare.

    With its apostrophes, hyphens and dots as spaces, and with them left out: "Côte d'Ivoire" is
    "cote d ivoire" and "cote divoire", "U.K." is "u k" and "uk". Where letters are also written with two,
    the same so written: "Đorđe" is "dorde" and "djordje".
    """
    variants = [text, unicodedata.normalize("NFC", text.casefold()).translate(_WITH_TWO_LETTERS)]
    found = (normalise(written) for variant in variants for written in (variant, variant.translate(_JOINING)))
    return tuple(spelling for spelling in dict.fromkeys(found) if spelling)


def romanisations(text: str) -> tuple[str, ...]:
    """Return the further folded spellings of a person's Arabic name in Latin letters; none for other names.

    The article joined as it is written, and then in one way however it is written: "Abd el-Rahman" is
    "abdelrahman" and "abdalrahman", as are "Abdul Rahman" and "Abderrahman" in the second.
    """
    folded = normalise(text)
    muhammad = _MUHAMMAD.sub("muhammad", folded)
    joined = _ARTICLE.sub(r"\1", re.sub(r"\babd (?=[aeou])", "abd", muhammad))
    alike = _ARTICLE.sub("al", _SERVANT_OF.sub("abdal", muhammad))
    return tuple(spelling for spelling in dict.fromkeys((joined, alike)) if spelling not in ("", folded))


def name_key(text: str) -> str:
    """Return what a country's name shares with the same words in any order, with or without articles.

    "Korea (the Republic of)" and "la République de Corée" give the key of "Republic of Korea" and of
    "République de Corée". Empty when only articles are left.
    """
    return " ".join(sorted(word for word in normalise(text).split() if word not in _SMALL_WORDS))


def cleaned(text: str) -> str:
    """Return what somebody typed without what nobody sees: canonical letters, single plain spaces, none at the ends.

    Marks without width go (a zero-width space, a soft hyphen, directions of writing), but for the two that shape
    letters in Persian or Hindi names. Line breaks stay: not every place takes them.
    """
    seen = _WITHOUT_WIDTH.sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", seen).strip()


def person_key(name: str) -> str:
    """Return what two spellings of one person's name share: the same letters in the same order.

    Capitals, accents, hyphens and spaces of any kind make no difference. Empty only for an empty name.
    """
    return normalise(name).replace(" ", "") or cleaned(name)


def _fold_letter(character: str) -> str:
    if character.isalnum() or is_indicator(character):
        return character
    category = unicodedata.category(character)
    if category in _INVISIBLE:
        return ""
    return character if category == "Mc" else " "
