"""No role of its own: the names in a sentence, each with what it names."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot import names
from bot.search.folding import normalise
from bot.timeparse.cities import MORE_CITIES

Kind = str
"""What a name may be: seat, region, language, person, place (a city) or number."""
Names = Mapping[str, Mapping[str, str]]
"""What is named by each folded phrase, for each kind."""

_CODE: Final = re.compile(r"(?<![\w'’-])[A-Z]{2,4}(?![\w'’-])")
_SHORTEST_CODE: Final = 3
_SHORT_CODES: Final = {"EU": "EU", "US": "US", "UK": "GB", "UE": "EU", "DR": ""}
_ONE_SLIP_FROM: Final = 5
_TWO_SLIPS_FROM: Final = 8
_LONGEST_PHRASE: Final = 8
_LONGEST_NAME: Final = 4
_STRANGE: Final = 4
"""Words of a sentence that may be a name with a slip: looking for one takes a third of a millisecond each."""


@dataclass(frozen=True, slots=True)
class Spotted:
    """A name in a sentence: which words it takes up, and what it may be."""

    start: int
    end: int
    meanings: Mapping[Kind, str]


class Lexicon:
    """All that can be named: what the bot knows of the world, and the people of one network."""

    def __init__(
        self,
        named: Mapping[str, Mapping[Kind, str]],
        words: frozenset[str],
        titles: Container[str] = (),
        vocabulary: Container[str] = (),
    ) -> None:
        self._named = named
        self._words = words
        self._titles = titles
        self._vocabulary = vocabulary
        self._by_length: dict[int, list[str]] = {}
        for phrase in named:
            self._by_length.setdefault(len(phrase), []).append(phrase)

    def spot(self, text: str, tokens: list[str]) -> list[Spotted]:
        """Return the names among the folded ``tokens`` of ``text``, in order; none overlaps another."""
        found = self.spot_exactly(text, tokens)
        if any("number" not in one.meanings for one in found):
            return found
        return sorted([*found, *self._slipped(tokens)], key=lambda one: one.start)

    def spot_exactly(self, text: str, tokens: list[str]) -> list[Spotted]:
        """Return the names that are written without a slip, as :meth:`spot` does."""
        # "No" alone is an answer and no country, as is any short word that questions have.
        codes = {code: seat for code, seat in _codes(text).items() if len(tokens) > 1 or code not in self._words}
        people = {tuple(normalise(name).split()): name for name in self._unlisted(text)}
        found: list[Spotted] = []
        at = 0
        while at < len(tokens):
            one = self._at(tokens, at, codes) or self._person(tokens, at, people)
            if one is not None:
                found.append(one)
            at = one.end if one is not None else at + 1
        return found

    def _unlisted(self, text: str) -> Iterator[str]:
        """Yield what must be people's names though no directory has them: after a title, or two strange capitals."""
        words = [word.strip('.,;:!?()«»"“”¿¡') for word in text.split()]
        is_plain = not text.isupper()
        # "Who painted the Mona Lisa?" is not about somebody whom a directory may have: no question has its verb.
        is_usual = not any(self._is_strange(word, capital=False) for word in words if word[:1].islower())
        at = 0
        while at < len(words):
            has_title = at > 0 and normalise(words[at - 1]) in self._titles
            end = at
            while end < len(words) and end - at < _LONGEST_NAME and self._is_strange(words[end], capital=True):
                end += 1
            if end == at and has_title and self._is_strange(words[at], capital=False):
                end = at + 1
            if (end - at > 1 and is_plain and is_usual) or (end > at and has_title):
                yield " ".join(words[at:end])
            at = max(end, at + 1)

    def _is_strange(self, word: str, *, capital: bool) -> bool:
        folded = normalise(word)
        if not folded or (capital and not word[0].isupper()) or any(letter.isdigit() for letter in word):
            return False
        return not any(part in self._vocabulary or part in self._named for part in (folded, *folded.split()))

    @staticmethod
    def _person(tokens: list[str], at: int, people: Mapping[tuple[str, ...], str]) -> Spotted | None:
        for name, written in people.items():
            if tuple(tokens[at : at + len(name)]) == name:
                return Spotted(at, at + len(name), {"person": written})
        return None

    def _at(self, tokens: list[str], at: int, codes: Mapping[str, str]) -> Spotted | None:
        for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
            meanings = self._named.get(" ".join(tokens[at : at + length]))
            if meanings is not None:
                return Spotted(at, at + length, meanings)
        if tokens[at] in codes:
            return Spotted(at, at + 1, {"seat": codes[tokens[at]]})
        if tokens[at][0].isdigit():
            return Spotted(at, at + 1, {"number": tokens[at]})
        return None

    def _slipped(self, tokens: list[str]) -> list[Spotted]:
        """Return the one name that is written with a slip, where the words are none that questions use."""
        strange = [at for at, word in enumerate(tokens) if word not in self._words and word.isalpha()][:_STRANGE]
        for length in (3, 2, 1):
            for at in strange:
                phrase = " ".join(tokens[at : at + length])
                if len(phrase) < _ONE_SLIP_FROM or at + length > len(tokens):
                    continue
                meanings = self._near(phrase)
                if meanings is not None:
                    return [Spotted(at, at + length, meanings)]
        return []

    def _near(self, phrase: str) -> Mapping[Kind, str] | None:
        slips = 1 if len(phrase) < _TWO_SLIPS_FROM else 2
        near: list[tuple[int, str]] = []
        for length in range(len(phrase) - slips, len(phrase) + slips + 1):
            known = self._by_length.get(length, ())
            hits = extract(phrase, known, scorer=OSA.distance, score_cutoff=slips, limit=2)
            near += [(int(distance), name) for name, distance, _ in hits]
        if not near:
            return None
        best = min(distance for distance, _ in near)
        meant = {tuple(sorted(self._named[name].items())) for distance, name in near if distance == best}
        return dict(next(iter(meant))) if len(meant) == 1 else None


def lexicon(
    own_names: Names,
    people: Iterable[str],
    words: frozenset[str],
    titles: Container[str] = (),
    vocabulary: Container[str] = (),
) -> Lexicon:
    """Return what can be named: by ``own_names`` (of the sentences' folders), and the ``people`` of a network.

    ``words`` are those that questions use: they are never a name with a slip. ``titles`` stand before a name that no
    directory has; two words with a capital letter that are not of the ``vocabulary`` are such a name as well.
    """
    named = {phrase: dict(meanings) for phrase, meanings in _world().items()}
    for kind in ("region", "language", "seat"):
        for phrase, value in own_names.get(kind, {}).items():
            named.setdefault(phrase, {}).setdefault(kind, value)
    for person in people:
        folded = normalise(person)
        for phrase in (folded, *_family_names(folded)):
            if phrase and phrase not in words:
                named.setdefault(phrase, {}).setdefault("person", person)
    return Lexicon(named, words, titles, vocabulary)


def _family_names(folded: str) -> list[str]:
    parts = folded.split()
    return [parts[-1]] if len(parts) > 1 and len(parts[-1]) >= _ONE_SLIP_FROM - 1 else []


@cache
def _world() -> Mapping[str, Mapping[Kind, str]]:
    named: dict[str, dict[Kind, str]] = {}
    for code in names.delegations():
        for name in names.search_names(code):
            folded = normalise(name)
            if len(folded) > _SHORTEST_CODE or not name.isupper():
                named.setdefault(folded, {}).setdefault("seat", code)
    for zone, city in MORE_CITIES:
        for name in city.values():
            named.setdefault(normalise(name), {}).setdefault("place", zone)
    return named


@cache
def _world_codes() -> Mapping[str, str]:
    found = dict(_SHORT_CODES)
    for code in names.delegations():
        for name in names.search_names(code):
            if len(name) >= _SHORTEST_CODE and name.isalpha() and name.isupper():
                found.setdefault(name, code)
    return found


def _codes(text: str) -> Mapping[str, str]:
    """Return the codes in a sentence, folded, with what they stand for; none where all of it is in capitals."""
    if text.isupper() and len(text.split()) > 1:
        return {}
    known = _world_codes()
    found = {code.casefold(): known[code] for code in _CODE.findall(text) if known.get(code)}
    whole = text.strip()
    if len(whole) == 2 and whole.upper() in names.delegations():  # noqa: PLR2004 - a code alone
        found[whole.casefold()] = whole.upper()
    return found
