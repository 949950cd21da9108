"""Whom a meeting invites, who may see it, and which meeting is the next one for somebody.

The annual meeting invites all, and everybody sees it. Another one is seen by the delegations that it invites, its hosts
and the secretariat; by everybody where the secretariat chose to announce it publicly.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from bot.access import Asker
from bot.services import Services
from storage.meetings.models import Meeting
from storage.members.models import Seat


def invited_seats(meeting: Meeting, seats: Iterable[Seat]) -> list[Seat]:
    """Return those of the network's seats whose delegation the meeting invites."""
    return [seat for seat in seats if meeting.invites(seat.delegation.code)]


def may_see(meeting: Meeting, codes: Collection[str], *, is_secretariat: bool) -> bool:
    """Tell whether somebody may know of the meeting who speaks for the delegations with these ``codes``."""
    return meeting.is_public or is_secretariat or any(meeting.invites(c) or c in meeting.hosts for c in codes)


def takes_part(meeting: Meeting, codes: Collection[str], *, is_secretariat: bool) -> bool:
    """Tell whether the links of its sessions are for somebody who speaks for the delegations with these ``codes``.

    A host need not be invited: the meeting is its own all the same.
    """
    return is_secretariat or any(meeting.invites(code) or code in meeting.hosts for code in codes)


def next_of(meetings: Iterable[Meeting], today: date) -> Meeting | None:
    """Return the meeting that is on or comes next, else the latest; cancelled ones only for want of another."""

    def order(meeting: Meeting) -> tuple[bool, bool, int, int]:
        is_over = meeting.ends_on < today
        day = meeting.starts_on.toordinal()
        return meeting.cancelled_at is not None, is_over, -day if is_over else day, meeting.id

    return min(meetings, key=order, default=None)


def meant_for(meetings: Sequence[Meeting], codes: Collection[str]) -> list[Meeting]:
    """Return the meetings that invite one of the delegations; the annual ones where there is no delegation."""
    return [meeting for meeting in meetings if meeting.invites_all or any(map(meeting.invites, codes))]


async def codes_of(services: Services, asker: Asker) -> frozenset[str]:
    """Return the codes of the delegations that the asker speaks for today."""
    ids = asker.delegation_ids
    if not ids:
        return frozenset()
    seating = await services.seat_cache.of(asker.guild_id, services.today(asker.network))
    return frozenset(code for code, seat in seating.by_code.items() if seat.delegation.id in ids)


async def visible_meetings(services: Services, asker: Asker) -> list[Meeting]:
    """Return the meetings that the asker may see, cancelled ones too, the latest first."""
    codes = await codes_of(services, asker)
    meetings = await services.meetings.all(asker.guild_id)
    return [meeting for meeting in meetings if may_see(meeting, codes, is_secretariat=asker.is_secretariat)]


async def next_meeting(services: Services, asker: Asker) -> Meeting | None:
    """Return the meeting that the asker means by "the next one".

    Of a delegate it is the next that invites their delegation; of the secretariat the next of any kind; of others the
    next annual one. Where no such meeting is on or ahead, it is the next of those that they may see.
    """
    today, codes = services.today(asker.network), await codes_of(services, asker)
    seen = await visible_meetings(services, asker)
    if asker.is_secretariat:
        return next_of(seen, today)
    found = next_of(meant_for(seen, codes), today)
    return found if found is not None and is_ahead(found, today) else next_of(seen, today)


async def next_annual(services: Services, guild_id: int) -> Meeting | None:
    """Return the annual meeting that is on or comes next, else the latest one."""
    network = await services.settings.network(guild_id)
    annual = [meeting for meeting in await services.meetings.all(guild_id) if meeting.kind == "annual"]
    return next_of(annual, services.today(network))


def is_ahead(meeting: Meeting, today: date) -> bool:
    """Tell whether the meeting is on or ahead, and not cancelled."""
    return meeting.cancelled_at is None and meeting.ends_on >= today
