"""Codes that the bot sends by e-mail: shown first, ten minutes to *Stop*, each code in its e-mail and nowhere else."""

import re
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState
from tests.members.claiming import claim
from tests.members.test_invite_all import add, link_set, made
from tests.members.test_seats_posts import office
from tests.patience import looks, moment
from tests.smtp.servers import Mailbox, mailbox, scripted
from tests.smtp.world import mailing_world
from tests.world import World, said

CODE = re.compile(r"\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){4}\b")
Posted = tuple[World, Mailbox]


@pytest.fixture
async def posted(tmp_path: Path) -> AsyncGenerator[Posted]:
    async with mailbox() as (server, box), mailing_world(tmp_path / "focalbot.sqlite3", server.port) as world:
        await add(world, "Ama Mensah", "ama@example.org")
        await add(world, "Yves Bah", "yves@example.org", language="fr")
        await add(world, "No Address", "")
        yield world, box


async def rows_of(world: World) -> list[OutboxRow]:
    return await world.bot.services.outbox.of(world.server.id, "invitation_email", 0)


async def settled(world: World, *states: OutboxState) -> list[OutboxRow]:
    rows: list[OutboxRow] = []
    for _ in looks():
        await world.env.settle()
        rows = await rows_of(world)
        if sorted(row.state for row in rows) == sorted(states):
            return rows
        await moment()
    raise AssertionError([(row.target, row.state, row.reason, row.email_step) for row in rows])


def text_of(box: Mailbox, address: str) -> str:
    [found] = [taken.message for taken in box.taken if taken.recipients == [address]]
    body = found.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def code_in(text: str) -> str:
    found = CODE.search(text)
    assert found is not None, text
    return found[0]


async def test_each_gets_a_code_of_their_own_that_opens_and_is_nowhere_else(posted: Posted, tmp_path: Path) -> None:
    world, box = posted
    link = await link_set(world)
    asked = await office(world, "invite", delegation="Ghana")
    for part in ("2 by e-mail", "1 has no e-mail address", "2 e-mails leave 10 minutes after", "cannot be taken back"):
        assert part in said(asked)
    assert CODE.search(said(asked)) is None
    assert asked.response is not None
    assert asked.response.attachments == []
    await world.server.secretariat.click(asked.response, label="Confirm")
    await world.travel(timedelta(minutes=9, seconds=50))
    assert box.taken == []
    await world.travel(timedelta(minutes=1))
    await settled(world, OutboxState.EXPANDED, OutboxState.SENT, OutboxState.SENT)
    ama, yves = text_of(box, "ama@example.org"), text_of(box, "yves@example.org")
    assert "authentique" in yves
    for text in (ama, yves):
        assert link in text
        assert "/member claim" in text
    assert code_in(ama) != code_in(yves)
    for code in map(code_in, (ama, yves)):
        assert holding(tmp_path / "focalbot.sqlite3", code) == []
    newcomer = world.add_member(world.server, "ama")
    assert "Ama Mensah" in said(await claim(world, newcomer, code_in(ama)))


def holding(path: Path, word: str) -> list[str]:
    """Return the tables of the file that have the word in any of their cells."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return [t for t in tables if any(word in str(row) for row in connection.execute(f'SELECT * FROM "{t}"'))]


async def test_it_says_what_the_file_says(posted: Posted) -> None:
    world, box = posted
    asked = await office(world, "invite", delegation="Ghana")
    await world.server.secretariat.click(asked.response, label="Confirm")
    await world.travel(timedelta(minutes=11))
    await settled(world, OutboxState.EXPANDED, OutboxState.SENT, OutboxState.SENT)
    services = world.bot.services
    with world.as_bot():
        async with services.transaction() as tx:
            await services.settings.change_network(tx, world.server.id, email_enabled=False)

    in_file = {row["email"]: row["body"] for row in await made(world, delegation="Ghana")}
    for address, body in in_file.items():
        lines = [CODE.sub("CODE", line) for line in body.split("\n\n")]
        sent = [CODE.sub("CODE", line) for line in text_of(box, address).replace("\r\n", "\n").split("\n\n")]
        # But for who signs, and until when to the minute.
        assert lines[:5] == sent[:5]
        assert lines[6] == sent[6]


async def test_stopped_within_ten_minutes_nobody_is_invited(posted: Posted) -> None:
    world, box = posted
    asked = await office(world, "invite", delegation="Ghana")
    confirmed = await world.server.secretariat.click(asked.response, label="Confirm")
    await world.travel(timedelta(minutes=9))
    await world.server.secretariat.click(confirmed.response, label="Stop")
    await world.travel(timedelta(hours=1))
    assert box.taken == []
    with closing(sqlite3.connect(world.settings.database_path)) as connection:
        assert connection.execute("SELECT count(*) FROM invitation").fetchone() == (0,)


async def test_a_code_that_was_not_taken_is_replaced_by_that_of_the_next_attempt(tmp_path: Path) -> None:
    async with (
        scripted(content="450 later") as (server, script),
        mailing_world(tmp_path / "focalbot.sqlite3", server.port) as world,
    ):
        await add(world, "Ama Mensah", "ama@example.org")
        asked = await office(world, "invite", delegation="Ghana")
        await world.server.secretariat.click(asked.response, label="Confirm")
        await world.travel(timedelta(minutes=10, seconds=30))
        for _ in looks():
            if any(row.failures for row in await rows_of(world)):
                break
            await moment()
        first = code_in(script.content.decode())
        script.replies = {}
        await world.travel(timedelta(minutes=2))
        await settled(world, OutboxState.EXPANDED, OutboxState.SENT)
        second = code_in(script.content.decode())
        newcomer = world.add_member(world.server, "ama")
        assert "A newer code" in said(await claim(world, newcomer, first))
        assert "Ama Mensah" in said(await claim(world, newcomer, second))


async def test_an_address_that_is_refused_is_listed_and_in_no_file(tmp_path: Path) -> None:
    async with (
        scripted(content="554 no") as (server, _),
        mailing_world(tmp_path / "focalbot.sqlite3", server.port) as world,
    ):
        await add(world, "Ama Mensah", "ama@example.org")
        asked = await office(world, "invite", delegation="Ghana")
        await world.server.secretariat.click(asked.response, label="Confirm")
        await world.travel(timedelta(minutes=11))
        await settled(world, OutboxState.EXPANDED, OutboxState.NOT_REACHED)
        room = world.server.channels["secretariat"]
        listed = await world.server.secretariat.slash(room, "outbox unreached")
        assert "Ama Mensah" in said(listed)
        assert "Code to join" in said(listed)
        assert listed.response is not None
        for file in listed.response.attachments:
            assert "/member claim" not in (await file.read()).decode()


async def test_a_test_of_it_has_no_contact_details_and_who_wants_nothing_is_counted_as_left_out(posted: Posted) -> None:
    world, box = posted
    await add(world, "No Channel", "none@example.org")
    with world.as_bot():
        async with world.bot.services.transaction() as tx:
            await tx.execute("UPDATE person SET channel = 'none' WHERE name = 'No Channel'")
    asked = await office(world, "invite", delegation="Ghana")
    for part in ("2 by e-mail", "2 have no e-mail address in use or want no e-mails"):
        assert part in said(asked)
    assert "yves@example.org" in said(asked)
    await world.server.secretariat.click(asked.response, label="Send test to me")
    await world.travel(timedelta(minutes=1))
    tested = world.server.secretariat.user.dm_channel
    message = tested.history()[-1]
    assert "/member claim" in str(message.embeds[0].description)
    shown = message.content + str([embed.to_dict() for embed in message.embeds])
    assert not [name for name in ("ama@", "yves@", "none@") if name in shown]
    await world.server.secretariat.click(asked.response, label="Confirm")
    await world.travel(timedelta(minutes=11))
    await settled(world, OutboxState.EXPANDED, OutboxState.SENT, OutboxState.SENT, OutboxState.SENT)
    assert sorted(taken.recipients[0] for taken in box.taken) == ["ama@example.org", "yves@example.org"]
