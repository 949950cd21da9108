"""No role of its own: a tool. ``python -m cogs.chat.learning`` learns from the questions and writes ``learned.json``.

Each template is written out into sentences (by hassil, whose format it is), some of these with greetings and slips of
the finger, and a linear classifier is fitted to them (multinomial logistic regression, by steps along the gradient).
"""

import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import yaml
from hassil.expression import Alternative, Expression, Group, ListReference, RuleReference, TextChunk
from hassil.intents import Intents, TextSlotList
from numpy.typing import NDArray

from bot import languages
from cogs.chat.understanding.features import PLACEHOLDERS, features, folded
from cogs.chat.understanding.model import SCALE
from cogs.chat.understanding.spotting import Kind, Lexicon, lexicon

FOLDER: Final = Path(__file__).parent / "questions"
FILE: Final = Path(__file__).parent / "learned.json"
LANGUAGES: Final = tuple(language for language in languages.LANGUAGES if (FOLDER / language).is_dir())
"""Those that a conversation is understood in: a language may be added without it."""
_OF_A_TEMPLATE: Final = 14
"""Sentences that one template is written out into, at most: a long one is not to outweigh the others."""
_DRAWS: Final = 4
"""Times that a template is drawn from for each sentence wanted: the same sentence may be drawn twice."""
_ROUNDS: Final = 5
_TOGETHER: Final = 64
_STEP: Final = 0.3
_SEEN_AT_LEAST: Final = 3
_SMALLEST: Final = 8
"""Weights below this, in units of the file, are left out."""
_SPOKEN_OF: Final = 4
"""Of so many sentences one is learned from to tell the languages apart, which is easier than the intents."""
_WITH_GREETING, _WITH_ENDING, _WITH_SLIP = 0.35, 0.25, 0.5
_SLIPS_FROM: Final = 5
_COURTESY: Final = ("bot.hello", "bot.thanks")
_KINDS: Final[tuple[Kind, ...]] = ("region", "language", "seat", "person", "place", "number")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, folded, its names replaced by their kinds, with the label and the language that it teaches."""

    label: str
    language: str
    text: str


def read_folder(language: str) -> dict[str, Any]:
    """Return all that the folder of a language has, its files merged."""
    merged: dict[str, Any] = {"language": language, "intents": {}, "expansion_rules": {}, "lists": {}, "own": {}}
    for file in sorted((FOLDER / language).glob("*.yaml")):
        content = cast(dict[str, Any], yaml.safe_load(file.read_text("utf-8")))
        for intent, held in content.pop("intents", {}).items():
            merged["intents"].setdefault(intent, {"data": []})["data"] += held["data"]
        for part in ("expansion_rules", "lists"):
            merged[part] |= content.pop(part, {})
        merged["own"] |= content
    return merged


def written_out(
    language: str, of_a_template: int = _OF_A_TEMPLATE, *, subjects: bool = True
) -> Iterator[tuple[str, str]]:
    """Write out the templates of a language: each label with a sentence; without what they are about, if so wished."""
    folder = read_folder(language)
    lists = folder["lists"] | {name[1:]: {"values": [name]} for name in PLACEHOLDERS}
    if not subjects:
        lists |= {name: {"values": ["xnumber"]} for name in ("skill", "topic")}
    intents = Intents.from_dict({**{k: v for k, v in folder.items() if k != "own"}, "lists": lists})
    for name, intent in intents.intents.items():
        for data in intent.data:
            label = " ".join([name, *(f"{key}={value}" for key, value in sorted(data.slots.items()))])
            for template in data.sentences:
                chance = random.Random(template.text)  # noqa: S311 - the same choice every time is what is wanted
                drawn = (_drawn(intents, template.expression, chance) for _ in range(of_a_template * _DRAWS))
                for text in islice(dict.fromkeys(" ".join(text.split()) for text in drawn), of_a_template):
                    yield label, text


def _drawn(intents: Intents, part: Expression, chance: random.Random) -> str:
    """Return one of the sentences of a template, each of its alternatives drawn by ``chance``."""
    if isinstance(part, TextChunk):
        return part.original_text
    if isinstance(part, Alternative):
        return _drawn(intents, chance.choice(part.items), chance)
    if isinstance(part, Group):
        return "".join(_drawn(intents, item, chance) for item in part.items)
    if isinstance(part, RuleReference):
        return _drawn(intents, intents.expansion_rules[part.rule_name].expression, chance)
    if isinstance(part, ListReference):
        values = cast(TextSlotList, intents.slot_lists[part.list_name]).values
        return _drawn(intents, chance.choice(values).text_in, chance)
    raise TypeError(f"a template has a {type(part).__name__}, which is not written out")


def names() -> dict[str, dict[str, str]]:
    """Return what nationalities, regions and languages are called in all languages, by kind."""
    found: dict[str, dict[str, str]] = {"seat": {}, "region": {}, "language": {}}
    for language in LANGUAGES:
        own = read_folder(language)["own"]
        for part, kind in (("nationalities", "seat"), ("regions", "region"), ("languages", "language")):
            for value, phrases in own[part].items():
                for phrase in phrases:
                    found[kind].setdefault(folded(phrase), str(value))
    return found


def phrases(part: str) -> list[str]:
    """Return the folded phrases that each language has under ``part``, the longest first."""
    found = {folded(phrase) for language in LANGUAGES for phrase in read_folder(language)["own"][part]}
    return sorted(found, key=lambda phrase: (-len(phrase), phrase))


def _skills(language: str) -> list[str]:
    return cast(list[str], read_folder(language)["lists"]["skill"]["values"])


def examples(known: Lexicon) -> list[Example]:
    """Return what there is to learn from: every sentence as it is, and again with a greeting, an ending or a slip."""
    chance = random.Random(3)  # noqa: S311 - as above
    found: list[Example] = []
    for language in LANGUAGES:
        own = read_folder(language)["own"]
        greetings, endings = [[folded(one) for one in own[part]] for part in ("greetings", "endings")]
        for label, text in written_out(language):
            plain = _with_kinds(text, known)
            varied = plain
            if label not in _COURTESY:
                varied = f"{chance.choice(greetings)} {varied}" if chance.random() < _WITH_GREETING else varied
                varied = f"{varied} {chance.choice(endings)}" if chance.random() < _WITH_ENDING else varied
            varied = _with_slip(varied, chance) if chance.random() < _WITH_SLIP else varied
            found += [Example(label, language, one) for one in dict.fromkeys((plain, varied))]
    return found


def _with_kinds(text: str, known: Lexicon) -> str:
    tokens = folded(text).split()
    for one in reversed(known.spot_exactly(text, tokens)):
        tokens[one.start : one.end] = ["x" + next(kind for kind in _KINDS if kind in one.meanings)]
    return " ".join(tokens)


def _with_slip(text: str, chance: random.Random) -> str:
    words = text.split()
    long = [at for at, word in enumerate(words) if len(word) >= _SLIPS_FROM and word not in PLACEHOLDERS]
    if not long:
        return text
    at = chance.choice(long)
    word = words[at]
    place = chance.randrange(1, len(word) - 1)
    words[at] = chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place] + word[place:],
        )
    )
    return " ".join(words)


def fit(rows: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Fit a linear classifier to texts with their labels, and return it as the file keeps it."""
    labels = sorted({label for label, _ in rows})
    seen = [features(text) for _, text in rows]
    counted = Counter(feature for one in seen for feature in one)
    known = sorted(feature for feature, count in counted.items() if count >= _SEEN_AT_LEAST)
    number = {feature: at for at, feature in enumerate(known)}
    inputs = [np.array([number[feature] for feature in one if feature in number], dtype=np.int64) for one in seen]
    wanted = np.array([labels.index(label) for label, _ in rows])
    weights, bias = _fitted(inputs, wanted, len(known), len(labels))
    kept: dict[str, list[int]] = {}
    for feature, row in zip(known, np.rint(weights * SCALE).astype(int), strict=True):
        pairs = [int(value) for at in np.flatnonzero(abs(row) >= _SMALLEST) for value in (at, row[at])]
        if pairs:
            kept[feature] = pairs
    return {"labels": labels, "bias": [round(float(value), 3) for value in bias], "weights": kept}


def _fitted(
    inputs: Sequence[NDArray[np.int64]], wanted: NDArray[np.int64], width: int, labels: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Fit by steps along the gradient of some examples at a time, each weight's step the shorter the more it moved."""
    weights, bias = np.zeros((width, labels), np.float32), np.zeros(labels, np.float32)
    moved, moved_bias = np.full((width, labels), 1e-3, np.float32), np.full(labels, 1e-3, np.float32)
    # Rare labels count for more than their share, or nothing rare would ever be chosen.
    share = np.sqrt(len(wanted) / labels / np.bincount(wanted, minlength=labels)).astype(np.float32)
    order = np.random.default_rng(0)
    known = np.flatnonzero([len(one) > 0 for one in inputs])
    for _ in range(_ROUNDS):
        shuffled = order.permutation(known)
        for first in range(0, len(shuffled), _TOGETHER):
            batch = shuffled[first : first + _TOGETHER]
            present = [inputs[int(at)] for at in batch]
            sizes = np.array([len(one) for one in present])
            seen: NDArray[np.int64] = np.concatenate(present)
            starts = np.concatenate(([0], sizes[:-1].cumsum()))
            unit = (1 / np.sqrt(sizes)).astype(np.float32)[:, None]
            scores = np.add.reduceat(weights[seen], starts) * unit + bias
            change = np.exp(scores - scores.max(1, keepdims=True))
            change /= change.sum(1, keepdims=True)
            change[np.arange(len(batch)), wanted[batch]] -= 1
            change *= share[wanted[batch]][:, None]
            by_feature = np.argsort(seen, kind="stable")
            touched, firsts = np.unique(seen[by_feature], return_index=True)
            gradient = np.add.reduceat(np.repeat(change * unit, sizes, axis=0)[by_feature], firsts)
            moved[touched] += gradient**2
            weights[touched] -= _STEP * gradient / np.sqrt(moved[touched])
            slope = change.sum(0)
            moved_bias += slope**2
            bias -= 0.1 * _STEP * slope / np.sqrt(moved_bias)
    return weights, bias


def fingerprint() -> str:
    """Return what changes when a sentence changes, or how sentences are learned from."""
    sources = [*sorted(FOLDER.rglob("*.yaml")), Path(__file__), Path(features.__code__.co_filename)]
    digest = hashlib.sha256()
    for file in sources:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def words_of_questions(*, subjects: bool = False) -> frozenset[str]:
    """Return the words that questions are made of: no names, and nothing that they are about but with ``subjects``."""
    world = lexicon(names(), (), frozenset())
    texts = (text for language in LANGUAGES for _, text in written_out(language, 60, subjects=subjects))
    return frozenset(word for text in texts for word in _with_kinds(text, world).split()) - PLACEHOLDERS


def learn() -> dict[str, Any]:
    """Learn from all sentences, and return what the file keeps."""
    words = words_of_questions()
    rows = examples(lexicon(names(), (), words))
    others = [folded(text) for text in yaml.safe_load((FOLDER / "other.yaml").read_text("utf-8"))["sentences"]]
    accepts: defaultdict[str, set[str]] = defaultdict(set)
    for one in rows:
        accepts[one.label.partition(" ")[0]] |= {w[1:] for w in one.text.split() if w in PLACEHOLDERS}
    spoken = [(one.language, one.text) for one in rows[::_SPOKEN_OF]]
    spoken += [("other", text) for text in others for _ in range(20 // _SPOKEN_OF)]
    return {
        "fingerprint": fingerprint(),
        "intents": fit([(one.label, one.text) for one in rows]),
        "languages": fit(spoken),
        "accepts": {intent: sorted(kinds) for intent, kinds in sorted(accepts.items())},
        "words": sorted(words),
        "vocabulary": sorted(words_of_questions(subjects=True)),
        "names": names(),
        "answers": yaml.safe_load((FOLDER / "answers.yaml").read_text("utf-8")),
        "unsearched": phrases("unsearched"),
        "corrections": phrases("corrections"),
        "conjunctions": phrases("conjunctions"),
        "titles": phrases("titles"),
        "skills": sorted({folded(one) for language in LANGUAGES for one in _skills(language)}),
    }


def as_text(kept: Mapping[str, Any]) -> str:
    """Return the file's text: one feature a line, so that a change of few sentences changes few lines."""
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"') + "\n"


if __name__ == "__main__":
    FILE.write_text(as_text(learn()), encoding="utf-8")
