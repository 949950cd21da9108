"""The engine itself as a workload: the real command line, a network in its database, and all the ways of owing."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import Settings
from bot.clock import Clock
from bot.outbox import ANNOUNCEMENTS, MEMBERS, PEOPLE, SECRETARIAT, person
from bot.outbox.reference import PREFIX, nonce_of
from bot.services import Services
from cogs.meetings.messages import owed_by
from cogs.meetings.rules import SUBJECT as MEETING
from cogs.meetings.rules import unsaved
from storage.database import Database, Transaction
from storage.meetings.models import MeetingValue
from storage.outbox.models import OutboxRow
from storage.outbox.rows import COLUMNS, row_of
from storage.outbox.states import Reason
from tests.loopback import notes
from tests.loopback.launcher import EXTENSION_VARIABLE
from tests.loopback.nursery import FOCALBOT
from tests.loopback.secretariat import Secretariat
from tests.loopback.server import LoopbackDiscord
from tests.loopback.workload import Entry, State
from tests.loopback.world import Guild, Message, User

SEATS = ("AR", "AU", "BE", "CR", "DK", "EU", "FR", "GH", "GT", "IT", "MX", "NL")
PEOPLE_ZONES = ("Europe/Paris", "Africa/Accra", "Asia/Riyadh", "Asia/Kolkata", "America/Halifax")
MEETING_ZONES = ("Africa/Accra", "Asia/Kolkata", "Asia/Kathmandu")
REGISTER_ZONE = "Atlantic/South_Georgia"
"""Where it is a little before nine, the hour of reminders, when a run begins."""
COUNTED_HOURS = 5
MOST_WAITING = 24
"""Messages due, above which no more are owed: where processes die sooner than they send, all would come too late."""
JUST_NOW = timedelta(minutes=5)
"""What falls due within this before the count is not counted yet."""
STATES = {
    "sent": State.SENT,
    "unknown": State.UNKNOWN,
    "notice": State.NOT_SENT,
    "not_owed": State.NOT_SENT,
    "not_reached": State.NOT_SENT,
    "missed": State.NOT_SENT,
    "failed": State.NOT_SENT,
    "cancelled": State.NOT_SENT,
    "withdrawn": State.TAKEN_BACK,
}


class FollowingClock(Clock):
    """The loopback Discord's clock, for services that the tests use in their own process."""

    def __init__(self, discord: LoopbackDiscord) -> None:
        self._discord = discord

    def now(self) -> datetime:
        return self._discord.clock.now()


@dataclass(frozen=True)
class Appointee:
    """Somebody of the network: who they are on Discord and in the directory."""

    person_id: int
    user: User


class FocalbotWorkload:
    """A network of a dozen seats that plans meetings, tells people and is written notes.

    ``expected`` are the notes that must be in the books, by the name that message and row have in common; the
    reference of everything else is the nonce in its *Details* button.
    """

    entry = FOCALBOT
    meetings = 0.05
    """The share of all that is owed that is a meeting's."""

    def __init__(self) -> None:
        self.environment = {EXTENSION_VARIABLE: notes.__name__, "LOG_LEVEL": "WARNING"}
        self.expected: set[str] = set()
        self.appointees: list[Appointee] = []
        self._notes = 0
        self._meetings = 0
        self._registered = False

    @property
    def acts(self) -> int:
        return self.secretariat.done.total()

    # Furnishing

    def furnish(self, discord: LoopbackDiscord, database: Path) -> None:
        self.discord = discord
        self.guild: Guild = discord.add_guild("Network")
        names = (ANNOUNCEMENTS, MEMBERS, SECRETARIAT)
        self.channels = {name: discord.add_channel(self.guild, name) for name in names}
        self.role = discord.add_role(self.guild, "Focal points")
        self.serving = discord.add_role(self.guild, "Secretariat")
        self.secretariat = Secretariat(discord, self.guild, self.serving, self.channels)
        self._users = [discord.add_user(code.lower(), self.guild) for code in SEATS]
        for user in self._users[:2]:
            user.direct_messages = False

    @asynccontextmanager
    async def services(self, database: Path) -> AsyncGenerator[Services]:
        """The bot's own services on its database, to be used while no bot runs."""
        opened = await Database.open(database)
        try:
            settings = Settings(_env_file=None, database_path=database)  # pyright: ignore[reportCallIssue]
            services = Services.over(opened, FollowingClock(self.discord), settings)
            if not self.appointees:
                async with services.transaction() as tx:
                    await self._seat_all(services, tx)
            yield services
        finally:
            await opened.close()

    async def _seat_all(self, services: Services, tx: Transaction) -> None:
        channels = {f"{name}_channel_id": channel.id for name, channel in self.channels.items()}
        await services.settings.change_network(
            tx,
            self.guild.id,
            **channels,
            member_role_id=self.role.id,
            secretariat_role_id=self.serving.id,
            language="en",
            timezone="Europe/Brussels",
        )
        for number, (code, user) in enumerate(zip(SEATS, self._users, strict=True)):
            kind = "organisation" if code == "EU" else "state"
            seat = await services.members.add_delegation(tx, self.guild.id, code, kind, date(2026, 1, 1))
            added = await services.members.add_person(
                tx, self.guild.id, code, account_id=user.id, timezone=PEOPLE_ZONES[number % len(PEOPLE_ZONES)]
            )
            await services.members.appoint(tx, self.guild.id, seat, added, "focal_point", date(2026, 1, 1))
            if number != len(SEATS) - 1:
                await services.settings.change_account(tx, self.guild.id, user.id, channel="direct_message")
            self.appointees.append(Appointee(added, user))

    # Owing

    async def owe(self, discord: LoopbackDiscord, database: Path, count: int, chance: random.Random) -> None:
        async with self.services(database) as services, services.transaction() as tx:
            await self.secretariat.act(services, tx, chance)
            waiting = await tx.fetch("SELECT count(*) FROM outbox WHERE wake_at <= ?", (tx.at,))
            for _ in range(count if waiting[0][0] < MOST_WAITING else 0):
                if chance.random() < self.meetings:
                    await self.plan_meeting(services, tx, chance)
                else:
                    await self.note(services, tx, chance)

    async def meddle(self, database: Path, chance: random.Random, seconds: float) -> None:
        await self.secretariat.press(database, chance, seconds)

    async def calm(self, database: Path) -> None:
        async with self.services(database) as services, services.transaction() as tx:
            await self.secretariat.let_go(services, tx, random.Random(0))  # noqa: S311 - it draws no lots

    async def note(self, services: Services, tx: Transaction, chance: random.Random) -> None:
        """Owe a note to a channel, a person or several, now or soon, some with little time to make sense."""
        target = chance.choice((ANNOUNCEMENTS, ANNOUNCEMENTS, MEMBERS, SECRETARIAT, PEOPLE, "one"))
        concerned = [one.person_id for one in chance.sample(self.appointees, chance.randint(1, 5))]
        if target == "one":
            target = person(concerned[0])
        ends = timedelta(minutes=3 if chance.random() < 0.1 else 240)
        await self.ask(services, tx, target, concerned, ends, delay=timedelta(seconds=chance.choice((0, 0, 30))))

    async def ask(
        self,
        services: Services,
        tx: Transaction,
        target: str,
        concerned: list[int] | None = None,
        ends: timedelta | None = None,
        delay: timedelta = timedelta(0),
    ) -> str:
        """Owe a note, expect it in the books, and return its sentence."""
        self._notes += 1
        until = tx.at + int(ends.total_seconds()) if ends is not None else None
        payload = {"people": concerned or [], "until": until}
        await services.outbox.plan_now(
            tx, self.guild.id, notes.NAME, self._notes, "note", target, payload=payload, delay=delay
        )
        self.expected.add(f"note {self._notes} to {target}")
        return f"{notes.SENTENCE}{self._notes}"

    async def plan_meeting(self, services: Services, tx: Transaction, chance: random.Random) -> None:
        """Plan a meeting as the secretariat does: counted down by the hour, announced, its register chased."""
        self._meetings += 1
        now = services.clock.now()
        zone = chance.choice(MEETING_ZONES)
        first_day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=4)
        hours = int((datetime.combine(first_day, time(9), ZoneInfo(zone)) - now).total_seconds() // 3600)
        fields: dict[str, MeetingValue] = {
            "starts_on": first_day,
            "ends_on": first_day,
            "city": f"City {self._meetings:04}",
            "timezone": zone,
            "reminders": " ".join(f"{hours - ahead}h" for ahead in range(COUNTED_HOURS)),
        }
        if not self._registered:
            self._registered = True
            fields |= {"timezone": REGISTER_ZONE, "register_by": _closing(now), "reminders": "4d 3d"}
        guild_id = self.guild.id
        meeting_id = await services.meetings.add(tx, guild_id, **fields)
        owed = owed_by(replace(unsaved(guild_id, fields), id=meeting_id))
        await services.outbox.plan(tx, guild_id, MEETING, meeting_id, owed)
        await services.outbox.plan_now(tx, guild_id, MEETING, meeting_id, "announced", ANNOUNCEMENTS)
        await services.outbox.plan_now(
            tx, guild_id, MEETING, meeting_id, "chased", PEOPLE, deadline=now + timedelta(hours=4)
        )

    # Counting

    def reference(self, message: Message) -> str | None:
        carried = [name for name in message.custom_ids() if name.startswith(f"{PREFIX}:")]
        if not carried:
            return None
        if not message.content.startswith(notes.SENTENCE):
            return carried[0].rpartition(":")[2]
        target = self.secretariat.names.get(message.channel.id)
        if target is None:
            target = next(person(one.person_id) for one in self.appointees if one.user is message.channel.recipient)
        return f"note {message.content.removeprefix(notes.SENTENCE)} to {target}"

    def books(self, database: Path) -> list[Entry]:
        with closing(sqlite3.connect(database)) as connection:
            connection.row_factory = sqlite3.Row
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
            if "outbox" not in tables:
                return []
            (salt,) = connection.execute("SELECT salt FROM outbox_file").fetchone()
            read = connection.execute(f"SELECT {COLUMNS}, o.retrying FROM outbox AS o").fetchall()
        retrying = {row["id"] for row in read if row["retrying"]}
        rows = [row_of(row) for row in read]
        known = {_name(row, salt) for row in rows}
        absent = [Entry(name, State.OPEN, "not in the books") for name in self._wanted(rows) - known]
        soon = self.discord.clock.now() - JUST_NOW
        return absent + [
            Entry(_name(row, salt), _state(row), _reason(row))
            for row in rows
            if row.state != "expanded" and (row.id in retrying or not _waits(row, soon))
        ]

    def _wanted(self, rows: list[OutboxRow]) -> set[str]:
        """The notes that must be in the books: those that were owed, and one for each person of a fan-out."""
        fanned = {
            f"note {row.subject_id} to {person(one)}"
            for row in rows
            if row.subject == notes.NAME and row.state == "expanded"
            for one in row.payload["people"]  # type: ignore[attr-defined]
        }
        return self.expected | fanned


def _name(row: OutboxRow, salt: bytes) -> str:
    if row.subject == notes.NAME:
        return f"note {row.subject_id} to {row.target}"
    return nonce_of(row, salt)


def _state(row: OutboxRow) -> State:
    if row.reason == Reason.DELETED:
        return State.TAKEN_BACK
    return STATES.get(row.state, State.OPEN)


def _reason(row: OutboxRow) -> str:
    return f"{row.state}: {row.reason}" if row.reason else row.state


def _waits(row: OutboxRow, soon: datetime) -> bool:
    """Whether a row's time has not come: it is due later, or waits for somebody's working hours."""
    return row.state == "pending" and row.wake_at is not None and row.wake_at > soon


def _closing(now: datetime) -> datetime:
    """The end of registration, a day and an hour after the next nine o'clock in ``REGISTER_ZONE``."""
    zone = ZoneInfo(REGISTER_ZONE)
    nine = datetime.combine(now.astimezone(zone).date(), time(9), zone)
    return (nine + timedelta(days=1 if nine > now else 2, hours=1)).astimezone(UTC)
