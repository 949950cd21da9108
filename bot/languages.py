from typing import Final, Literal, get_args

Language = Literal["en", "fr", "es"]
"""A working language of the network, as an ISO 639-1 code."""

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

OWN_NAMES: Final[dict[Language, str]] = {"en": "English", "fr": "Français", "es": "Español"}
"""Each language called by itself, as a reader looks for it."""


def language_of_locale(locale: str | None) -> Language | None:
    """Return the working language of a Discord locale (``es-ES`` and ``es-419`` are both Spanish).

    None when there is no locale or its language is no working language.
    """
    prefix = (locale or "").split("-", maxsplit=1)[0]
    return prefix if prefix in LANGUAGES else None
