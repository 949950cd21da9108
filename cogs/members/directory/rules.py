"""Who is found by what, and what a list shows: no Discord, no I/O, no clock."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot import names
from bot.audience import region_of
from bot.languages import LANGUAGES
from bot.names import RegionalGroup
from bot.texts import Reader
from storage.members.models import Holder, Role, Seat


@dataclass(frozen=True, slots=True)
class Filter:
    """What ``/member list`` is filtered to. None: not filtered."""

    region: RegionalGroup | None = None
    role: Role | None = None
    language: str | None = None
    expertise: str | None = None


def filtered(seats: Sequence[Seat], wanted: Filter) -> list[Seat]:
    """Return the seats that are where, and have whom, the filter wants, with those people only."""
    skill = names.normalise(wanted.expertise or "")
    about_people = (wanted.role, wanted.language, wanted.expertise) != (None, None, None)
    found: list[Seat] = []
    for seat in seats:
        if wanted.region is not None and region_of(seat.delegation.code) != wanted.region:
            continue
        holders = tuple(holder for holder in seat.holders if _is_wanted(holder, wanted, skill))
        if holders or not about_people:
            found.append(Seat(seat.delegation, holders, seat.in_steering_group))
    return found


def _is_wanted(holder: Holder, wanted: Filter, skill: str) -> bool:
    return (
        (wanted.role is None or holder.appointment.role == wanted.role)
        and (wanted.language is None or wanted.language in holder.person.languages)
        and (not skill or any(skill in names.normalise(own) for own in holder.person.expertise))
    )


def languages_named(typed: str, spoken: Sequence[str]) -> list[str]:
    """Return the codes among those ``spoken`` in the network that ``typed`` begins to name, in any language."""
    wanted = names.normalise(typed)
    readers = [Reader(language, "UTC") for language in LANGUAGES]
    return [
        code
        for code in spoken
        if code == wanted or any(names.normalise(r.language_name(code)).startswith(wanted) for r in readers)
    ]


def spoken_languages(seats: Sequence[Seat]) -> list[str]:
    """Return the codes of the languages that appointees speak, the most spoken first."""
    counted = Counter(code for seat in seats for holder in seat.holders for code in holder.person.languages)
    return sorted(counted, key=lambda code: (-counted[code], code))


def skills(seats: Sequence[Seat]) -> list[str]:
    """Return the skills that appointees name, in alphabetical order, each once."""
    found = {skill for seat in seats for holder in seat.holders for skill in holder.person.expertise}
    return sorted(found, key=names.normalise)
