"""``/outbox unreached``: whom nothing reached, the file for a mail program, and what is booked as sent by it."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest

from bot.outbox import PEOPLE, Owed, person
from storage.outbox.states import OutboxState
from tests.occasions.staging import buttons, press_stale
from tests.outbox.conftest import Desk
from tests.outbox.test_people import accept, person_of
from tests.outbox.test_reach import HOUR, link, only
from tests.world import labels, said


async def without_account(desk: Desk, email: str = "ms.a@example.org", languages: tuple[str, ...] = ("es",)) -> int:
    """Give the person without an account an address and a language, and return their id."""
    services, person_id = desk.world.bot.services, desk.server.untidy.without_account
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.members.change_person(tx, desk.guild_id, person_id, email=email, languages=languages)
            services.outbox.wake(tx, services.clock.now())
    await desk.world.env.settle()
    return person_id


async def listed(desk: Desk) -> Any:
    return await desk.server.secretariat.slash(desk.server.channels["secretariat"], "outbox unreached")


async def file_of(answer: Any) -> list[dict[str, str]]:
    [attachment] = answer.response.message.attachments
    assert re.fullmatch(r"unreached-\d{4}-\d\d-\d\d\.csv", attachment.filename)
    return list(csv.DictReader(io.StringIO((await attachment.read()).decode("utf-8-sig"), newline="")))


async def press(desk: Desk, answer: Any, label: str) -> Any:
    return await desk.server.secretariat.click(answer.response, label=label)


async def book(desk: Desk) -> Any:
    """Say that everything in the file was sent, and confirm it."""
    asked = await press(desk, await listed(desk), "I have sent these")
    return await press(desk, asked, "Confirm")


async def test_who_what_and_why_with_a_file_in_the_persons_language(desk: Desk) -> None:
    nobody = await listed(desk)
    assert "Everybody was reached" in said(nobody)
    assert nobody.response.message.attachments == []
    person_id = await without_account(desk)
    await desk.ask("=note", person(person_id))
    answer = await listed(desk)
    found = await desk.world.bot.services.members.person(desk.guild_id, person_id)
    assert found is not None
    for part in (found.name, "=note", "no account", "1 message for 1 person"):
        assert part in said(answer)
    [row] = await file_of(answer)
    assert list(row)[:5] == ["name", "email", "language", "subject", "body"]
    assert (row["name"], row["email"], row["language"]) == (found.name, "ms.a@example.org", "es")
    # The note's card has the language that it was rendered in; no spreadsheet runs what looks like a formula.
    assert (row["subject"], row["body"]) == ("'=note", "Note =note\n\n=note\n\nes")
    assert any("Delete this file" in column for column in row)


async def test_who_has_no_address_is_listed_and_not_in_the_file(desk: Desk) -> None:
    await desk.ask("note", person(await without_account(desk, email="")))
    answer = await listed(desk)
    assert "no account, no e-mail address" in said(answer)
    assert answer.response.message.attachments == []
    assert "I have sent these" not in labels(answer.response.message)
    # By telephone, say: a chosen row can be booked all the same.
    row = await only(desk)
    asked = await desk.server.secretariat.select(answer.response, values=[str(row.id)], custom_id="unreached-rows")
    await press(desk, asked, "Confirm")
    assert (await only(desk)).sent_by == "secretariat"


async def test_sent_by_the_secretariat_once_confirmed_and_undone(desk: Desk) -> None:
    await desk.ask("note", person(await without_account(desk)))
    asked = await press(desk, await listed(desk), "I have sent these")
    assert (await only(desk)).state == "not_reached"
    button = buttons(asked.response.message)["Confirm"]
    booked = await press(desk, asked, "Confirm")
    row = await only(desk)
    assert (row.state, row.sent_by, row.reason) == ("sent", "secretariat", "no_account")
    assert row.settled_at == desk.now.replace(microsecond=0)
    again = await press_stale(desk.server.secretariat, asked.response.message, button)
    assert "already" in said(again)
    assert "Everybody was reached" in said(await listed(desk))
    [entry, *_], _ = await desk.world.bot.services.audit.page(desk.guild_id)
    assert (entry.action, entry.subject, entry.subject_id) == ("sent_outside", "outbox", row.id)
    assert entry.account_id == desk.server.secretariat.id
    assert row.address == "ms.a@example.org"
    await press(desk, booked, "Undo this")
    row = await only(desk)
    assert (row.state, row.sent_by, row.reason) == ("not_reached", None, "no_account")
    assert row.address == "", "it went nowhere, and nothing would let it be forgotten"
    assert len(await file_of(await listed(desk))) == 1


async def test_what_came_back_is_not_reached_and_its_address_out_of_use_until_it_is_mended(desk: Desk) -> None:
    services, person_id = desk.world.bot.services, await without_account(desk)
    await desk.ask("note", person(person_id))
    await book(desk)
    sent = await press(desk, await listed(desk), "It came back")
    row = await only(desk)
    assert row.settled_at is not None
    value = f"{person_id}:{int(row.settled_at.timestamp())}"
    asked = await desk.server.secretariat.select(sent.response, values=[value], custom_id="unreached-returned")
    assert (await only(desk)).state == "sent"
    await press(desk, asked, "Confirm")
    row = await only(desk)
    assert (row.state, row.sent_by, row.reason) == ("not_reached", None, "returned")
    found = await services.members.person(desk.guild_id, person_id)
    assert found is not None
    assert (found.email, found.address) == ("ms.a@example.org", "")
    answer = await listed(desk)
    assert "e-mail came back" in said(answer)
    assert answer.response.message.attachments == []
    await without_account(desk, email="new@example.org")
    assert (await only(desk)).reason == "no_account"
    assert [row["email"] for row in await file_of(await listed(desk))] == ["new@example.org"]


async def test_that_it_came_back_can_be_undone(desk: Desk) -> None:
    services, person_id = desk.world.bot.services, await without_account(desk)
    await desk.ask("note", person(person_id))
    await book(desk)
    sent = await press(desk, await listed(desk), "It came back")
    row = await only(desk)
    assert row.settled_at is not None
    value = f"{person_id}:{int(row.settled_at.timestamp())}"
    asked = await desk.server.secretariat.select(sent.response, values=[value], custom_id="unreached-returned")
    returned = await press(desk, asked, "Confirm")
    await press(desk, returned, "Undo this")
    assert ((await only(desk)).state, (await only(desk)).sent_by) == ("sent", "secretariat")
    found = await services.members.person(desk.guild_id, person_id)
    assert found is not None
    assert found.address == "ms.a@example.org"


async def test_what_waits_unread_is_listed_when_asked_for_and_no_longer_waits_once_it_was_sent(desk: Desk) -> None:
    ghana = await person_of(desk, "GH")
    services = desk.world.bot.services
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.members.change_person(tx, desk.guild_id, ghana.id, email="gh@example.org")
    await desk.ask("note", person(ghana.id))
    await desk.ask("note", person(await without_account(desk)), subject_id=2)
    first = await listed(desk)
    assert len(await file_of(first)) == 1
    both = await press(desk, first, "With 1 not read yet")
    assert {row["email"] for row in await file_of(both)} == {"gh@example.org", "ms.a@example.org"}
    asked = await press(desk, both, "I have sent these")
    booked = await press(desk, asked, "Confirm")
    assert (await only(desk)).sent_by == "secretariat"
    assert "Note" not in said(await desk.server.members["GH"].slash(desk.server.channels["general"], "about"))
    await press(desk, booked, "Undo this")
    assert (await only(desk)).state == "notice"


@pytest.mark.parametrize("how", ["over", "called off", "not concerned", "said anew"])
async def test_what_makes_no_sense_any_more_is_not_to_be_sent_in_another_way(desk: Desk, how: str) -> None:
    person_id = await without_account(desk)
    desk.notes.concerned = [person_id]
    await desk.plan(Owed("3d", desk.now + HOUR, PEOPLE))
    await desk.pass_time(HOUR * 2)
    assert len(await file_of(await listed(desk))) == 1
    match how:
        case "over":
            desk.notes.until[1] = desk.now - HOUR
        case "called off":
            desk.notes.off.add(1)
        case "not concerned":
            desk.notes.concerned = []
        case _:
            await desk.ask("3d", person(person_id))
    answer = await listed(desk)
    assert len(answer.response.message.attachments) == (how == "said anew")
    assert ("Everybody was reached" in said(answer)) == (how != "said anew")
    overview = said(await desk.server.secretariat.slash(desk.server.channels["secretariat"], "member overview"))
    assert ("was not reached" in overview) == (how == "said anew")


async def test_the_rows_of_a_stopped_message_are_left_out_and_never_owed_again(desk: Desk) -> None:
    server, person_id = desk.server, await without_account(desk)
    shown = await server.secretariat.slash(
        server.channels["secretariat"], "message send", audience="all", text="Please read this."
    )
    confirmed = await server.secretariat.click(shown.response, label="Confirm")
    await desk.pass_time(125)
    assert len(await file_of(await listed(desk))) == 1
    await server.secretariat.click(confirmed.response or shown.response, label="Stop")
    assert "Everybody was reached" in said(await listed(desk))
    await link(desk, person_id, server.guest.id)
    counts = await desk.world.bot.services.outbox.rows.counts(desk.guild_id)
    assert counts.get(OutboxState.NOTICE, 0) == 0


async def test_that_a_colleague_voted_is_in_no_file(desk: Desk) -> None:
    services, person_id = desk.world.bot.services, await without_account(desk)
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.outbox.notify_without_hour(
                tx, desk.guild_id, person_id, "note", 1, desk.now, deadline=desk.now + HOUR, payload={}
            )
    await desk.world.env.settle()
    assert (await only(desk)).state == "not_reached"
    assert "Everybody was reached" in said(await listed(desk))


async def test_who_was_erased_meanwhile_is_said_and_the_others_are_booked(desk: Desk) -> None:
    services, person_id = desk.world.bot.services, await without_account(desk)
    ghana = await person_of(desk, "GH")
    await link(desk, ghana.id, None)
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.members.change_person(tx, desk.guild_id, ghana.id, email="gh@example.org")
    await desk.ask("note", person(person_id))
    await desk.ask("note", person(ghana.id), subject_id=2)
    answer = await listed(desk)
    assert len(await file_of(answer)) == 2
    asked = await press(desk, answer, "I have sent these")
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.privacy.erase(tx, desk.guild_id, person_id, None, desk.now.date())
    booked = await press(desk, asked, "Confirm")
    assert "1 was for a person whose data have been erased" in said(booked)
    assert await desk.rows() == []
    [row] = await desk.rows(2)
    assert row.sent_by == "secretariat"


async def test_what_the_bot_delivered_meanwhile_is_not_booked_as_sent_by_the_secretariat(desk: Desk) -> None:
    person_id = await without_account(desk)
    await desk.ask("note", person(person_id))
    asked = await press(desk, await listed(desk), "I have sent these")
    await link(desk, person_id, desk.server.guest.id)
    await desk.server.guest.slash(desk.server.channels["general"], "about")
    refused = await press(desk, asked, "Confirm")
    assert "1 was left unchanged" in said(refused)
    assert (await only(desk)).sent_by == "reply"


async def test_the_list_has_pages_and_turning_one_keeps_the_file(desk: Desk) -> None:
    person_id = await without_account(desk)
    for number in range(10):
        await desk.ask(f"note{number}", person(person_id))
        await desk.pass_time(timedelta(seconds=2))
    first = await listed(desk)
    assert len(await file_of(first)) == 10
    assert "Note9" not in said(first)
    second = await press(desk, first, "Next ›")
    assert "Note9" in said(second)
    assert len(await file_of(second)) == 10
    asked = await press(desk, second, "I have sent these")
    assert "10 messages to 1 person" in said(asked)


async def test_another_network_has_a_list_of_its_own(desk: Desk) -> None:
    await desk.ask("note", person(await without_account(desk)))
    row = await only(desk)
    services = desk.world.bot.services
    with desk.world.as_bot():
        async with services.transaction() as tx:
            assert await services.unreached.book_sent(tx, desk.guild_id + 1, [row.id]) == []
    assert await services.unreached.rows(desk.guild_id + 1) == []
    assert (await only(desk)).state == "not_reached"


async def test_the_books_say_who_sent_it(desk: Desk) -> None:
    server, person_id = desk.server, await without_account(desk)
    desk.notes.concerned = [person_id, (await person_of(desk, "GH")).id, (await accept(desk, "DK", "UTC")).id]
    await desk.plan(Owed("3d", desk.now + HOUR * 34, PEOPLE))
    await desk.ask("note", person(person_id), subject_id=2)
    await desk.pass_time(HOUR * 35)
    await server.members["GH"].slash(server.channels["general"], "about")
    await book(desk)
    room = server.channels["secretariat"]
    sent = await server.secretariat.slash(room, "outbox list", state="sent")
    assert "sent by the secretariat" in said(sent)
    parent = (await desk.rows())[0]
    shown = await server.secretariat.select(sent.response, values=[str(parent.id)], custom_id="outbox-row")
    for part in ("by direct message: 1", "at the top of a reply: 1", "sent by the secretariat: 1"):
        assert part in said(shown)


async def test_who_wants_no_e_mails_is_in_no_file(desk: Desk) -> None:
    services, person_id = desk.world.bot.services, await without_account(desk)
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await tx.execute("UPDATE person SET email_allowed = 0 WHERE id = ?", (person_id,))
    await desk.ask("note", person(person_id))
    answer = await listed(desk)
    assert "wants no e-mails" in said(answer)
    assert answer.response.message.attachments == []
