"""The networks that the load is put on: delegations of people with accounts, and of people who have only an address."""

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from bot import Settings, names
from bot.services import Services
from bot.working_days import is_working_day, load
from bot.workplaces import Workplace
from storage.database import Database, Transaction
from tests.loopback.focalbot import FollowingClock
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Channel, Guild, Role, User

SINCE: Final = date(2026, 1, 1)
WORKING_DAY: Final = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)
"""A Tuesday. Delegations that have a holiday on it are left out: they would be written to on the next day."""
_STATE: Final = 2
"""Letters of a state's code; those of organisations are longer."""
CHANNELS: Final = ("announcements", "members", "secretariat")


@dataclass
class Network:
    """One server and its people."""

    guild: Guild
    channels: dict[str, Channel]
    office: User
    serving: Role
    members: list[User] = field(default_factory=list[User])
    people: list[int] = field(default_factory=list[int])
    """The persons' ids in the directory, of those with an account."""


def add_network(discord: LoopbackDiscord, name: str) -> Network:
    """Let there be a server with its channels and a secretariat."""
    guild = discord.add_guild(name)
    serving = discord.add_role(guild, "Secretariat")
    channels = {one: discord.add_channel(guild, one) for one in CHANNELS}
    return Network(guild, channels, discord.add_user(f"office of {name}", guild, serving), serving)


@asynccontextmanager
async def services_on(discord: LoopbackDiscord, database: Path) -> AsyncGenerator[Services]:
    """The bot's own services on its database, while no bot runs."""
    opened = await Database.open(database)
    try:
        settings = Settings(_env_file=None, database_path=database)  # pyright: ignore[reportCallIssue]
        yield Services.over(opened, FollowingClock(discord), settings)
    finally:
        await opened.close()


async def seat(
    discord: LoopbackDiscord,
    services: Services,
    tx: Transaction,
    one: Network,
    seats: int,
    each: int,
    by_email: int = 0,
) -> None:
    """Seat ``seats`` delegations of ``each`` people with accounts, and ``by_email`` with an address only."""
    channels = {f"{name}_channel_id": channel.id for name, channel in one.channels.items()}
    email: dict[str, Any] = {"email_enabled": True, "email_reply_to": "office@example.org"} if by_email else {}
    await services.settings.change_network(
        tx, one.guild.id, **channels, **email, secretariat_role_id=one.serving.id, language="en", timezone="UTC"
    )
    await load()
    states = [code for code in sorted(names.delegations()) if len(code) == _STATE]
    for code in [code for code in states if is_working_day(WORKING_DAY.date(), Workplace("UTC", code))][:seats]:
        delegation = await services.members.add_delegation(tx, one.guild.id, code, "state", SINCE)
        for number in range(each + by_email):
            user = discord.add_user(f"{code} {number}", one.guild) if number < each else None
            person = await services.members.add_person(
                tx,
                one.guild.id,
                f"Person {number} of {code}",
                account_id=user.id if user is not None else None,
                email="" if user is not None else f"p{number}.{code.lower()}@example.org",
                timezone="UTC",
            )
            await services.members.appoint(tx, one.guild.id, delegation, person, "adviser", SINCE)
            if user is not None:
                one.members.append(user)
                one.people.append(person)
                await services.settings.change_account(tx, one.guild.id, user.id, channel="direct_message")


def count(database: Path, sql: str, *values: object) -> int:
    """Return a number that the database says."""
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute(sql, values).fetchone()[0])
