"""A field of an occasion, declared once: slash option, form, *Correct*, "this changes" and refusals come from it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from discord.app_commands import locale_str

from bot.errors import UserError
from bot.texts import Text
from bot.ui import Field

_Read = TypeVar("_Read")
LINES: Final = 5
"""Lines of a form: Discord's limit."""
EMPTY: Final = "-"
"""Typed to empty a field that may be empty."""


@dataclass(frozen=True, slots=True)
class OccasionField:
    """One field. ``option`` is its slash option, and its key wherever something is typed.

    ``about`` describes the option; ``label`` is its line of a form, with a ``hint`` of what to type. ``name`` is what
    it is called when it changes or is refused, and ``attribute`` the record's, where these differ. ``choices`` (value
    and name) make it a list to pick from.
    """

    option: str
    about: locale_str
    label: Text
    hint: Text | None = None
    name: Text | None = None
    attribute: str = ""
    required: bool = False
    long: bool = False
    max_length: int = 4000
    choices: Sequence[tuple[str, Text]] = ()

    @property
    def of_record(self) -> str:
        """The attribute of the record that holds it."""
        return self.attribute or self.option

    @property
    def called(self) -> Text:
        """What it is called in a sentence."""
        return self.name or self.label

    def line(self, hint: Text | None = None) -> Field:
        """Return its line of a form; ``hint`` where the declared one depends on what was typed before."""
        return Field(
            self.option,
            self.label,
            required=self.required,
            long=self.long,
            max_length=self.max_length,
            placeholder=hint or self.hint,
            choices=self.choices,
        )


class FieldError(UserError):
    """What was typed in one field cannot be used; ``field`` is its option, so that the form can show it."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(text)
        self.field = field


def options(fields: Iterable[OccasionField]) -> dict[str, locale_str]:
    """Return what ``app_commands.describe`` takes for the fields' slash options."""
    return {field.option: field.about for field in fields}


def given(options: Iterable[str], typed: Mapping[str, object]) -> dict[str, str]:
    """Return what was ``typed`` into these options of a command, as text; those left out are left out."""
    return {option: str(typed[option]) for option in options if typed.get(option) is not None}


def read(field: str, reading: Callable[[str], _Read], typed: str) -> _Read:
    """Read what was typed in ``field``. Raises FieldError, naming the field, for what ``reading`` refuses."""
    try:
        return reading(typed)
    except FieldError:
        raise
    except UserError as error:
        raise FieldError(field, error.text) from error


def shown_first(fields: Sequence[OccasionField], keys: Iterable[str]) -> list[OccasionField]:
    """Return the fields with these options, as many of the first ``keys`` as a form holds, in their own order."""
    chosen = list(dict.fromkeys(keys))[:LINES]
    return [field for field in fields if field.option in chosen]
