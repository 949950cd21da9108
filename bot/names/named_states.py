"""Which states a text names, in any of the bot's languages."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from bot.names.table import delegations, search_names
from bot.search.folding import normalise

_SHORTEST: Final = 4
"""Letters: shorter names are codes and abbreviations, which are words too ("US", "it")."""


def states_named(text: str) -> list[str]:
    """Return the codes of the states that a text names as whole words, in order; of a longer name its own alone.

    By all that a state may be called but its codes. "South Sudan" is not Sudan, and "Guinea-Bissau" not Guinea.
    """
    pattern, codes = _names()
    return list(dict.fromkeys(codes[found[0]] for found in pattern.finditer(normalise(text))))


@cache
def _names() -> tuple[re.Pattern[str], Mapping[str, str]]:
    codes: dict[str, str] = {}
    for code, state in delegations().items():
        if state.kind == "state":
            codes |= {normalise(name): code for name in search_names(code)}
    longest_first = sorted((name for name in codes if len(name) >= _SHORTEST), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"), codes
