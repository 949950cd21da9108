"""No role of its own: what came of reading a message, the words that the other modules share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Final

from bot.languages import Language

NO_SLOTS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked for: its intent ("directory.find"), what fills its slots, and how sure that is (0 to 1).

    Slots: ``seat`` (a delegation's code), ``region``, ``language`` (an ISO 639-1 code), ``person`` (a name as the
    directory has it), ``attendance``, and ``words``, what is left when all that every question says is taken away.
    """

    intent: str
    slots: Mapping[str, str] = field(default_factory=lambda: NO_SLOTS)
    score: float = 1.0


class Outcome(Enum):
    """Whether a message was understood."""

    UNDERSTOOD = "understood"
    UNSURE = "not understood"
    OTHER_LANGUAGE = "in another language"


@dataclass(frozen=True, slots=True)
class Understood:
    """A message that was read: its language where that is clear, what it asks for, and what it may ask for instead."""

    outcome: Outcome
    language: Language | None
    asked: tuple[Asked, ...] = ()
    likeliest: tuple[str, ...] = ()
    """Where it was not understood: intents it may have meant, the likeliest first."""
    words: str = ""
    """What is left of the message without greetings, signature and what every question says: to search for."""
