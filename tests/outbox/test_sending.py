"""What is owed is sent at its second, once, with a nonce and a *Details* button; and calls nobody by accident."""

from datetime import timedelta
from typing import Any

from bot.outbox import ANNOUNCEMENTS, MEMBERS, Owed
from tests.outbox.conftest import Desk

DAY = timedelta(days=1)


def posts(desk: Desk) -> list[Any]:
    """What the engine posted: the greeting of new servers has no buttons."""
    return [
        r.json
        for r in desk.world.env.http_requests
        if r.method == "POST" and r.path.endswith("/messages") and r.json["components"]
    ]


async def test_each_is_sent_at_its_second_and_in_order(desk: Desk) -> None:
    start = desk.now.replace(microsecond=0)
    await desk.plan(Owed("week", start + 7 * DAY, ANNOUNCEMENTS), Owed("day", start + DAY, ANNOUNCEMENTS))
    await desk.pass_time(DAY - timedelta(seconds=2))
    assert desk.shown() == []
    await desk.pass_time(4)
    assert desk.shown() == ["Note day"]
    await desk.pass_time(7 * DAY)
    assert desk.shown() == ["Note day", "Note week"]
    for row, message in zip(await desk.rows(), desk.server.channels["announcements"].history(), strict=True):
        assert (row.state, row.message_id) == ("sent", message.id)
        assert timedelta(0) <= message.created_at - row.due_at <= timedelta(seconds=1)


async def test_a_message_has_its_nonce_and_details_and_calls_nobody(desk: Desk) -> None:
    await desk.ask("first", ANNOUNCEMENTS)
    await desk.ask("first", ANNOUNCEMENTS)
    first, second = posts(desk)
    assert len(first["nonce"]) == 25
    assert first["enforce_nonce"] is True
    assert first["nonce"] != second["nonce"]
    assert first["allowed_mentions"] == {"parse": []}
    [row] = first["components"]
    custom_id = row["components"][-1]["custom_id"]
    assert custom_id.startswith("owed:")
    assert custom_id.endswith(first["nonce"])


async def test_one_role_is_called_where_the_message_says_so(desk: Desk) -> None:
    desk.notes.role_id = desk.server.member_role.id
    await desk.ask("call", MEMBERS)
    [post] = posts(desk)
    assert post["content"] == f"<@&{desk.server.member_role.id}> Note call"
    assert post["allowed_mentions"] == {"parse": [], "roles": [desk.server.member_role.id]}


async def test_what_is_planned_again_further_ahead_is_sent_then(desk: Desk) -> None:
    start = desk.now.replace(microsecond=0)
    await desk.plan(Owed("day", start + DAY, ANNOUNCEMENTS))
    await desk.plan(Owed("day", start + 2 * DAY, ANNOUNCEMENTS))
    await desk.pass_time(DAY + timedelta(hours=1))
    assert desk.shown() == []
    await desk.pass_time(DAY)
    assert desk.shown() == ["Note day"]


async def test_planned_nearer_rings_nearer(desk: Desk) -> None:
    start = desk.now.replace(microsecond=0)
    await desk.plan(Owed("day", start + 9 * DAY, ANNOUNCEMENTS))
    await desk.plan(Owed("day", start + DAY, ANNOUNCEMENTS))
    await desk.pass_time(DAY + timedelta(seconds=1))
    assert desk.shown() == ["Note day"]


async def test_what_is_called_off_is_not_sent(desk: Desk) -> None:
    await desk.plan(Owed("day", desk.now + DAY, ANNOUNCEMENTS))
    desk.notes.off.add(1)
    await desk.pass_time(2 * DAY)
    assert desk.shown() == []
    assert await desk.states() == ["not_owed"]


async def test_after_a_week_without_the_bot_what_still_makes_sense_is_sent_and_the_rest_is_told(desk: Desk) -> None:
    due = desk.now.replace(microsecond=0) + DAY
    await desk.plan(Owed("good", due, ANNOUNCEMENTS), subject_id=1)
    await desk.plan(Owed("past", due, ANNOUNCEMENTS), subject_id=2)
    desk.notes.until[2] = due + DAY
    await desk.world.bot.close()
    await desk.pass_time(7 * DAY)
    await desk.restart()
    await desk.pass_time(60)
    assert desk.shown() == ["Note good"]
    assert await desk.states(1) == ["sent"]
    assert await desk.states(2) == ["missed"]
    [line] = desk.server.channels["secretariat"].history()
    assert "1 message did not arrive" in line.content
    assert line.embeds[0].fields[0].name == "past"


async def test_what_is_written_in_one_channel_keeps_its_order(desk: Desk) -> None:
    due = desk.now.replace(microsecond=0) + DAY
    kinds = [f"number {n}" for n in range(40)]
    await desk.plan(*(Owed(kind, due, ANNOUNCEMENTS) for kind in kinds))
    await desk.pass_time(DAY + timedelta(seconds=1))
    assert desk.shown() == [f"Note {kind}" for kind in kinds]
