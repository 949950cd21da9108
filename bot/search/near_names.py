"""Names of persons that may be the same name written otherwise: to ask about, never to act on.

Near are two names that differ in one letter (missing, added, wrong, or swapped with its neighbour), in the order of
their words, or in one word in the middle that one of them lacks. Figures must be equal.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from rapidfuzz.distance import OSA

from bot.search.folding import normalise, person_key

_SLIPS_FROM: Final = 6
"""Letters of the whole name from which one may be wrong: Li Na is not Li Ma."""
_WORDS_TO_LACK_ONE: Final = 3


class NearNames:
    """Some names, each with what it belongs to; finding those near another costs the same for two and for thousands."""

    def __init__(self) -> None:
        self._wholes: dict[int, str] = {}
        self._by_slip: defaultdict[str, set[int]] = defaultdict(set)
        self._by_fewer_words: defaultdict[str, set[int]] = defaultdict(set)

    def add(self, owner: int, name: str) -> None:
        """Take in a name and the number of whom it belongs to."""
        whole = _whole(name)
        self._wholes[owner] = whole
        for slip in _slips(whole):
            self._by_slip[slip].add(owner)
        for fewer in _with_a_word_less(name):
            self._by_fewer_words[fewer].add(owner)

    def near(self, name: str) -> list[int]:
        """Return to whom names near this one belong, in the order of their numbers; not those of the same letters."""
        whole = _whole(name)
        found = {owner for slip in _slips(whole) for owner in self._by_slip.get(slip, ())}
        # Two names may share a piece and differ in two letters.
        found = {owner for owner in found if OSA.distance(whole, self._wholes[owner]) <= 1}
        found |= self._by_fewer_words.get(whole, set())
        for fewer in _with_a_word_less(name):
            found |= {owner for owner in self._by_slip.get(fewer, ()) if self._wholes[owner] == fewer}
        return sorted(found)


def are_near(one: str, other: str) -> bool:
    """Whether two names are near each other and not the same."""
    names = NearNames()
    names.add(0, one)
    return person_key(one) != person_key(other) and bool(names.near(other))


def _whole(name: str) -> str:
    return "".join(sorted(normalise(name).split()))


def _slips(whole: str) -> Iterator[str]:
    if whole:
        yield whole
    if len(whole) >= _SLIPS_FROM:
        yield from (whole[:n] + whole[n + 1 :] for n, letter in enumerate(whole) if not letter.isdigit())


def _with_a_word_less(name: str) -> Iterator[str]:
    words = normalise(name).split()
    if len(words) >= _WORDS_TO_LACK_ONE:
        # The first and the last are the name by which somebody is known.
        yield from ("".join(sorted(words[:n] + words[n + 1 :])) for n in range(1, len(words) - 1))
