"""Every kind of message that a person may be owed has an e-mail, or a reason why not; and what no e-mail may say."""

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

import pytest

from bot.clock import Clock
from bot.languages import LANGUAGES
from bot.mail.compose import mail_of
from bot.mail.letter import Envelope, letter
from bot.outbox import Subject
from bot.services import Services
from bot.settings import Settings
from bot.texts import Reader
from cogs.decisions.messages import DecisionMessages
from cogs.digests.messages import DigestMessages
from cogs.meetings.messages import MeetingMessages
from cogs.members.claims.messages import ClaimMessages
from cogs.members.joining.messages import InvitationEmails
from cogs.members.nominations.messages import NominationMessages
from cogs.members.posts.messages import AppointmentMessages
from cogs.members.welcome.messages import ArrivalMessages
from cogs.outbox.messages import ManualMessages
from cogs.polls.messages import PollMessages
from cogs.resources.messages import ShelfMessages
from cogs.statements.messages import StatementMessages
from cogs.topics.messages import TopicMessages
from cogs.webinars.messages import WebinarMessages
from storage.database import Database
from storage.outbox.models import OutboxRow
from storage.upgrade import upgrade
from tests.storage.filling import fill
from tests.world import World

SUBJECTS: tuple[type[Subject[Any]], ...] = (
    AppointmentMessages,
    ArrivalMessages,
    ClaimMessages,
    DecisionMessages,
    DigestMessages,
    InvitationEmails,
    ManualMessages,
    MeetingMessages,
    NominationMessages,
    PollMessages,
    ShelfMessages,
    StatementMessages,
    TopicMessages,
    WebinarMessages,
)
KINDS = [(subject, kind) for subject in SUBJECTS for kind in subject.to_people]
EMAILED = [(subject, kind) for subject, kind in KINDS if kind not in subject.never_by_email]
NEVER = [(subject, kind) for subject, kind in KINDS if kind in subject.never_by_email]
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
SECRETS = {
    "person": ("name", "email", "phone"),
    "decision": ("title", "url"),
    "statement": ("url",),
    "document": ("file_name",),
    "handover_note": ("text",),
    "registration": ("comes", "reference"),
    "webinar": ("link", "recording"),
    "nomination": ("title", "ministry", "reason"),
    "appointment": ("title", "ministry"),
    "resource": ("url", "reason"),
}
"""What no e-mail may say, by table; a column that is not there is left out."""
TITLES = {
    "statement": "title",
    "poll": "question",
    "topic": "title",
    "webinar": "title",
    "resource": "title",
    "meeting": "theme",
    "message": "text",
}
"""What a subject line never has."""
SECRET, TITLE = "https://secret.example/marker", "A telling title"


def ids(one: tuple[type[Subject[Any]], str]) -> str:
    return f"{one[0].name}-{one[1]}"


def planted(path: Path) -> int:
    """Fill a database, plant what no e-mail may say, and return how many columns have it."""
    upgrade(path)
    count = 0
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        fill(connection)
        # What is decided on is fixed: not for who plants.
        marks = ", ".join(f"'{table}'" for table in SECRETS)
        triggers = f"SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ({marks})"
        for (name,) in connection.execute(triggers).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for table, columns in SECRETS.items():
            there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            for column in there & set(columns):
                connection.execute(f"UPDATE {table} SET {column} = '{SECRET}'")
                count += 1
        for table, column in TITLES.items():
            connection.execute(f"UPDATE {table} SET {column} = '{TITLE}'")
        # Somebody without an account, for whom a code is made.
        connection.execute("UPDATE person SET account_id = NULL, channel = 'not_asked', email = 'ama@example.org'")
        connection.execute("UPDATE claim SET state = 'withdrawn'")
        connection.execute("UPDATE network SET email_links = 0, privacy_contact = NULL")
        connection.execute("UPDATE appointment SET starts_on = '2026-01-01', ends_on = NULL")
        connection.execute("UPDATE delegation SET joined_on = '2011-01-01', left_on = NULL")
    return count


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "focalbot.sqlite3"
    assert planted(path) >= 12
    return path


@pytest.fixture
async def services(filled: Path, tmp_path: Path) -> AsyncIterator[Services]:
    path = tmp_path / filled.name
    shutil.copy(filled, path)
    database = await Database.open(path)
    defaults: Any = {"_env_file": None, "mail_from": "bot@network.example"}
    yield Services.over(database, Clock(), Settings(database_path=path, **defaults))
    await database.close()


def made(subject: type[Subject[Any]], services: Services) -> Subject[Any]:
    make = cast(Any, subject)
    return make(services, None) if subject is PollMessages else make(services)


def row_of(subject: Subject[Any], kind: str) -> OutboxRow:
    payload: dict[str, object] = {
        "code": "GH",
        "delegation": 1,
        "role": "mission",
        "starts_on": "2027-01-01",
        "network": "The network",
        "link": "",
        "by": 4711,
        "voided": {"vote": 1},
        "reference": SECRET,
    }
    if subject.name == "invitation_email":
        payload["code"] = None
    mark = {"monthly": ":2026-12", "deadline": ":14d", "link": ":24h", "day": ":1", "countdown": ":7d"}.get(kind, "")
    return OutboxRow(1, 1, subject.name, 1, f"{kind}{mark}", 1, "person:1", NOW, payload=payload)


async def email_of(services: Services, subject: Subject[Any], row: OutboxRow, reader: Reader) -> EmailMessage:
    async with services.transaction() as tx:
        text = await subject.email_to_hand_over(tx, await subject.loaded(row), reader)
    envelope = Envelope(
        network="The network",
        sender="bot@network.example",
        reply_to="office@network.example",
        name="Reader",
        address="ama@example.org",
        key="KEY",
        list_key="network-1",
        server="https://discord.com/channels/1",
    )
    return letter(envelope, text, reader, NOW)


def said(message: EmailMessage) -> str:
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    return "\n".join(cast(bytes, part).decode() for part in parts).replace("\r\n ", "").replace("\n ", "")


async def test_every_subject_that_writes_to_people_is_looked_at_here(world: World) -> None:
    registered = world.bot.services.outbox._subjects.values()
    # By name: a world that ends unloads its rooms, and the next one loads them anew.
    named = {f"{type(one).__module__}.{type(one).__name__}" for one in registered if one.to_people}
    here = {f"{one.__module__}.{one.__name__}" for one in SUBJECTS}
    assert named == here, "add it to SUBJECTS, or take it out: all its messages to people are looked at here"
    for subject in SUBJECTS:
        reasons = {**subject.never_by_email, **subject.only_by_hand}
        assert set(reasons) <= set(subject.to_people)
        assert all(len(reason) > 20 for reason in reasons.values())


@pytest.mark.parametrize("one", EMAILED, ids=ids)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_kind_has_an_email_that_says_nothing_it_must_not(
    services: Services, one: tuple[type[Subject[Any]], str], language: Any
) -> None:
    subject, kind = made(one[0], services), one[1]
    row, reader = row_of(subject, kind), Reader(language, "Africa/Accra")
    assert subject.is_written_for_email(row)
    assert subject.has_email_text(row) is (kind not in subject.only_by_hand)
    if one[0] is InvitationEmails:
        # It begins with the reader's own name.
        async with services.transaction() as tx:
            await services.members.change_person(tx, 1, 1, name="Reader")
    message = await email_of(services, subject, row, reader)
    subject_line, text = str(message["Subject"]), said(message)
    for marker in (SECRET, "secret.example", "4711"):
        assert marker not in subject_line + text
    assert TITLE not in subject_line
    assert "*" not in text, "e-mails have no markdown"
    assert "{" not in subject_line
    assert "None" not in subject_line
    assert len(subject_line) < 120


@pytest.mark.parametrize("one", EMAILED, ids=ids)
async def test_what_the_secretariat_sends_by_hand_says_no_more(
    services: Services, one: tuple[type[Subject[Any]], str]
) -> None:
    subject, kind = made(one[0], services), one[1]
    row = row_of(subject, kind)
    if not subject.may_be_sent_by_hand(row):
        assert subject.name == "invitation_email"
        return
    person = await services.members.person(1, 1)
    assert person is not None
    mail = await mail_of(services, subject, await subject.loaded(row), person, "Reader", "ama@example.org")
    for marker in (SECRET, "secret.example", "4711"):
        assert marker not in mail.subject + mail.body
    assert TITLE not in mail.subject


@pytest.mark.parametrize("one", NEVER, ids=ids)
async def test_what_no_email_may_say_is_in_none(services: Services, one: tuple[type[Subject[Any]], str]) -> None:
    subject = made(one[0], services)
    row = row_of(subject, one[1])
    assert not subject.has_email_text(row)
    assert not subject.may_be_sent_by_hand(row)


def test_the_news_of_a_post_is_emailed_by_hand_only() -> None:
    by_hand = {(subject.name, kind) for subject in SUBJECTS for kind in subject.only_by_hand}
    assert by_hand == {("appointment", "appointed"), ("appointment", "succeeds"), ("arrival", "welcome")}


def test_ballots_and_objections_are_never_emailed() -> None:
    assert {(subject.name, kind) for subject, kind in NEVER} == {("poll", "voted"), ("decision", "voted")}
