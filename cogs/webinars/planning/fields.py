"""What was typed about a webinar, read into its fields. Pure: the present instant is given."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Final, TypeVar, cast
from urllib.parse import quote, urldefrag
from zoneinfo import ZoneInfo

from babel import Locale
from discord.app_commands import locale_str

from bot.errors import UserError
from bot.languages import LANGUAGES
from bot.occasions.fields import FieldError, OccasionField
from bot.occasions.fields import read as read_field
from bot.search.folding import normalise
from bot.shelf import normalised
from bot.texts import Reader, Text, t
from bot.timeparse import parse_duration, parse_instant, parse_leads, parse_zone, require_future, written_leads
from cogs.webinars.rules import DEFAULT_REMINDERS
from storage.webinars.models import Webinar, WebinarValue

Typed = Mapping[str, str]
LONGEST_ADDRESS: Final = 512
MAIN: Final = (
    OccasionField("title", locale_str("What it is about"), t("Title"), required=True),
    OccasionField(
        "starts",
        locale_str("Date and time, such as 2027-03-12 15:00 or tomorrow 14:00"),
        t("Starts: date and time"),
        name=t("Start"),
        attribute="starts_at",
        required=True,
    ),
    OccasionField(
        "duration",
        locale_str("How long, such as 1h 30min or 90 min"),
        t("Duration"),
        t("1h 30min or 90 min"),
        name=t("Length"),
        attribute="length",
        required=True,
    ),
    OccasionField(
        "link",
        locale_str("Where members join: it begins with https:// and is never public"),
        t("Link to join (only members see it)"),
        t("https://…"),
        name=t("Link"),
        required=True,
    ),
    OccasionField(
        "description",
        locale_str("What everybody reads on the card"),
        t("Description (everybody sees it)"),
        name=t("Description"),
        long=True,
    ),
)
"""What every webinar needs, and its description: the first form."""
DETAILS: Final = (
    OccasionField(
        "timezone",
        locale_str("A large city; your own time zone if left out"),
        t("Time zone: a large city"),
        name=t("Time zone"),
    ),
    OccasionField("speakers", locale_str("Who speaks"), t("Speakers")),
    OccasionField(
        "languages", locale_str("Languages spoken, such as English, French"), t("Languages"), t("English, French")
    ),
    OccasionField(
        "reminders",
        locale_str("How long ahead, such as 7d 24h 1h, or none"),
        t("Reminders ahead"),
        t("7d 24h 1h, or none"),
        name=t("Reminders"),
    ),
)
"""What is left at its default by most: the second form."""
FIELDS: Final = (*MAIN, *DETAILS)
NAMES: Final = {field.of_record: field.called for field in FIELDS}
"""What each attribute of the record is called."""
NEEDED: Final = tuple(field.option for field in MAIN if field.required)
LONGEST_TITLE: Final = 200
LONGEST_DESCRIPTION: Final = 2000
LONGEST_SPEAKERS: Final = 300
_MOST_LANGUAGES: Final = 10
_BETWEEN_LANGUAGES: Final = re.compile(r"[,;/+&]|\b(?:and|et|y|e)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\s<>()\[\]{}\"'“”«»]+")
_SCHEME: Final = re.compile(r"^https?://", re.IGNORECASE)
_AROUND: Final = ".,;:!?*_~|`"
_Read = TypeVar("_Read")


def read(typed: Typed, reader: Reader, now: datetime, base: Webinar | None = None) -> dict[str, WebinarValue]:
    """Return the fields that ``typed`` gives, by option, in the words of ``reader``, at the aware instant ``now``.

    For a new webinar (``base`` None) all that is needed has to be there. For a change of ``base`` only what differs
    from :func:`written` is read, an emptied line empties its field, and only what changes is returned. Raises
    FieldError.
    """
    before = written(base) if base is not None else {}
    given = {name: text.strip() for name, text in typed.items() if text.strip() != before.get(name, "")}
    if base is None:
        given = {**dict.fromkeys(NEEDED, ""), **given}
    fields = _Reading(given, reader, now, base).fields()
    _refuse_public_link(fields, base)
    if base is None:
        return fields
    return {name: value for name, value in fields.items() if getattr(base, name) != value}


def written(webinar: Webinar) -> dict[str, str]:
    """Return a webinar's fields as somebody would type them, by option."""
    minutes = int(webinar.length.total_seconds()) // 60
    return {
        "title": webinar.title,
        "starts": f"{webinar.starts_at.astimezone(ZoneInfo(webinar.timezone)):%Y-%m-%d %H:%M}",
        "duration": f"{minutes // 60}h {minutes % 60:02}min" if minutes >= 60 else f"{minutes} min",  # noqa: PLR2004 - minutes of an hour
        "link": webinar.link,
        "description": webinar.description,
        "timezone": webinar.timezone,
        "speakers": webinar.speakers,
        "languages": ", ".join(webinar.languages),
        "reminders": webinar.reminders,
    }


class _Reading:
    def __init__(self, given: Typed, reader: Reader, now: datetime, base: Webinar | None) -> None:
        self._given = given
        self._reader = reader
        self._now = now
        self._base = base

    def fields(self) -> dict[str, WebinarValue]:
        """Read all that was given."""
        fields: dict[str, WebinarValue] = {}
        readers: dict[str, tuple[str, Callable[[str], WebinarValue]]] = {
            "title": ("title", _title),
            "timezone": ("timezone", self._zone),
            "duration": ("length", parse_duration),
            "link": ("link", join_link),
            "description": ("description", _description),
            "speakers": ("speakers", _speakers),
            "languages": ("languages", languages_typed),
            "reminders": ("reminders", lambda typed: written_leads(parse_leads(typed))),
        }
        for option, (field, reading) in readers.items():
            if option in self._given:
                fields[field] = self._guarded(option, reading)
        if self._base is None:
            fields = {"timezone": self._reader.zone, "reminders": DEFAULT_REMINDERS, **fields}
        if "starts" in self._given or ("timezone" in fields and self._base is not None):
            zone = str(fields.get("timezone") or (self._base.timezone if self._base else self._reader.zone))
            fields["starts_at"] = self._guarded("starts", lambda typed: self._start(typed, zone))
        return fields

    def _guarded(self, option: str, reading: Callable[[str], _Read]) -> _Read:
        typed = self._given.get(option)
        if typed is None and self._base is not None:
            typed = written(self._base)[option]
        return read_field(option, reading, typed or "")

    def _zone(self, typed: str) -> str:
        return parse_zone(typed, self._reader.language) if typed else self._reader.zone

    def _start(self, typed: str, zone: str) -> datetime:
        instant = parse_instant(typed, zone, now=self._now, language=self._reader.language)
        require_future(instant, self._now, zone=zone, language=self._reader.language)
        return instant


def _title(typed: str) -> str:
    title = " ".join(typed.split())
    if not title:
        raise UserError(t("A webinar needs a title: type one."))
    return _not_longer(title, LONGEST_TITLE, NAMES["title"])


def _description(typed: str) -> str:
    return _not_longer(typed.strip(), LONGEST_DESCRIPTION, NAMES["description"])


def _speakers(typed: str) -> str:
    return _not_longer(" ".join(typed.split()), LONGEST_SPEAKERS, NAMES["speakers"])


def _not_longer(text: str, most: int, field: Text) -> str:
    if len(text) > most:
        raise UserError(
            t(
                "“{field}” has {length} characters, and at most {limit} can be kept: shorten it.",
                field=field,
                length=len(text),
                limit=most,
            )
        )
    return text


def join_link(typed: str) -> str:
    """Return the address to join or to watch at, https only. Raises UserError.

    The part behind ``#`` is kept: some meeting rooms are named by it.
    """
    if not typed.strip():
        raise UserError(t("Paste the link to join at; it begins with https://"))
    address, fragment = urldefrag(typed.strip().removeprefix("<").removesuffix(">"))
    link = normalised(address)
    if not link.startswith("https://"):
        raise UserError(t("The link has to begin with https:// so that nobody can listen in: ask for a secure one."))
    if fragment:
        link = f"{link}#{quote(fragment, safe='/:@!$&,;=~-._%?+')}"
    if len(link) > LONGEST_ADDRESS:
        raise UserError(
            t("That link is longer than {limit} characters: use the room's short link.", limit=LONGEST_ADDRESS)
        )
    return link


def languages_typed(typed: str) -> tuple[str, ...]:
    """Return the ISO 639 codes of languages typed by code or by name in any working language. Raises UserError."""
    pieces = [piece.strip() for piece in _BETWEEN_LANGUAGES.split(typed)]
    if len([piece for piece in pieces if piece]) == 1 and all(len(word) in (2, 3) for word in typed.split()):
        pieces = typed.split()
    codes: list[str] = []
    for piece in filter(None, pieces):
        code = _language_names().get(normalise(piece))
        if code is None:
            raise UserError(
                t(
                    "“{typed}” is not a language that the bot knows: type its name or code, such as French or fr.",
                    typed=piece[:60],
                )
            )
        codes.append(code)
    if len(codes) > _MOST_LANGUAGES:
        raise UserError(t("At most {limit} languages can be named: leave some out.", limit=_MOST_LANGUAGES))
    return tuple(dict.fromkeys(codes))


@cache
def _language_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for reader_language in LANGUAGES:
        for code, name in cast(dict[str, str], Locale(reader_language).languages).items():
            names.setdefault(normalise(name), code)
            names.setdefault(normalise(code), code)
    return names


def _refuse_public_link(fields: Mapping[str, WebinarValue], base: Webinar | None) -> None:
    link = str(fields.get("link") or (base.link if base else ""))
    for name in ("title", "description", "speakers"):
        said = fields.get(name, getattr(base, name) if base else "")
        if link and _says(str(said), link):
            raise FieldError(name, _for_members(NAMES[name]))


def _for_members(field: Text) -> Text:
    return t("Everybody reads “{field}”, but the link to join is for members: take it out there.", field=field)


def _says(text: str, link: str) -> bool:
    """Tell whether a text gives the link away, in whatever spelling leads to the same place."""
    bare = _bare(link)
    return bare in text.casefold() or any(_address_in(word) == bare for word in _WORD.findall(text) if "." in word)


def _address_in(word: str) -> str | None:
    try:
        return _bare(join_link(_SCHEME.sub("https://", word.strip(_AROUND))))
    except UserError:
        return None


def _bare(link: str) -> str:
    return link.removeprefix("https://").rstrip("/").casefold()


def cancelled(webinar: Webinar, reason: str, at: datetime) -> Webinar:
    """Return the webinar as it is once it was cancelled ``at``.

    Raises UserError for a reason that is too long or gives the link away.
    """
    if _says(reason, webinar.link):
        raise UserError(_for_members(t("Reason")))
    return replace(webinar, cancelled_at=at, cancel_reason=_not_longer(reason, LONGEST_SPEAKERS, t("Reason")))
