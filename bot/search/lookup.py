"""The forgiving search: what a person typed, in any case, without accents, with a slip or two, best first.

What is certain and what is only near:

- Equal to a code, flag, name or other known term (``EXACT``): nothing else is a match, longer names are
  near. "Niger" is Niger, with Nigeria near; "Guinea" is Guinea; "Congo" is the Congo that bears that name,
  with the Democratic Republic near. A name is equal to the same words in another order and with or without
  articles: "Korea (the Republic of)".
- Else a beginning of a term (``PREFIX``), or of words in it in any order (``WORDS``): all of these are
  matches, so "Guin" or "Korea" is a list to pick from.
- Else a slip (``TYPO``: letters missing, added, wrong or swapped; one from five letters, two from seven):
  the closest are matches, the others near. With four letters a slip is only near, with fewer it is none:
  "Ivan" is not Iran.
- Else a name with other words around it (``WITHIN``: "the delegation of Denmark"), and what looks alike
  (``SIMILAR``), is near and never a match.

Codes are only ever matched whole. Nothing here knows what the keys stand for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract, extractOne

from bot.search.entries import SHORTEST_WITH_SLIP, Entry, Term, TermKind, long_words
from bot.search.folding import is_indicator, name_key, romanisations, spellings
from bot.search.near_texts import NearTexts

LONGEST_TYPED: Final = 200
"""Characters: what is longer is no name, and finds nothing."""

_ONE_SLIP_FROM: Final = 5
_TWO_SLIPS_FROM: Final = 7
_LEAST_ALIKE: Final = 62.0


class Match(IntEnum):
    """How a term was met; the lower is the better."""

    EXACT = 0
    PREFIX = 1
    WORDS = 2
    TYPO = 3
    WITHIN = 4
    SIMILAR = 5


_STANDING: Final = {
    TermKind.CODE: 0,
    TermKind.NAME: 0,
    TermKind.ALIAS: 0,
    TermKind.PERSON: 1,
    TermKind.MINISTRY: 2,
    TermKind.SKILL: 2,
}


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found: by which term, how, and with how many slips."""

    key: str
    term: Term
    match: Match
    slips: int = 0
    partial: bool = False
    """Whether the slips were in words of the term, not in the whole of it."""

    @property
    def strength(self) -> tuple[int, int, bool]:
        """How well it matches, whatever the term is; the lower is the better."""
        return (self.match, self.slips, self.partial)

    @property
    def standing(self) -> int:
        """What was met: 0 the entry's own codes and names, 1 a person, 2 what a person does."""
        return _STANDING[self.term.kind]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to: one match is the answer, several are to pick from, near ones to be offered."""

    matches: tuple[Hit, ...]
    near: tuple[Hit, ...]

    @property
    def only(self) -> Hit | None:
        """The match, where there is exactly one."""
        return self.matches[0] if len(self.matches) == 1 else None


NOTHING: Final = Found((), ())


@dataclass(frozen=True, slots=True)
class _Typed:
    spellings: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    name_key: str


class Index:
    """Entries that are searched often and never change; what finds them is prepared when first needed.

    ``before``: an index of which most entries are in this one. What it had prepared is kept for those.
    """

    def __init__(self, entries: Iterable[Entry], before: "Index | None" = None) -> None:
        self.entries = tuple(entries)
        if before is not None:
            self._keep(before)

    def _keep(self, before: "Index") -> None:
        here, there = ({id(entry): entry for entry in index.entries} for index in (self, before))
        gone = [entry for which, entry in there.items() if which not in here]
        come = [entry for which, entry in here.items() if which not in there]
        for name, texts in _TEXTS.items():
            if (prepared := before.__dict__.get(name)) is not None:
                self.__dict__[name] = prepared.changed(map(texts, gone), map(texts, come))

    @cached_property
    def _exact(self) -> tuple[Mapping[str, Sequence[Hit]], Mapping[str, Sequence[Hit]]]:
        exact: dict[str, list[Hit]] = {}
        name_keys: dict[str, list[Hit]] = {}
        for entry in self.entries:
            for known, terms in ((exact, entry.exact), (name_keys, entry.name_keys)):
                for text, term in terms.items():
                    known.setdefault(text, []).append(Hit(entry.key, term, Match.EXACT))
        return exact, name_keys

    @cached_property
    def _forms(self) -> NearTexts:
        return NearTexts(map(_forms_of, self.entries))

    @cached_property
    def _long_words(self) -> NearTexts:
        return NearTexts(map(_long_words_of, self.entries))

    def begun(self, query: "_Typed") -> Mapping[str, set[str]]:
        """Return, for each word that was typed, the keys of the entries of which a word begins so."""
        words = {word for words in query.words for word in words}
        return {word: {entry.key for entry in self.entries if f" {word}" in entry.haystack} for word in words}

    def may_be_slips(self, query: "_Typed", begun: Mapping[str, set[str]]) -> set[str]:
        """Return the keys of the entries that may be met by a slip; no other is."""
        found: set[str] = set()
        for spelling, words in zip(query.spellings, query.words, strict=True):
            allowed = _slips_allowed(len(spelling))
            if allowed:
                found |= self._forms.near(spelling, allowed)
                first, *others = (begun[word] | self._with_word_alike(word) for word in words)
                found |= first.intersection(*others)
        return found

    def _with_word_alike(self, word: str) -> set[str]:
        return self._long_words.near(word, _slips_allowed(len(word))) if len(word) >= _ONE_SLIP_FROM else set()

    def may_be_met(self, query: "_Typed", begun: Mapping[str, set[str]], slips: set[str]) -> list[Entry]:
        """Return the entries that may be met, by a slip those of ``slips``, in order; no other is."""
        found = set(slips)
        for words in query.words:
            first, *others = (begun[word] for word in words)
            found |= first.intersection(*others)
        texts = {*query.spellings, *begun}
        return [
            entry
            for entry in self.entries
            if entry.key in found or not entry.exact.keys().isdisjoint(texts) or query.name_key in entry.name_keys
        ]

    def whole(self, typed: str) -> tuple[Hit, ...]:
        """Return what ``typed`` names exactly, each entry once, as :func:`find` would, without searching."""
        query = _read(typed)
        if query is None:
            return ()
        exact, name_keys = self._exact
        hits = [hit for spelling in query.spellings for hit in exact.get(spelling, ())]
        hits += name_keys.get(query.name_key, ())
        best = min((hit.standing for hit in hits), default=0)
        return tuple({hit.key: hit for hit in reversed(hits) if hit.standing == best}.values())


def _forms_of(entry: Entry) -> tuple[str, Sequence[str]]:
    return entry.key, [form for form, _ in entry.forms]


def _long_words_of(entry: Entry) -> tuple[str, Sequence[str]]:
    return entry.key, entry.long_words


_TEXTS: Final = {"_forms": _forms_of, "_long_words": _long_words_of}
"""What of an index is kept for the next one, and what it is made of."""


def search(entries: Iterable[Entry] | Index, typed: str, limit: int | None = None) -> list[Hit]:
    """Return at most ``limit`` hits (None: all), best first, each entry once; equals keep the entries' order.

    What only looks alike is given when there is nothing better. Nothing comparable finds nothing.
    """
    query = _read(typed)
    return _ranked(entries, query)[:limit] if query else []


def find(entries: Iterable[Entry] | Index, typed: str, *, looks_alike: bool = True) -> Found:
    """Return what is certainly meant and what is near it, each best first; the module says which is which.

    Without ``looks_alike``, what only looks alike is not looked for where nothing else is found.
    """
    query = _read(typed)
    hits = _ranked(entries, query, looks_alike=looks_alike) if query else []
    if not query or not hits:
        return NOTHING
    best = hits[0]
    if best.match is Match.EXACT:
        chosen = [hit for hit in hits if hit.match is Match.EXACT and hit.standing == best.standing]
    elif best.match in (Match.PREFIX, Match.WORDS):
        chosen = [hit for hit in hits if hit.match in (Match.PREFIX, Match.WORDS)]
    elif best.match is Match.TYPO and max(map(len, query.spellings)) >= _ONE_SLIP_FROM:
        chosen = [hit for hit in hits if hit.strength == best.strength]
    else:
        chosen = []
    keys = {hit.key for hit in chosen}
    return Found(tuple(chosen), tuple(hit for hit in hits if hit.key not in keys))


def _ranked(entries: Iterable[Entry] | Index, query: _Typed, *, looks_alike: bool = True) -> list[Hit]:
    index = entries if isinstance(entries, Index) else Index(entries)
    begun = index.begun(query)
    slips = index.may_be_slips(query, begun)
    likely = index.may_be_met(query, begun, slips)
    hits = [hit for entry in likely if (hit := _meet(entry, query, may_slip=entry.key in slips)) is not None]
    hits.sort(key=lambda hit: (hit.strength, hit.term.kind))
    return hits or (_alike(index.entries, query) if looks_alike else [])


def _read(typed: str) -> _Typed | None:
    if len(typed) > LONGEST_TYPED:
        return None
    found = tuple(dict.fromkeys(map(_without_flag, (*spellings(typed), *romanisations(typed)))))
    if not found:
        return None
    return _Typed(found, tuple(tuple(spelling.split()) for spelling in found), name_key(found[0]))


def _without_flag(spelling: str) -> str:
    """Leave out a flag that stands beside a name; alone, it is what was typed."""
    return " ".join(word for word in spelling.split() if not is_indicator(word[0])) or spelling


def _slips_allowed(length: int) -> int:
    if length < SHORTEST_WITH_SLIP:
        return 0
    return 1 if length < _TWO_SLIPS_FROM else 2


def _meet(entry: Entry, query: _Typed, *, may_slip: bool) -> Hit | None:
    for spelling in query.spellings:
        if (term := entry.exact.get(spelling)) is not None:
            return Hit(entry.key, term, Match.EXACT)
    if (term := entry.name_keys.get(query.name_key)) is not None:
        return Hit(entry.key, term, Match.EXACT)
    for spelling in query.spellings:
        if f"\n {spelling}" in entry.haystack:
            return Hit(entry.key, _first(entry, spelling), Match.PREFIX)
    for words in query.words:
        if (term := _by_words(entry, words)) is not None:
            return Hit(entry.key, term, Match.WORDS)
    if not may_slip:
        return None
    return min(_slipped(entry, query), key=lambda hit: (hit.strength, hit.term.kind), default=None)


def _first(entry: Entry, beginning: str) -> Term:
    return next(term for form, term in entry.forms if form.startswith(beginning))


def _by_words(entry: Entry, words: tuple[str, ...]) -> Term | None:
    """Return the term that has most of the words, where the entry has all; a lone letter is no word.

    The code may stand beside a whole name, as in "Denmark (DK)"; "Soudan du Sd" is no name with Sudan's code.
    """
    if max(map(len, words)) == 1:
        return None
    others = [word for word in words if f" {word}" not in entry.haystack]
    if not all(word in entry.exact for word in others):
        return None
    if others:
        return entry.exact.get(" ".join(word for word in words if word not in others))
    counts = ((sum(f" {word}" in f" {form}" for word in words), term) for form, term in entry.forms)
    return max(counts, key=lambda counted: counted[0])[1]


def _slipped(entry: Entry, query: _Typed) -> Iterator[Hit]:
    for spelling, words in zip(query.spellings, query.words, strict=True):
        length = len(spelling)
        allowed = _slips_allowed(length)
        if not allowed:
            continue
        for form, term in entry.forms:
            if -allowed <= len(form) - length <= allowed:
                most = min(allowed, _slips_allowed(len(form)))
                slips = OSA.distance(spelling, form, score_cutoff=most)
                if slips <= most:
                    yield Hit(entry.key, term, Match.TYPO, slips)
        yield from _slipped_words(entry, words)


def _slipped_words(entry: Entry, words: tuple[str, ...]) -> Iterator[Hit]:
    for word in words:
        if f" {word}" not in entry.haystack and _closest(word, entry.long_words) is None:
            return
    for form, term in entry.forms:
        slips = _slips_within(form.split(), words)
        if slips is not None:
            yield Hit(entry.key, term, Match.TYPO, slips, partial=True)


def _slips_within(form: list[str], words: tuple[str, ...]) -> int | None:
    """Count the slips of words that are, begin or nearly are words of one form; None if one is none of it."""
    total = 0
    for word in words:
        if any(candidate.startswith(word) for candidate in form):
            continue
        slips = _closest(word, long_words(form))
        if slips is None:
            return None
        total += slips
    return total if total <= _slips_allowed(_TWO_SLIPS_FROM) else None


def _closest(word: str, candidates: Iterable[str]) -> int | None:
    allowed = _slips_allowed(len(word))
    if len(word) < _ONE_SLIP_FROM:
        return None
    closest = extractOne(word, candidates, scorer=OSA.distance, score_cutoff=allowed)
    if closest is None:
        return None
    candidate, slips, _ = closest
    return int(slips) if slips <= _slips_allowed(len(candidate)) else None


def _alike(entries: Iterable[Entry], query: _Typed) -> list[Hit]:
    """Return names that stand within what was typed, the longest first, then names that look like it."""
    met: list[tuple[Match, float, Hit]] = []
    for entry in entries:
        named = {form: term for form, term in entry.forms if term.kind <= TermKind.PERSON}
        within = max((form for form in named if _stands_within(form, query)), key=len, default=None)
        if within is not None:
            met.append((Match.WITHIN, -len(within), Hit(entry.key, named[within], Match.WITHIN)))
        elif (closest := _most_alike(list(named), query)) is not None:
            form, alike = closest
            met.append((Match.SIMILAR, -alike, Hit(entry.key, named[form], Match.SIMILAR)))
    met.sort(key=lambda scored: scored[:2])
    return [hit for *_, hit in met]


def _stands_within(form: str, query: _Typed) -> bool:
    if len(form) < SHORTEST_WITH_SLIP:
        return False
    return any(f" {form} " in f" {spelling} " for spelling in query.spellings)


def _most_alike(forms: list[str], query: _Typed) -> tuple[str, float] | None:
    closest = [
        (form, alike)
        for spelling in query.spellings
        if len(spelling) >= SHORTEST_WITH_SLIP
        for form, alike, _ in extract(spelling, forms, scorer=fuzz.ratio, score_cutoff=_LEAST_ALIKE, limit=1)
    ]
    return max(closest, key=lambda scored: scored[1], default=None)
