"""What earlier versions left of the shelf's monthly note: notes on their way, and a preview that was open."""

from datetime import timedelta

import discord

from storage.outbox.states import OutboxState
from tests.resources.shelving import LINK, shelve
from tests.world import World, embed_text, said


async def test_a_note_that_was_on_its_way_is_sent_as_it_was_and_can_be_read_afterwards(world: World) -> None:
    server, services = world.server, world.bot.services
    async with world.speaking("en"):
        await server.secretariat.slash(server.channels["general"], "resource list")
        await world.travel(60)
        await shelve(world, {**LINK, "visibility": "members"})
        await world.travel(60)
        with world.as_bot():
            async with services.transaction() as tx:
                await services.outbox.plan_now(tx, server.id, "shelf", 0, "note:2026-01", "members")
        await world.travel(60)
        (note,) = server.channels["members"].history()
        assert "1 link is new in the library" in note.content
        assert "Zebra handbook" in embed_text(note.embeds[0])
        details = await server.secretariat.click(note, label="Details")
        assert "Zebra handbook" in said(details)
    (row,) = await services.outbox.of(server.id, "shelf", 0)
    assert row.state is OutboxState.SENT


async def test_a_note_without_news_is_not_sent(world: World) -> None:
    server, services = world.server, world.bot.services
    await server.secretariat.slash(server.channels["general"], "resource list")
    with world.as_bot():
        async with services.transaction() as tx:
            await services.outbox.plan_now(tx, server.id, "shelf", 0, "note:2026-01", "members")
    await world.travel(timedelta(minutes=2))
    (row,) = await services.outbox.of(server.id, "shelf", 0)
    assert row.state is OutboxState.NOT_OWED


async def test_a_preview_that_was_open_turns_the_digest_on(world: World) -> None:
    server, services = world.server, world.bot.services
    channel = world.bot.get_channel(server.channels["general"].id)
    assert isinstance(channel, discord.TextChannel)
    with world.as_bot():
        async with services.transaction(server.secretariat.id) as tx:
            draft_id = await services.settings.keep_draft(tx, server.id, server.secretariat.id, "shelf_digest", {})
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(custom_id=f"draft:confirm:{draft_id}:shelf_digest", label="Confirm"))
        shown = await channel.send(view=view)
    await server.secretariat.click(shown, label="Confirm")
    assert (await services.settings.network(server.id)).monthly_digest
    assert await services.outbox.of(server.id, "digest", 0)
