"""Every text for people: marked here in English, translated in ``bot/locales``, rendered for one reader."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from string import Formatter
from types import MappingProxyType
from typing import Final, cast
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations
from discord import app_commands

from bot.commands import Command, CommandIds
from bot.languages import DEFINITIONS, LANGUAGES, Language, language_of_locale

_URL: Final = re.compile(r"https?://[A-Za-z0-9\-._~/?&=%#:+,;@!$']+")
_INLINE: Final = re.compile(r"([\\*_~`|<\[\]])")
_LINE_START: Final = re.compile(r"^(\s*\d*)(?<=\d)([.)])|^(\s*)([#>+-])", re.MULTILINE)
_EVERYONE: Final = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
# Left open, an override or isolate turns the rest of the sentence around; control characters show as nothing at all.
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
# Not within an address, not that of a masked link, and not what would become the words of one.
_PARENTHESES: Final = re.compile(r"(?P<address>https?://\S+)|(?<!\])\((?P<within>[^()]*)\)(?!\()")
_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


class Markdown(str):
    """Markdown of our own making: a value that is rendered as it stands, never escaped."""

    __slots__ = ()


class Listing(tuple["str | Text | Command", ...]):
    """Several values of one text, rendered as a sentence lists them: "a, b and c"."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class NameIn:
    """A name that is another in each language, as typed text: a city."""

    names: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A text for people, not yet in any language; a :class:`Reader` renders it."""

    singular: str
    plural: str | None = None
    count: int = 1
    values: Mapping[str, object] = field(default_factory=lambda: _NOTHING)

    def recalling(self, most: int) -> "Text":
        """Return the text with at most ``most`` characters of each typed value."""
        shortened = {name: clipped(v, most) if type(v) is str else v for name, v in self.values.items()}
        return Text(self.singular, self.plural, self.count, shortened)


def t(message: str, /, **values: object) -> Text:
    """Mark the English ``message`` for translation; ``{name}`` in it stands for ``values["name"]``.

    A value may be typed text (``str``, escaped), :class:`Markdown`, a :class:`Command`, a number, a ``date``, another
    :class:`Text`, or a :class:`Listing` of those. Instants are put in as Markdown from :meth:`Reader.moment`, because
    their zone must be named.
    """
    return Text(message, values=values)


def nt(singular: str, plural: str, count: int, /, **values: object) -> Text:
    """Mark a message that differs with ``count``, which stands in it as ``{count}``."""
    return Text(singular, plural, count, {**values, "count": count})


def clipped(typed: str, most: int = 100) -> str:
    """Return the first ``most`` characters of what was typed: enough to recognise it by."""
    return typed if len(typed) <= most else f"{typed[: most - 1]}…"


def seen(typed: str) -> str:
    """Return the characters of ``typed`` that show: none that would turn the text around it from right to left."""
    return _UNSEEN.sub("", typed)


def escaped(typed: str) -> Markdown:
    """Return ``typed`` so that Discord shows exactly its characters, as far as they can be :func:`seen`.

    It can make no mention, masked link, heading, list or emphasis; a plain address stays an address.
    """
    typed = seen(typed)
    parts: list[str] = []
    end = 0
    for address in _URL.finditer(typed):
        parts += [_escape_prose(typed[end : address.start()]), address.group()]
        end = address.end()
    parts.append(_escape_prose(typed[end:]))
    return Markdown("".join(parts))


def _escape_prose(prose: str) -> str:
    prose = _INLINE.sub(r"\\\1", prose)
    prose = _LINE_START.sub(lambda m: f"{m[1] or m[3] or ''}\\{m[2] or m[4]}", prose)
    return _EVERYONE.sub("@\u200b", prose)


@cache
def _translations(language: Language) -> Translations:
    rooms = [_read(file, language) for file in catalogue_files(language)]
    if not rooms:
        return Translations()
    # Merged into the first, which knows the language's plural forms; an empty catalogue would count as English.
    for room in rooms[1:]:
        rooms[0].merge(room)
    return rooms[0]


def read_catalogues() -> None:
    """Read the translations of every language, which the first answer in each would wait for: 40 ms."""
    for language in LANGUAGES:
        _translations(language)


def _read(file: Traversable, language: Language) -> Translations:
    with file.open("rb") as po:
        compiled = BytesIO()
        write_mo(compiled, read_po(po, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def catalogue_files(language: Language) -> list[Traversable]:
    """Return the gettext catalogues of ``language``, one for each room of the house; none for English."""
    folder = files("bot") / "locales" / language
    if not folder.is_dir():
        return []
    return sorted((f for f in folder.iterdir() if f.name.endswith(".po")), key=lambda f: f.name)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads: one language and one IANA time zone. Renders texts, dates, times and lists.

    ``command_ids`` makes commands clickable, for those who read in the network's server (None: as code).
    """

    language: Language
    zone: str
    command_ids: CommandIds | None = None

    @property
    def tzinfo(self) -> ZoneInfo:
        """The reader's zone."""
        return ZoneInfo(self.zone)

    def say(self, text: Text) -> str:
        """Render ``text`` for a place that shows markdown; typed values are escaped."""
        return self._render(text, markdown=True)

    def label(self, text: Text) -> str:
        """Render ``text`` for a place that shows no markdown: buttons, selects, autocomplete, footers, files."""
        return self._render(text, markdown=False)

    def number(self, value: float) -> str:
        """Write a number with the reader's separators."""
        return format_decimal(value, locale=_locale(self.language))

    def day(self, day: date, *, weekday: bool = False) -> str:
        """Write a calendar day in full, such as "12 March 2027"."""
        return _day(self.language, day.year, day.month, day.day, weekday)

    def day_number(self, day: date) -> str:
        """Write the day of the month alone, for the first of two days of one month: "12" of "12–13 May"."""
        return DEFINITIONS[self.language].first_of_month or "1" if day.day == 1 else str(day.day)

    def days(self, first: date, last: date) -> str:
        """Write the days from ``first`` to ``last`` (inclusive): "12–13 May 2027", "30 May 2027 – 2 June 2027"."""
        if first == last:
            return self.day(first)
        if (first.year, first.month) == (last.year, last.month):
            return f"{self.day_number(first)}–{self.day(last)}"
        return f"{self.day(first)} – {self.day(last)}"

    def time(self, instant: datetime, zone: str | None = None) -> str:
        """Write an instant's time of day with its place, such as "15:00, Brussels", in ``zone`` or the reader's."""
        zone = zone or self.zone
        local = instant.astimezone(ZoneInfo(zone))
        return f"{_clock(self.language, local.hour, local.minute)}, {self.place(zone)}"

    def moment(self, instant: datetime, zone: str | None = None) -> str:
        """Write an instant in full without a stamp, such as "12 March 2027, 15:00, Brussels"."""
        local = instant.astimezone(ZoneInfo(zone or self.zone))
        return f"{self.day(local.date())}, {self.time(instant, zone)}"

    def moment_in_both(self, instant: datetime, zone: str) -> str:
        """Write an instant in full in the reader's zone and, where the subject's ``zone`` is another, in that too.

        Such as "12 March 2027, 09:00, New York (15:00, Brussels)"; with the day where it is another there.
        """
        own = self.moment(instant)
        if zone == self.zone:
            return own
        is_same_day = instant.astimezone(ZoneInfo(zone)).date() == instant.astimezone(self.tzinfo).date()
        return f"{own} ({self.time(instant, zone) if is_same_day else self.moment(instant, zone)})"

    def stamp(self, instant: datetime, zone: str | None = None, style: str = "F") -> Markdown:
        """Write an instant as Discord's stamp and, beside it, the time in the subject's own zone."""
        return Markdown(f"<t:{int(instant.timestamp())}:{style}> ({self.time(instant, zone)})")

    def place(self, zone: str) -> str:
        """Return the city that an IANA zone is named after, in the reader's language."""
        return _place(self.language, zone)

    def month(self, day: date) -> str:
        """Write a month and its year, such as "March 2027"."""
        return format_skeleton("yMMMM", datetime(day.year, day.month, 1), locale=_locale(self.language))  # noqa: DTZ001 - a calendar month has no zone

    def listing(self, items: Iterable[str]) -> str:
        """Join ``items`` as a sentence does: "a, b and c"."""
        members = list(items)
        definition = DEFINITIONS[self.language]
        joined = format_list(members, locale=_locale(definition.list_locale))
        return definition.listed(joined, members[-1]) if members else joined

    def ordinal(self, number: int) -> str:
        """Write the number of a meeting: "12th", "12e", "12.ª"."""
        return DEFINITIONS[self.language].ordinal(number)

    def language_name(self, code: str) -> str:
        """Name the language with the ISO 639 ``code``, or return the code where none is known."""
        return cast(dict[str, str], _locale(self.language).languages).get(code, code)

    def command(self, command: Command) -> str:
        """Write a command where markdown shows: clickable, or as code."""
        return self.command_ids.markdown(command) if self.command_ids is not None else f"`{command}`"

    def _render(self, text: Text, *, markdown: bool) -> str:
        catalogue = _translations(self.language)
        if text.plural is None:
            template = catalogue.gettext(text.singular) if self.language != "en" else text.singular
        else:
            template = catalogue.ngettext(text.singular, text.plural, text.count)
        if not text.values:
            return template.format()
        values = {name: self._value(value, markdown) for name, value in text.values.items()}
        for name in _in_parentheses(template):
            # "(Ghana [GH])": parentheses within parentheses are set as brackets.
            values[name] = _PARENTHESES.sub(lambda found: found["address"] or f"[{found['within']}]", values[name])
        return template.format_map(values)

    def _value(self, value: object, markdown: bool) -> str:
        match value:
            case Text():
                return self._render(value, markdown=markdown)
            case Listing():
                return self.listing([self._value(item, markdown) for item in value])
            case Markdown():
                return str(value)
            case Command():
                return self.command(value) if markdown else str(value)
            case str() | NameIn():
                name = value.names[self.language] if isinstance(value, NameIn) else value
                return escaped(name) if markdown else seen(name)
            case _:
                return self._counted(value)

    def _counted(self, value: object) -> str:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.number(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            return self.day(value)
        raise TypeError(f"{type(value).__name__} has no form of its own in a text")


@cache
def _in_parentheses(template: str) -> frozenset[str]:
    within: set[str] = set()
    elsewhere: set[str] = set()
    depth = 0
    for literal, name, _, _ in Formatter().parse(template):
        depth += literal.count("(") - literal.count(")")
        if name is not None:
            (within if depth > 0 else elsewhere).add(name)
    return frozenset(within - elsewhere)


@cache
def _locale(identifier: str) -> Locale:
    # Read once: Babel works a name out anew each time that it is given one.
    return Locale.parse(identifier)


# What lists write for each of their lines: the library takes 30 µs for each.
@lru_cache(maxsize=20_000)
def _day(language: Language, year: int, month: int, number: int, weekday: bool) -> str:
    written = format_date(date(year, month, number), _day_format(language, weekday), locale=language)
    first = DEFINITIONS[language].first_of_month
    return re.sub(r"\b1(?= )", first, written, count=1) if first and number == 1 else written


@lru_cache(maxsize=20_000)
def _clock(language: Language, hour: int, minute: int) -> str:
    return format_time(time(hour, minute), "HH:mm", locale=language)


@lru_cache(maxsize=2_000)
def _place(language: Language, zone: str) -> str:
    if zone == "UTC":
        return "UTC"
    # Some are named with their province or state before the city: "Argentina/Buenos Aires".
    return get_timezone_location(ZoneInfo(zone), locale=language, return_city=True).rpartition("/")[2]


def _day_format(language: Language, weekday: bool) -> str:
    pattern = DEFINITIONS[language].day_format
    return f"EEEE {pattern}" if weekday else pattern


TRANSLATED: Final = frozenset(
    {
        app_commands.TranslationContextLocation.command_description,
        app_commands.TranslationContextLocation.group_description,
        app_commands.TranslationContextLocation.parameter_description,
        app_commands.TranslationContextLocation.choice_name,
    }
)
"""What Discord is given of commands in each language."""


class CatalogueTranslator(app_commands.Translator):
    """Gives Discord the descriptions and choice names of commands in each language; names stay English."""

    async def translate(
        self, string: app_commands.locale_str, locale: object, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return ``string`` in ``locale``, or None where the English text serves."""
        language = language_of_locale(str(locale))
        if language in (None, "en") or context.location not in TRANSLATED:
            return None
        return _translations(language).gettext(string.message)
