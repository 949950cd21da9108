"""Which words a delegation joins, where the text becomes another one under its people's hands."""

import discord
import pytest
from simcord.results import InteractionResult

from storage.statements.models import Statement
from tests.people import Person
from tests.statements.staging import TITLE, Room, inbox, pdf
from tests.world import card, embed_text, labels, said


async def press_old(room: Room, person: Person, custom_id: str) -> InteractionResult:
    """Press a button below a message that has not been edited yet, or cannot be."""
    channel = room.world.bot.get_channel(room.server.channels["general"].id)
    assert isinstance(channel, discord.TextChannel)
    view = discord.ui.View(timeout=None).add_item(discord.ui.Button(label="Join", custom_id=custom_id))
    return await person.click(await channel.send("old", view=view), label="Join")


async def replaced(room: Room, words: str = "second") -> Statement:
    await room.press(await room.type("edit", statement=TITLE, document_en=(f"{words}.pdf", pdf(words))))
    return await room.latest()


async def test_the_message_with_the_earlier_file_loses_it_and_its_buttons_and_says_so(room: Room) -> None:
    statement = await room.opened()
    (first,) = room.posted("general")
    assert "Join" in labels(first)
    await replaced(room)
    first, second = room.posted("general")
    assert labels(first) == ["Details"]
    assert first.attachments == []
    assert "version 2" in first.content
    assert "later message" in first.content
    assert "Join" in labels(second)
    assert [file.filename for file in second.attachments] == ["second.pdf"]
    third = await replaced(room, "third")
    assert [labels(one) for one in room.posted("general")[:2]] == [["Details"], ["Details"]]
    assert "version 3" in room.posted("general")[0].content
    assert third.id == statement.id


@pytest.mark.parametrize("written", ["statement:join:{0}:{1}:1", "statement:join:{0}:{1}"])
async def test_an_old_join_on_a_screen_shows_the_new_text_and_joins_nothing(room: Room, written: str) -> None:
    statement = await room.opened()
    await replaced(room)
    ghana = room.server.members["GH"]
    shown = await press_old(room, ghana, written.format(room.server.id, statement.id))
    assert "version 2" in said(shown)
    assert [await one.read() for one in shown.response.attachments] == [pdf("second")]
    assert await room.world.bot.services.database.fetch("SELECT 1 FROM draft WHERE kind = 'statement_join'") == []
    asked = await ghana.click(shown.response, label="Join")
    await room.press(asked, by=ghana)
    assert await room.joined(statement) == ["GH"]


async def test_an_old_choice_of_a_delegation_shows_the_new_text_and_joins_nothing(room: Room) -> None:
    statement = await room.opened()
    ghana = await room.delegation("GH")
    await replaced(room)
    for version in (":1", ""):
        custom_id = f"statement:for:{room.server.id}:{statement.id}:{ghana.id}{version}"
        shown = await press_old(room, room.server.members["GH"], custom_id)
        assert "version 2" in said(shown)
        assert [await one.read() for one in shown.response.attachments] == [pdf("second")]
    assert await room.joined(statement) == []


async def test_the_confirmation_shows_the_file_with_its_name_version_and_day(room: Room) -> None:
    await room.opened()
    (posted,) = room.posted("general")
    shown = await room.server.members["GH"].click(posted, label="Join")
    for part in ("statement.pdf", "version 1", "31 December 2025"):
        assert part in said(shown)
    assert [await one.read() for one in shown.response.attachments] == [pdf()]


async def test_in_a_direct_message_the_confirmation_names_the_file_and_does_not_show_it(room: Room) -> None:
    await room.accept_direct_messages("DK")
    statement = await room.opened()
    await room.world.travel_to(statement.closes_at.replace(hour=0))
    denmark = room.server.members["DK"]
    asked = next(one for one in inbox(denmark) if TITLE in one.content)
    shown = await denmark.user.click(asked, label="Join")
    assert "statement.pdf" in said(shown)
    assert "server only" in said(shown)
    assert shown.response.attachments == []
    await denmark.user.click(shown.response, label="Confirm")
    assert await room.joined(statement) == ["DK"]


async def test_a_confirm_left_open_while_the_file_changes_joins_nothing_and_shows_the_new_file(room: Room) -> None:
    statement = await room.opened()
    ghana = room.server.members["GH"]
    stale = await ghana.click(room.posted("general")[0], label="Join")
    await replaced(room)
    again = await room.press(stale, by=ghana)
    assert await room.joined(statement) == []
    assert "has a new text" in said(again)
    assert "second.pdf" in said(again)
    assert [await one.read() for one in again.response.attachments] == [pdf("second")]
    await room.press(again, by=ghana)
    (joining,) = await room.world.bot.services.statements.joinings(room.server.id, statement.id)
    assert joining.version == 2


async def test_a_text_that_was_replaced_before_it_went_out_is_not_posted(room: Room) -> None:
    channel = room.server.channels["general"]
    await room.server.secretariat.slash(channel, "outbox pause")
    await room.draft()
    await room.press(await room.press(await room.type("show", statement=TITLE), "Final"))
    await replaced(room)
    await room.server.secretariat.slash(channel, "outbox resume")
    await room.world.env.settle()
    (posted,) = room.posted("general")
    assert [file.filename for file in posted.attachments] == ["second.pdf"]


async def test_a_text_given_to_a_draft_after_the_preview_does_not_become_final(room: Room) -> None:
    statement = await room.draft()
    seen = await room.press(await room.type("show", statement=TITLE), "Final")
    await replaced(room)
    refused = said(await room.press(seen))
    assert "changed meanwhile" in refused
    assert (await room.now(statement)).state == "draft"


async def test_a_cancelled_statement_s_message_loses_its_file(room: Room) -> None:
    await room.opened()
    await room.press(await room.type("cancel", statement=TITLE))
    assert room.posted("general")[0].attachments == []


async def test_what_was_posted_as_final_can_be_joined_once_it_is_open(room: Room) -> None:
    await room.draft()
    await room.press(await room.press(await room.type("show", statement=TITLE), "Final"), "Final, open later")
    (posted,) = room.posted("general")
    assert labels(posted) == ["Details"]
    await room.press(await room.press(await room.type("show", statement=TITLE), "Open for joining"))
    first, second = room.posted("general")
    assert "Join" in labels(first)
    assert "once it is opened" not in first.content
    assert "Join" in labels(second)
    assert embed_text(card(await room.type("show", statement=TITLE)))
