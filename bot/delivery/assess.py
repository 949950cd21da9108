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
from storage.models import AccountSettings, Network
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, Reason


@dataclass(frozen=True, slots=True)
class Settle:
    """It ends without being sent."""

    state: OutboxState
    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    """It waits for working hours."""

    until: datetime


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


Verdict = Settle | Wait | Expand | Notice | ByEmail | Deliver | Fault

EMAILS_LEAVE_AFTER: Final = timedelta(minutes=8)
"""After its fan-out has begun, which is two minutes after *Confirm*: nobody can take e-mails back."""
_SOON: Final = timedelta(hours=12)
"""What comes so soon after another takes its place."""
_NO_LONGER: Final = Settle(OutboxState.NOT_OWED, Reason.NONE)


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
    return await _to_place(services, network, row)


def channel_of(network: Network, target: str) -> int | None:
    """Return the channel that a symbolic target means now, or None where ``/setup channels`` has not named it."""
    channels = {
        ANNOUNCEMENTS: network.announcements_channel_id,
        MEMBERS: network.members_channel_id or network.announcements_channel_id,
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


async def _to_place(services: Services, network: Network, row: OutboxRow) -> Verdict:
    if row.account_id is not None:
        settings = await services.settings.account(row.guild_id, row.account_id)
        person = await services.members.person_of_account(row.guild_id, row.account_id)
        own = reader_of(services, network, settings, person, settings.locale)
        # A test of a public message reads as the public one will.
        return Deliver(
            "account", row.account_id, network_reader(services, network) if row.payload.get("public") else own
        )
    channel_id = channel_of(network, row.target)
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
    account_id = person.account_id
    settings = await services.settings.account(network.guild_id, account_id) if account_id is not None else None
    email = by_email(services, network, has_text=subject.has_email_text(row))
    if row.is_second_copy:
        is_wanted = settings is not None and wants_both(person, settings, email)
        return ByEmail(_leaves_at(row)) if is_wanted else _NO_LONGER
    match Way.EMAIL if subject.is_by_email_only(row) else way_of(person, settings, email):
        case None:
            return Settle(OutboxState.NOT_REACHED, Reason.NO_ACCOUNT)
        case Way.EMAIL:
            return ByEmail(_leaves_at(row))
        case Way.NEXT_ANSWER:
            return Notice(span.until)
        case Way.DIRECT:
            assert settings is not None, "direct messages go to accounts"  # noqa: S101 - narrows the type
            reader = reader_of(services, network, settings, person, settings.locale)
            return _directly(reader, settings, span, await _workplace(services, network, person, span.now))


def _directly(reader: Reader, settings: AccountSettings, span: _Span, workplace: Workplace) -> Verdict:
    working = next_working_moment(span.now, workplace)
    if working > span.now and span.gives_way and span.until is not None and working + _SOON > span.until:
        return _NO_LONGER
    if working > span.now and (span.until is None or working <= span.until):
        return Wait(working)
    return Deliver("account", settings.account_id, reader, by_email_too=settings.channel == "both")


async def _workplace(services: Services, network: Network, person: Person, now: datetime) -> Workplace:
    await working_days.load()
    posts = await services.posts.of_person(network.guild_id, person.id)
    return workplace_of(posts, person.timezone, now) or workplace_in(services.zone(network))


def _leaves_at(row: OutboxRow) -> datetime:
    return row.due_at + EMAILS_LEAVE_AFTER if row.parent_id is not None else row.due_at
