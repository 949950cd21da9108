"""The working languages: the one table of them, and what each one's folder says; ``docs/languages.md`` is the guide."""

from collections.abc import Mapping
from importlib import import_module
from typing import Final, Literal, cast, get_args

from bot.languages.definition import Definition

Language = Literal["en", "fr", "es"]
"""A working language of the network, as an ISO 639-1 code. The table: each code is a folder beside this file."""

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

DEFINITIONS: Final[Mapping[Language, Definition]] = {
    code: cast(Definition, import_module(f"{__name__}.{code}").LANGUAGE) for code in LANGUAGES
}
"""All that is particular to each language."""

OWN_NAMES: Final[Mapping[Language, str]] = {code: defined.own_name for code, defined in DEFINITIONS.items()}
"""Each language called by itself, as a reader looks for it."""


def language_of_locale(locale: str | None) -> Language | None:
    """Return the working language of a Discord locale (``es-ES`` and ``es-419`` are both Spanish).

    None when there is no locale or its language is not a working language.
    """
    prefix = (locale or "").split("-", maxsplit=1)[0]
    return prefix if prefix in LANGUAGES else None
