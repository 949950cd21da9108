"""Who is meant: one reading of each audience, for every room and every command.

all · steering · region · attending · unanswered · eligible · colleagues. Worked out from the seats of the day.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from bot import names
from bot.invitations import invited_seats, is_ahead
from bot.names import RegionalGroup
from bot.services import Services
from storage.meetings.models import Meeting, Registration
from storage.members.models import Delegation, Holder, Person, Seat


def region_of(code: str) -> RegionalGroup | None:
    """Return the regional group that a delegation sits with; None for organisations.

    The United States, a member of none, sits with Western European and others: a message to that group, or a poll
    of it, means them too. Only statistics and the card of the delegation set it apart (:mod:`bot.names`).
    """
    return names.regional_group(code) or names.observes(code)


def in_region(seats: Iterable[Seat], region: str | None) -> list[Seat]:
    """Return the seats that sit with a regional group."""
    return [seat for seat in seats if region is not None and region_of(seat.delegation.code) == region]


def seats_of(seats: Sequence[Seat], audience: str, region: str | None = None) -> list[Seat]:
    """Return the seats of ``all``, of the ``steering`` group, or of a ``region``. Raises ValueError for another."""
    match audience:
        case "all":
            return list(seats)
        case "steering":
            return [seat for seat in seats if seat.in_steering_group]
        case "region":
            return in_region(seats, region)
        case _:
            raise ValueError(audience)


def unanswered(codes: Iterable[str], registrations: Iterable[Registration]) -> set[str]:
    """Return the codes among those of the network's delegations that have given no answer to a meeting."""
    return set(codes) - {registration.code for registration in registrations}


def attending(registrations: Iterable[Registration]) -> set[str]:
    """Return the codes of the delegations that come to a meeting."""
    return {registration.code for registration in registrations if registration.attends}


def people_in(seats: Iterable[Seat]) -> list[Person]:
    """Return everybody with a post in one of the seats, each once, linked or not."""
    return list({holder.person.id: holder.person for seat in seats for holder in seat.holders}.values())


def members_among(seats: Iterable[Seat], accounts: Collection[int]) -> list[Person]:
    """Return the persons with a post whose account is one of ``accounts``, each once."""
    return [person for person in people_in(seats) if person.account_id in accounts]


class HasBallot(Protocol):
    """Who has one ballot: a delegation (``person_id`` 0) or one person."""

    @property
    def delegation_id(self) -> int:
        """The delegation, or that of the person."""
        ...

    @property
    def person_id(self) -> int:
        """The person; 0 where the delegation votes."""
        ...


def entitled(elector: HasBallot, seats: Iterable[Seat]) -> list[Holder]:
    """Return whose an elector's ballot is, linked or not: a delegation's appointees, or the person."""
    found = {
        holder.person.id: holder
        for seat in seats
        if elector.person_id or seat.delegation.id == elector.delegation_id
        for holder in seat.holders
        if elector.person_id in (0, holder.person.id)
    }
    return list(found.values())


def eligible(elector: HasBallot, seats: Iterable[Seat]) -> list[Holder]:
    """Return those of the :func:`entitled` who can cast the ballot now: with a linked account."""
    return [holder for holder in entitled(elector, seats) if holder.person.account_id is not None]


async def seats_today(services: Services, guild_id: int) -> list[Seat]:
    """Return a network's seats with who holds them on its day."""
    today = services.today(await services.settings.network(guild_id))
    return list((await services.seat_cache.of(guild_id, today)).by_code.values())


async def seats_towards(services: Services, meeting: Meeting | None, audience: str) -> list[Seat]:
    """Return the seats that are ``attending`` a meeting, or, of those that it invites, ``unanswered`` to it.

    Nobody where there is no meeting: one that is cancelled or over is attended by nobody, and asks nobody.
    """
    if meeting is None:
        return []
    today = services.today(await services.settings.network(meeting.guild_id))
    if not is_ahead(meeting, today):
        return []
    seats = invited_seats(meeting, await seats_today(services, meeting.guild_id))
    registrations = await services.registrations.of_meeting(meeting.guild_id, meeting.id)
    if audience == "attending":
        wanted = attending(registrations)
    else:
        wanted = unanswered((seat.delegation.code for seat in seats), registrations)
    return [seat for seat in seats if seat.delegation.code in wanted]


async def colleagues(services: Services, guild_id: int, delegation: Delegation, but: Person | None) -> list[Person]:
    """Return a delegation's appointees of today, each once, without the person who acts for it."""
    today = services.today(await services.settings.network(guild_id))
    holders = await services.members.holders(guild_id, delegation.id)
    found = {h.person.id: h.person for h in holders if h.appointment.is_current(today)}
    return [person for person in found.values() if but is None or person.id != but.id]
