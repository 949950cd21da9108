"""The values of a column as people write them in their own language. No role of its own: a part of the fields."""

from collections.abc import Mapping
from functools import cache
from typing import Final, TypeVar

from bot.languages import LANGUAGES
from bot.search.folding import normalise
from bot.texts import Reader, Text
from cogs.members.sentences import PLACES, ROLES, VISIBILITIES
from storage.members.models import Place, Role, Visibility

_Value = TypeVar("_Value", bound=str)

_ALSO: Final[Mapping[str, Role]] = {
    "advisor": "adviser",
    "conseiller": "adviser",
    "conseillère": "adviser",
    "consejero": "adviser",
    "consejera": "adviser",
    "mission": "mission",
    "misión": "mission",
    "suppléant": "alternate",
    "suppléante": "alternate",
    "punto focal suplente": "alternate",
}
"""What else a role is called, beside what the bot calls it."""


def role_called(typed: str) -> Role | None:
    """Return the role that is called so in one of the bot's languages, or by its own name; None: there is none."""
    return _roles().get(normalise(typed))


def place_called(typed: str) -> Place | None:
    """Return the place of a mission that is called so, likewise."""
    return _places().get(normalise(typed))


def visibility_called(typed: str) -> Visibility | None:
    """Return who sees contact details, by what that is called, likewise."""
    return _visibilities().get(normalise(typed))


@cache
def _roles() -> Mapping[str, Role]:
    also: dict[str, Role] = {normalise(name): role for name, role in _ALSO.items()}
    return also | _called(ROLES)


@cache
def _places() -> Mapping[str, Place]:
    return _called(PLACES)


@cache
def _visibilities() -> Mapping[str, Visibility]:
    return _called(VISIBILITIES)


def _called(values: Mapping[_Value, Text]) -> dict[str, _Value]:
    readers = [Reader(language, "UTC") for language in LANGUAGES]
    labels = {normalise(reader.label(text)): value for value, text in values.items() for reader in readers}
    return labels | {normalise(value): value for value in values}
