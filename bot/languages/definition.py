"""What a language's folder must say. A field that is forgotten fails at import, and pyright names it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

AFTER: Final = "~"
"""Put after a letter in ``sorts_as``: a letter of its own between this one and the next of the alphabet."""


def untouched(text: str) -> str:
    """Return ``text`` as it is: the typography of a language without rules of its own."""
    return text


def as_joined(joined: str, last: str) -> str:  # noqa: ARG001 - what a language with rules of its own looks at
    """Return the list ``joined`` as it is: a language whose conjunction is always the same."""
    return joined


@dataclass(frozen=True, slots=True)
class Search:
    """Words of documents and of questions about them, folded: small letters without accents, separated by spaces."""

    stemmer: str
    """Snowball's name of the language."""
    small: str
    """Words that every question has and that say nothing of what is looked for."""
    recent: str
    """What asks for the newest document."""
    ordinals: Mapping[int, str]
    """1 to 12 in letters, in all their forms."""
    ordinal_endings: str
    """What follows the figures of an ordinal."""
    kinds: Mapping[str, str]
    """What people call each category of documents, with accents."""
    articles: str
    """Words that the name of a country may have or lack."""


@dataclass(frozen=True, slots=True)
class SpokenTime:
    """How a time of day is said with its minutes: "half past three".

    ``pattern`` is a regular expression with the groups ``hour``, ``part`` (half or quarter), ``minutes`` (figures),
    ``word`` (a number in words), ``way`` (after or before the hour), and as needed ``named`` (noon, midnight) and
    ``at``; ``%(hour)s``, ``%(minute)s`` and ``%(month)s`` in it stand for the words of all languages.
    """

    pattern: str
    before: tuple[str, ...]
    """The values of ``way`` that count back from the hour."""
    of_twelve: bool = True
    """Whether the hour so said may be one of the morning or of the afternoon."""
    figures_need_at: bool = False
    """Whether minutes that are not a half or a quarter need the group ``at`` to be minutes at all."""


@dataclass(frozen=True, slots=True)
class Times:
    """Words of dates, times and lengths, all folded. Tuples hold regular expressions where this says patterns.

    Names of months and weekdays come from CLDR; here are those that people write beside them. A field left out
    means that the language has no such expression.
    """

    numbers: Mapping[int, str]
    """Numbers in words, each in all its forms; for 1 with the articles."""
    day: str
    """Patterns of the words for each length, singular and plural."""
    week: str
    month: str
    hour: tuple[str, ...]
    minute: tuple[str, ...]
    hour_of_day: tuple[str, ...]
    """Patterns after a figure that make it a time of day: "15 h"."""
    half: tuple[str, ...]
    """Words after an hour or before it: 30 and 15 minutes."""
    quarter: tuple[str, ...]
    spoken: SpokenTime
    at: tuple[str, ...]
    """Patterns before a time of day."""
    noon: tuple[str, ...]
    midnight: tuple[str, ...]
    morning: tuple[str, ...]
    """Parts of the day; "night" is one in which 12 is midnight."""
    afternoon: tuple[str, ...]
    evening: tuple[str, ...]
    night: tuple[str, ...]
    in_the: tuple[str, ...]
    """Patterns between a time and its part of the day: "in the"."""
    bare_hour_before: str
    """A pattern of what makes a figure before it an hour: "in the morning"."""
    part_first: str
    """A pattern before a part of the day that comes before the time: "tomorrow evening at 8"."""
    relative_days: Mapping[str, int]
    """Days counted from today, each without the words of ``fillers``."""
    next: tuple[str, ...]
    """Patterns beside a weekday."""
    this: tuple[str, ...]
    in_time: tuple[str, ...]
    """Words before a length that count it from now: "in"."""
    fillers: str
    """Words of a date that add nothing to it."""
    day_word: str
    """The word for day that may precede its number."""
    first: str
    """The first of a month, in letters."""
    day_ordinals: tuple[str, ...]
    """Patterns that may follow the number of a day."""
    conjunctions: tuple[str, ...]
    """Words that join the members of a list."""
    and_a_half: str
    """Patterns of lengths."""
    half_hour: tuple[str, ...]
    three_quarters: str
    quarter_of_an_hour: tuple[str, ...]
    and_a_quarter: str
    one_hour: str
    """The word for one hour."""
    nothing: str
    """Words for "no reminders"."""
    articles: str
    """Words for 1 that never stand for a number of minutes."""
    not_hours: str
    """Words for 1 that never stand for an hour."""
    more_months: Mapping[str, int] = field(default_factory=dict[str, int])
    """Abbreviations that CLDR does not have, 1 to 12."""
    more_weekdays: Mapping[str, int] = field(default_factory=dict[str, int])
    """The same, Monday is 0."""
    weekdays_like_months: Mapping[str, int] = field(default_factory=dict[str, int])
    """Words that are a month in another language, and a weekday to readers of this one."""
    of: tuple[str, ...] = ()
    """Words between the number of a day and its month."""
    o_clock: tuple[str, ...] = ()
    """Patterns after a figure that make it an hour of twelve."""
    before_hour_word: tuple[str, ...] = ()
    """Words right before an hour in words: "at" three."""
    after_hour_word: tuple[str, ...] = ()
    """Patterns right after an hour in words."""
    of_noon: str | None = None
    """A pattern after an hour: early in the afternoon."""
    tonight: tuple[str, ...] = ()
    from_now: tuple[str, ...] = ()
    """Patterns after a length that count it from now."""
    from_today: tuple[str, ...] = ()
    """The same, of days only."""
    fortnight: tuple[str, ...] = ()
    idiomatic_days: Mapping[str, int] = field(default_factory=dict[str, int])
    """Numbers of days that may also mean another number: eight days for a week. Asked back."""
    day_letters: tuple[str, ...] = ()
    """Abbreviations of days and weeks after a figure."""
    week_letters: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    """Words beside ``conjunctions`` that join hours and minutes."""


@dataclass(frozen=True, slots=True)
class Places:
    """Names of places that CLDR and tzdata lack."""

    time_in: tuple[str, ...] = ()
    """Patterns of what is typed around a city: "time in …"."""
    cities: Mapping[str, str] = field(default_factory=dict[str, str])
    """Cities by their English names, as far as they are called otherwise."""
    countries: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """What people also call countries, folded, with ISO 3166-1 alpha-2 codes."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One language: how it is written, and its words for searching, for times and for places."""

    own_name: str
    """What the language is called by itself."""
    list_locale: str
    """The CLDR locale whose lists it takes: "a, b and c"."""
    discord_locale: str
    """The locale of Discord's that the demo shows it with."""
    day_format: str
    """A calendar day, as a CLDR pattern without the weekday."""
    ordinal: Callable[[int], str]
    """The number of an annual meeting, agreeing with the noun."""
    search: Search
    times: Times
    places: Places = field(default_factory=Places)
    first_of_month: str | None = None
    """What stands for 1 in a date, where it is not the figure."""
    sorts_as: Mapping[str, str] = field(default_factory=dict[str, str])
    """Letters of the alphabet that do not sort as they are without accents, such as "ñ": "n" + AFTER."""
    typeset: Callable[[str], str] = untouched
    """Sets translations as the language does: spaces that break no line, signs."""
    listed: Callable[[str, str], str] = as_joined
    """Sets a list right for its ``last`` member, before which a conjunction may change: "Grecia e Irán"."""
