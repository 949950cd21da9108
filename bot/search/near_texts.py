"""Whose texts are near what was typed, of many at once."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract


class NearTexts:
    """Texts with the keys of those who bear them. RapidFuzz compares what was typed with all of them at once, in C."""

    def __init__(self, texts: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._keys: dict[str, set[str]] = {}
        for key, borne in texts:
            for text in borne:
                self._keys.setdefault(text, set()).add(key)

    def changed(
        self, gone: Iterable[tuple[str, Iterable[str]]], come: Iterable[tuple[str, Iterable[str]]]
    ) -> "NearTexts":
        """Return these texts without some that are here, and with others."""
        new = NearTexts(())
        new._keys = keys = dict(self._keys)
        for key, borne in gone:
            for text in borne:
                keys[text] = keys[text] - {key}
                if not keys[text]:
                    del keys[text]
        for key, borne in come:
            for text in borne:
                keys[text] = keys.get(text, set()) | {key}
        return new

    def near(self, typed: str, slips: int) -> set[str]:
        """Return the keys of those who bear a text that differs from ``typed`` by no more than ``slips``."""
        found: set[str] = set()
        for text, *_ in extract(typed, self._keys.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None):
            found |= self._keys[text]
        return found
