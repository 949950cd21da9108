from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.audience import seats_of
from bot.errors import NotFoundError, UserError
from bot.names import REGIONAL_GROUPS
from bot.occasions import leads
from bot.outbox import MEMBERS, PEOPLE, SECRETARIAT, Owed
from bot.presence import GAP
from bot.search.choosing import chosen
from bot.texts import t
from bot.timeparse import Lead
from bot.working_days import is_working_day, next_working_day
from bot.workplaces import Workplace
from storage.decisions.decisions import ACTING
from storage.decisions.models import Decision, DecisionAudience, DecisionSeat, Interruption, ReachedBy
from storage.members.models import Appointment, Seat

SUBJECT: Final = "decision"
LONGEST_TITLE: Final = 200
LONGEST_REASON: Final = 1000
LONGEST_REFERENCE: Final = 200
FULL_WORKING_DAYS: Final = 3
"""Between the day on which the opening messages go out and the earliest expiry, the last one included."""
FROM: Final = time(10)
UNTIL: Final = time(17)
"""The hours, both included, at which a procedure may expire; the earliest expiry is the second one."""
_LAST_WEEKDAY: Final = 3
"""Thursday, where Monday is 0."""
SENT_WITHIN: Final = timedelta(minutes=10)
"""After *Confirm* the opening messages have gone out, e-mails too."""
CONFIRMED_WITHIN: Final = timedelta(minutes=10)
"""For so long the hour of the first press of *Object* counts."""
ON_ITS_WAY: Final = timedelta(seconds=5)
"""So long after its hour a procedure ends: what was pressed before it may still be on its way from Discord."""
LOOKED_AT_AGAIN: Final = timedelta(seconds=10)
"""So much later it is looked at again whether a procedure can end, where at its hour it could not."""
IN_HAND: Final = timedelta(minutes=15)
"""For so long Discord takes the answer to a press: what is older is not being dealt with any more."""
EXTENDED_WITHIN: Final = timedelta(hours=24)
"""For so long a procedure that has not reached everybody can still be extended."""
MOST_AWAY: Final = timedelta(hours=1)
"""An outage of more than this in all moves the expiry."""
LAST_HOURS: Final = timedelta(hours=6)
"""Before the expiry, in which any outage moves it."""
LAST_MINUTES: Final = timedelta(minutes=2)
"""Before the expiry, in which however brief an outage moves it: somebody may just have been about to object."""
FARTHEST: Final = timedelta(days=366)
REMINDER: Final = Lead(24, "h")
LISTS: Final = (Lead(48, "h"), Lead(6, "h"))
"""Ahead of the expiry the secretariat gets the list of those not reached."""


class Kind(StrEnum):
    """The messages of a procedure; a reminder's kind goes on with its lead."""

    OPENED = "opened"
    ASKED = "asked"
    REMINDER = "reminder"
    UNREACHED = "unreached"
    EXPIRY = "expiry"
    """Never sent: at its hour the procedure ends, or waits."""
    ADOPTED = "adopted"
    BROKEN = "broken"
    WAITS = "waits"
    LAPSED = "lapsed"
    EXTENDED = "extended"
    INTERRUPTED = "interrupted"
    CANCELLED = "cancelled"
    MORE_TIME = "more_time"
    OBJECTED = "voted"
    """To the colleagues of a delegation that objected: listed nowhere, and without its hour."""


ASKING: Final = (Kind.ASKED, f"{Kind.REMINDER}:{REMINDER}")
"""The messages to people whose buttons act while a procedure is open."""
BY_MESSAGE: Final[tuple[ReachedBy, ...]] = ("direct_message", "reply")
"""How a message of the bot reaches somebody, of what is written down for a seat."""
REACHING: Final = (Kind.ASKED, Kind.REMINDER, Kind.EXTENDED, Kind.INTERRUPTED)
"""The messages to people that bring a proposal to a delegation."""


# When it expires


def is_permitted(at: datetime, place: Workplace) -> bool:
    """Tell whether a procedure may expire at the aware instant ``at``, for a secretariat that works at ``place``.

    On a working day from Monday to Thursday, from 10:00 to 17:00. The library of holidays must have been loaded.
    """
    local = at.astimezone(ZoneInfo(place.zone))
    return _is_permitted_day(local.date(), place) and FROM <= local.time() <= UNTIL


def next_permitted(at: datetime, place: Workplace) -> datetime:
    """Return the first full hour from ``at`` on at which a procedure may expire, in UTC."""
    local = at.astimezone(ZoneInfo(place.zone))
    day = local.date()
    if _is_permitted_day(day, place) and (hour := _full_hour(local.time())) is not None:
        return leads.at(day, hour, place.zone)
    while not _is_permitted_day(day := day + timedelta(days=1), place):
        pass
    return leads.at(day, FROM, place.zone)


def earliest_expiry(sent_at: datetime, place: Workplace) -> datetime:
    """Return the earliest expiry, in UTC, of a procedure whose opening messages have gone out at ``sent_at``.

    It is 17:00 of the third full working day after that, or the first permitted hour that follows.
    """
    day = sent_at.astimezone(ZoneInfo(place.zone)).date()
    for _ in range(FULL_WORKING_DAYS):
        day = next_working_day(day + timedelta(days=1), place)
    return next_permitted(leads.at(day, UNTIL, place.zone), place)


def _is_permitted_day(day: date, place: Workplace) -> bool:
    return day.weekday() <= _LAST_WEEKDAY and is_working_day(day, place)


def _full_hour(local: time) -> time | None:
    """Return the first full hour from a wall clock's ``local`` on that is permitted; None where the day has none."""
    hour = time(local.hour + 1) if local > time(local.hour) and local.hour < UNTIL.hour else time(local.hour)
    if local > UNTIL:
        return None
    return max(hour, FROM)


# What interrupts it


def delay_owed(interruptions: Iterable[Interruption], decision: Decision, now: datetime) -> timedelta:
    """Return by how much an open procedure expires later at least, for what has interrupted it; zero: not at all.

    A pause counts whenever it is, an outage from more than an hour in all on, or at all in the last six hours; one that
    is so brief that it is none in the last minutes only.
    """
    since = decision.made_up_at
    within = [
        Interruption(max(one.began_at, since), min(one.ended_at, now), one.is_pause)
        for one in interruptions
        if one.ended_at > since and one.began_at < now
    ]
    outages = [one for one in within if not one.is_pause]
    last_hours, last_minutes = decision.expires_at - LAST_HOURS, decision.expires_at - LAST_MINUTES
    long = [one for one in outages if one.ended_at - one.began_at > GAP]
    counts = (
        _length(long) > MOST_AWAY
        or any(one.ended_at > last_hours for one in long)
        or any(one.ended_at > last_minutes and one.began_at < decision.expires_at for one in outages)
    )
    return _length(within if counts else (one for one in within if one.is_pause))


def _length(interruptions: Iterable[Interruption]) -> timedelta:
    """Return how long the interruptions are together; where several overlap, that time counts once."""
    total, until = timedelta(0), None
    for one in sorted(interruptions, key=lambda one: one.began_at):
        begins = one.began_at if until is None else max(one.began_at, until)
        total += max(one.ended_at - begins, timedelta(0))
        until = one.ended_at if until is None else max(until, one.ended_at)
    return total


# Who is asked, and who acts


def electorate_of(seats: Sequence[Seat], audience: DecisionAudience, region: str | None) -> list[DecisionSeat]:
    """Return the electorate, with vacant seats, of a procedure that opens now. Raises UserError where it is empty."""
    if audience == "region" and region not in REGIONAL_GROUPS:
        raise UserError(t("Choose which region decides, with the option {option}.", option="region"))
    found = [DecisionSeat(seat.delegation.id, not seat.holders) for seat in seats_of(seats, audience, region)]
    if not any(not seat.is_vacant for seat in found):
        raise UserError(t("Nobody would be asked: choose another audience."))
    return found


def counted(seats: Iterable[DecisionSeat]) -> list[DecisionSeat]:
    """Return the seats that count: those that were held when the procedure opened."""
    return [seat for seat in seats if not seat.is_vacant]


def acting_for(appointments: Iterable[Appointment]) -> set[int]:
    """Return the delegations that somebody with these current ``appointments`` acts for; an adviser for none."""
    return {one.delegation_id for one in appointments if one.role in ACTING}


def unreached(seats: Iterable[DecisionSeat], expires_at: datetime) -> list[DecisionSeat]:
    """Return the seats that count and were not reached before the expiry: their silence is not consent."""
    return [seat for seat in counted(seats) if seat.reached_at is None or seat.reached_at >= expires_at]


def first_reached(
    delivered: Iterable[tuple[int, ReachedBy, datetime, date, date | None]], zone: str
) -> Mapping[int, tuple[ReachedBy, datetime]]:
    """Return by what and when each delegation was first reached, of what was delivered, in that order.

    A delivery counts for a delegation on whose days in the IANA ``zone`` the person's term runs.
    """
    found: dict[int, tuple[ReachedBy, datetime]] = {}
    for delegation_id, by, at, starts_on, ends_on in delivered:
        day = at.astimezone(ZoneInfo(zone)).date()
        if starts_on <= day and (ends_on is None or day <= ends_on):
            found.setdefault(delegation_id, (by, at))
    return found


def objection_counts(
    decision: Decision, pressed_at: datetime | None, confirmed_at: datetime, *, moves: bool = False
) -> bool:
    """Tell whether an objection counts that was confirmed at ``confirmed_at``.

    ``pressed_at`` is when its author pressed *Object* (None: no such press is known); both are when Discord took the
    press, not when it was dealt with. ``moves``: the end moves, for what has interrupted the procedure.
    """
    if decision.state != "open":
        return False
    if moves or confirmed_at < decision.expires_at:
        return True
    if pressed_at is None or pressed_at >= decision.expires_at:
        return False
    # A press is kept by the second.
    return confirmed_at.replace(microsecond=0) - pressed_at <= CONFIRMED_WITHIN


# What it owes


def ends_at(decision: Decision, last_press: datetime | None = None) -> datetime:
    """Return when it is worked out what becomes of a procedure under way.

    ``last_press`` is the last press of *Object*, before the expiry, that nobody has confirmed: the result waits for it.
    """
    if decision.state == "unreached":
        return decision.expires_at + EXTENDED_WITHIN
    last_moment = decision.expires_at
    if last_press is not None:
        last_moment = max(last_moment, last_press + CONFIRMED_WITHIN)
    return last_moment + ON_ITS_WAY


def waits_for(oldest_in_hand: datetime | None, ends_at: datetime, now: datetime) -> bool:
    """Tell whether something is being dealt with that was pressed in time, for a procedure that ends at ``ends_at``."""
    if oldest_in_hand is None:
        return False
    return oldest_in_hand < ends_at - ON_ITS_WAY + timedelta(seconds=1) and now < ends_at + IN_HAND


def owed(decision: Decision, last_press: datetime | None = None, not_before: datetime | None = None) -> list[Owed]:
    """Return what a procedure owes by its plan; its end ``not_before`` then."""
    if not decision.is_under_way:
        return []
    end = ends_at(decision, last_press)
    end = end if not_before is None else max(end, not_before)
    # Owed again whenever it has moved, even when it was looked at before.
    expiry = Owed(Kind.EXPIRY, end, MEMBERS, lead=timedelta(seconds=1))
    if decision.state == "unreached":
        return [expiry]
    reminder = leads.before(decision.expires_at, REMINDER, decision.timezone)
    lists = [
        Owed(
            f"{Kind.UNREACHED}:{lead}",
            leads.before(decision.expires_at, lead, decision.timezone),
            SECRETARIAT,
            lead.span,
        )
        for lead in LISTS
    ]
    return [Owed(f"{Kind.REMINDER}:{REMINDER}", reminder, PEOPLE, REMINDER.span), *lists, expiry]


def chosen_decision(decisions: Sequence[Decision], typed: str) -> Decision:
    """Return the one decision that was chosen from the list, or that alone is so called. Raises NotFoundError."""
    if not decisions:
        raise NotFoundError(t("There is no decision yet."))
    decision = chosen(decisions, typed, lambda one: str(one.id), lambda one: [one.title, number_of(one)])
    if decision is None:
        raise NotFoundError(
            t(
                "“{typed}” does not match exactly one decision: choose one from the list that opens as you type.",
                typed=typed[:100],
            )
        )
    return decision


def number_of(decision: Decision) -> str:
    """Return the number of an adopted decision, such as "2027/3"; empty for any other."""
    return f"{decision.year}/{decision.number}" if decision.number is not None else ""
