"""Looks up what the room's commands and buttons are about, as one asker may see it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.audience import seats_today, unanswered
from bot.commands import Command
from bot.delegations import own_delegations, readable_delegations
from bot.errors import NotFoundError, UserError
from bot.invitations import (
    codes_of,
    invited_seats,
    may_see,
    meant_for,
    next_meeting,
    next_of,
    takes_part,
    visible_meetings,
)
from bot.meeting_choice import chosen_meeting, only_one
from bot.request_reach import RequestReach, reach_of_request
from bot.services import Services
from bot.texts import t
from bot.ui import Context
from cogs.meetings import rules
from cogs.meetings.cards import Viewer
from cogs.meetings.rules import ASKING, SUBJECT
from cogs.meetings.sentences import Background, Delegations
from storage.meetings.models import Meeting, Registration
from storage.members.models import Holder, Seat
from storage.models import Network

PLAN = Command("meeting plan")


async def delegations_of(services: Services, guild_id: int) -> Delegations:
    """Return how the network calls delegations."""
    return Delegations(await services.members.delegations(guild_id))


async def delegations_named(services: Services, meeting: Meeting, *codes: str | None) -> Delegations:
    """Return how the network calls those delegations that the card of a meeting names, and those with the ``codes``."""
    named = {code for code in (meeting.country, *meeting.hosts, *codes) if code is not None}
    return Delegations(await services.members.delegations_among(meeting.guild_id, (), named))


async def meeting_typed(context: Context, typed: str | None) -> Meeting:
    """Return the meeting that is meant, of those that the asker may see: chosen from the list, or typed.

    Its number, year or city may be typed; None: the asker's next one. Raises NotFoundError.
    """
    services = context.services
    if typed is None:
        found = await next_meeting(services, context.asker)
        if found is None:
            raise NotFoundError(t("No meeting is planned yet; the secretariat plans one with {command}.", command=PLAN))
        return found
    return chosen_meeting(await visible_meetings(services, context.asker), typed)


async def meeting_to_answer(context: Context, typed: str | None, codes: Collection[str]) -> Meeting:
    """Return the meeting that an answer is for, where the delegations with these ``codes`` may be meant.

    Left out, it is the one that is ahead and invites them. Raises UserError where several do, NotFoundError.
    """
    if typed is not None:
        return await meeting_typed(context, typed)
    services = context.services
    seen = meant_for(await visible_meetings(services, context.asker), codes)
    ahead = [m for m in seen if m.cancelled_at is None and not is_over(services, m)]
    return only_one(ahead, context.reader) if ahead else await meeting_typed(context, None)


async def hosted_meeting(context: Context, typed: str | None) -> Meeting:
    """Return the meeting whose answers the asker wants to see. Raises UserError where they may not.

    Left out, it is the next one that the asker's delegation hosts; of the secretariat the next one.
    """
    services, asker = context.services, context.asker
    meeting = await meeting_typed(context, typed)
    if typed is None and not asker.is_secretariat:
        codes = await codes_of(services, asker)
        hosted = [m for m in await visible_meetings(services, asker) if codes.intersection(m.hosts)]
        meeting = next_of(hosted, services.today(context.network)) or meeting
    await require_sees_answers(context, meeting)
    return meeting


async def require_sees_answers(context: Context, meeting: Meeting) -> None:
    """Raise UserError unless the asker is the secretariat or speaks for a host of the meeting."""
    asker = context.asker
    if not asker.is_secretariat and not (await codes_of(context.services, asker)).intersection(meeting.hosts):
        raise UserError(
            t(
                "Only the secretariat and the host's delegation can see who has registered: see your own answer with"
                " {command}.",
                command=Command("meeting show"),
            )
        )


async def meeting_of(context: Context, meeting_id: int) -> Meeting:
    """Return the meeting that a button is about. Raises NotFoundError, also for one that the asker may not see."""
    services, asker = context.services, context.asker
    meeting = await services.meetings.get(context.guild_id, meeting_id)
    if meeting is None or not may_see(meeting, await codes_of(services, asker), is_secretariat=asker.is_secretariat):
        raise NotFoundError(
            t(
                "That meeting no longer exists, or your delegation is not invited to it: see the others with"
                " {command}.",
                command=Command("meeting history"),
            )
        )
    return meeting


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
    codes = {delegation.id: delegation.code for delegation in await services.members.delegations(guild_id)}
    held: dict[str, list[Holder]] = defaultdict(list)
    for holder in await services.members.holders(guild_id):
        held[codes[holder.appointment.delegation_id]].append(holder)
    network = await services.settings.network(guild_id)
    return [_marked(services, network, answer, held[answer.code]) for answer in answers]


def _marked(services: Services, network: Network, answer: Registration, held: Sequence[Holder]) -> Registration:
    today, zone = services.today(network), services.zone(network)
    return replace(answer, by_predecessor=rules.is_by_predecessor(answer, held, today, zone))


async def answer_of(services: Services, meeting: Meeting, code: str) -> Registration | None:
    """Return a delegation's answer, marked as :func:`answers_to` marks it; None while it has not answered."""
    guild_id = meeting.guild_id
    answer = await services.registrations.of_delegation(guild_id, meeting.id, code)
    delegation = await services.members.delegation(guild_id, code) if answer is not None else None
    if answer is None or delegation is None:
        return answer
    held = await services.members.holders(guild_id, delegation.id)
    return _marked(services, await services.settings.network(guild_id), answer, held)


async def viewer_of(context: Context, meeting: Meeting) -> Viewer:
    """Return what the asker sees beside the public card of a meeting."""
    own = [d for d in await readable_delegations(context.services, context.asker) if meeting.invites(d.code)]
    return await _viewer(context, meeting, own[0].code if len(own) == 1 else None)


async def viewer_for(context: Context, meeting: Meeting, code: str) -> Viewer:
    """Return what the asker sees beside the public card, with the answer of one of their delegations."""
    own = await own_delegations(context.services, context.asker)
    is_own = any(delegation.code == code for delegation in own)
    return await _viewer(context, meeting, code if is_own and meeting.invites(code) else None)


async def _viewer(context: Context, meeting: Meeting, code: str | None) -> Viewer:
    services, asker = context.services, context.asker
    answer = await answer_of(services, meeting, code) if code else None
    codes = await codes_of(services, asker)
    return Viewer(takes_part(meeting, codes, is_secretariat=asker.is_secretariat), code, answer)


async def unanswered_seats(services: Services, meeting: Meeting) -> list[Seat]:
    """Return the seats of today whose delegation is invited and has given no answer to the meeting."""
    seats = invited_seats(meeting, await seats_today(services, meeting.guild_id))
    answers = await services.registrations.of_meeting(meeting.guild_id, meeting.id)
    missing = unanswered((seat.delegation.code for seat in seats), answers)
    return [seat for seat in seats if seat.delegation.code in missing]


async def reach_of_unanswered(services: Services, meeting: Meeting) -> RequestReach:
    """Count the delegations without an answer, by whether the requests for it have reached them."""
    owing = [[holder.person for holder in seat.holders] for seat in await unanswered_seats(services, meeting)]
    return await reach_of_request(services, meeting.guild_id, owing, SUBJECT, meeting.id, ASKING, has_email_text=True)


async def background_of(services: Services, meeting: Meeting) -> Background:
    """Return what a message of a meeting needs to know beside its record."""
    return Background(
        services.clock.now(),
        await delegations_of(services, meeting.guild_id),
        await services.sessions.of_meeting(meeting.guild_id, meeting.id) if meeting.id else (),
    )
