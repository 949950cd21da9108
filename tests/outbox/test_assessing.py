"""What becomes of a row that is due, and whom it reaches: worked out without Discord, from real services on a file."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, cast

import pytest

from bot.clock import Clock
from bot.delivery.assess import (
    ByEmail,
    Deliver,
    Emailed,
    Expand,
    Notice,
    Settle,
    Wait,
    assess,
    channel_of,
    reader_of_sent,
)
from bot.outbox import (
    ANNOUNCEMENTS,
    MEMBERS,
    PEOPLE,
    SECRETARIAT,
    Message,
    RecordlessSubject,
    Request,
    Standing,
    person,
)
from bot.outbox.types import WELCOME, RecordGoneError
from bot.previews.recipients import example, names_of, recipients_of
from bot.reach import Reach, reach_of
from bot.services import Services
from bot.settings import Settings
from bot.smtp.transport import transport_of
from bot.texts import Reader, Text, t
from storage.members.models import Person
from storage.models import Network
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, Reason
from tests.empty_database import open_empty

GUILD = 7
NOW = datetime(2026, 1, 1, 10, tzinfo=UTC)
"""A Thursday."""
HOUR = timedelta(hours=1)


def row(kind: str = "note", target: str = ANNOUNCEMENTS, due_at: datetime = NOW, **fields: Any) -> OutboxRow:
    values: dict[str, Any] = {"id": 1, "subject": "note", "subject_id": 1, "occurrence": 1} | fields
    return OutboxRow(guild_id=GUILD, kind=kind, target=target, due_at=due_at, **values)


class Notes(RecordlessSubject):
    """A subject of the tests' own."""

    name: ClassVar[str] = "note"

    def __init__(self) -> None:
        self.standing_: Standing | None = Standing()
        self.concerned: list[int] = []
        self.asked: list[OutboxRow] = []
        self.loads = 0
        self.is_gone = False
        self.has_text = False

    async def load(self, row: OutboxRow) -> None:
        self.loads += 1
        if self.is_gone:
            raise RecordGoneError

    async def standing(self, row: OutboxRow) -> Standing | None:
        return self.standing_ if row.subject_id == 1 else None

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        return Message(f"{row.kind} {reader.language}")

    def has_email_text(self, row: OutboxRow) -> bool:
        return self.has_text and row.kind == "note"

    def is_by_email_only(self, row: OutboxRow) -> bool:
        return row.kind == "e-mail"

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
    database = await open_empty(tmp_path / "focalbot.sqlite3")
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
            tx, GUILD, 11, channel="direct_message", language="es", timezone="Africa/Accra"
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
    assert network.notes.asked == [await network.notes.loaded(row(target=PEOPLE))]


async def test_one_of_many_is_owed_while_its_subject_names_the_person(network: Network7) -> None:
    child = row(target=person(network.accepting), parent_id=9)
    assert await network.verdict(child) == Settle(OutboxState.NOT_OWED, "")
    network.notes.concerned = [network.accepting]
    assert await network.sent_to(child) == ("account", 11, "es", "Africa/Accra")
    assert {asked.target for asked in network.notes.asked} == {PEOPLE}
    network.notes.concerned = []
    assert isinstance(await network.verdict(row(target=person(network.accepting))), Deliver), "owed to one alone"


async def test_who_has_no_account_or_has_not_accepted_gets_no_direct_message(network: Network7) -> None:
    assert await network.verdict(row(target=person(network.unlinked))) == Settle(OutboxState.NOT_REACHED, "no_account")
    assert await network.verdict(row(target=person(99))) == Settle(OutboxState.NOT_OWED, "")
    assert await network.verdict(row(target=person(network.silent))) == Notice()
    network.notes.standing_ = Standing(NOW + HOUR)
    assert await network.verdict(row(target=person(network.silent))) == Notice(NOW + HOUR)


@pytest.mark.parametrize(
    ("entry", "locale", "reads"),
    [
        (None, None, ("fr", "Europe/Brussels")),
        (None, "es-ES", ("es", "Europe/Brussels")),
        ("Africa/Nairobi", "es-ES", ("es", "Africa/Nairobi")),
    ],
)
async def test_without_a_choice_of_their_own_people_read_as_their_discord_their_entry_and_the_network_say(
    network: Network7, entry: str | None, locale: str | None, reads: tuple[str, str]
) -> None:
    services = network.services
    async with services.transaction() as tx:
        zoe = await services.members.add_person(tx, GUILD, "Zoe", account_id=13, timezone=entry)
        await services.settings.change_account(tx, GUILD, 13, channel="direct_message")
        if locale is not None:
            await services.settings.remember_locale(tx, GUILD, 13, locale)
    for target in (person(zoe), "account:13"):
        assert await network.sent_to(row(target=target)) == ("account", 13, *reads)
    for target, expected in (
        (person(zoe), reads),
        (person(network.unlinked), ("fr", "Europe/Brussels")),
        (person(99), ("fr", "Europe/Brussels")),
        (ANNOUNCEMENTS, ("fr", "Europe/Brussels")),
    ):
        reader = await reader_of_sent(services, row(target=target))
        assert (reader.language, reader.zone) == expected


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


@pytest.mark.parametrize(
    ("typed", "waits_until"),
    [
        # Brussels, whose hours the network keeps, works already; Accra does not yet.
        (None, datetime(2026, 6, 11, 8, tzinfo=UTC)),
        ("Europe/Brussels", None),
        ("Pacific/Tongatapu", datetime(2026, 6, 11, 19, tzinfo=UTC)),
    ],
)
async def test_hours_are_those_of_the_person_s_own_place(
    network: Network7, typed: str | None, waits_until: datetime | None
) -> None:
    async with network.services.transaction() as tx:
        await network.services.members.change_person(tx, GUILD, network.accepting, timezone=typed)
    verdict = await network.verdict(row(target=person(network.accepting)), datetime(2026, 6, 11, 7, 30, tzinfo=UTC))
    assert (verdict.until if isinstance(verdict, Wait) else None) == waits_until


@pytest.mark.parametrize(("public", "language"), [(True, "fr"), (False, "es")])
async def test_a_test_goes_to_who_asked_at_any_hour(network: Network7, public: bool, language: str) -> None:
    one = row(target="account:11", payload={"public": public})
    zone = "Europe/Brussels" if public else "Africa/Accra"
    assert await network.sent_to(one, NIGHT) == ("account", 11, language, zone)


async def test_the_record_is_loaded_once_for_all_that_is_asked(network: Network7) -> None:
    network.notes.concerned = [network.accepting]
    assert isinstance(await network.verdict(row(target=PEOPLE)), Expand)
    assert network.notes.loads == 1


async def test_nothing_is_owed_of_a_record_that_is_gone(network: Network7) -> None:
    network.notes.is_gone = True
    assert await network.verdict(row()) == Settle(OutboxState.NOT_OWED, Reason.NONE)


# Whom a message reaches


async def test_people_are_sorted_by_how_they_are_told(network: Network7) -> None:
    network.notes.concerned = [network.unlinked, network.silent, 99, network.accepting, network.silent]
    asked = await network.notes.loaded(row(target=PEOPLE))
    found = await recipients_of(network.services, network.notes, asked)
    assert network.notes.asked == [asked]
    assert [p.id for p in found.reach.direct] == [network.accepting]
    assert [p.id for p in found.reach.noticed] == [network.silent]
    assert [p.id for p in found.reach.unreachable] == [network.unlinked]
    assert found.reach.total == 3
    assert [text.values["kind"] for text in found.left_out] == ["note"]
    nobody = await recipients_of(network.services, network.notes, await network.notes.loaded(row(target=ANNOUNCEMENTS)))
    assert (nobody.reach.total, nobody.left_out) == (0, ())


async def test_somebody_named_twice_is_reached_once_and_the_parts_add_up(network: Network7) -> None:
    members = network.services.members
    people = [await members.person(GUILD, n) for n in (network.unlinked, network.silent, network.accepting)]
    found = await reach_of(network.services, GUILD, cast(list[Person], [*people, *people]), has_email_text=False)
    assert [[p.id for p in part] for part in (found.direct, found.noticed, found.unreachable)] == [
        [network.accepting],
        [network.silent],
        [network.unlinked],
    ]
    assert (found.total, found.reached) == (3, 2)
    assert [part.count for part in found.counted()] == [1, 1, 1]
    some = Reach(direct=found.direct * 3, unreachable=found.unreachable)
    assert [(part.singular, part.count) for part in some.counted()] == [
        (found.counted()[0].singular, 3),
        (found.counted()[2].singular, 1),
    ]


async def test_names_are_listed_with_the_delegations_in_the_alphabet(network: Network7) -> None:
    members = network.services.members
    people = [await members.person(GUILD, n) for n in (network.unlinked, network.silent, network.accepting)]
    stranger = Person(99, GUILD, "Zoe")
    named = await names_of(
        network.services, GUILD, [*cast(list[Person], people), stranger, Person(98, GUILD, "")], "fr"
    )
    assert named == ["—", "Ama · Ghana", "Danemark, Ghana", "Éric · Danemark", "Zoe"]
    spanish = [Person(n, GUILD, name) for n, name in ((97, "Ñusta"), (96, "Nzinga"))]
    assert await names_of(network.services, GUILD, spanish, "es") == ["Nzinga", "Ñusta"]


async def test_the_row_of_a_preview_is_what_would_be_owed(network: Network7) -> None:
    shown = example(network.services, GUILD, Request("note", 4, "written", PEOPLE, {"a": 1}))
    assert (shown.id, shown.guild_id, shown.subject, shown.subject_id) == (0, GUILD, "note", 4)
    assert (shown.kind, shown.target, shown.occurrence, shown.payload) == ("written", PEOPLE, 1, {"a": 1})
    assert abs(network.services.clock.now() - shown.due_at) < timedelta(minutes=1)
    assert example(network.services, GUILD, Request("note", 4, "written", PEOPLE)).payload == {}


# By e-mail


async def mailing(network: Network7) -> Network7:
    """Give everybody an address, and let operator, secretariat and subject allow e-mails."""
    network.notes.has_text = True
    network.notes.concerned = [network.accepting, network.silent, network.unlinked]
    async with network.services.transaction() as tx:
        await network.services.settings.change_network(tx, GUILD, email_enabled=True)
        for number in network.notes.concerned:
            await network.services.members.change_person(tx, GUILD, number, email=f"p{number}@example.org")
    return replace(network, services=replace(network.services, mail=transport_of("smtp://localhost:2525")))


async def test_whom_discord_does_not_reach_gets_an_email_late_enough_to_be_stopped(network: Network7) -> None:
    mails = await mailing(network)
    for number in (network.silent, network.unlinked):
        assert await mails.verdict(row(target=person(number))) == ByEmail(NOW)
        assert await mails.verdict(row(target=person(number), parent_id=9)) == ByEmail(NOW + timedelta(minutes=8))
        assert not isinstance(await mails.verdict(row("other", person(number))), ByEmail), "it has no text for e-mails"


async def test_what_is_for_emails_alone_is_never_a_direct_message(network: Network7) -> None:
    mails = await mailing(network)
    for number in mails.notes.concerned:
        assert await mails.verdict(row("e-mail", person(number))) == ByEmail(NOW)


async def test_what_is_for_members_only_goes_to_no_other_channel(
    network: Network7, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with network.services.transaction() as tx:
        await network.services.settings.change_network(tx, GUILD, members_channel_id=None)
    assert (await network.sent_to(row(target=MEMBERS)))[:2] == ("channel", 71)
    monkeypatch.setattr(Notes, "for_members_only", True)
    assert await network.verdict(row(target=MEMBERS)) == Settle(OutboxState.FAILED, Reason.NO_CHANNEL)


async def test_an_email_beside_a_direct_message_does_not_wait_for_the_morning(network: Network7) -> None:
    mails = await mailing(network)
    night = NOW.replace(hour=3)
    for channel, is_both in (("direct_message", False), ("both", True)):
        async with network.services.transaction() as tx:
            await network.services.settings.change_account(tx, GUILD, 11, channel=channel)
        waits = await mails.verdict(row(target=person(network.accepting), due_at=night), night)
        assert isinstance(waits, Wait)
        assert waits.by_email_too is is_both


async def test_who_wants_both_gets_an_email_beside_each_direct_message(network: Network7) -> None:
    mails = await mailing(network)
    second = [row(target=person(number) + ":email", parent_id=9) for number in network.notes.concerned]
    for channel, is_both in (("direct_message", False), ("both", True)):
        async with network.services.transaction() as tx:
            await network.services.settings.change_account(tx, GUILD, 11, channel=channel)
        direct = await mails.verdict(row(target=person(network.accepting)))
        assert isinstance(direct, Deliver)
        assert direct.by_email_too is is_both
        not_owed = Settle(OutboxState.NOT_OWED, "")
        assert [await mails.verdict(one) for one in second] == [
            ByEmail(NOW + timedelta(minutes=8)) if is_both else not_owed,
            not_owed,
            not_owed,
        ]
        alone = replace(second[0], parent_id=None)
        assert await mails.verdict(alone) == (ByEmail(NOW) if is_both else not_owed)


@pytest.mark.parametrize("state", [OutboxState.PENDING, OutboxState.SENDING, OutboxState.NOTICE, OutboxState.UNKNOWN])
async def test_no_email_goes_beside_a_message_that_discord_refused(network: Network7, state: OutboxState) -> None:
    mails = await mailing(network)
    target = person(network.accepting)
    copy = row(target=f"{target}:email")
    async with network.services.transaction() as tx:
        await network.services.settings.change_account(tx, GUILD, 11, channel="both")
        refused = await network.services.outbox.plan_now(tx, GUILD, "note", 1, "note", target)
    assert await mails.verdict(copy) == ByEmail(NOW)
    async with network.services.transaction() as tx:
        await tx.execute("UPDATE outbox SET refused_directly = 1, state = ? WHERE id = ?", (state, refused))
    assert await mails.verdict(copy) == Settle(OutboxState.NOT_OWED, "")


@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        (OutboxState.SENT, Emailed),
        (OutboxState.SENDING, Wait(NOW + timedelta(minutes=1))),
        (OutboxState.UNKNOWN, Settle(OutboxState.NOT_OWED, "")),
        (OutboxState.FAILED, ByEmail(NOW)),
        (None, ByEmail(NOW)),
    ],
)
async def test_a_message_that_discord_refused_goes_by_email_unless_the_one_beside_it_has_brought_it(
    network: Network7, state: OutboxState | None, verdict: object
) -> None:
    mails = await mailing(network)
    target = person(network.accepting)
    async with network.services.transaction() as tx:
        await network.services.settings.change_account(tx, GUILD, 11, channel="both")
        if state is not None:
            copy = await network.services.outbox.plan_now(tx, GUILD, "note", 1, "note", f"{target}:email")
            await tx.execute("UPDATE outbox SET state = ? WHERE id = ?", (state, copy))
    found = await mails.verdict(row(target=target, refused_directly=True))
    if verdict is Emailed:
        assert isinstance(found, Emailed)
        assert found.copy.target == f"{target}:email"
    else:
        assert found == verdict


async def test_emails_count_where_operator_secretariat_and_message_allow_them(network: Network7) -> None:
    mails = await mailing(network)
    people = [await network.services.members.person(GUILD, number) for number in network.notes.concerned]

    async def emailed(services: Services, *, has_email_text: bool) -> list[int]:
        found = await reach_of(services, GUILD, cast(list[Person], people), has_email_text=has_email_text)
        return [p.id for p in found.emailed]

    assert await emailed(mails.services, has_email_text=True) == [network.silent, network.unlinked]
    assert await emailed(mails.services, has_email_text=False) == []
    assert await emailed(network.services, has_email_text=True) == []
    for kind, by_email in (("note", [network.silent, network.unlinked]), ("other", [])):
        asked = await network.notes.loaded(row(target=PEOPLE, kind=kind))
        found = await recipients_of(mails.services, network.notes, asked)
        assert [p.id for p in found.reach.emailed] == by_email, kind
    async with network.services.transaction() as tx:
        await network.services.settings.change_network(tx, GUILD, email_enabled=False)
    assert await emailed(mails.services, has_email_text=True) == []


async def test_who_wants_both_is_reached_once_and_gets_an_email_too(network: Network7) -> None:
    mails = await mailing(network)
    async with network.services.transaction() as tx:
        await network.services.settings.change_account(tx, GUILD, 11, channel="both")
    people = [await network.services.members.person(GUILD, number) for number in network.notes.concerned]
    for has_email_text in (True, False):
        found = await reach_of(mails.services, GUILD, cast(list[Person], people), has_email_text=has_email_text)
        assert [p.id for p in found.direct] == [network.accepting]
        assert [p.id for p in found.doubly] == ([network.accepting] if has_email_text else [])
        assert found.emails == (3 if has_email_text else 0)


async def test_the_email_goes_also_where_the_direct_message_gives_way_to_the_next(network: Network7) -> None:
    mails = await mailing(network)
    mails.notes.standing_ = Standing(MORNING + HOUR, gives_way=True)
    for channel, verdict in (("direct_message", Settle(OutboxState.NOT_OWED, "")), ("both", ByEmail(NOW))):
        async with network.services.transaction() as tx:
            await network.services.settings.change_account(tx, GUILD, 11, channel=channel)
        assert await mails.verdict(row(target=person(network.accepting)), NIGHT) == verdict
