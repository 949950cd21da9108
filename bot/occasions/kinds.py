"""The kinds of an occasion's messages: each room has its own, as an enumeration. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

_Kind = TypeVar("_Kind", bound=StrEnum)
_Entry = TypeVar("_Entry")


def series_of(kind: str) -> tuple[str, str]:
    """Return the series of a row's kind and its mark: ("countdown", "90d") of "countdown:90d"."""
    series, _, mark = kind.partition(":")
    return series, mark


def complete(kinds: type[_Kind], table: Mapping[_Kind, _Entry]) -> Mapping[_Kind, _Entry]:
    """Return the ``table``, which must have an entry for each of the ``kinds``. Raises TypeError, at import."""
    if missing := [kind.name for kind in kinds if kind not in table]:
        raise TypeError(f"{kinds.__module__}.{kinds.__name__}: nothing is said of {', '.join(missing)}")
    return table
