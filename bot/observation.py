"""What became of one thing that a person did: counted under the name of what was used, never under whose it was."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Kind(StrEnum):
    """What somebody used."""

    COMMAND = "command"
    BUTTON = "button"
    LIST = "list"
    FORM = "form"
    MESSAGE = "message"


class Outcome(StrEnum):
    """What it came to."""

    ANSWERED = "answered"
    REFUSED = "refused"
    NOT_ALLOWED = "not_allowed"
    DISCORD_FAILED = "discord_failed"
    UNANSWERABLE = "unanswerable"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Observation:
    """One interaction, and the ``seconds`` until it was over.

    ``name`` is the command's, or what the class of the button, list or form declares.
    """

    kind: Kind
    name: str
    outcome: Outcome
    seconds: float


Observe: TypeAlias = Callable[[Observation], None]


def unobserved(_: Observation) -> None:
    """Count nothing: nobody watches."""
