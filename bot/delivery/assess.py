"""What is to be done with a waiting row now, from the present records of its subject and of whom it is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from bot import working_days
from bot.delivery.working_hours import next_working_moment
from bot.identify import network_reader, reader_of
from bot.outbox.types import (
    ANNOUNCEMENTS,
    MEMBERS,
    PEOPLE,
    SECRETARIAT,
    WELCOME,
    LoadedRow,
    RecordGoneError,
    Standing,
    Subject,
    last_moment,
    still_concerns,
)
from bot.reach import Way, by_email, wants_both, way_of
from bot.services import Services
from bot.texts import Reader
from bot.workplaces import Workplace, workplace_in, workplace_of
from storage.members.models import Person
from storage.models import Network
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, Reason


@dataclass(frozen=True, slots=True)
class Settle:
    """It ends without being sent."""

    state: OutboxState
    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    """It waits for working hours; an e-mail beside it (``by_email_too``) does not."""

    until: datetime
    by_email_too: bool = False


@dataclass(frozen=True, slots=True)
class Expand:
    """It becomes one message for each of these persons."""

    people: Sequence[int]


@dataclass(frozen=True, slots=True)
class Notice:
    """It waits above the person's next private answer, until then (None: for as long as it takes)."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ByEmail:
    """It is sent by e-mail, from ``at`` on: what somebody sends to many leaves late enough to be stopped."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Emailed:
    """No direct message comes after all, and the e-mail beside it, the ``copy``, has brought it already."""

    copy: OutboxRow


@dataclass(frozen=True, slots=True)
class Deliver:
    """It is sent, to a channel or directly to an account, as ``reader`` reads."""

    place: Literal["channel", "account"]
    place_id: int
    reader: Reader
    by_email_too: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Our code raised ``error`` about it: it is tried again, a few times in all."""

    error: Exception


Verdict = Settle | Wait | Expand | Notice | ByEmail | Emailed | Deliver | Fault

EMAILS_LEAVE_AFTER: Final = timedelta(minutes=8)
"""After its fan-out has begun, which is two minutes after *Confirm*: nobody can take e-mails back."""
_SOON: Final = timedelta(hours=12)
"""What comes so soon after another takes its place."""
_NO_LONGER: Final = Settle(OutboxState.NOT_OWED, Reason.NONE)
_LOOKED_AT_AGAIN: Final = timedelta(minutes=1)
"""After this, while the mail server has not said what it has done with the e-mail beside a direct message."""
_GOES_BY_ITSELF: Final = frozenset(
    {OutboxState.PENDING, OutboxState.SENDING, OutboxState.NOTICE, OutboxState.SENT, OutboxState.UNKNOWN}
)
"""States of a message that Discord refused to bring: it goes by e-mail, or may have gone, or waits, and no e-mail goes
beside it."""


async def assess(services: Services, row: OutboxRow, now: datetime) -> Verdict:
    """Return what is to be done with the row at ``now``. Reads what was last committed; raises what its subject raises.

    A row to a person that a fan-out made is owed only while its subject still names that person.
    """
    subject = services.outbox.subject(row.subject)
    if subject is None:
        return Settle(OutboxState.FAILED, Reason.NO_SUBJECT)
    try:
        row = await subject.loaded(row)
    except RecordGoneError:
        return _NO_LONGER
    standing = await subject.standing(row)
    return (
        _NO_LONGER if standing is None or row.called_off else await _while_owed(services, subject, row, standing, now)
    )


async def _while_owed(
    services: Services, subject: Subject[Any], row: LoadedRow[Any], standing: Standing, now: datetime
) -> Verdict:
    until = last_moment(standing, row)
    if until is not None and now > until:
        return Settle(OutboxState.MISSED, Reason.LATE)
    network = await services.settings.network(row.guild_id)
    if row.target == PEOPLE:
        return Expand(tuple(dict.fromkeys(await subject.people(row))))
    if row.person_id is not None:
        if not await still_concerns(subject, row):
            return _NO_LONGER
        return await _to_person(services, network, subject, row, _Span(now, until, standing.gives_way))
    return await _to_place(services, network, row, members_only=subject.for_members_only)


def channel_of(network: Network, target: str, *, members_only: bool = False) -> int | None:
    """Return the channel that a symbolic target means now, or None where ``/setup channels`` has not named it.

    ``members_only``: what goes to the members' channel goes to no other where there is none.
    """
    channels = {
        ANNOUNCEMENTS: network.announcements_channel_id,
        MEMBERS: network.members_channel_id or (None if members_only else network.announcements_channel_id),
        SECRETARIAT: network.secretariat_channel_id,
        WELCOME: network.welcome_channel_id,
    }
    return channels.get(target)


async def reader_of_sent(services: Services, row: OutboxRow) -> Reader:
    """Return how a message that was sent reads: as its person reads, else as its network does."""
    network = await services.settings.network(row.guild_id)
    person = await services.members.person(row.guild_id, row.person_id) if row.person_id else None
    if person is None or person.account_id is None:
        return network_reader(services, network)
    settings = await services.settings.account(row.guild_id, person.account_id)
    return reader_of(services, network, settings, person, settings.locale)


async def _to_place(services: Services, network: Network, row: OutboxRow, *, members_only: bool) -> Verdict:
    if row.account_id is not None:
        settings = await services.settings.account(row.guild_id, row.account_id)
        person = await services.members.person_of_account(row.guild_id, row.account_id)
        own = reader_of(services, network, settings, person, settings.locale)
        # A test of a public message reads as the public one will.
        return Deliver(
            "account", row.account_id, network_reader(services, network) if row.payload.get("public") else own
        )
    channel_id = channel_of(network, row.target, members_only=members_only)
    if channel_id is None:
        return Settle(OutboxState.FAILED, Reason.NO_CHANNEL)
    return Deliver("channel", channel_id, network_reader(services, network))


@dataclass(frozen=True, slots=True)
class _Span:
    """From ``now`` until a message makes no sense any more (None: never)."""

    now: datetime
    until: datetime | None
    gives_way: bool


async def _to_person(
    services: Services, network: Network, subject: Subject[Any], row: LoadedRow[Any], span: _Span
) -> Verdict:
    person = await services.members.person(network.guild_id, row.person_id or 0)
    if person is None:
        return _NO_LONGER
    email = by_email(services, network, has_text=subject.has_email_text(row))
    beside = await services.emails.beside(row)
    is_both = wants_both(person, email)
    if row.is_second_copy:
        goes_alone = beside is not None and beside.refused_directly and beside.state in _GOES_BY_ITSELF
        return ByEmail(_leaves_at(row)) if is_both and not goes_alone else _NO_LONGER
    way = way_of(person, email, refused_directly=row.refused_directly)
    if subject.is_by_email_only(row):
        way = Way.EMAIL
    if way is Way.DIRECT:
        verdict = await _directly(services, network, person, span, is_both=is_both)
        if verdict is not None or not is_both:
            return verdict or _NO_LONGER
        way = Way.EMAIL
    return _without_direct_message(way, row, beside, span)


def _without_direct_message(way: Way | None, row: OutboxRow, copy: OutboxRow | None, span: _Span) -> Verdict:
    """Return what is to be done with a message that does not go directly; ``copy``: the e-mail that was beside it."""
    match copy.state if copy is not None else None:
        case OutboxState.SENT if copy is not None:
            return Emailed(copy)
        case OutboxState.SENDING:
            return Wait(span.now + _LOOKED_AT_AGAIN)
        case OutboxState.UNKNOWN:
            return _NO_LONGER  # The secretariat decides on the copy.
        case _:
            pass
    match way:
        case Way.EMAIL:
            return ByEmail(_leaves_at(row))
        case Way.NEXT_ANSWER:
            return Notice(span.until)
        case _:
            return Settle(OutboxState.NOT_REACHED, Reason.NO_ACCOUNT)


async def _directly(
    services: Services, network: Network, person: Person, span: _Span, *, is_both: bool
) -> Deliver | Wait | None:
    """Return when and how a direct message goes; None: not at all, because another takes its place so soon."""
    working = next_working_moment(span.now, await _workplace(services, network, person, span.now))
    if working > span.now and span.gives_way and span.until is not None and working + _SOON > span.until:
        return None
    if working > span.now and (span.until is None or working <= span.until):
        return Wait(working, by_email_too=is_both)
    settings = await services.settings.account(network.guild_id, person.account_id or 0)
    reader = reader_of(services, network, settings, person, settings.locale)
    return Deliver("account", settings.account_id, reader, by_email_too=is_both)


async def _workplace(services: Services, network: Network, person: Person, now: datetime) -> Workplace:
    await working_days.load()
    posts = await services.posts.of_person(network.guild_id, person.id)
    return workplace_of(posts, person.timezone, now) or workplace_in(services.zone(network))


def _leaves_at(row: OutboxRow) -> datetime:
    return row.due_at + EMAILS_LEAVE_AFTER if row.parent_id is not None else row.due_at
