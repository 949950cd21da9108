"""Which of several things is meant by what somebody types into an option that offers a list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Final, TypeVar

from discord.app_commands import Choice, locale_str

from bot.search.folding import normalise
from bot.texts import Text

CHOICES: Final = 25
"""How many Discord offers at the most while somebody types."""
_Thing = TypeVar("_Thing")
_Value = TypeVar("_Value", bound=str)


def offered(
    things: Iterable[_Thing], typed: str, value: Callable[[_Thing], str], name: Callable[[_Thing], str]
) -> list[Choice[str]]:
    """Return the things whose name has what was typed so far, in their order; all of them while nothing is typed."""
    word = normalise(typed)
    named = ((name(thing), thing) for thing in things)
    fitting = ((called, thing) for called, thing in named if not word or word in normalise(called))
    return [Choice(name=called[:100], value=value(thing)) for called, thing in islice(fitting, CHOICES)]


def chosen(
    things: Sequence[_Thing],
    typed: str,
    value: Callable[[_Thing], str],
    names: Callable[[_Thing], Iterable[str]],
    *,
    whole: bool = False,
) -> _Thing | None:
    """Return the one thing that is meant: chosen from the list, else the only one so named.

    Without ``whole`` also the only one that has what was typed in a name. None where none or several are meant.
    """
    word = normalise(typed)
    known = [(thing, [normalise(name) for name in names(thing)] if word else []) for thing in things]
    picked = [thing for thing in things if value(thing) == typed.strip()]
    named = [thing for thing, called in known if word in called]
    partly = [thing for thing, called in known if any(word in name for name in called)] if not whole else []
    return next((found[0] for found in (picked, named, partly) if len(found) == 1), None)


def choices(words: Mapping[_Value, Text]) -> list[Choice[str]]:
    """Return a command's choices: each value by what it is called, which Discord gets in every language."""
    return [Choice(name=locale_str(name.singular), value=value) for value, name in words.items()]
