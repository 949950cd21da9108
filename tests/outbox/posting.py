"""A network whose notes may go by e-mail, to a mailbox of the tests' own."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.outbox import EmailText
from bot.texts import Reader, t
from storage.members.models import Person
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState
from tests.outbox.conftest import Desk, Notes, only_by_the_table
from tests.patience import looks, moment
from tests.smtp.world import mailing_world, switch_on

ADDRESS = "ama@mfa.gov.gh"


class Letters(Notes):
    """Notes that may go by e-mail."""

    def has_email_text(self, row: OutboxRow) -> bool:
        return row.kind != "private"

    async def email_text(self, row: OutboxRow, reader: Reader) -> EmailText:
        return EmailText(t("{kind}", kind="a note"), [t("{words} {kind}", words=self.words, kind=row.kind)])


@asynccontextmanager
async def desk_at(path: Path, port: int) -> AsyncIterator[Desk]:
    async with mailing_world(path, port) as world:
        letters = Letters()
        world.bot.services.outbox.register(letters)
        await only_by_the_table(world)
        yield Desk(world, letters)


async def switched_on(desk: Desk) -> None:
    """Let the bot that has just started send e-mails without pauses."""
    await switch_on(desk.world)


async def with_address(desk: Desk, code: str, address: str = ADDRESS, *, channel: str | None = None) -> Person:
    """Give a delegation's focal point an address, and a choice."""
    services = desk.world.bot.services
    actor = desk.server.members[code]
    found = await services.members.person_of_account(desk.guild_id, actor.id)
    assert found is not None
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.members.change_person(tx, desk.guild_id, found.id, email=address)
            if channel is not None:
                await services.settings.change_account(tx, desk.guild_id, actor.id, channel=channel, timezone="UTC")
    return replace(found, email=address)


async def without_account(desk: Desk, address: str = ADDRESS) -> int:
    services = desk.world.bot.services
    with desk.world.as_bot():
        async with services.transaction() as tx:
            return await services.members.add_person(tx, desk.guild_id, "Kofi", email=address)


async def settled(desk: Desk, *states: OutboxState, subject_id: int = 1) -> list[OutboxRow]:
    """Wait, in real time, until the notes' rows are in these states: a mail server does not follow SimCord's clock."""
    rows: Sequence[OutboxRow] = ()
    for _ in looks():
        await desk.world.env.settle()
        rows = await desk.rows(subject_id)
        if [row.state for row in rows] == list(states):
            return list(rows)
        await moment()
    raise AssertionError([(row.target, row.state, row.reason, row.email_step) for row in rows])


async def failed_once(desk: Desk) -> OutboxRow:
    """Wait, in real time, until the only row has failed; return it."""
    [row] = await desk.rows()
    for _ in looks():
        if row.failures:
            break
        await moment()
        [row] = await desk.rows()
    return row
