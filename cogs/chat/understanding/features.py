"""No role of its own: what a classifier sees of a sentence, so that a slip changes little."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from bot.search.folding import normalise

PIECES: Final = (3, 4)
"""Letters of the pieces of a word, whose ends count as letters."""
LONGEST_WORD: Final = 24


def features(text: str) -> list[str]:
    """Return the features of a folded sentence, each once, in a fixed order."""
    return list(dict.fromkeys(_all(text.split())))


def folded(text: str) -> str:
    """Return a sentence as it is compared: see :func:`bot.search.folding.normalise`."""
    return normalise(text)


def _all(words: list[str]) -> Iterator[str]:
    marked = ["^", *words, "$"]
    yield from (f"{one} {other}" for one, other in pairwise(marked))
    for word in words:
        yield word
        if not word.startswith("x") or word not in PLACEHOLDERS:
            ended = f"‹{word[:LONGEST_WORD]}›"
            for length in PIECES:
                yield from (ended[start : start + length] for start in range(len(ended) - length + 1))


PLACEHOLDERS: Final = frozenset({"xseat", "xregion", "xlanguage", "xperson", "xplace", "xnumber", "xlink"})
"""What stands in a sentence for the names that were found in it."""
