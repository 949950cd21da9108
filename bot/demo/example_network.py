"""What the demo runs: the real bot, in the network of 2011. One function for each kind of thing it starts with."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

from apscheduler.triggers.date import DateTrigger  # pyright: ignore[reportMissingTypeStubs]
from discord.ext import commands
from filelock import FileLock, Timeout
from pydantic import SecretStr

from bot import working_days
from bot.app import DatabaseInUseError, Focalbot, create_bot
from bot.charts import bars
from bot.clock import Clock
from bot.demo.decisions import furnish_decisions
from bot.demo.mailbox import OFFICE, SENDER
from bot.demo.meetings import furnish_meetings
from bot.demo.people import furnish_person
from bot.demo.serving import Demo
from bot.demo.statements import furnish_statement
from bot.demo.topics import furnish_topics
from bot.demo.tour import steps_of
from bot.demo.webinars import furnish_webinars
from bot.demo.world import NEW_YORK, Account, World
from bot.facts import facts
from bot.run import explain
from bot.services import Services
from bot.settings import Settings
from storage.database import Database, Transaction

SWEEP: Final = timedelta(hours=1)


def example_network(folder: Path) -> Demo:
    """Return the demo of the example network, with everything kept in ``folder``."""
    settings = Settings(
        discord_token=None,
        database_path=folder / "focalbot.sqlite3",
        log_level="WARNING",
        default_language="en",
        default_timezone=NEW_YORK,
    )

    async def furnish(world: World) -> None:
        for path in _database_files(settings.database_path):
            path.unlink(missing_ok=True)
        await furnish_database(settings, world)

    return Demo(
        make_bot=partial(_bot, settings),
        furnish=furnish,
        database=settings.database_path,
        saved=folder / "discord.pickle",
        next_reminder=next_reminder,
        explain=lambda error: explain(error, settings),
        steps_of=partial(steps_of, settings.database_path),
        address_of=_address_of,
        started=_without_pauses,
        prepare=bars.prepare,
    )


async def _address_of(bot: commands.Bot, guild_id: int, account: Account) -> str:
    if account.kind == "secretariat":
        return OFFICE
    person = await cast(Focalbot, bot).services.members.person_of_account(guild_id, account.user_id)
    return person.email.lower() if person is not None else ""


def _without_pauses(bot: commands.Bot) -> None:
    mail = cast(Focalbot, bot).services.mail
    if mail is not None:
        # A journey to the next reminder shows all the e-mails of that reminder.
        mail.pause = 0


def _bot(settings: Settings, smtp_url: str) -> commands.Bot:
    bot = create_bot(settings.model_copy(update={"smtp_url": SecretStr(smtp_url), "mail_from": SENDER}))
    # Each sweep costs a step of SimCord's clock: rarer ones make long journeys short.
    bot.outbox.sweep = SWEEP
    bot.heartbeat = None
    return bot


def forget(demo: Demo) -> None:
    """Delete all that a demo has kept. Raises DatabaseInUseError while one runs on it."""
    try:
        with FileLock(f"{demo.database}.lock", blocking=False):
            for path in (demo.saved, *_database_files(demo.database)):
                path.unlink(missing_ok=True)
    except Timeout as error:
        raise DatabaseInUseError(str(demo.database)) from error


def next_reminder(bot: commands.Bot) -> datetime | None:
    """Return when the bot will next wake for a message that it owes; None where it owes none."""
    jobs: list[Any] = cast(Any, bot).scheduler.get_jobs()
    return min((job.next_run_time for job in jobs if isinstance(job.trigger, DateTrigger)), default=None)


def _database_files(path: Path) -> Iterator[Path]:
    for suffix in ("", "-wal", "-shm"):
        yield path.with_name(f"{path.name}{suffix}")


async def furnish_database(settings: Settings, world: World) -> None:
    """Write the network of 2011 into a new database, then its topics and its poll."""
    await working_days.load()
    database = await Database.open(settings.database_path)
    try:
        services = Services.over(database, Clock(), settings)
        async with services.transaction() as tx:
            await _network(services, tx, world)
            await _delegations(services, tx, world)
            await _steering_group(services, tx, world)
            await furnish_meetings(services, tx, world.guild_id)
            await furnish_webinars(services, tx, world.guild_id, world.accounts)
        await furnish_topics(services, world)
        await furnish_decisions(services, world)
        await furnish_statement(services, world)
    finally:
        await database.close()


async def _network(services: Services, tx: Transaction, world: World) -> None:
    await services.settings.change_network(
        tx,
        world.guild_id,
        secretariat_role_id=world.secretariat_role_id,
        member_role_id=world.member_role_id,
        announcements_channel_id=world.channels["announcements"],
        members_channel_id=world.channels["members"],
        secretariat_channel_id=world.channels["secretariat"],
        language="en",
        timezone=NEW_YORK,
        privacy_contact="privacy@network.example",
        email_enabled=True,
        email_reply_to=OFFICE,
    )


async def _delegations(services: Services, tx: Transaction, world: World) -> None:
    first = date.fromisoformat(facts("meetings")["meetings"][0]["starts_on"])
    for account in world.accounts:
        if account.code is not None:
            seat = await services.members.add_delegation(tx, world.guild_id, account.code, "state", first)
            await furnish_person(services, tx, world.guild_id, seat, account, first)


async def _steering_group(services: Services, tx: Transaction, world: World) -> None:
    group = facts("network")["steering_group"]
    since = date.fromisoformat(group["as_of"])
    for code in group["members"]:
        seat = await services.members.add_delegation(tx, world.guild_id, code, "state")
        await services.members.set_steering_term(tx, world.guild_id, seat, since, None)
