"""The words of a text and of a question, as the shelf's search compares them.

Accents, case and the shape of the apostrophe do not count; endings do not count in the working languages
(Snowball's stemmers); an ordinal is the same in figures and in letters ("9th", "ninth", "9e", "noveno").
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, Protocol, cast

from bot.languages import DEFINITIONS, LANGUAGES, Language, language_of_locale
from bot.search.folding import normalise
from bot.texts import Markdown, escaped
from storage.resources.models import NewResource, SearchTerm, SearchText

WORD: Final = re.compile(r"[^\W_]+")
_SEARCH: Final = [defined.search for defined in DEFINITIONS.values()]
_ORDINAL: Final = re.compile(
    rf"(\d{{1,3}})(?:{'|'.join(ending for words in _SEARCH for ending in words.ordinal_endings.split())})"
)
_SMALL: Final = frozenset(word for words in _SEARCH for word in words.small.split())
_RECENT: Final = frozenset(word for words in _SEARCH for word in words.recent.split())
_ORDINALS: Final = {
    word: str(number) for words in _SEARCH for number, forms in words.ordinals.items() for word in forms.split()
}
_KINDS: Final[Mapping[str, str]] = {kind: " ".join(words.kinds[kind] for words in _SEARCH) for kind in _SEARCH[0].kinds}
"""What people call each kind of document, in all languages."""


_SHORTEST_PART: Final = 3
_COMPOUND: Final = 8
"""Letters from which a word may be two that were written together."""
_LONGEST_COMPOUND: Final = 40
"""Letters up to which it may: what is longer would be looked for in as many ways as it has letters."""


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - Snowball's name


@cache
def _stemmer(language: Language) -> _Stemmer:
    import snowballstemmer  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs] - thirty languages, only for who searches

    return cast(_Stemmer, snowballstemmer.stemmer(DEFINITIONS[language].search.stemmer))  # pyright: ignore[reportUnknownMemberType]


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order; an apostrophe ends a word, a flag is none."""
    return [word for word in normalise(text).split() if word.isalnum()]


def folded(word: str) -> str:
    """Return one word as it is compared."""
    return "".join(words(word))


@lru_cache(maxsize=20_000)
def stem(word: str, language: Language) -> str:
    """Return the folded stem of a word in ``language``, marked with the language so that no two ever meet."""
    return language + folded(_stemmer(language).stemWord(word))


def ordinal(word: str) -> str | None:
    """Return the token that an ordinal shares in figures and letters, or None for any other folded word."""
    number = _ORDINALS.get(word)
    if number is None and (figures := _ORDINAL.fullmatch(word)):
        number = figures.group(1)
    return f"nth{number}" if number is not None else None


def _spoken(text: str) -> list[str]:
    # Snowball knows accents, which the folding takes away: stemmed as written, folded after.
    return WORD.findall(unicodedata.normalize("NFC", text.replace("\u2019", "'")).casefold())


def stems(text: str, languages: Iterable[Language] = LANGUAGES) -> list[str]:
    """Return the stems of ``text`` in each of ``languages``, with its ordinals."""
    spoken = _spoken(text)
    found = [stem(word, language) for language in languages for word in spoken]
    return found + [token for word in words(text) if (token := ordinal(word))]


def search_text(resource: NewResource) -> SearchText:
    """Return what the search knows of a resource. A title in no language of ours is stemmed in each of them."""
    language = language_of_locale(resource.language)
    kinds = _KINDS[resource.category]
    return SearchText(
        title=_joined(resource.title),
        authors=_joined(*resource.authors),
        tags=_joined(*resource.tags),
        category=_joined(resource.category, kinds),
        year=str(resource.year or ""),
        published=_joined(resource.published, resource.doi),
        description=_joined(*resource.descriptions.values()),
        title_stems=" ".join(stems(resource.title, (language,) if language else LANGUAGES)),
        stems=" ".join(
            [
                *stems(" ".join((*resource.tags, kinds))),
                *(s for code, text in resource.descriptions.items() if (spoken := language_of_locale(code))
                  for s in stems(text, (spoken,))),
            ]
        ),
    )  # fmt: skip


def terms(question: str) -> list[SearchTerm]:
    """Return what to look for: the telling words of a question, none where it has only common ones.

    Two words beside each other are also looked for written as one: "peace-building" finds "peacebuilding".
    """
    spoken = _spoken(question)
    joined: dict[str, list[str]] = {word: [] for word in spoken if folded(word) not in _SMALL | _RECENT}
    for first, second in pairwise(spoken):
        if first in joined and second in joined:
            joined[first].append(folded(first + second))
            joined[second].append(folded(first + second))
    return [term(word, together) for word, together in joined.items()]


def asks_for_the_newest(question: str) -> bool:
    """Tell whether the question says "the latest", "le dernier", "la última"."""
    return not _RECENT.isdisjoint(words(question))


def term(word: str, together: Sequence[str] = ()) -> SearchTerm:
    """Return how one word is looked for: as the beginning of a word, in two words, or as any form of it.

    A long word is also found where it is written as two ("peacebuilding" in "peace-building"); ``together`` has
    what the word makes with its neighbours.
    """
    plain = folded(word)
    number = ordinal(plain)
    parted = (f"{plain[:at]} {plain[at:]}" for at in range(_SHORTEST_PART, len(plain) - _SHORTEST_PART + 1))
    beginnings = (
        (plain, *together, *(parted if _COMPOUND <= len(plain) <= _LONGEST_COMPOUND else ()))
        if len(plain) > 1
        else tuple(together)
    )
    exact = () if len(plain) > 1 else (plain,)
    forms = {stem(form, language) for form in (word, plain) for language in LANGUAGES}
    return SearchTerm(plain, beginnings, exact, (*sorted(forms), *((number,) if number else ())))


def marked(text: str, sought: Iterable[SearchTerm]) -> Markdown:
    """Return ``text`` escaped, with the words that answer to a term in bold."""
    sought = list(sought)
    parts: list[str] = []
    end = 0
    for match in WORD.finditer(text):
        word = match.group()
        parts.append(escaped(text[end : match.start()]))
        parts.append(f"**{word}**" if any(_answers(word, one) for one in sought) else word)
        end = match.end()
    parts.append(escaped(text[end:]))
    return Markdown("".join(parts).replace("****", ""))


def _answers(word: str, sought: SearchTerm) -> bool:
    plain, its_stems = _compared(word)
    if plain in sought.exact or plain.startswith(sought.beginnings or ("\0",)):
        return True
    return not its_stems.isdisjoint(sought.stems)


@lru_cache(maxsize=20_000)
def _compared(word: str) -> tuple[str, frozenset[str]]:
    return folded(word), frozenset(stems(word))


def _joined(*texts: str) -> str:
    return " ".join(word for text in texts for word in words(text))
