"""No role of its own: what was learned from the questions, as one file holds it.

A linear classifier: the score of an intent is the sum of its weights for the features of a sentence.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, cast

from cogs.chat.understanding.features import features

_FILE: Final = "learned.json"
SCALE: Final = 20
"""Weights are kept as whole numbers, in twentieths."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """Labels, and for each known feature the numbers of labels with their weights, one after the other."""

    labels: Sequence[str]
    bias: Sequence[float]
    weights: Mapping[str, Sequence[int]]

    def ranked(self, text: str) -> list[tuple[str, float]]:
        """Return the labels of a folded text, each with its probability, the likeliest first."""
        seen = features(text)
        sums = [0] * len(self.labels)
        for feature in seen:
            pairs = self.weights.get(feature, ())
            for at in range(0, len(pairs), 2):
                sums[pairs[at]] += pairs[at + 1]
        # What nobody wrote in a sentence counts as well: it makes every label less certain.
        unit = SCALE * math.sqrt(len(seen) or 1)
        scores = [total / unit + bias for total, bias in zip(sums, self.bias, strict=True)]
        most = max(scores)
        powers = [math.exp(score - most) for score in scores]
        whole = sum(powers)
        found = [(label, power / whole) for label, power in zip(self.labels, powers, strict=True)]
        return sorted(found, key=lambda pair: -pair[1])


@dataclass(frozen=True, slots=True)
class Learned:
    """All that the sentences taught: intents, languages, the words of questions, names, and what corrects."""

    intents: Classifier
    languages: Classifier
    accepts: Mapping[str, frozenset[str]]
    """The kinds of names that each intent's sentences have."""
    words: frozenset[str]
    """Every word of the sentences, folded."""
    vocabulary: frozenset[str]
    """The same, with the words of what questions are about."""
    names: Mapping[str, Mapping[str, str]]
    """What nationalities, regions and languages are called: the value by the folded phrase, by kind."""
    answers: Mapping[str, Sequence[Mapping[str, Any]]]
    """What answers each intent: see ``questions/answers.yaml``."""
    unsearched: frozenset[str]
    """Words that the shelf is not searched for."""
    corrections: Sequence[str]
    """Folded beginnings that say that something else was meant, the longest first."""
    conjunctions: Sequence[str]
    """Folded beginnings of a question that follows another, the longest first."""
    titles: frozenset[str]
    """Folded words that stand before a person's name."""
    skills: frozenset[str]
    """Skills that somebody may be asked for, folded."""


def file_of_learned() -> Traversable:
    """Return the file that ``python -m cogs.chat.learning`` writes."""
    return files("cogs.chat") / _FILE


@cache
def learned() -> Learned:
    """Read what was learned, once, when the first message comes."""
    kept = cast(dict[str, Any], json.loads(file_of_learned().read_text("utf-8")))
    return Learned(
        intents=_classifier(kept["intents"]),
        languages=_classifier(kept["languages"]),
        accepts={intent: frozenset(kinds) for intent, kinds in kept["accepts"].items()},
        words=frozenset(kept["words"]),
        vocabulary=frozenset(kept["vocabulary"]),
        names=kept["names"],
        answers=kept["answers"],
        unsearched=frozenset(kept["unsearched"]),
        corrections=kept["corrections"],
        conjunctions=kept["conjunctions"],
        titles=frozenset(kept["titles"]),
        skills=frozenset(kept["skills"]),
    )


def _classifier(kept: dict[str, Any]) -> Classifier:
    return Classifier(kept["labels"], kept["bias"], kept["weights"])
