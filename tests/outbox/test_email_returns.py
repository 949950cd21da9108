"""What comes back days later: the secretariat's mailbox knows, the bot does not, so the secretariat says it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.outbox import person
from bot.retention import RETURNS
from storage.outbox.states import OutboxState, SentBy
from tests.outbox.conftest import Desk
from tests.outbox.posting import ADDRESS, settled, with_address, without_account
from tests.smtp.servers import Mailbox
from tests.world import labels, said

Posted = tuple[Desk, Mailbox]


async def unreached(desk: Desk, **options: str) -> Any:
    return await desk.server.secretariat.slash(desk.server.channels["secretariat"], "outbox unreached", **options)


async def say_it_came_back(desk: Desk, who: str = ADDRESS) -> Any:
    asked = await unreached(desk, returned=who)
    return await desk.server.secretariat.click(asked.response, label="Confirm")


async def in_use(desk: Desk, person_id: int) -> str:
    found = await desk.world.bot.services.members.person(desk.guild_id, person_id)
    assert found is not None
    return found.address


async def test_an_email_that_came_back_is_not_reached_and_its_address_out_of_use(posted: Posted) -> None:
    desk, box = posted
    kofi = await without_account(desk)
    await desk.ask("note", person(kofi))
    await settled(desk, OutboxState.SENT)
    await desk.pass_time(timedelta(days=3))
    returned = await say_it_came_back(desk)
    [row] = await desk.rows()
    assert (row.state, row.reason, row.sent_by) == (OutboxState.NOT_REACHED, "returned", None)
    assert await in_use(desk, kofi) == ""
    assert "e-mail came back" in said(await unreached(desk))
    await desk.server.secretariat.click(returned.response, label="Undo this")
    [row] = await desk.rows()
    assert (row.state, row.reason, row.sent_by) == (OutboxState.SENT, "", SentBy.EMAIL)
    assert await in_use(desk, kofi) == ADDRESS
    await desk.pass_time(timedelta(days=1))
    assert len(box.taken) == 1


async def test_it_is_sent_again_to_the_address_that_mends_it(posted: Posted) -> None:
    desk, box = posted
    kofi = await without_account(desk)
    await desk.ask("note", person(kofi))
    await settled(desk, OutboxState.SENT)
    await say_it_came_back(desk)
    services = desk.world.bot.services
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.members.change_person(tx, desk.guild_id, kofi, email="kofi@mfa.gov.gh")
            services.outbox.wake(tx, services.clock.now())
    await settled(desk, OutboxState.SENT)
    assert [taken.recipients for taken in box.taken] == [[ADDRESS], ["kofi@mfa.gov.gh"]]


NEW = "kofi@mfa.gov.gh"


async def correct(desk: Desk, person_id: int, address: str = NEW) -> None:
    services = desk.world.bot.services
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.members.change_person(tx, desk.guild_id, person_id, email=address)


async def test_an_address_corrected_before_an_email_came_back_stays_in_use(posted: Posted) -> None:
    desk, box = posted
    kofi = await without_account(desk)
    await desk.ask("note", person(kofi))
    await settled(desk, OutboxState.SENT)
    await correct(desk, kofi)
    asked = await unreached(desk, returned=ADDRESS)
    assert "stays in use" in said(asked)
    returned = await desk.server.secretariat.click(asked.response, label="Confirm")
    assert "corrected since" in said(returned)
    assert await in_use(desk, kofi) == NEW
    await settled(desk, OutboxState.SENT)
    assert [taken.recipients for taken in box.taken] == [[ADDRESS], [NEW]]
    changes = await desk.world.bot.services.database.fetch("SELECT fields FROM audit WHERE subject = 'person'")
    assert not [row for row in changes if "email_returned_at" in row["fields"]]


async def test_what_came_back_from_an_earlier_address_is_found_by_it(posted: Posted) -> None:
    desk, _ = posted
    kofi = await without_account(desk)
    await desk.ask("first", person(kofi))
    await settled(desk, OutboxState.SENT)
    await correct(desk, kofi)
    await desk.pass_time(timedelta(days=1))
    await desk.ask("second", person(kofi))
    await settled(desk, OutboxState.SENT, OutboxState.SENT)
    assert [row.address for row in await desk.rows()] == [ADDRESS, NEW]
    await say_it_came_back(desk, "Kofi")
    first, second = await desk.rows()
    assert (first.reason, second.reason) == ("", "returned"), "by the name, what was sent last is meant"
    assert await in_use(desk, kofi) == ""
    await say_it_came_back(desk, ADDRESS)
    assert [row.reason for row in await desk.rows()] == ["returned", "returned"]


async def test_undoing_a_return_from_an_earlier_address_does_not_touch_the_present_one(posted: Posted) -> None:
    desk, box = posted
    kofi = await without_account(desk)
    await desk.ask("note", person(kofi))
    await settled(desk, OutboxState.SENT)
    await correct(desk, kofi)
    services = desk.world.bot.services
    async with services.transaction() as tx:
        await tx.execute("UPDATE person SET email_returned_at = 1 WHERE id = ?", (kofi,))
    returned = await say_it_came_back(desk)
    await desk.server.secretariat.click(returned.response, label="Undo this")
    [row] = await desk.rows()
    assert (row.state, row.sent_by, row.address) == (OutboxState.SENT, SentBy.EMAIL, ADDRESS)
    assert await in_use(desk, kofi) == "", "it was out of use for another reason"
    assert len(box.taken) == 1


async def test_what_the_secretariat_sent_itself_keeps_where_it_went(posted: Posted) -> None:
    desk, _ = posted
    services = desk.world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(tx, desk.guild_id, email_enabled=False)
    kofi = await without_account(desk)
    await desk.ask("note", person(kofi))
    await settled(desk, OutboxState.NOT_REACHED)
    shown = await unreached(desk)
    asked = await desk.server.secretariat.click(shown.response, label="I have sent these")
    await desk.server.secretariat.click(asked.response, label="Confirm")
    assert [(row.state, row.address) for row in await desk.rows()] == [(OutboxState.SENT, ADDRESS)]
    await correct(desk, kofi)
    returned = await say_it_came_back(desk)
    assert await in_use(desk, kofi) == NEW
    await desk.server.secretariat.click(returned.response, label="Undo this")
    assert [(row.state, row.address) for row in await desk.rows()] == [(OutboxState.SENT, ADDRESS)]


async def test_where_an_email_went_is_forgotten_when_it_cannot_come_back_any_more(posted: Posted) -> None:
    desk, _ = posted
    kofi = await without_account(desk)
    await desk.ask("note", person(kofi))
    await settled(desk, OutboxState.SENT)
    emails, services = desk.world.bot.services.emails, desk.world.bot.services
    for after, address in ((timedelta(days=89), ADDRESS), (timedelta(days=91), "")):
        with desk.world.as_bot():
            async with services.transaction() as tx:
                await emails.forget_addresses(tx, desk.guild_id, desk.now + after - RETURNS)
        assert [row.address for row in await desk.rows()] == [address]


async def test_who_has_an_account_then_reads_it_at_the_top_of_the_next_reply(posted: Posted) -> None:
    desk, _ = posted
    ghana = await with_address(desk, "GH")
    await desk.ask("note", person(ghana.id))
    await settled(desk, OutboxState.SENT)
    await say_it_came_back(desk)
    [row] = await settled(desk, OutboxState.NOTICE)
    assert row.sent_by is None
    assert "Note note" in said(await desk.server.members["GH"].slash(desk.server.channels["general"], "about"))


async def test_of_the_email_beside_a_direct_message_only_the_address_is_out_of_use(posted: Posted) -> None:
    desk, _ = posted
    ghana = await with_address(desk, "GH", channel="both")
    await desk.pass_time(timedelta(days=1, hours=9))
    await desk.ask("note", person(ghana.id))
    await settled(desk, OutboxState.SENT, OutboxState.SENT)
    await say_it_came_back(desk)
    assert [row.state for row in await desk.rows()] == [OutboxState.SENT, OutboxState.NOT_REACHED]
    assert await in_use(desk, ghana.id) == ""
    assert "Everybody was reached" in said(await unreached(desk))


async def test_who_is_sent_both_is_counted_as_one_person(posted: Posted) -> None:
    desk, _ = posted
    ghana = await with_address(desk, "GH", channel="both")
    await desk.pass_time(timedelta(days=1, hours=9))
    await desk.ask("note", person(ghana.id))
    await settled(desk, OutboxState.SENT, OutboxState.SENT)
    services = desk.world.bot.services
    assert await services.unreached.states(desk.guild_id, "note", 1, ["note"]) == {ghana.id: {OutboxState.SENT}}


async def test_what_was_sent_is_listed_with_the_way_to_say_that_it_came_back(posted: Posted) -> None:
    desk, _ = posted
    kofi = await without_account(desk)
    await desk.ask("note", person(kofi))
    [row] = await settled(desk, OutboxState.SENT)
    shown = await unreached(desk)
    assert "It came back" in labels(shown.response.message)
    sent = await desk.server.secretariat.click(shown.response, label="It came back")
    assert "Kofi" in said(sent)
    assert row.settled_at is not None
    value = f"{kofi}:{int(row.settled_at.timestamp())}"
    asked = await desk.server.secretariat.select(sent.response, values=[value], custom_id="unreached-returned")
    await desk.server.secretariat.click(asked.response, label="Confirm")
    assert (await desk.rows())[0].reason == "returned"


@pytest.mark.parametrize("typed", ["kofi", "AMA@mfa", ADDRESS])
async def test_a_person_is_found_by_name_and_by_address(posted: Posted, typed: str) -> None:
    desk, _ = posted
    kofi = await without_account(desk)
    await desk.ask("note", person(kofi))
    await settled(desk, OutboxState.SENT)
    server = desk.server
    offered = await server.secretariat.autocomplete(
        server.channels["secretariat"], "outbox unreached", "returned", typed
    )
    assert [choice["value"] for choice in offered] == [str(kofi)]
    assert "Confirm" in labels((await unreached(desk, returned=typed)).response.message)


async def test_who_was_sent_nothing_is_refused_in_one_sentence(posted: Posted) -> None:
    desk, _ = posted
    refused = await unreached(desk, returned="nobody@example.org")
    assert "nobody@example.org" in said(refused)
    assert "Confirm" not in labels(refused.response.message)
