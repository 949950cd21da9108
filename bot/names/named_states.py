"""Which states a text names, in any of the bot's languages."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from bot.languages import LANGUAGES
from bot.names.table import cldr_name, delegations, formal_names
from bot.search.folding import normalise

_SHORTEST: Final = 4
"""Letters: shorter names are codes and abbreviations, which are words too ("US", "it")."""


def states_named(text: str) -> list[str]:
    """Return the codes of the states that a text names as whole words, in order; of a longer name its own alone.

    By their short and formal names and those of the CLDR. "South Sudan" is not Sudan, and "Guinea-Bissau" not Guinea.
    """
    pattern, codes = _names()
    return list(dict.fromkeys(codes[found[0]] for found in pattern.finditer(normalise(text))))


@cache
def _names() -> tuple[re.Pattern[str], Mapping[str, str]]:
    codes: dict[str, str] = {}
    for code, state in delegations().items():
        if state.kind == "state":
            written = {*state.names.values(), *formal_names(code), *(cldr_name(code, one) for one in LANGUAGES)}
            codes |= {normalise(name): code for name in written if name}
    longest_first = sorted((name for name in codes if len(name) >= _SHORTEST), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"), codes
