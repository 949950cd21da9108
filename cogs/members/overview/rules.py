"""What the secretariat should look after, worked out from the seats: no Discord, no I/O, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from storage.members.models import Delegation, Holder, Seat

Finding = Literal["vacant", "no_focal_point", "ending", "long_term", "no_account", "returned", "quiet"]
ENDS_WITHIN = timedelta(days=60)
LONG_TERM_YEARS = 3
QUIET_YEARS = 1
_ORDER = get_args(Finding)


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing to look after. ``holder`` None: it is about the whole seat; ``since`` None: not known.

    Of a term that is "ending", ``since`` is its last day.
    """

    finding: Finding
    delegation: Delegation
    holder: Holder | None = None
    since: date | None = None


def years_before(day: date, years: int) -> date:
    """Return the same day ``years`` earlier; 1 March for a 29 February that year has not."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def concerns(seats: Sequence[Seat], last_active: Mapping[int, date], today: date) -> list[Concern]:
    """Return what to look after, kind by kind, in the order of the seats."""
    found = [concern for seat in seats for concern in (*_of_seat(seat, last_active, today), *_of_people(seat, today))]
    return sorted(found, key=lambda concern: _ORDER.index(concern.finding))


def _of_seat(seat: Seat, last_active: Mapping[int, date], today: date) -> list[Concern]:
    delegation = seat.delegation
    found: list[Concern] = []
    if not seat.holders:
        found.append(Concern("vacant", delegation))
    elif all(holder.appointment.role != "focal_point" for holder in seat.holders):
        found.append(Concern("no_focal_point", delegation))
    active = last_active.get(delegation.id)
    began = min((holder.appointment.starts_on for holder in seat.holders), default=None)
    known_since = active or delegation.joined_on or began
    if known_since is None or known_since < years_before(today, QUIET_YEARS):
        found.append(Concern("quiet", delegation, since=active))
    return found


def _of_people(seat: Seat, today: date) -> list[Concern]:
    found: list[Concern] = []
    for holder in seat.holders:
        last = holder.appointment.ends_on
        if last is not None and last <= today + ENDS_WITHIN:
            found.append(Concern("ending", seat.delegation, holder, last))
        if holder.appointment.starts_on < years_before(today, LONG_TERM_YEARS):
            found.append(Concern("long_term", seat.delegation, holder, holder.appointment.starts_on))
        if holder.person.account_id is None:
            found.append(Concern("no_account", seat.delegation, holder, holder.appointment.starts_on))
        if holder.person.email_returned_at is not None:
            found.append(Concern("returned", seat.delegation, holder, holder.person.email_returned_at.date()))
    return found
