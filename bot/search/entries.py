"""What may be found by a search, prepared once to be found often."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from bot.search.folding import name_key, romanisations, spellings

SHORTEST_WITH_SLIP: Final = 4
_SHORTEST_CODE_WITH_ARTICLE: Final = 3


class TermKind(IntEnum):
    """What a term is to its entry; the lower weighs more."""

    CODE = 0
    NAME = 1
    ALIAS = 2
    PERSON = 3
    MINISTRY = 4
    SKILL = 5


@dataclass(frozen=True, slots=True)
class Term:
    """A text by which an entry may be found; it is folded once, here."""

    text: str
    kind: TermKind
    spellings: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        others = romanisations(self.text) if self.kind is TermKind.PERSON else ()
        object.__setattr__(self, "spellings", tuple(dict.fromkeys((*spellings(self.text), *others))))


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be found, by any of its terms; what the search needs is prepared once, here."""

    key: str
    terms: tuple[Term, ...]
    exact: dict[str, Term] = field(init=False, repr=False, compare=False)
    name_keys: dict[str, Term] = field(init=False, repr=False, compare=False)
    forms: tuple[tuple[str, Term], ...] = field(init=False, repr=False, compare=False)
    haystack: str = field(init=False, repr=False, compare=False)
    long_words: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        exact: dict[str, Term] = {}
        forms: dict[str, Term] = {}
        for term in sorted(self.terms, key=lambda term: term.kind):
            for spelling in term.spellings:
                exact.setdefault(spelling, term)
                if term.kind is not TermKind.CODE:
                    forms.setdefault(spelling, term)
        keys = {name_key(term.text): term for term in reversed(self.terms) if _has_key(term)}
        words = dict.fromkeys(word for form in forms for word in long_words(form.split()))
        object.__setattr__(self, "exact", exact)
        object.__setattr__(self, "name_keys", {key: term for key, term in keys.items() if key})
        object.__setattr__(self, "forms", tuple(forms.items()))
        object.__setattr__(self, "haystack", "".join(f"\n {form}" for form in forms))
        object.__setattr__(self, "long_words", tuple(words))


def _has_key(term: Term) -> bool:
    """Whether a term is a delegation's name, or a code that may stand with an article ("the USA")."""
    return term.kind in (TermKind.NAME, TermKind.ALIAS) or (
        term.kind is TermKind.CODE and len(term.text) >= _SHORTEST_CODE_WITH_ARTICLE
    )


def long_words(words: Iterable[str]) -> list[str]:
    """Return the words that are long enough for one letter to be wrong."""
    return [word for word in words if len(word) >= SHORTEST_WITH_SLIP]
