"""What a method says, marked for translation. No role of its own: the recount runs it without the bot.

:func:`cogs.polls.sentences.text_of` makes it a text for people.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wording:
    """An English message with its values; ``plural`` where it differs with ``count``."""

    singular: str
    plural: str | None = None
    count: int = 1
    values: Mapping[str, object] = field(default_factory=dict[str, object])


Say = Callable[[Wording], str]
"""Says a wording in the reader's language."""


def t(message: str, /, **values: object) -> Wording:
    """Mark the English ``message`` for translation; ``{name}`` in it is replaced by ``values["name"]``."""
    return Wording(message, values=values)


def nt(singular: str, plural: str, count: int, /, **values: object) -> Wording:
    """Mark a message that differs with ``count``, which is ``{count}`` in it."""
    return Wording(singular, plural, count, {**values, "count": count})
