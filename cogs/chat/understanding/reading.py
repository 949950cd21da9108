"""No role of its own: a message read, each sentence weighed, what went before taken into account."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Final, cast

from bot.languages import LANGUAGES, Language
from cogs.chat.understanding.cleaning import clauses, link, sentences
from cogs.chat.understanding.features import PLACEHOLDERS, folded
from cogs.chat.understanding.model import learned
from cogs.chat.understanding.spotting import Kind, Lexicon, Spotted, lexicon
from cogs.chat.understanding.understood import Asked, Outcome, Understood

SURE: Final = 0.7
"""From this score on, a sentence is taken to mean what it is likeliest to mean."""
SURE_OF_WARNING: Final = 0.5
"""The same for an urgent warning, which goes before everything else."""
SURE_OF_COURTESY: Final = 0.25
"""The same for a greeting and thanks, far ahead of all else: every other sentence may begin and end with them."""
_FAR_AHEAD: Final = 4
SURE_OF_CORRECTION: Final = 0.5
"""The same for what corrects or follows the question before: it says in few words what it asks instead."""
SURE_OF_CLAUSE: Final = 0.8
"""The same for a part of a sentence of which the whole means nothing sure."""
SURE_OF_OTHER_LANGUAGE: Final = 0.8
ANSWERS: Final = 3
"""Things that one message may ask for."""
LIKELIEST: Final = 3
ASIDE: Final = "bot.aside"
"""What asks for nothing: who writes, why, and in which hope."""
COURTESY: Final = frozenset({"bot.hello", "bot.thanks", ASIDE})
FOLLOW_UP: Final = "bot.followup"
NOTHING: Final = "none"
SPEAKING: Final = frozenset({"directory.list", "settings.language"})
WARNING: Final = "warning"
_SPOKEN: Final[Mapping[str, Language]] = {language: language for language in LANGUAGES}
_VARIANTS: Final = 6
_LATIN: Final = 0x250
_WORDS_TO_TELL_A_LANGUAGE: Final = 3
_ORDER: Final[tuple[Kind, ...]] = ("person", "region", "seat", "language", "place", "number")


def names_with(people: Iterable[str]) -> Lexicon:
    """Return what can be named in a network with these people."""
    known = learned()
    return lexicon(known.names, people, known.words, known.titles, known.vocabulary)


@cache
def names_alone() -> Lexicon:
    """Return what can be named where no people are known."""
    return names_with(())


def read(message: str, known: Lexicon | None = None, previous: Asked | None = None) -> Understood:
    """Read a message of a person who asked ``previous`` before.

    ``known`` is what can be named in their network (None: nobody is known by name).
    """
    known = known if known is not None else names_alone()
    parts = sentences(message)
    whole = folded(" ".join(parts))
    spoken = language_of(whole)
    if spoken == "other":
        return Understood(Outcome.OTHER_LANGUAGE, None)
    language = _SPOKEN.get(spoken or "")
    weighed = [one for part in parts if (one := _weigh_sentence(part, known, previous)) is not None]
    asked = tuple(_with_link(one, message) for one in _chosen(weighed))
    words = " ".join(_left(whole.split()))
    if asked:
        return Understood(Outcome.UNDERSTOOD, language, asked, words=words)
    return Understood(Outcome.UNSURE, language, likeliest=_likeliest(weighed), words=words)


def _with_link(asked: Asked, message: str) -> Asked:
    address = link(message) if "link" in learned().accepts.get(asked.intent, ()) else None
    return replace(asked, slots={**asked.slots, "link": address}) if address else asked


def language_of(text: str) -> str | None:
    """Return the language of a folded text; "other" for one that the bot does not speak, None where it is unclear."""
    letters = [letter for letter in text if letter.isalpha()]
    if not letters:
        return None
    if sum(ord(letter) >= _LATIN for letter in letters) * 2 > len(letters):
        return "other"
    label, share = learned().languages.ranked(text)[0]
    if label == "other":
        is_sure = share >= SURE_OF_OTHER_LANGUAGE and len(text.split()) >= _WORDS_TO_TELL_A_LANGUAGE
        return "other" if is_sure else None
    return label if share >= SURE else None


@dataclass(frozen=True, slots=True)
class _Weighed:
    asked: Asked
    ranked: list[tuple[str, float]]
    enough: float = SURE
    """The score from which on it is sure."""

    @property
    def is_sure(self) -> bool:
        return self.asked.score >= self.enough and self.asked.intent != NOTHING


def _weigh_sentence(sentence: str, known: Lexicon, previous: Asked | None) -> _Weighed | None:
    """Weigh a sentence; where that is not sure, its clauses, of which just one may ask for something."""
    whole = _weigh(sentence, known, previous)
    if whole is None or whole.is_sure:
        return whole
    parts = [_weigh(part, known, previous) for part in clauses(sentence)]
    asking = [one for one in parts if one is not None and one.is_sure and one.asked.intent not in COURTESY]
    return asking[0] if len(asking) == 1 and asking[0].asked.score >= SURE_OF_CLAUSE else whole


def _weigh(part: str, known: Lexicon, previous: Asked | None) -> _Weighed | None:
    tokens = folded(part).split()
    tokens, corrects = _without_beginning(tokens, learned().corrections)
    if previous is not None:
        tokens, follows = _without_beginning(tokens, learned().conjunctions)
        corrects = corrects or follows
    if not tokens:
        return None
    spotted = known.spot(part, tokens)
    if previous is not None and (again := _again(tokens, spotted, previous, bare=corrects)) is not None:
        return _Weighed(again, [(again.intent, 1.0)])
    ranked, meanings = _likeliest_variant(tokens, spotted)
    label, score = ranked[0]
    if label == FOLLOW_UP and previous is not None and _accepted(previous.intent, meanings):
        return _Weighed(_with_slots(previous.intent, meanings, score, {}), ranked)
    if label == FOLLOW_UP:
        label = _without_previous(meanings)
    intent, fixed = _parsed(label)
    slots = {**fixed, **({"words": words} if (words := " ".join(_left(_unnamed(tokens, spotted)))) else {})}
    is_courtesy = intent in COURTESY and score > _FAR_AHEAD * ranked[1][1]
    enough = SURE_OF_COURTESY if is_courtesy else SURE_OF_CORRECTION if corrects else SURE
    return _Weighed(_with_slots(intent, meanings, score, slots), ranked, enough)


def _without_beginning(tokens: list[str], beginnings: Iterable[str]) -> tuple[list[str], bool]:
    text = " ".join(tokens)
    for beginning in beginnings:
        if text.startswith(f"{beginning} "):
            return text[len(beginning) + 1 :].split(), True
    return tokens, False


def _again(tokens: list[str], spotted: list[Spotted], previous: Asked, *, bare: bool) -> Asked | None:
    """Return the previous question about another name, where the message has the name and nothing that asks."""
    rest = _unnamed(tokens, spotted)
    if not spotted or (rest and not (bare and len(rest) <= 2)):  # noqa: PLR2004 - an article, a preposition
        return None
    meanings = {kind: value for one in reversed(spotted) for kind, value in one.meanings.items()}
    kinds = _accepted(previous.intent, meanings)
    return _with_slots(previous.intent, {kind: meanings[kind] for kind in kinds}, 1.0, {}) if kinds else None


def _accepted(intent: str, meanings: Mapping[Kind, str]) -> list[Kind]:
    accepts = learned().accepts.get(intent, frozenset())
    return [kind for kind in _ORDER if kind in meanings and kind in accepts][:1]


def _without_previous(meanings: Mapping[Kind, str]) -> str:
    if "seat" in meanings or "person" in meanings:
        return "directory.find"
    return "directory.list" if "region" in meanings or "language" in meanings else NOTHING


def _variants(
    tokens: list[str], spotted: list[Spotted]
) -> Iterator[tuple[list[tuple[str, float]], Mapping[Kind, str]]]:
    """Weigh the sentence with each name read as each of what it may be: "French" is a language and a delegation."""
    choices = [[kind for kind in _ORDER if kind in one.meanings] for one in spotted]
    for number, kinds in enumerate(product(*choices)):
        if number >= _VARIANTS:
            return
        text = list(tokens)
        meanings: dict[Kind, str] = {}
        for one, kind in reversed(list(zip(spotted, kinds, strict=True))):
            text[one.start : one.end] = [f"x{kind}"]
            meanings[kind] = one.meanings[kind]
        yield learned().intents.ranked(" ".join(text)), meanings


def _likeliest_variant(tokens: list[str], spotted: list[Spotted]) -> tuple[list[tuple[str, float]], Mapping[Kind, str]]:
    variants = list(_variants(tokens, spotted))
    if not _unnamed(tokens, spotted):
        # Nothing but a name: Mexico is a delegation, and a city only where a sentence says so.
        return variants[0]
    for ranked, meanings in variants:
        label, score = ranked[0]
        # "French" is a language where the sentence speaks of one, whatever else it may be.
        if "language" in meanings and label in SPEAKING and score >= SURE:
            return ranked, meanings
    return max(variants, key=lambda one: one[0][0][1])


def _with_slots(intent: str, meanings: Mapping[Kind, str], score: float, slots: Mapping[str, str]) -> Asked:
    accepts = learned().accepts.get(intent, frozenset())
    named = {kind: value for kind, value in meanings.items() if kind in accepts}
    return Asked(intent, {**slots, **named}, score)


def _parsed(label: str) -> tuple[str, dict[str, str]]:
    intent, *pairs = label.split(" ")
    return intent, dict(cast(tuple[str, str], tuple(pair.split("=", 1))) for pair in pairs)


def _unnamed(tokens: list[str], spotted: list[Spotted]) -> list[str]:
    named = {at for one in spotted for at in range(one.start, one.end) if "number" not in one.meanings}
    return [token for at, token in enumerate(tokens) if at not in named]


def _left(tokens: list[str]) -> list[str]:
    return [token for token in tokens if token not in learned().words and token not in PLACEHOLDERS]


def _chosen(weighed: list[_Weighed]) -> tuple[Asked, ...]:
    warnings = [one.asked for one in weighed if one.asked.intent == WARNING and one.asked.score >= SURE_OF_WARNING]
    if warnings:
        return (warnings[0],)
    sure = [one.asked for one in weighed if one.is_sure]
    asked = [one for one in sure if one.intent not in COURTESY]
    if not asked and all(one.is_sure for one in weighed):
        asked = [one for one in sure if one.intent != ASIDE][:1]
    unique = list({(one.intent, tuple(sorted(one.slots.items()))): one for one in asked}.values())
    return tuple(one for one in unique if not any(_says_more(other, one) for other in unique))[:ANSWERS]


def _says_more(one: Asked, other: Asked) -> bool:
    """Tell whether two sentences ask for the same, and ``one`` says of what."""
    slots, others = [{slot: x.slots[slot] for slot in x.slots if slot != "words"} for x in (one, other)]
    return one.intent == other.intent and others.items() < slots.items()


def _likeliest(weighed: list[_Weighed]) -> tuple[str, ...]:
    best: dict[str, float] = {}
    for one in weighed:
        for label, share in one.ranked:
            intent = label.partition(" ")[0]
            if intent not in {*COURTESY, FOLLOW_UP, NOTHING, WARNING, "situation", "bot.no_action", "bot.program"}:
                best[intent] = max(best.get(intent, 0), share)
    return tuple(sorted(best, key=lambda intent: -best[intent])[:LIKELIEST])
