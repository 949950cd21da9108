"""Looks up what the room's commands and buttons are about, as one asker may see it."""

from datetime import datetime

from discord.app_commands import Choice

from bot.access import Asker
from bot.choosing import chosen, offered
from bot.delegations import own_delegations
from bot.errors import NotFoundError, UserError
from bot.names import city_names
from bot.services import Services
from bot.texts import t
from bot.ui.state import id_typed
from cogs.meetings import words
from cogs.meetings.cards import Sight
from cogs.meetings.notices import Told
from cogs.meetings.words import Delegations
from storage.meeting_models import Meeting, Session


async def delegations_of(services: Services, guild_id: int) -> Delegations:
    """Return how the network calls delegations."""
    return Delegations(await services.members.delegations(guild_id))


async def meeting_typed(services: Services, asker: Asker, typed: str | None) -> Meeting:
    """Return the meeting that is meant: chosen from the list, its number, year or city; None: the next one.

    Raises NotFoundError.
    """
    if typed is None:
        found = await services.meetings.next(asker.guild_id, services.today(asker.network))
        if found is None:
            raise NotFoundError(
                t("No meeting is planned yet; the secretariat plans one with {command}.", command="/meeting plan")
            )
        return found
    meeting = chosen(await services.meetings.all(asker.guild_id), typed, _value, _keys, whole=True)
    if meeting is None:
        raise NotFoundError(
            t(
                "No one meeting is meant by “{typed}”: choose one from the list that opens as you type.",
                typed=typed[:100],
            )
        )
    return meeting


def _value(meeting: Meeting) -> str:
    return f"#{meeting.id}"


def _keys(meeting: Meeting) -> set[str]:
    return {
        str(meeting.number or ""),
        str(meeting.starts_on.year),
        meeting.city,
        *city_names(meeting.city, meeting.country).values(),
    } - {""}


async def complete_meeting(services: Services, asker: Asker, typed: str) -> list[Choice[str]]:
    """Return the meetings that may be meant while somebody types, the latest first."""
    meetings = await services.meetings.all(asker.guild_id)
    return offered(meetings, typed, _value, lambda meeting: words.choice_name(meeting, asker.reader))


async def open_meeting(services: Services, asker: Asker, typed: str | None) -> Meeting:
    """Return the meeting that is meant, which must still be ahead or on. Raises UserError."""
    meeting = await meeting_typed(services, asker, typed)
    require_ahead(services, meeting)
    return meeting


def require_ahead(services: Services, meeting: Meeting) -> None:
    """Raise UserError when the meeting is cancelled or over."""
    require_standing(meeting)
    if is_over(services, meeting):
        raise UserError(t("That meeting is over: see it with {command}.", command="/meeting show"))


def require_standing(meeting: Meeting) -> None:
    """Raise UserError when the meeting is cancelled."""
    if meeting.cancelled_at is not None:
        raise UserError(t("That meeting is cancelled: plan a new one with {command}.", command="/meeting plan"))


def is_over(services: Services, meeting: Meeting) -> bool:
    """Tell whether the last day of the meeting has passed where it takes place."""
    return meeting.ends_on < services.clock.today(meeting.timezone)


async def session_typed(services: Services, asker: Asker, typed: str) -> tuple[Meeting, Session]:
    """Return the session chosen from the list, with its meeting. Raises NotFoundError."""
    number = id_typed(typed.removeprefix("#"))
    session = await services.sessions.get(asker.guild_id, number) if number is not None else None
    meeting = await services.meetings.get(asker.guild_id, session.meeting_id) if session is not None else None
    if session is None or meeting is None:
        raise NotFoundError(
            t("No session is meant by “{typed}”: choose one from the list that opens as you type.", typed=typed[:100])
        )
    return meeting, session


async def complete_session(services: Services, asker: Asker, typed: str) -> list[Choice[str]]:
    """Return the sessions of meetings ahead that may be meant while somebody types."""
    ahead = [
        (meeting, session)
        for meeting in await services.meetings.all(asker.guild_id)
        if meeting.cancelled_at is None and meeting.ends_on >= services.clock.today(meeting.timezone)
        for session in await services.sessions.of_meeting(asker.guild_id, meeting.id)
    ]
    return offered(
        ahead,
        typed,
        lambda found: f"#{found[1].id}",
        lambda found: f"{asker.reader.moment(found[1].starts_at, found[0].timezone)} · {found[1].title}",
    )


async def sight_of(services: Services, asker: Asker, meeting: Meeting) -> Sight:
    """Return what the asker sees beside the public card of a meeting."""
    own = await own_delegations(services, asker)
    code = own[0].code if len(own) == 1 else None
    answer = await services.registrations.of_delegation(asker.guild_id, meeting.id, code) if code else None
    return Sight(asker.is_member or asker.is_secretariat, code, answer)


async def told_of(services: Services, meeting: Meeting, now: datetime | None = None) -> Told:
    """Return what notices of a meeting are about."""
    return Told(
        now or services.clock.now(),
        await delegations_of(services, meeting.guild_id),
        await services.sessions.of_meeting(meeting.guild_id, meeting.id) if meeting.id else (),
    )
