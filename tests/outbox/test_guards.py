"""When people are written to, what fits one answer, how far back is searched, and whom each audience means."""

from datetime import datetime, timedelta

import pytest

from bot.outbox import ANNOUNCEMENTS, person
from tests.meetings.conftest import Room
from tests.outbox.conftest import Desk
from tests.outbox.test_commands_of_the_secretariat import plan_meeting, write
from tests.outbox.test_deaths import LONG, lose_answers
from tests.outbox.test_people import accept, person_of, received
from tests.world import said

DISCORDS_MOST = 6000
"""Characters of all cards of one message."""


@pytest.mark.parametrize(
    ("asked_at", "sent_at"),
    [
        ("2026-01-01T07:59:30+00:00", "2026-01-01T08:00:00+00:00"),
        ("2026-01-01T08:00:00+00:00", "2026-01-01T08:00:00+00:00"),
        ("2026-01-01T19:59:00+00:00", "2026-01-01T19:59:00+00:00"),
        ("2026-01-01T20:00:00+00:00", "2026-01-02T08:00:00+00:00"),
        ("2026-01-02T20:30:00+00:00", "2026-01-05T08:00:00+00:00"),
    ],
)
async def test_direct_messages_go_from_eight_to_twenty(desk: Desk, asked_at: str, sent_at: str) -> None:
    denmark = await accept(desk, "DK", "UTC")
    await desk.pass_time(datetime.fromisoformat(asked_at) - desk.now)
    await desk.ask("note", person(denmark.id))
    await desk.pass_time(max(timedelta(seconds=2), datetime.fromisoformat(sent_at) - desk.now + timedelta(minutes=2)))
    [message] = desk.server.members["DK"].user.dm_channel.history()
    assert message.content == "Note note"
    late = message.created_at - datetime.fromisoformat(sent_at)
    assert timedelta(0) <= late < timedelta(seconds=10)


async def test_an_answer_and_its_notices_that_do_not_fit_one_message_become_two(desk: Desk) -> None:
    ghana = await person_of(desk, "GH")
    desk.notes.words = "w" * 390
    for n in range(5):
        await desk.ask(f"note {n}", person(ghana.id), subject_id=n + 1)
    server = desk.server
    desk.world.env.backend.add_member_role(server.id, server.members["GH"].id, server.secretariat_role.id)
    result = await server.members["GH"].slash(
        server.channels["general"], "message send", audience="all", text="*" * 3500
    )
    messages = [m for m in (result.response, *result.followups) if m is not None]
    text = said(result)
    assert all(f"note {n}" in text for n in range(5))
    sizes = [sum(map(len, message.embeds)) for message in messages]
    assert max(sizes) <= DISCORDS_MOST
    assert sum(sizes) > DISCORDS_MOST, "they would not have fitted one message"


async def test_what_was_sent_is_found_again_beneath_whatever_was_written_since(desk: Desk) -> None:
    lose_answers(desk, times=1)
    await desk.ask("note", ANNOUNCEMENTS)
    assert await desk.states() == ["sending"]
    channel = desk.server.channels["announcements"]
    for n in range(230):
        desk.world.env.backend.create_message(channel.id, desk.server.guest.id, f"chatter {n}")
    await desk.pass_time(LONG)
    assert await desk.states() == ["sent"]
    assert sum(m.content == "Note note" for m in channel.history()) == 1


async def get(desk: Desk, audience: str, *codes: str, **options: str) -> set[str]:
    """Write to an audience, and return who of ``codes`` got it."""
    for code in codes:
        await accept(desk, code, "UTC")
    await desk.pass_time(timedelta(hours=10))  # Thursday, 10:00 UTC
    shown = await write(desk, audience, **options)
    await desk.server.secretariat.click(shown.response, label="Confirm")
    await desk.pass_time(130)
    return {code for code in codes if any("Please send" in content for content in received(desk, code))}


async def test_a_region_is_that_region(desk: Desk) -> None:
    assert await get(desk, "region", "GH", "RW", "DK", "MX", "KR", region="african") == {"GH", "RW"}


async def test_another_region_is_the_other_one(desk: Desk) -> None:
    codes = ("GH", "DK", "MX", "UY", "KR", "CZ")
    assert await get(desk, "region", *codes, region="latin_american_caribbean") == {"MX", "UY"}


async def test_the_steering_group_is_who_sits_in_it_today(desk: Desk) -> None:
    for code, term in (
        ("GH", {"starts_on": "2025-01-01"}),
        ("DK", {"starts_on": "2027-01-01"}),
        ("MX", {"starts_on": "2020-01-01", "ends_on": "2021-01-01"}),
    ):
        await desk.server.secretariat.slash(
            desk.server.channels["secretariat"], "member steering", delegation=code, **term
        )
    assert await get(desk, "steering", "GH", "DK", "MX", "KR") == {"GH"}


@pytest.mark.parametrize(
    ("audience", "expected"), [("attending", {"GH", "MX"}), ("unanswered", {"KR"}), ("all", {"GH", "MX", "DK", "KR"})]
)
async def test_those_coming_and_those_who_have_not_answered(desk: Desk, audience: str, expected: set[str]) -> None:
    await plan_meeting(desk)
    room = Room(desk.world)
    for code, attendance in (("GH", "in_person"), ("MX", "online"), ("DK", "not_attending")):
        coming = {} if attendance == "not_attending" else {"representative": "capital", "who": "-"}
        await room.slash("register", delegation=code, attendance=attendance, **coming)
    assert await get(desk, audience, "GH", "MX", "DK", "KR") == expected


async def test_who_cannot_be_reached_is_listed_in_the_alphabet(desk: Desk) -> None:
    server = desk.server
    for name in ("Zoe Adler", "Éric Blanc", "adam Young", "Filip Novak"):
        await server.secretariat.slash(
            server.channels["secretariat"], "member appoint", delegation="DK", name=name, role="adviser"
        )
    text = said(await write(desk))
    places = [text.index(name) for name in ("adam Young", "Éric Blanc", "Filip Novak", "Zoe Adler")]
    assert places == sorted(places)
