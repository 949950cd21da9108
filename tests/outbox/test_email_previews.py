"""What is said before and after *Confirm* where e-mails leave: how many, when, and that nobody takes them back."""

import re
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery.assess import EMAILS_LEAVE_AFTER
from bot.outbox import GRACE
from storage.outbox.states import OutboxState
from tests.outbox.conftest import Desk
from tests.outbox.posting import settled, with_address, without_account
from tests.patience import looks, moment
from tests.smtp.servers import Mailbox
from tests.webinars.staging import posted as announcements
from tests.webinars.staging import scheduled
from tests.world import labels, said

Posted = tuple[Desk, Mailbox]
CANNOT = "cannot be taken back"


async def secretariat(desk: Desk, command: str, **options: Any) -> Any:
    return await desk.server.secretariat.slash(desk.server.channels["secretariat"], command, **options)


async def press(desk: Desk, answer: Any, label: str) -> Any:
    return await desk.server.secretariat.click(answer.response, label=label)


def test_emails_leave_ten_minutes_after_confirm() -> None:
    assert timedelta(minutes=10) == GRACE + EMAILS_LEAVE_AFTER


async def test_a_message_to_people(posted: Posted) -> None:
    desk, box = posted
    await with_address(desk, "GH")
    await with_address(desk, "DK", channel="both")
    shown = await secretariat(desk, "message send", audience="all", text="Please read this.")
    # The e-mail beside a direct message is one more that nobody takes back.
    for part in ("1 by e-mail", "2 e-mails leave 10 minutes after *Confirm*", CANNOT):
        assert part in said(shown)
    confirmed = await press(desk, shown, "Confirm")
    assert "2 e-mails leave from" in said(confirmed)
    assert CANNOT in said(confirmed)
    await desk.pass_time(timedelta(minutes=9, seconds=30))
    assert box.taken == []
    stopped = await press(desk, confirmed, "Stop")
    assert CANNOT not in said(stopped)
    await desk.pass_time(timedelta(hours=1))
    assert box.taken == []


async def test_without_emails_nothing_is_said_of_them(posted: Posted) -> None:
    desk, _ = posted
    shown = await secretariat(desk, "message send", audience="all", text="Please read this.")
    assert "e-mail" not in said(shown)
    assert "e-mail" not in said(await press(desk, shown, "Confirm"))


@pytest.mark.parametrize("label", ["Stop", "Take back"])
async def test_emails_that_have_left_are_counted_as_gone(posted: Posted, label: str) -> None:
    desk, box = posted
    await with_address(desk, "GH")
    shown = await secretariat(desk, "message send", audience="all", text="Please read this.")
    confirmed = await press(desk, shown, "Confirm")
    await desk.pass_time(timedelta(minutes=11))
    for _ in looks():
        counts = await desk.world.bot.services.outbox.rows.counts(desk.guild_id)
        if counts.get(OutboxState.SENT):
            break
        await moment()
    assert len(box.taken) == 1
    done = said(await press(desk, confirmed, label))
    assert "1 e-mail has left" in done
    assert CANNOT in done


async def test_an_email_of_which_nobody_knows_is_not_offered_to_be_taken_back(posted: Posted) -> None:
    desk, _ = posted
    row_id = await desk.ask("note", "person:" + str(await without_account(desk)))
    await settled(desk, OutboxState.SENT)
    with desk.world.as_bot():
        async with desk.world.bot.services.transaction() as tx:
            await tx.execute("DROP TRIGGER IF EXISTS temp.by_the_table")
            await tx.execute("UPDATE outbox SET state = 'unknown', sent_by = NULL WHERE id = ?", (row_id,))
    listed = await secretariat(desk, "outbox list", state="unknown")
    chosen = await desk.server.secretariat.select(listed.response, values=[str(row_id)], custom_id="outbox-row")
    offered = labels(chosen.response.message)
    assert {"It arrived", "Send again"} <= set(offered)
    assert "Take back" not in offered
    arrived = await press(desk, chosen, "It arrived")
    assert "Take back" not in labels(arrived.response.message)


async def test_a_poll(posted: Posted) -> None:
    desk, _ = posted
    await with_address(desk, "GH")
    shown = await secretariat(
        desk, "poll create", question="Which day?", options="Monday; Tuesday", closes="2026-03-01 12:00"
    )
    assert "1 by e-mail" in said(shown)
    assert CANNOT in said(shown)
    assert CANNOT in said(await press(desk, shown, "Confirm"))


async def test_a_webinar_that_is_called_off(posted: Posted) -> None:
    desk, _ = posted
    await with_address(desk, "GH")
    webinar = await scheduled(desk.world)
    await desk.server.members["GH"].click(announcements(desk.world)[0], label="Attending")
    shown = await secretariat(desk, "webinar cancel", webinar=f"#{webinar.id}", reason="Illness")
    assert "1 by e-mail" in said(shown)
    assert CANNOT in said(shown)


async def test_who_can_be_reached_by_email_only_counts_as_reachable(posted: Posted) -> None:
    desk, _ = posted
    services = desk.world.bot.services
    planned = await secretariat(
        desk,
        "meeting plan",
        starts_on="2026-05-01",
        ends_on="2026-05-01",
        city="Accra",
        country="Ghana",
        hosts="Ghana",
        theme="Prevention",
    )
    await press(desk, planned, "Confirm")
    before = await can_be_reached(desk)
    denmark = await with_address(desk, "DK", "")
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.members.link_account(tx, desk.guild_id, denmark.id, None)
    assert await can_be_reached(desk) == before - 1
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.members.change_person(tx, desk.guild_id, denmark.id, email="ama@mfa.example.org")
    assert await can_be_reached(desk) == before


async def can_be_reached(desk: Desk) -> int:
    listed = said(await secretariat(desk, "meeting registrations"))
    found = re.search(r"(\d+) can be reached", listed)
    assert found is not None, listed
    return int(found[1])


async def test_a_proposal_names_those_who_get_an_email_without_its_text(posted: Posted) -> None:
    desk, _ = posted
    services = desk.world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(tx, desk.guild_id, members_channel_id=desk.server.channels["general"].id)
    await with_address(desk, "GH")
    shown = await secretariat(desk, "decision open", title="The agenda", url="https://example.org/agenda")
    by_email = next(line for line in said(shown).splitlines() if line.startswith("By e-mail only"))
    assert "Ghana" in by_email
    assert "I have seen it" in by_email
    by_nothing = next(line for line in said(shown).splitlines() if "cannot reach anybody" in line)
    assert "Ghana" not in by_nothing
    assert "Denmark" not in by_email + by_nothing
