"""A message that carries a file: killed anywhere, it is there once with its bytes, and keeps them when it is edited."""

from datetime import timedelta

import discord
import pytest

from bot.documents import files_of_message
from bot.outbox import ANNOUNCEMENTS, Owed
from storage.documents.models import Document
from storage.outbox.models import OutboxRow
from tests.outbox.conftest import Desk
from tests.outbox.test_deaths import SOON, cut_everywhere, morning

__all__ = ["morning"]
PDF = b"%PDF-1.7 the words"


async def keep_file(desk: Desk) -> Document:
    services = desk.world.bot.services
    with desk.world.as_bot():
        async with services.transaction() as tx:
            expected = await services.documents.expect(tx, desk.guild_id, "en", "text.pdf", len(PDF))
            await services.documents.receive(tx, desk.guild_id, expected, PDF)
            await services.documents.attach(tx, desk.guild_id, "note", 1, [expected], "en")
    (document,) = await services.documents.latest(desk.guild_id, "note", 1)

    async def files(row: OutboxRow) -> list[discord.File]:
        return await files_of_message(desk.world.bot.services, row, [document])

    desk.notes.files = files
    return document


async def carried(desk: Desk) -> list[list[tuple[str, bytes]]]:
    messages = desk.server.channels["announcements"].history()
    return [[(file.filename, await file.read()) for file in message.attachments] for message in messages]


async def test_killed_anywhere_the_file_is_there_once(morning: Desk) -> None:
    await keep_file(morning)

    async def owe(n: int) -> None:
        await morning.plan(Owed(f"number {n}", morning.now + SOON, ANNOUNCEMENTS), subject_id=n)

    steps = await cut_everywhere(morning, owe, [1, 0, 0])
    assert steps > 30
    assert await carried(morning) == [[("text.pdf", PDF)]] * (steps + 1)


async def test_an_edit_uploads_nothing_and_the_file_stays(morning: Desk) -> None:
    await keep_file(morning)
    await morning.ask("note", ANNOUNCEMENTS)
    services = morning.world.bot.services
    (before,) = [m.attachments[0].id for m in morning.server.channels["announcements"].history()]
    morning.notes.words = "Changed"
    with morning.world.as_bot():
        async with services.transaction() as tx:
            await services.outbox.edit(tx, morning.guild_id, "note", 1)
    await morning.pass_time(timedelta(minutes=5))
    assert morning.shown() == ["Changed note"]
    assert [m.attachments[0].id for m in morning.server.channels["announcements"].history()] == [before]
    assert await carried(morning) == [[("text.pdf", PDF)]]


async def test_a_file_that_is_not_its_fingerprint_is_not_sent(morning: Desk, caplog: pytest.LogCaptureFixture) -> None:
    document = await keep_file(morning)
    services = morning.world.bot.services
    async with services.transaction() as tx:
        await tx.execute("UPDATE document SET content = ? WHERE id = ?", (PDF + b" changed", document.id))
    await morning.ask("note", ANNOUNCEMENTS)
    assert morning.shown() == []
    assert await morning.states() == ["pending"]
    assert "not what its fingerprint says" in caplog.text
    assert "the words" not in caplog.text
    morning.world.forgive_faults()
