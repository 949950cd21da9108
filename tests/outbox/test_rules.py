"""What is planned, sent, held back and given up, and whom it reaches: decided without Discord."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar, cast

import aiohttp
import discord
import pytest

from bot.clock import Clock
from bot.outbox import ANNOUNCEMENTS, MEMBERS, PEOPLE, SECRETARIAT, Message, Owed, Request, Standing, Subject, person
from bot.outbox.assess import Deliver, Expand, Notice, Settle, Wait, assess, channel_of
from bot.outbox.hours import next_working_moment
from bot.outbox.outcome import Refused, TryLater, Unauthorised, Unknown, backoff, outcome_of
from bot.outbox.plan import replan
from bot.outbox.recipients import example, names_of, recipients_of
from bot.outbox.types import WELCOME
from bot.services import Services
from bot.settings import Settings
from bot.texts import Reader, Text, t
from storage.database import Database
from storage.models import Network, OutboxRow, Person
from storage.outbox_states import OutboxState, Reason

GUILD = 7
NOW = datetime(2026, 1, 1, 10, tzinfo=UTC)
"""A Thursday."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def row(kind: str = "note", target: str = ANNOUNCEMENTS, due_at: datetime = NOW, **fields: Any) -> OutboxRow:
    values: dict[str, Any] = {"id": 1, "subject": "note", "subject_id": 1, "occurrence": 1} | fields
    return OutboxRow(guild_id=GUILD, kind=kind, target=target, due_at=due_at, **values)


# Planning

LATER = Owed("note", NOW + 10 * DAY, ANNOUNCEMENTS, 7 * DAY)
UNDER_WAY = (OutboxState.SENDING, OutboxState.EXPANDED, OutboxState.SENT, OutboxState.UNKNOWN, OutboxState.NOTICE)
OVER = (OutboxState.NOT_OWED, OutboxState.MISSED, OutboxState.FAILED, OutboxState.WITHDRAWING, OutboxState.WITHDRAWN)


def changes(rows: list[OutboxRow], *owed: Owed) -> dict[str, Any]:
    """Return what a plan changes, without what it leaves alone."""
    plan = replan(rows, owed, NOW)
    found = {"add": plan.add, "move": plan.move, "cancel": plan.cancel, "overtaken": plan.overtaken}
    return {name: value for name, value in found.items() if value}


def test_what_is_ahead_is_owed_and_what_is_past_is_not() -> None:
    assert changes([], LATER) == {"add": [(LATER, 1)]}
    assert changes([], Owed("note", NOW, ANNOUNCEMENTS)) == {}


def test_a_waiting_row_follows_and_goes_where_it_would_be_past() -> None:
    waiting = row(due_at=NOW + DAY, state=OutboxState.PENDING, id=5)
    assert changes([waiting], LATER) == {"move": {5: LATER.due_at}}
    assert changes([waiting], Owed("note", NOW + DAY, ANNOUNCEMENTS)) == {}
    assert changes([waiting], Owed("note", NOW - DAY, ANNOUNCEMENTS)) == {"cancel": [5]}
    assert changes([waiting]) == {"cancel": [5]}
    overdue = row(due_at=NOW - HOUR, state=OutboxState.PENDING, id=6)
    assert changes([overdue], Owed("note", NOW - HOUR, ANNOUNCEMENTS)) == {}, "it still waits for that very instant"


def test_a_cancelled_row_is_taken_up_again_unless_somebody_stopped_it() -> None:
    cancelled = row(due_at=LATER.due_at, state=OutboxState.CANCELLED, id=5)
    assert changes([cancelled], LATER) == {"move": {5: LATER.due_at}}
    assert changes([cancelled], Owed("note", NOW - DAY, ANNOUNCEMENTS)) == {}
    stopped = row(due_at=LATER.due_at, state=OutboxState.CANCELLED, reason=Reason.STOPPED, id=5)
    assert changes([stopped], LATER) == {}
    far = Owed("note", LATER.due_at + 7 * DAY, ANNOUNCEMENTS, 7 * DAY)
    assert changes([stopped], far) == {"add": [(far, 2)], "overtaken": [5]}


@pytest.mark.parametrize("state", UNDER_WAY)
def test_what_went_out_is_owed_again_where_it_moved_by_its_lead(state: OutboxState) -> None:
    gone = row(due_at=NOW + DAY, state=state, occurrence=3, id=5)
    for days, again in ((6, False), (7, True), (8, True)):
        owed = Owed("note", NOW + (1 + days) * DAY, ANNOUNCEMENTS, 7 * DAY)
        assert changes([gone], owed) == ({"add": [(owed, 4)], "overtaken": [5]} if again else {}), days
    earlier = row(due_at=NOW + 20 * DAY, state=state, id=5)
    owed = Owed("note", NOW + 13 * DAY, ANNOUNCEMENTS, 7 * DAY)
    assert changes([earlier], owed) == {"add": [(owed, 2)], "overtaken": [5]}
    assert changes([gone], Owed("note", NOW + 99 * DAY, ANNOUNCEMENTS)) == {}, "without a lead, never"
    assert changes([gone], Owed("note", NOW - 99 * DAY, ANNOUNCEMENTS, DAY)) == {}, "what is past is not"


@pytest.mark.parametrize("state", OVER)
def test_what_did_not_go_out_is_owed_again_where_it_moved_at_all(state: OutboxState) -> None:
    over = row(due_at=NOW + DAY, state=state, id=5)
    assert changes([over], Owed("note", NOW + DAY, ANNOUNCEMENTS)) == {}
    owed = Owed("note", NOW + DAY + timedelta(seconds=1), ANNOUNCEMENTS)
    assert changes([over], owed) == {"add": [(owed, 2)], "overtaken": [5]}


@pytest.mark.parametrize("state", OutboxState)
def test_what_is_owed_no_more_goes_only_while_it_waits(state: OutboxState) -> None:
    gone = {OutboxState.PENDING: {"cancel": [5]}, OutboxState.EXPANDED: {"overtaken": [5]}}
    assert changes([row(due_at=NOW + DAY, state=state, id=5)]) == gone.get(state, {})


def test_the_last_occurrence_counts_and_targets_are_apart() -> None:
    rows = [
        row(state=OutboxState.PENDING, occurrence=2, due_at=NOW + DAY, id=9),
        row(state=OutboxState.SENT, occurrence=1, id=5),
    ]
    assert changes(rows, LATER) == {"move": {9: LATER.due_at}}
    both = (LATER, Owed("note", LATER.due_at, MEMBERS))
    assert changes([], *both) == {"add": [(both[0], 1), (both[1], 1)]}
    with pytest.raises(ValueError, match="twice"):
        replan([], [LATER, LATER], NOW)


# What an error proves


def http_error(status: int, code: int = 0) -> discord.HTTPException:
    response = cast(Any, SimpleNamespace(status=status, reason="no"))
    return discord.HTTPException(response, {"code": code, "message": "no"})


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (discord.RateLimited(12.5), TryLater(timedelta(seconds=12.5))),
        (http_error(401), Unauthorised()),
        (http_error(429), TryLater(None)),
        (http_error(400, 40003), TryLater(None)),
        (http_error(400, 20028), TryLater(None)),
        (http_error(400, 30046), TryLater(None)),
        (http_error(403, 50007), Refused("closed")),
        (http_error(403, 50278), Refused("closed")),
        (http_error(404, 10003), Refused("unknown_channel")),
        (http_error(403, 50013), Refused("no_permission")),
        (http_error(400, 50035), Refused("http:400:50035")),
        (http_error(499), Refused("http:499:0")),
        (http_error(500), Unknown()),
        (http_error(503, 50007), Unknown()),
        (ConnectionResetError(), Unknown()),
        (aiohttp.ServerDisconnectedError(), Unknown()),
        (TimeoutError(), Unknown()),
    ],
)
def test_only_an_answer_below_500_proves_a_refusal(error: BaseException, outcome: object) -> None:
    assert outcome_of(error) == outcome


def test_the_wait_doubles_from_a_minute_to_a_quarter_of_an_hour() -> None:
    assert [backoff(n).total_seconds() for n in (1, 2, 3, 4, 5, 99)] == [60, 120, 240, 480, 900, 900]


# Working hours


@pytest.mark.parametrize(
    ("now", "zone", "moment"),
    [
        ("2026-01-01T07:59:59+00:00", "UTC", "2026-01-01T08:00:00+00:00"),
        ("2026-01-01T08:00:00+00:00", "UTC", "2026-01-01T08:00:00+00:00"),
        ("2026-01-01T19:59:59+00:00", "UTC", "2026-01-01T19:59:59+00:00"),
        ("2026-01-01T20:00:00+00:00", "UTC", "2026-01-02T08:00:00+00:00"),
        ("2026-01-02T20:00:00+00:00", "UTC", "2026-01-05T08:00:00+00:00"),
        ("2026-01-03T12:00:00+00:00", "UTC", "2026-01-05T08:00:00+00:00"),
        ("2026-01-02T12:00:00+00:00", "Africa/Cairo", "2026-01-04T06:00:00+00:00"),
        ("2026-01-01T23:30:00+00:00", "Pacific/Auckland", "2026-01-01T23:30:00+00:00"),
    ],
)
def test_people_are_written_to_from_eight_to_twenty_on_working_days(now: str, zone: str, moment: str) -> None:
    found = next_working_moment(datetime.fromisoformat(now), zone)
    assert found == datetime.fromisoformat(moment)
    assert found.tzinfo is UTC


# Assessing: real services over a real file


class Notes(Subject):
    """A subject of the tests' own."""

    name: ClassVar[str] = "note"

    def __init__(self) -> None:
        self.standing_: Standing | None = Standing()
        self.concerned: list[int] = []
        self.asked: list[OutboxRow] = []

    async def standing(self, row: OutboxRow) -> Standing | None:
        return self.standing_ if row.subject_id == 1 else None

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        return Message(f"{row.kind} {reader.language}")

    async def title(self, row: OutboxRow) -> Text:
        return t("{kind}", kind=row.kind)

    async def people(self, row: OutboxRow) -> Sequence[int]:
        self.asked.append(row)
        return self.concerned

    async def left_out(self, row: OutboxRow) -> Sequence[Text]:
        return [t("{kind}", kind=row.kind)]


@dataclass
class Network7:
    """A network on a real file: three persons, of whom one has no account and one has not accepted messages."""

    services: Services
    notes: Notes
    accepting: int
    silent: int
    unlinked: int

    async def verdict(self, one: OutboxRow, now: datetime = NOW) -> object:
        return await assess(self.services, one, now)

    async def sent_to(self, one: OutboxRow, now: datetime = NOW) -> tuple[str, int, str, str]:
        """Return to what kind of place it is sent, which one, and the language and zone in which it is written."""
        verdict = await self.verdict(one, now)
        assert isinstance(verdict, Deliver)
        return verdict.place, verdict.place_id, verdict.reader.language, verdict.reader.zone


CHANNELS = {
    "announcements_channel_id": 71,
    "members_channel_id": 72,
    "secretariat_channel_id": 73,
    "welcome_channel_id": 74,
}


@pytest.fixture
async def network(tmp_path: Path) -> AsyncIterator[Network7]:
    database = await Database.open(tmp_path / "focalbot.sqlite3")
    defaults = Settings(_env_file=None, database_path=tmp_path / "focalbot.sqlite3")  # pyright: ignore[reportCallIssue]
    services = Services.over(database, Clock(), defaults)
    notes = Notes()
    services.outbox.register(notes)
    async with services.transaction() as tx:
        await services.settings.change_network(tx, GUILD, language="fr", timezone="Europe/Brussels", **CHANNELS)
        ghana, denmark = [
            await services.members.add_delegation(tx, GUILD, code, "state", date(2020, 1, 1)) for code in ("GH", "DK")
        ]
        people = [
            await services.members.add_person(tx, GUILD, name, account_id=account)
            for name, account in (("Ama", 11), ("Éric", 12), ("", None))
        ]
        for found, seats in zip(people, ((ghana,), (denmark,), (ghana, denmark)), strict=True):
            for seat in seats:
                await services.members.appoint(tx, GUILD, seat, found, "adviser", date(2020, 1, 1))
        await services.settings.change_account(
            tx, GUILD, 11, direct_messages="yes", language="es", timezone="Africa/Accra"
        )
    yield Network7(services, notes, *people)
    await database.close()


@pytest.mark.parametrize(
    ("target", "channel"), [(ANNOUNCEMENTS, 71), (MEMBERS, 72), (SECRETARIAT, 73), (WELCOME, 74), ("people", None)]
)
async def test_a_target_is_a_channel_and_its_reader_is_the_network(
    network: Network7, target: str, channel: int | None
) -> None:
    settings = await network.services.settings.network(GUILD)
    assert channel_of(settings, target) == channel
    if channel is not None:
        assert await network.sent_to(row(target=target)) == ("channel", channel, "fr", "Europe/Brussels")


async def test_what_is_for_the_members_goes_to_the_announcements_where_they_have_no_channel() -> None:
    assert channel_of(Network(GUILD, announcements_channel_id=71), MEMBERS) == 71
    assert channel_of(Network(GUILD), MEMBERS) is None


async def test_without_a_channel_it_fails_and_says_so(network: Network7) -> None:
    async with network.services.transaction() as tx:
        await network.services.settings.change_network(tx, GUILD, announcements_channel_id=None)
    assert await network.verdict(row()) == Settle(OutboxState.FAILED, "no_channel")


async def test_what_is_owed_no_more_ends(network: Network7) -> None:
    assert await network.verdict(row(subject_id=2)) == Settle(OutboxState.NOT_OWED, "")
    assert await network.verdict(row(called_off=True)) == Settle(OutboxState.NOT_OWED, "")
    assert await network.verdict(row(subject="unheard")) == Settle(OutboxState.FAILED, "no_subject")
    assert await network.verdict(row(subject="unheard", called_off=True)) == Settle(OutboxState.FAILED, "no_subject")


@pytest.mark.parametrize(
    ("until", "deadline", "missed"),
    [
        (NOW, None, False),
        (NOW - HOUR, None, True),
        (None, NOW, False),
        (None, NOW - HOUR, True),
        (NOW + HOUR, NOW - HOUR, True),
        (NOW - HOUR, NOW + HOUR, True),
        (NOW + HOUR, NOW + HOUR, False),
        (None, None, False),
    ],
)
async def test_what_makes_no_sense_any_more_is_missed(
    network: Network7, until: datetime | None, deadline: datetime | None, missed: bool
) -> None:
    network.notes.standing_ = Standing(until)
    verdict = await network.verdict(row(deadline=deadline))
    assert (verdict == Settle(OutboxState.MISSED, "late")) is missed
    assert isinstance(verdict, Deliver) is not missed


async def test_a_message_to_people_becomes_one_for_each(network: Network7) -> None:
    network.notes.concerned = [3, 1, 3]
    assert await network.verdict(row(target=PEOPLE)) == Expand((3, 1))


async def test_one_of_many_is_owed_while_its_subject_names_the_person(network: Network7) -> None:
    child = row(target=person(network.accepting), parent_id=9)
    assert await network.verdict(child) == Settle(OutboxState.NOT_OWED, "")
    network.notes.concerned = [network.accepting]
    assert await network.sent_to(child) == ("account", 11, "es", "Africa/Accra")
    assert {asked.target for asked in network.notes.asked} == {PEOPLE}
    network.notes.concerned = []
    assert isinstance(await network.verdict(row(target=person(network.accepting))), Deliver), "owed to one alone"


async def test_who_has_no_account_or_has_not_accepted_gets_no_direct_message(network: Network7) -> None:
    assert await network.verdict(row(target=person(network.unlinked))) == Settle(OutboxState.NOT_OWED, "no_account")
    assert await network.verdict(row(target=person(99))) == Settle(OutboxState.NOT_OWED, "no_account")
    assert await network.verdict(row(target=person(network.silent))) == Notice()


NIGHT = NOW.replace(hour=22)
MORNING = datetime(2026, 1, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "gives_way", "expected"),
    [
        (None, False, Wait(MORNING)),
        (None, True, Wait(MORNING)),
        (MORNING, False, Wait(MORNING)),
        (MORNING - HOUR, False, "sent"),
        (MORNING - HOUR, True, Settle(OutboxState.NOT_OWED, "")),
        (MORNING + 12 * HOUR, True, Wait(MORNING)),
        (MORNING + 11 * HOUR, True, Settle(OutboxState.NOT_OWED, "")),
    ],
)
async def test_at_night_it_waits_for_the_morning_unless_that_is_too_late(
    network: Network7, until: datetime | None, gives_way: bool, expected: object
) -> None:
    network.notes.standing_ = Standing(until, gives_way=gives_way)
    verdict = await network.verdict(row(target=person(network.accepting)), NIGHT)
    assert ("sent" if isinstance(verdict, Deliver) else verdict) == expected


async def test_by_day_nothing_waits_or_gives_way(network: Network7) -> None:
    network.notes.standing_ = Standing(NOW + HOUR, gives_way=True)
    assert isinstance(await network.verdict(row(target=person(network.accepting))), Deliver)


@pytest.mark.parametrize(("public", "language"), [(True, "fr"), (False, "es")])
async def test_a_test_goes_to_who_asked_at_any_hour(network: Network7, public: bool, language: str) -> None:
    one = row(target="account:11", payload={"public": public})
    zone = "Europe/Brussels" if public else "Africa/Accra"
    assert await network.sent_to(one, NIGHT) == ("account", 11, language, zone)


# Whom a message reaches


async def test_people_are_sorted_by_how_they_are_told(network: Network7) -> None:
    network.notes.concerned = [network.unlinked, network.silent, 99, network.accepting, network.silent]
    found = await recipients_of(network.services, network.notes, row(target=PEOPLE))
    assert [p.id for p in found.reach.direct] == [network.accepting]
    assert [p.id for p in found.reach.noticed] == [network.silent]
    assert [p.id for p in found.reach.unreachable] == [network.unlinked]
    assert found.reach.total == 3
    assert [text.values["kind"] for text in found.left_out] == ["note"]
    nobody = await recipients_of(network.services, network.notes, row(target=ANNOUNCEMENTS))
    assert (nobody.reach.total, nobody.left_out) == (0, ())


async def test_names_are_listed_with_the_delegations_in_the_alphabet(network: Network7) -> None:
    members = network.services.members
    people = [await members.person(GUILD, n) for n in (network.unlinked, network.silent, network.accepting)]
    stranger = Person(99, GUILD, "Zoe")
    named = await names_of(
        network.services, GUILD, [*cast(list[Person], people), stranger, Person(98, GUILD, "")], "fr"
    )
    assert named == ["—", "Ama · Ghana", "Danemark, Ghana", "Éric · Danemark", "Zoe"]


async def test_the_row_of_a_preview_is_what_would_be_owed(network: Network7) -> None:
    shown = example(network.services, GUILD, Request("note", 4, "written", PEOPLE, {"a": 1}))
    assert (shown.id, shown.guild_id, shown.subject, shown.subject_id) == (0, GUILD, "note", 4)
    assert (shown.kind, shown.target, shown.occurrence, shown.payload) == ("written", PEOPLE, 1, {"a": 1})
    assert abs(network.services.clock.now() - shown.due_at) < timedelta(minutes=1)
    assert example(network.services, GUILD, Request("note", 4, "written", PEOPLE)).payload == {}
