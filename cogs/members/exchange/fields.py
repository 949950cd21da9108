"""What the cells of one row of an import mean.

A blank cell leaves what the directory has; a cell of nothing but ``-`` erases it.
"""

import re
import zoneinfo
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final, TypeAlias, cast

from babel import Locale

from bot import names
from bot.csvfiles import Problem, Row, shortened, spoiled
from bot.errors import UserError
from bot.languages import LANGUAGES
from bot.search.folding import cleaned
from bot.texts import Text, t
from bot.timeparse import exact_zone, parse_zone
from cogs.members.exchange.exchange import COLUMNS, LIST_SEPARATOR
from cogs.members.exchange.spreadsheet_dates import DayError, day_in
from cogs.members.exchange.spreadsheet_words import place_called, role_called, visibility_called
from storage.members.models import ROLES, Delegation, Kind, Role

ERASE: Final = "-"
LIMITS: Final = {"name": 100, "title": 200, "ministry": 200, "email": 254, "phone": 40, "expertise": 60}
"""Characters; of ``expertise`` each entry."""
MOST_ENTRIES: Final = 20
"""Of the list in one cell."""

EXACT_DIGITS: Final = 15
"""Of a number in a spreadsheet: what is longer is rounded there, and ends in zeros."""
ROUNDED_FROM: Final = 18
"""Digits of an id whose last zeros are hardly its own: of one in a hundred shorter ids they are."""

Value: TypeAlias = str | tuple[str, ...] | date | int | None

_ERASED: Final[Mapping[str, Value]] = {
    "title": "",
    "ministry": "",
    "email": "",
    "phone": "",
    "languages": (),
    "expertise": (),
    "timezone": None,
    "ends_on": None,
    "discord_user_id": None,
    "place": None,
}
_ORGANISATION: Final = re.compile(r"[A-Z]{3,8}")
_STATE_CODE_LENGTH: Final = 2
_ADDRESS: Final = re.compile(
    r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\.]+(\.[^\s@<>()\[\],;:\"\\.]+)*\.[^\W\d_]{2,}"
)
_MANGLED_NUMBER: Final = re.compile(r"\d+([.,]\d+)?[eE]\+?\d+|\d+[.,]\d+")
_ACCOUNT: Final = re.compile(r"\d{17,20}", re.ASCII)
_LARGEST_ID: Final = 2**63 - 1
# Control characters, line breaks, and the marks that make a text run backwards.
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_JOINERS: Final = re.compile("[\u200c\u200d]")
_LANGUAGE_CODE: Final = re.compile(r"[a-z]{2,3}")
_NO_LANGUAGE: Final = frozenset({"mis", "mul", "und", "zxx"})


class CellError(Exception):
    """A cell cannot be used; the text says what to type instead."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.singular)
        self.text = text


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says. ``given`` holds the optional columns that are not blank; ``role`` None: a vacant seat."""

    number: int
    code: str
    name: str = ""
    role: Role | None = None
    starts_on: date | None = None
    given: Mapping[str, Value] = field(default_factory=dict[str, Value])


class SeatLookup:
    """Finds which delegation a cell names, among the network's own and all that there are."""

    def __init__(self, delegations: Iterable[Delegation]) -> None:
        self._known: dict[str, str] = {}
        for delegation in delegations:
            for own_name in delegation.names.values():
                self._known[own_name.casefold()] = delegation.code
        # Codes last, so that no name of another hides one.
        self._known |= {delegation.code.casefold(): delegation.code for delegation in delegations}

    def code_of(self, typed: str) -> str:
        """Return the delegation's code. Raises CellError for what names none with certainty."""
        found = self._known.get(typed.casefold())
        if found is None:
            found = self._known[typed.casefold()] = self._resolved(typed)
        return found

    def _resolved(self, typed: str) -> str:
        certain = names.resolve(typed, exactly=True)
        if certain is not None:
            return certain
        if len(typed) == _STATE_CODE_LENGTH and names.flag(typed):
            return typed
        near = names.resolve(typed)
        if near is None and _ORGANISATION.fullmatch(typed):
            return typed
        if near is not None:
            raise CellError(
                t(
                    "There is no delegation {typed}: type {code} if {name} is meant.",
                    typed=shortened(typed),
                    code=near,
                    name=" / ".join(dict.fromkeys(names.name(near, language) for language in LANGUAGES)),
                )
            )
        raise CellError(
            t(
                "There is no delegation {typed}: type the two-letter ISO code of the country, or three to eight"
                " capital letters for an organisation.",
                typed=shortened(typed),
            )
        )


def kind_of(code: str) -> Kind:
    """Return what sits in the seat with that code."""
    return names.kind_of(code) or ("state" if len(code) == _STATE_CODE_LENGTH else "organisation")


def entry_of(row: Row, seats: SeatLookup, problems: list[Problem]) -> Entry | None:
    """Read a row and add to ``problems`` whatever is wrong in it.

    Returns None where the row cannot even be placed: its delegation, role, name or days are wrong.
    """
    cells = dict[str, str](zip(COLUMNS, map(cleaned, row.values()), strict=True))
    broken = [Problem(row.number, column, text) for column in COLUMNS if (text := spoiled(row.raw(column)))]
    if broken:
        problems += broken
        return None
    key: dict[str, Callable[[str], Value]] = {
        "delegation": lambda typed: _delegation(typed, seats),
        "role": lambda typed: _role(typed, cells),
        "name": lambda typed: "" if row.raw("name").strip() == ERASE else _line("name")(typed),
        "starts_on": lambda typed: _day(typed) if typed else None,
    }
    placed: dict[str, Value] = {}
    for column, parse in key.items():
        try:
            placed[column] = parse(cells[column])
        except CellError as error:
            problems.append(Problem(row.number, column, error.text))
    given: dict[str, Value] = {}
    for column, parse in _OPTIONAL.items():
        if not cells[column]:
            continue
        if row.raw(column).strip() == ERASE and column in _ERASED:
            given[column] = _ERASED[column]
            continue
        try:
            given[column] = parse(cells[column])
        except CellError as error:
            problems.append(Problem(row.number, column, error.text))
    if given.get("place") and placed.get("role", "mission") != "mission":
        text = t("Only a permanent mission has a place: leave this cell empty, or make the role mission.")
        problems.append(Problem(row.number, "place", text))
    if placed.keys() != key.keys() or (cells["ends_on"] and "ends_on" not in given):
        return None
    return Entry(
        number=row.number,
        code=cast(str, placed["delegation"]),
        name=cast(str, placed["name"]),
        role=cast(Role | None, placed["role"]),
        starts_on=cast(date | None, placed["starts_on"]),
        given=given,
    )


def _delegation(typed: str, seats: SeatLookup) -> str:
    if not typed:
        raise CellError(t("The delegation is missing: type its ISO code, such as DK."))
    return seats.code_of(typed)


def _role(typed: str, cells: Mapping[str, str]) -> Role | None:
    role = role_called(typed)
    if role is not None:
        return role
    if not typed and not any(cells[column] for column in COLUMNS if column != "delegation"):
        return None
    if not typed:
        raise CellError(
            t(
                "The role is missing: type one of {roles}, or leave all but the delegation empty.",
                roles=", ".join(ROLES),
            )
        )
    raise CellError(t("There is no role {typed}: type one of {roles}.", typed=shortened(typed), roles=", ".join(ROLES)))


def _line(column: str) -> Callable[[str], str]:
    def parse(typed: str) -> str:
        if _UNPRINTABLE.search(typed):
            raise CellError(
                t("This cell has a line break or a character that cannot be printed: type it again on one line.")
            )
        if len(typed) > LIMITS[column]:
            raise CellError(
                t(
                    "This cell has {count} characters, and {most} are kept: shorten it.",
                    count=len(typed),
                    most=LIMITS[column],
                )
            )
        return typed

    return parse


def _email(typed: str) -> str:
    address = _line("email")(_JOINERS.sub("", typed).removeprefix("mailto:"))
    if not _ADDRESS.fullmatch(address):
        raise CellError(
            t("{typed} is not an e-mail address: type one such as name@example.org.", typed=shortened(address))
        )
    return address


def _phone(typed: str) -> str:
    if _MANGLED_NUMBER.fullmatch(typed) and "e" in typed.casefold():
        raise CellError(damaged_number(typed))
    return _line("phone")(typed)


def _list(parse: Callable[[str], str], separators: str = LIST_SEPARATOR) -> Callable[[str], tuple[str, ...]]:
    def parse_all(typed: str) -> tuple[str, ...]:
        parts = re.split(f"[{separators}]", typed)
        entries = tuple(dict.fromkeys(parse(part.strip()) for part in parts if part.strip()))
        if len(entries) > MOST_ENTRIES:
            raise CellError(
                t(
                    "This cell lists {count} entries, and {most} are kept: choose those that matter most.",
                    count=len(entries),
                    most=MOST_ENTRIES,
                )
            )
        return entries

    return parse_all


def _language(typed: str) -> str:
    code = _languages().get(names.normalise(typed))
    if code is None:
        raise CellError(
            t(
                "There is no language {typed}: type codes or names such as en;fr;es, separated by semicolons.",
                typed=shortened(typed),
            )
        )
    return code


@cache
def _languages() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for reader in LANGUAGES:
        called = cast(Mapping[str, str], Locale(reader).languages)
        codes = {code: name for code, name in called.items() if _LANGUAGE_CODE.fullmatch(code)}
        # Two letters before three: where two codes share a name, the common one is meant.
        for code in sorted(codes.keys() - _NO_LANGUAGE, key=lambda code: (len(code), code)):
            found.setdefault(code, code)
            found.setdefault(names.normalise(codes[code]), code)
    return found


def _timezone(typed: str) -> str:
    zone = _zones().get(typed.casefold()) or _zone_of_city(typed)
    if zone is None:
        raise CellError(
            t(
                "There is no time zone {typed}: type a large city with the same time, or an IANA name such as"
                " Europe/Copenhagen.",
                typed=shortened(typed),
            )
        )
    try:
        # What names an offset or an abbreviation says nothing of summer time: /settings asks for a place, too.
        parse_zone(zone, "en")
    except UserError:
        raise CellError(
            t(
                "{typed} does not name a place, whose summer time the bot needs: type an IANA name such as"
                " Europe/Copenhagen, or UTC.",
                typed=shortened(typed),
            )
        ) from None
    return zone


def _zone_of_city(typed: str) -> str | None:
    try:
        return exact_zone(typed, "en")
    except UserError:
        return None


@cache
def _zones() -> Mapping[str, str]:
    return {zone.casefold(): zone for zone in sorted(zoneinfo.available_timezones()) if zone != "localtime"}


def _visibility(typed: str) -> str:
    visibility = visibility_called(typed)
    if visibility is None:
        raise CellError(
            t(
                "{typed} is not a visibility: type members (all members see the contact details) or secretariat.",
                typed=shortened(typed),
            )
        )
    return visibility


def _place(typed: str) -> str:
    place = place_called(typed)
    if place is None:
        raise CellError(t("There is no place {typed}: type new_york or geneva.", typed=shortened(typed)))
    return place


def _day(typed: str) -> date:
    try:
        return day_in(typed)
    except DayError as error:
        raise CellError(error.text) from None


def _account(typed: str) -> int:
    if _MANGLED_NUMBER.fullmatch(typed):
        raise CellError(damaged_number(typed))
    if not _ACCOUNT.fullmatch(typed) or int(typed) > _LARGEST_ID:
        raise CellError(
            t(
                "{typed} is not a Discord user id, which has 17 to 20 digits: right-click the user and choose “Copy"
                " User ID”.",
                typed=shortened(typed),
            )
        )
    return int(typed)


def damaged_number(typed: str) -> Text:
    """Say that a spreadsheet has turned a long number into ``typed``."""
    return t(
        "The spreadsheet has turned this number into {typed} and lost its last digits: empty this cell, and what the"
        " directory has stays; or format the column as text and type the number again.",
        typed=shortened(typed),
    )


_OPTIONAL: Final[Mapping[str, Callable[[str], Value]]] = {
    "title": _line("title"),
    "ministry": _line("ministry"),
    "email": _email,
    "phone": _phone,
    # No language has a comma or a slash in its name, and spreadsheets that part columns by ";" part lists by those.
    "languages": _list(_language, f"{LIST_SEPARATOR},/"),
    "expertise": _list(_line("expertise")),
    "timezone": _timezone,
    "visibility": _visibility,
    "ends_on": _day,
    "discord_user_id": _account,
    "place": _place,
}


def read_cell(column: str, typed: str) -> Value:
    """Read what was typed for one of the optional columns, as in a file. Raises CellError."""
    return _OPTIONAL[column](cleaned(typed))
