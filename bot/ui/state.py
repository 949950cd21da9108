"""What a button or list keeps in its ``custom_id``: declared once, written and read by the same declaration."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Annotated, Final, Literal, Self, get_args, get_origin, get_type_hints
from zoneinfo import available_timezones

from bot.errors import UserError
from bot.texts import t

LARGEST: Final = 2**63 - 1
"""The largest number that SQLite keeps."""

Word = Annotated[str, r"\w*"]
"""Letters, digits and underscores, or nothing."""
Rest = Annotated[str, r"(?s:.*)"]
"""Anything: only as the last part of a ``custom_id``."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """A word of which there are many: what it looks like, and all of them, looked up when the first is read."""

    pattern: str
    words: Callable[[], Collection[str]]


@cache
def _zones() -> Collection[str]:
    # Some hundred files are looked at each time.
    return frozenset(available_timezones())


Zone = Annotated[str, OneOf(r"[\w+/-]+", _zones)]
"""An IANA zone."""

Value = int | str | None


class ForgedStateError(UserError):
    """A ``custom_id`` that the bot never wrote: a number that no record has, or another network's button."""

    def __init__(self) -> None:
        super().__init__(t("This does not belong to anything here: nothing was done."))


def id_typed(written: str) -> int | None:
    """Return the id that was typed or chosen from a list; None for what no record can have."""
    # Python refuses to read thousands of digits at all.
    if not written.isdecimal() or len(written) > len(str(LARGEST)) or int(written) > LARGEST:
        return None
    return int(written)


def number_of(written: str) -> int:
    """Return the id that a list's option or a form keeps. Raises ForgedStateError for what no record can have."""
    number = id_typed(written)
    if number is None:
        raise ForgedStateError
    return number


@dataclass(frozen=True, slots=True)
class Part:
    """One value in a ``custom_id``: what it looks like there.

    Where it is a number, ``largest`` is the largest it may be; where it is one of many words, ``words`` returns them.
    """

    pattern: str
    largest: int | None = None
    words: Callable[[], Collection[str]] | None = None

    @classmethod
    def of(cls, annotation: object) -> Self:
        """Read the declaration.

        int, int | None, Annotated[int, the largest], Literal of words, or Annotated[str, a regular expression or
        OneOf].
        """
        kind, detail = get_args(annotation) if get_origin(annotation) is Annotated else (annotation, None)
        if kind is int:
            return cls(r"\d+", detail or LARGEST)
        if kind == int | None:
            return cls(r"\d*", LARGEST)
        if get_origin(kind) is Literal:
            return cls("|".join(map(re.escape, get_args(kind))))
        if kind is str and detail is not None:
            return cls(detail.pattern, words=detail.words) if isinstance(detail, OneOf) else cls(detail)
        raise TypeError(f"a custom_id cannot keep {annotation!r}")

    def read(self, written: str) -> Value:
        """Return the value. Raises ForgedStateError for a number that is too large, and a word that is none of them."""
        if self.words is not None and written not in self.words():
            raise ForgedStateError
        if self.largest is None:
            return written
        if not written:
            return None
        number = int(written)
        if number > self.largest:
            raise ForgedStateError
        return number


@dataclass(frozen=True, slots=True)
class Declaration:
    """The ``custom_id`` of a kind of button or list, such as "poll:for:{poll_id}:{delegation_id}", and its parts."""

    custom_id: str
    parts: Mapping[str, Part]

    @classmethod
    def of(cls, owner: type, custom_id: str) -> Self:
        """Read the parts from the annotations of ``owner``, in the order in which its constructor takes them.

        Raises TypeError unless each part is annotated.
        """
        named = {name for _, name, _, _ in Formatter().parse(custom_id) if name is not None}
        hints = get_type_hints(owner, include_extras=True)
        if missing := named - hints.keys():
            raise TypeError(f"{owner.__name__} keeps {sorted(missing)} in its custom_id without saying what they are")
        return cls(custom_id, {name: Part.of(hint) for name, hint in hints.items() if name in named})

    @property
    def pattern(self) -> str:
        """The regular expression that a whole ``custom_id`` of this kind matches."""
        written = ""
        for literal, name, _, _ in Formatter().parse(self.custom_id):
            written += re.escape(literal)
            if name is not None:
                written += f"(?P<{name}>{self.parts[name].pattern})"
        return written

    def write(self, values: Mapping[str, Value]) -> str:
        """Return the ``custom_id`` that keeps the values."""
        return self.custom_id.format_map({name: "" if v is None else v for name, v in values.items()})

    def read(self, match: re.Match[str]) -> dict[str, Value]:
        """Return the values that a ``custom_id`` keeps. Raises ForgedStateError."""
        return {name: part.read(match[name]) for name, part in self.parts.items()}


def checked(kinds: Sequence[object], written: Sequence[str]) -> tuple[str, ...]:
    """Return what a form keeps, as it is declared by ``kinds`` (see :meth:`Part.of`); what lacks at the end is empty.

    Raises ForgedStateError for what the bot cannot have written.
    """
    whole = (*written, *[""] * (len(kinds) - len(written)))
    parts = [Part.of(kind) for kind in kinds]
    if len(whole) != len(parts) or not all(
        re.fullmatch(part.pattern, value) for part, value in zip(parts, whole, strict=True)
    ):
        raise ForgedStateError
    for part, value in zip(parts, whole, strict=True):
        part.read(value)
    return whole
