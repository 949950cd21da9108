"""Flags: two regional indicators, for the codes that have one."""

from functools import cache
from typing import Final

from bot.names.table import places
from bot.search.folding import is_indicator, normalise

_OFFSET: Final = ord("\N{REGIONAL INDICATOR SYMBOL LETTER A}") - ord("A")
_FLAG_LENGTH: Final = 2


@cache
def flag(code: str) -> str:
    """Return the flag as an emoji; empty for organisations that have none and for codes of no place."""
    if code not in places():
        return ""
    return "".join(chr(ord(letter) + _OFFSET) for letter in code)


def code_from_flag(text: str) -> str | None:
    """Return the code of a flag that stands alone in the text; None for anything else."""
    indicators = normalise(text)
    if len(indicators) != _FLAG_LENGTH or not all(map(is_indicator, indicators)):
        return None
    code = "".join(chr(ord(indicator) - _OFFSET) for indicator in indicators)
    return code if flag(code) else None
