"""What the secretariat types about a meeting or a session, read into the fields of its record. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from discord.app_commands import locale_str

from bot import names
from bot.countries import country_typed
from bot.languages import Language
from bot.meeting_names import KINDS, MEETING_REGIONS
from bot.occasions import leads
from bot.occasions.fields import EMPTY, FieldError, OccasionField
from bot.occasions.fields import read as read_field
from bot.texts import Reader, t
from bot.timeparse import parse_day, parse_deadline, parse_leads, parse_zone, require_future, written_leads
from bot.timezones.places import country_of_zone, zone_of_place
from cogs.meetings.rules import REMINDED_AT
from storage.meetings.models import Meeting, MeetingValue

LONGEST_MEETING: Final = 31
"""Days."""
_Read = TypeVar("_Read")
_ALL_INVITED: Final = t(
    "The annual meeting invites all delegations: choose another kind, or leave the region and the invited ones out."
)
_DAYS: Final = ("starts_on", "ends_on")
_JOINED: Final = re.compile(r"\s+(?:and|et|y)\s+")
MAIN: Final = (
    OccasionField(
        "starts_on",
        locale_str("The first day, such as 2027-05-12 or 12 May 2027"),
        t("First day"),
        t("Such as 2027-05-12 or 12 May 2027"),
        required=True,
        max_length=100,
    ),
    OccasionField(
        "ends_on",
        locale_str("The last day"),
        t("Last day"),
        t("Such as 2027-05-13 or 13 May 2027"),
        required=True,
        max_length=100,
    ),
    OccasionField(
        "city", locale_str("Where it takes place"), t("City"), t("Such as Accra"), required=True, max_length=80
    ),
    OccasionField(
        "country",
        locale_str("Its whole name or two-letter code"),
        t("Country"),
        t("Its whole name or two-letter code"),
        max_length=100,
    ),
    OccasionField(
        "register_by",
        locale_str("Until when delegations register: a day, or a day and a time"),
        t("Register by"),
        t("A day, or a day and a time"),
        max_length=100,
    ),
)
"""What is corrected first."""
DETAILS: Final = (
    OccasionField(
        "timezone",
        locale_str("The time zone of all its days and times; that of the city if left out"),
        t("Time zone"),
        t("A large city that has the same time"),
        max_length=100,
    ),
    OccasionField(
        "hosts",
        locale_str("In protocol order, separated by semicolons"),
        t("Hosts, in the order of protocol"),
        t("Such as Denmark; Ghana"),
        name=t("Hosts"),
        long=True,
        max_length=600,
    ),
    OccasionField(
        "theme",
        locale_str("As it will be announced"),
        t("Theme"),
        t("As it will be announced"),
        long=True,
        max_length=300,
    ),
    OccasionField(
        "reminders",
        locale_str("How long ahead to remind, such as 90d 7d 1d, or none"),
        t("Reminders ahead of the meeting"),
        t("Such as 90d 60d 30d 14d 7d 1d"),
        name=t("Reminders"),
        max_length=100,
    ),
    OccasionField(
        "number",
        locale_str("Its number among meetings of its kind; the next number if left out"),
        t("Number of the meeting"),
        t("Such as 12"),
        max_length=100,
    ),
)
"""What is left at its default by most."""
WHOM: Final = (
    OccasionField(
        "kind",
        locale_str("The annual meeting invites all; the others some delegations"),
        t("Kind of meeting"),
        required=True,
        choices=list(KINDS.items()),
    ),
    OccasionField(
        "region",
        locale_str("The region of a regional or preparatory meeting"),
        t("Region"),
        t("Only for a regional or preparatory meeting"),
        choices=list(MEETING_REGIONS.items()),
    ),
    OccasionField(
        "invited",
        locale_str("Delegations, separated by semicolons; those of the region if left out"),
        t("Invited delegations"),
        t("Such as Ghana; Denmark; EU. Those of the region if left out"),
        long=True,
        max_length=2000,
    ),
)
"""Who takes part: fixed by planning, but for the invited delegations, which have a command of their own."""
AFTERWARDS: Final = (
    OccasionField(
        "panelists",
        locale_str("How many panelists took part"),
        t("Number of panelists"),
        t("Digits only"),
        max_length=100,
    ),
    OccasionField(
        "observers",
        locale_str("How many observers took part"),
        t("Number of observers"),
        t("Digits only"),
        max_length=100,
    ),
)
"""What is known once it is over."""
CHANGEABLE: Final = (*MAIN, *DETAILS, *AFTERWARDS)
PLANNED: Final = (*MAIN, *DETAILS, *WHOM)
FIELDS: Final = (*PLANNED, *AFTERWARDS)


class MeetingParser:
    """Reads typed values, by field, over the record they change (None: a meeting is planned).

    ``now`` is aware; ``language`` is that of the person who typed.
    """

    def __init__(self, values: Mapping[str, str], base: Meeting | None, now: datetime, language: Language) -> None:
        self._values = {field: value.strip() for field, value in values.items() if value.strip()}
        self._base = base
        self._now = now
        self._language: Language = language

    def fields(self) -> dict[str, MeetingValue]:
        """Return the fields to write. Raises FieldError, asking back."""
        read = {**self._whom(), **self._place()}
        zone = self._zone(read)
        if self._base is None or zone != self._base.timezone:
            read["timezone"] = zone
        for field in _DAYS:
            if field in self._values:
                read[field] = self._day(field, zone)
        if "reminders" in self._values:
            read["reminders"] = self._guarded("reminders", lambda typed: written_leads(parse_leads(typed)))
        for field in ("number", "panelists", "observers"):
            if field in self._values:
                read[field] = self._count(field)
        self._check_days(read, zone)
        if "register_by" in self._values:
            read["register_by"] = self._register_by(read, zone)
        return read

    def _whom(self) -> dict[str, MeetingValue]:
        """Return the kind, and of a meeting that does not invite all its region and whom it invites, where named."""
        if self._base is not None:
            return {}
        kind, region, invited = (self._values.get(field, "") for field in ("kind", "region", "invited"))
        if kind in ("", "annual"):
            if region or invited:
                raise FieldError("kind", _ALL_INVITED)
            return {}
        if kind == "regional" and not region:
            raise FieldError("region", t("A regional meeting needs its region: choose one."))
        if not region and not invited:
            raise FieldError(
                "invited", t("Whom does this meeting invite? Name the delegations, or choose a region for it.")
            )
        return {"kind": kind, "region": region or None, "invited": _delegations_typed(invited)}

    def _place(self) -> dict[str, MeetingValue]:
        read: dict[str, MeetingValue] = {}
        for field in ("city", "theme"):
            if field in self._values:
                read[field] = "" if self._emptied(field) else " ".join(self._values[field].split())
        if read.get("city") == "":
            raise FieldError("city", t("A meeting needs its city: type it."))
        if "country" in self._values:
            read["country"] = self._country()
        if "hosts" in self._values:
            read["hosts"], read["partners"] = hosts_typed("" if self._emptied("hosts") else self._values["hosts"])
        return read

    def _emptied(self, field: str) -> bool:
        return self._values[field] == EMPTY

    def _guarded(self, field: str, read: Callable[[str], _Read]) -> _Read:
        return read_field(field, read, self._values[field])

    def _day(self, field: str, zone: str) -> date:
        return self._guarded(field, lambda typed: parse_day(typed, now=self._now, zone=zone, language=self._language))

    def _count(self, field: str) -> int | None:
        typed = self._values[field]
        if typed == EMPTY:
            return None
        if not typed.isdecimal() or len(typed) > 4:  # noqa: PLR2004 - no meeting has ten thousand of anything
            raise FieldError(field, t("“{typed}” is not a number: type digits only, such as 12.", typed=typed[:50]))
        return int(typed)

    def _country(self) -> str | None:
        return None if self._values["country"] == EMPTY else self._guarded("country", country_typed)

    def _zone(self, read: Mapping[str, MeetingValue]) -> str:
        if "timezone" in self._values:
            return self._guarded("timezone", lambda typed: parse_zone(typed, self._language))
        if self._base is not None and not {"city", "country"} & read.keys():
            return self._base.timezone
        city = str(read.get("city") or (self._base.city if self._base else ""))
        self._check_country(city, read)
        country = read.get("country", self._base.country if self._base else None)
        found = zone_of_place(city, str(country) if country else None, self._language)
        if found is None:
            raise FieldError(
                "timezone",
                t("What is the time zone of {city}? Name a large city with the same time.", city=city),
            )
        return found

    def _check_country(self, city: str, read: Mapping[str, MeetingValue]) -> None:
        """Ask for the country of a meeting that moves to a city known to lie in another one."""
        before = self._base.country if self._base is not None else None
        if before is None or "country" in read:
            return
        zone = zone_of_place(city, None, self._language)
        if zone is not None and country_of_zone(zone) not in (None, before):
            country = names.name(before, self._language)
            raise FieldError("country", t("Is {city} in {country}? Add the country.", city=city, country=country))

    def _check_days(self, read: Mapping[str, MeetingValue], zone: str) -> None:
        starts_on = self._day_of("starts_on", read)
        ends_on = self._day_of("ends_on", read)
        if "starts_on" in read:
            require_day_ahead(starts_on, self._now, zone)
        if ends_on < starts_on:
            raise FieldError(
                "ends_on",
                t("The last day, {last}, comes before the first, {first}: correct one.", first=starts_on, last=ends_on),
            )
        if (ends_on - starts_on).days >= LONGEST_MEETING:
            raise FieldError(
                "ends_on",
                t(
                    "From {first} to {last} is more than a month: correct the first or the last day.",
                    first=starts_on,
                    last=ends_on,
                ),
            )

    def _day_of(self, field: str, read: Mapping[str, MeetingValue]) -> date:
        day = read[field] if field in read else getattr(self._base, field, None)
        if not isinstance(day, date):
            raise FieldError(field, t("A meeting needs its first and its last day: type both."))
        return day

    def _register_by(self, read: Mapping[str, MeetingValue], zone: str) -> datetime | None:
        if self._emptied("register_by"):
            return None

        def instant(typed: str) -> datetime:
            closes = parse_deadline(typed, zone, now=self._now, language=self._language).instant
            require_future(closes, self._now, zone=zone, language=self._language)
            return closes

        closes = self._guarded("register_by", instant)
        if closes >= leads.at(self._day_of("starts_on", read), REMINDED_AT, zone):
            raise FieldError(
                "register_by",
                t(
                    "Registration would close after the meeting opens ({moment}): type an earlier day.",
                    moment=Reader(self._language, zone).moment(closes),
                ),
            )
        return closes


def _delegations_typed(text: str) -> tuple[str, ...]:
    codes, others = hosts_typed(text)
    if others:
        raise FieldError(
            "invited",
            t(
                "“{typed}” is not a delegation that the bot knows: type whole names or codes, separated by semicolons.",
                typed=others[0][:100],
            ),
        )
    return codes


def require_day_ahead(starts_on: date, now: datetime, zone: str) -> None:
    """Raise FieldError for a first day that has passed in the IANA ``zone``."""
    if starts_on < now.astimezone(ZoneInfo(zone)).date():
        raise FieldError("starts_on", t("{day} has passed: type a day that is still to come.", day=starts_on))


def hosts_typed(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the hosts' codes and the partners' names, each in the order typed.

    They are separated by semicolons or lines, else by commas and "and"; what is not a delegation is a partner.
    """
    parts = re.split(r"[;\n]", text) if re.search(r"[;\n]", text) else text.split(",")
    pieces = [piece for part in parts for piece in _parted(part)]
    codes: list[str] = []
    partners: list[str] = []
    for piece in (" ".join(piece.split()) for piece in pieces):
        code = names.resolve(piece, exactly=True) if piece else None
        if code is not None:
            codes.append(code)
        elif piece:
            partners.append(piece[:150])
    return tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(partners))


def _parted(part: str) -> list[str]:
    # "Bosnia and Herzegovina" is one name, "Denmark and Ghana" are two.
    halves = _JOINED.split(part)
    whole = names.resolve(" ".join(part.split()), exactly=True) is not None
    known = all(names.resolve(half.strip(), exactly=True) for half in halves)
    return halves if known and not whole else [part]


def shifted_deadline(old: Meeting, new: Meeting) -> datetime | None:
    """Return when registration closes after a move: as many days later, by the new clocks; one typed anew is kept."""
    moved = (new.starts_on, new.timezone) != (old.starts_on, old.timezone)
    if old.register_by is None or new.register_by != old.register_by or not moved:
        return new.register_by
    wall = old.register_by.astimezone(ZoneInfo(old.timezone)).replace(tzinfo=None) + (new.starts_on - old.starts_on)
    return wall.replace(tzinfo=ZoneInfo(new.timezone))
