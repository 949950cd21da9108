"""Looks up what the room's commands and buttons are about, as one asker may see it."""

from collections import defaultdict
from dataclasses import replace

from bot.audience import seats_today, unanswered
from bot.commands import Command
from bot.delegations import own_delegations, readable_delegations
from bot.errors import NotFoundError, UserError
from bot.names import city_names
from bot.request_reach import RequestReach, reach_of_request
from bot.search.choosing import chosen
from bot.services import Services
from bot.texts import t
from bot.ui import Context
from cogs.meetings import emails, rules
from cogs.meetings.cards import Viewer
from cogs.meetings.rules import ASKING, SUBJECT
from cogs.meetings.sentences import Background, Delegations
from storage.meetings.models import Meeting, Registration
from storage.members.models import Holder, Seat

PLAN = Command("meeting plan")


async def delegations_of(services: Services, guild_id: int) -> Delegations:
    """Return how the network calls delegations."""
    return Delegations(await services.members.delegations(guild_id))


async def meeting_typed(context: Context, typed: str | None) -> Meeting:
    """Return the meeting that is meant: chosen from the list, its number, year or city; None: the next one.

    Raises NotFoundError.
    """
    services, guild_id = context.services, context.guild_id
    if typed is None:
        found = await services.meetings.next(guild_id, services.today(context.network))
        if found is None:
            raise NotFoundError(t("No meeting is planned yet; the secretariat plans one with {command}.", command=PLAN))
        return found
    meeting = chosen(await services.meetings.all(guild_id), typed, option_value, _keys, whole=True)
    if meeting is None:
        raise NotFoundError(
            t(
                "No one meeting is meant by “{typed}”: choose one from the list that opens as you type.",
                typed=typed[:100],
            )
        )
    return meeting


async def meeting_of(context: Context, meeting_id: int) -> Meeting:
    """Return the meeting that a button is about. Raises NotFoundError."""
    meeting = await context.services.meetings.get(context.guild_id, meeting_id)
    if meeting is None:
        raise NotFoundError(
            t("That meeting is gone: see the others with {command}.", command=Command("meeting history"))
        )
    return meeting


def option_value(meeting: Meeting) -> str:
    """Return what stands for a meeting that was chosen from the list."""
    return f"#{meeting.id}"


def _keys(meeting: Meeting) -> set[str]:
    return {
        str(meeting.number or ""),
        str(meeting.starts_on.year),
        meeting.city,
        *city_names(meeting.city, meeting.country).values(),
    } - {""}


async def open_meeting(context: Context, typed: str | None) -> Meeting:
    """Return the meeting that is meant, which must still be ahead or on. Raises UserError."""
    meeting = await meeting_typed(context, typed)
    require_ahead(context.services, meeting)
    return meeting


def require_ahead(services: Services, meeting: Meeting) -> None:
    """Raise UserError when the meeting is cancelled or over."""
    require_not_cancelled(meeting)
    if is_over(services, meeting):
        raise UserError(t("That meeting is over: see it with {command}.", command=Command("meeting show")))


def require_not_cancelled(meeting: Meeting) -> None:
    """Raise UserError when the meeting is cancelled."""
    if meeting.cancelled_at is not None:
        raise UserError(t("That meeting is cancelled: plan a new one with {command}.", command=PLAN))


def is_over(services: Services, meeting: Meeting) -> bool:
    """Tell whether the last day of the meeting has passed where it takes place."""
    return meeting.ends_on < services.clock.today(meeting.timezone)


async def answers_to(services: Services, meeting: Meeting) -> list[Registration]:
    """Return all answers to a meeting, by the delegation's code, marked where a predecessor has given them."""
    guild_id = meeting.guild_id
    answers = await services.registrations.of_meeting(guild_id, meeting.id)
    network = await services.settings.network(guild_id)
    today, zone = services.today(network), services.zone(network)
    codes = {delegation.id: delegation.code for delegation in await services.members.delegations(guild_id)}
    held: dict[str, list[Holder]] = defaultdict(list)
    for holder in await services.members.holders(guild_id):
        held[codes[holder.appointment.delegation_id]].append(holder)
    return [
        replace(answer, by_predecessor=rules.is_by_predecessor(answer, held[answer.code], today, zone))
        for answer in answers
    ]


async def answer_of(services: Services, meeting: Meeting, code: str) -> Registration | None:
    """Return a delegation's answer, marked as :func:`answers_to` marks it; None while it has not answered."""
    return next((answer for answer in await answers_to(services, meeting) if answer.code == code), None)


async def viewer_of(context: Context, meeting: Meeting) -> Viewer:
    """Return what the asker sees beside the public card of a meeting."""
    own = await readable_delegations(context.services, context.asker)
    return await _viewer(context, meeting, own[0].code if len(own) == 1 else None)


async def viewer_for(context: Context, meeting: Meeting, code: str) -> Viewer:
    """Return what the asker sees beside the public card, with the answer of one of their delegations."""
    own = await own_delegations(context.services, context.asker)
    return await _viewer(context, meeting, next((d.code for d in own if d.code == code), None))


async def _viewer(context: Context, meeting: Meeting, code: str | None) -> Viewer:
    services, asker = context.services, context.asker
    answer = await answer_of(services, meeting, code) if code else None
    return Viewer(asker.is_member or asker.is_secretariat, code, answer)


async def unanswered_seats(services: Services, meeting: Meeting) -> list[Seat]:
    """Return the seats of today whose delegation has given no answer to the meeting."""
    seats = await seats_today(services, meeting.guild_id)
    answers = await services.registrations.of_meeting(meeting.guild_id, meeting.id)
    missing = unanswered((seat.delegation.code for seat in seats), answers)
    return [seat for seat in seats if seat.delegation.code in missing]


async def reach_of_unanswered(services: Services, meeting: Meeting) -> RequestReach:
    """Count the delegations without an answer, by whether the requests for it have reached them."""
    owing = [[holder.person for holder in seat.holders] for seat in await unanswered_seats(services, meeting)]
    by_email = set(ASKING) <= set(emails.KINDS)
    return await reach_of_request(
        services, meeting.guild_id, owing, SUBJECT, meeting.id, ASKING, has_email_text=by_email
    )


async def background_of(services: Services, meeting: Meeting) -> Background:
    """Return what a message of a meeting needs to know beside its record."""
    return Background(
        services.clock.now(),
        await delegations_of(services, meeting.guild_id),
        await services.sessions.of_meeting(meeting.guild_id, meeting.id) if meeting.id else (),
    )
