"""Deaths, exhaustively: the bot is cut off at every statement, commit and request of the protocol in turn.

SimCord's world and the database file stay, and a new bot is started: every message is there once.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import discord
import pytest

from bot.outbox import ANNOUNCEMENTS, PEOPLE, Owed, person
from bot.working_days import is_working_day
from bot.workplaces import Workplace
from tests.outbox.conftest import Desk
from tests.outbox.scissors import Scissors
from tests.outbox.test_people import accept, received

SOON = timedelta(minutes=1)
LONG = timedelta(minutes=20)
"""After that, every backoff of the first few attempts has passed."""
MORE_THAN_ANY = 1000


@pytest.fixture
async def morning(desk: Desk) -> Desk:
    """Thursday, 10:00 UTC, with two persons who accept direct messages."""
    people = [await accept(desk, code, "UTC") for code in ("GH", "DK")]
    desk.notes.concerned = [found.id for found in people]
    await desk.pass_time(timedelta(hours=10))
    return desk


def everywhere(desk: Desk, kind: str) -> list[int]:
    """Count the messages of that kind in the channel and with each person."""
    places = [desk.shown(), received(desk, "GH"), received(desk, "DK")]
    return [contents.count(f"Note {kind}") for contents in places]


async def cut_everywhere(
    desk: Desk,
    owe: Callable[[int], Awaitable[None]],
    expected: list[int],
    settled: frozenset[str] = frozenset({"sent", "expanded"}),
) -> int:
    """Owe a message, cut the bot off at step n of sending it, start another; for every n. Return how many there are."""
    await desk.restart(bare=True)
    for n in range(MORE_THAN_ANY):
        await wait_for_working_hours(desk)
        scissors = Scissors(desk.world.bot)
        await owe(n)
        scissors.arm(n)
        await desk.pass_time(2 * SOON)
        cut = scissors.dead
        await desk.restart(bare=True)
        await desk.pass_time(LONG)
        where = scissors.log[-1] if cut else "nowhere"
        assert everywhere(desk, f"number {n}") == expected, f"cut off {where}"
        assert {row.state for row in await desk.rows(n)} <= settled, f"cut off {where}"
        if not cut:
            return n
    pytest.fail("the protocol never ended")


async def wait_for_working_hours(desk: Desk) -> None:
    """Let time pass until 09:00 UTC on a day on which both persons work, unless it is such a day and before 18:00."""
    day = desk.now.date() if desk.now.hour < 18 else desk.now.date() + timedelta(days=1)
    while not all(is_working_day(day, Workplace("UTC", country)) for country in ("GH", "DK")):
        day += timedelta(days=1)
    await desk.world.travel_to(datetime.combine(day, time(9), UTC))


async def test_a_message_to_a_channel(morning: Desk) -> None:
    async def owe(n: int) -> None:
        await morning.plan(Owed(f"number {n}", morning.now + SOON, ANNOUNCEMENTS), subject_id=n)

    assert await cut_everywhere(morning, owe, [1, 0, 0]) > 30


async def test_a_fan_out_to_two(morning: Desk) -> None:
    async def owe(n: int) -> None:
        await morning.plan(Owed(f"number {n}", morning.now + SOON, PEOPLE), subject_id=n)

    assert await cut_everywhere(morning, owe, [0, 1, 1]) > 80


async def test_the_search_after_an_answer_was_lost(morning: Desk) -> None:
    async def owe(n: int) -> None:
        lose_answers(morning, times=1)
        await morning.plan(Owed(f"number {n}", morning.now + SOON, ANNOUNCEMENTS), subject_id=n)
        await morning.pass_time(SOON)
        assert [row.state for row in await morning.rows(n)] == ["sending"]

    assert await cut_everywhere(morning, owe, [1, 0, 0]) > 10


async def test_a_resend_after_a_request_was_lost(morning: Desk) -> None:
    async def owe(n: int) -> None:
        lose_requests(morning, times=1)
        await morning.plan(Owed(f"number {n}", morning.now + SOON, ANNOUNCEMENTS), subject_id=n)
        await morning.pass_time(SOON)
        assert [row.state for row in await morning.rows(n)] == ["sending"]

    assert await cut_everywhere(morning, owe, [1, 0, 0]) > 30


async def test_taking_back(morning: Desk) -> None:
    async def owe(n: int) -> None:
        row_id = await morning.ask(f"number {n}", ANNOUNCEMENTS, subject_id=n)
        assert everywhere(morning, f"number {n}") == [1, 0, 0]
        services = morning.world.bot.services
        with morning.world.as_bot():
            async with services.database.transaction(morning.now + SOON) as tx:
                assert await services.outbox.take_back(tx, morning.guild_id, row_id) == 1

    assert await cut_everywhere(morning, owe, [0, 0, 0], frozenset({"withdrawn"})) > 5


@pytest.mark.parametrize("arrived", [True, False])
async def test_taking_back_what_may_be_on_its_way(morning: Desk, arrived: bool) -> None:
    (lose_answers if arrived else lose_requests)(morning, times=1)
    row_id = await morning.ask("note", ANNOUNCEMENTS)
    assert await morning.states() == ["sending"]
    services = morning.world.bot.services
    with morning.world.as_bot():
        async with services.transaction() as tx:
            assert await services.outbox.take_back(tx, morning.guild_id, row_id) == 1
    await morning.pass_time(LONG)
    assert morning.shown() == []
    assert await morning.states() == ["withdrawn"]


@pytest.mark.parametrize(
    ("status", "code", "state"), [(404, 10003, ("withdrawn", "")), (403, 50001, ("unknown", "no_access"))]
)
async def test_taking_back_from_a_channel_that_is_gone_or_closed(
    morning: Desk, status: int, code: int, state: tuple[str, str]
) -> None:
    """Found by 1,000 kills: it was looked for without end."""
    lose_answers(morning, times=1)
    row_id = await morning.ask("note", ANNOUNCEMENTS)
    place = morning.server.channels["announcements"]
    morning.world.env.inject_error("GET", f"/channels/{place.id}/messages", status=status, code=code, times=None)
    services = morning.world.bot.services
    with morning.world.as_bot():
        async with services.transaction() as tx:
            assert await services.outbox.take_back(tx, morning.guild_id, row_id) == 1
    await morning.pass_time(LONG)
    assert [(row.state, row.reason) for row in await morning.rows()] == [state]


async def test_editing(morning: Desk) -> None:
    async def owe(n: int) -> None:
        morning.notes.words = "Draft"
        await morning.ask(f"number {n}", ANNOUNCEMENTS, subject_id=n)
        assert everywhere(morning, f"number {n}") == [0, 0, 0]
        morning.notes.words = "Note"
        services = morning.world.bot.services
        with morning.world.as_bot():
            async with services.database.transaction(morning.now + SOON) as tx:
                await services.outbox.edit(tx, morning.guild_id, "note", n)

    assert await cut_everywhere(morning, owe, [1, 0, 0]) > 5


async def test_editing_what_is_on_its_way(morning: Desk) -> None:
    async def owe(n: int) -> None:
        morning.notes.words = "Draft"
        lose_answers(morning, times=1)
        await morning.ask(f"number {n}", ANNOUNCEMENTS, subject_id=n)
        assert [row.state for row in await morning.rows(n)] == ["sending"]
        morning.notes.words = "Note"
        services = morning.world.bot.services
        with morning.world.as_bot():
            async with services.transaction() as tx:
                await services.outbox.edit(tx, morning.guild_id, "note", n)

    assert await cut_everywhere(morning, owe, [1, 0, 0]) > 15


def is_posting(route: Any) -> bool:
    return route.method == "POST" and route.path == "/channels/{channel_id}/messages"


def lose_answers(desk: Desk, times: int) -> None:
    """Let Discord store the next messages, and the connection break before it says so."""
    request = desk.world.bot.http.request
    left = times

    async def losing(route: Any, **options: Any) -> Any:
        nonlocal left
        answer = await request(route, **options)
        if is_posting(route) and left:
            left -= 1
            raise ConnectionResetError
        return answer

    desk.world.bot.http.request = losing  # type: ignore[method-assign]


def lose_requests(desk: Desk, times: int) -> None:
    """Let the connection break before Discord hears of the next messages."""
    request = desk.world.bot.http.request
    left = times

    async def losing(route: Any, **options: Any) -> Any:
        nonlocal left
        if is_posting(route) and left:
            left -= 1
            raise ConnectionResetError
        return await request(route, **options)

    desk.world.bot.http.request = losing  # type: ignore[method-assign]


@pytest.mark.parametrize(
    "error",
    [ConnectionResetError(), TimeoutError(), discord.RateLimited(5.0)],
    ids=lambda error: type(error).__name__,
)
async def test_any_single_request_may_fail(morning: Desk, error: Exception) -> None:
    """Not the bot but one request after the other is lost, before Discord heard it: each message comes all the same."""
    for n in range(6):
        request = morning.world.bot.http.request
        seen = 0

        async def failing(route: Any, *, n: int = n, request: Any = request, **options: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen == n + 1:
                raise error
            return await request(route, **options)

        morning.world.bot.http.request = failing  # type: ignore[method-assign]
        await morning.plan(Owed(f"number {n}", morning.now + SOON, PEOPLE), subject_id=n)
        await morning.pass_time(LONG)
        morning.world.bot.http.request = request  # type: ignore[method-assign]
        assert everywhere(morning, f"number {n}") == [0, 1, 1]


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (403, 50013, "no_permission"),
        (403, 50001, "no_access"),
        (404, 10003, "unknown_channel"),
        (400, 50035, "http:400:50035"),
    ],
)
async def test_a_refusal_is_in_the_books_with_its_reason(morning: Desk, status: int, code: int, reason: str) -> None:
    place = morning.server.channels["announcements"]
    morning.world.env.inject_error("POST", f"/channels/{place.id}/messages", status=status, code=code)
    await morning.ask("note", ANNOUNCEMENTS)
    await morning.pass_time(LONG)
    assert morning.shown() == []
    assert [(row.state, row.reason) for row in await morning.rows()] == [("failed", reason)]


async def test_a_refusal_after_discord_py_repeated_the_request_by_itself(morning: Desk) -> None:
    """The first answer, a 5xx, hid that the message was stored; the second says to come back later."""
    request = morning.world.bot.http.request
    times = 1

    async def stored_then_limited(route: Any, **options: Any) -> Any:
        nonlocal times
        answer = await request(route, **options)
        if is_posting(route) and times:
            times -= 1
            raise discord.RateLimited(61.0)
        return answer

    morning.world.bot.http.request = stored_then_limited  # type: ignore[method-assign]
    await morning.ask("note", ANNOUNCEMENTS)
    assert await morning.states() == ["pending"]
    await morning.pass_time(LONG)
    assert morning.shown() == ["Note note"]
    assert await morning.states() == ["sent"]


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_an_answer_5xx_proves_nothing_and_is_looked_into(morning: Desk, status: int) -> None:
    place = morning.server.channels["announcements"]
    morning.world.env.inject_error("POST", f"/channels/{place.id}/messages", status=status)
    await morning.ask("note", ANNOUNCEMENTS)
    assert await morning.states() == ["sending"]
    await morning.pass_time(LONG)
    assert morning.shown() == ["Note note"]
    assert await morning.states() == ["sent"]


async def test_what_cannot_be_proven_absent_is_left_to_the_secretariat(morning: Desk) -> None:
    lose_answers(morning, times=1)
    await morning.ask("note", ANNOUNCEMENTS)
    env = morning.world.env
    writes = discord.Permissions(view_channel=True, send_messages=True, embed_links=True)
    for role in morning.server.guild.roles.values():
        if role.name not in PEOPLES:
            env.backend.edit_role(morning.guild_id, role.id, {"permissions": writes.value})
    await env.settle()
    await morning.pass_time(LONG)
    assert [(row.state, row.reason) for row in await morning.rows()] == [("unknown", "no_history")]
    assert len(morning.shown()) == 1
    [line] = morning.server.channels["secretariat"].history()
    assert "1 message did not arrive" in line.content
    services = morning.world.bot.services
    with morning.world.as_bot():
        async with services.transaction() as tx:
            await services.outbox.take_back(tx, morning.guild_id, (await morning.rows())[0].id)
    await morning.pass_time(LONG)
    assert await morning.states() == ["unknown"], "what cannot be seen is not called taken back"


async def test_what_cannot_be_looked_for_stays_unknown_however_often_it_is_asked_for(morning: Desk) -> None:
    lose_answers(morning, times=1)
    row_id = await morning.ask("note", ANNOUNCEMENTS)
    place = morning.server.channels["announcements"]
    morning.world.env.inject_error("GET", f"/channels/{place.id}/messages", status=403, code=50001, times=None)
    await morning.pass_time(LONG)
    assert [(row.state, row.reason) for row in await morning.rows()] == [("unknown", "no_access")]
    services = morning.world.bot.services
    with morning.world.as_bot():
        async with services.transaction() as tx:
            assert await services.outbox.again(tx, morning.guild_id, row_id)
    await morning.pass_time(LONG)
    assert [(row.state, row.reason) for row in await morning.rows()] == [("unknown", "no_access")]
    assert morning.shown() == ["Note note"]


async def test_whoever_left_discord_before_a_lost_message_was_sent_again_is_told_of(morning: Desk) -> None:
    found = await accept(morning, "GH", "UTC")
    lose_requests(morning, times=1)
    await morning.ask("note", person(found.id))
    assert await morning.states() == ["sending"]
    await morning.restart(bare=True)
    morning.world.env.inject_error("POST", "/users/@me/channels", status=404, code=10013, times=None)
    await morning.pass_time(LONG)
    assert [(row.state, row.reason) for row in await morning.rows()] == [("not_reached", "unknown_user")]


PEOPLES = {"Secretariat", "Focal Point", "Managers"}


async def test_a_cancelled_task_is_no_answer(morning: Desk) -> None:
    """An unclean stop while the request is on its way: the new process finds the message."""
    request = morning.world.bot.http.request

    async def stored_then_cancelled(route: Any, **options: Any) -> Any:
        answer = await request(route, **options)
        if is_posting(route):
            raise asyncio.CancelledError
        return answer

    morning.world.bot.http.request = stored_then_cancelled  # type: ignore[method-assign]
    await morning.ask("note", ANNOUNCEMENTS)
    assert await morning.states() == ["sending"]
    await morning.restart()
    await morning.pass_time(LONG)
    assert morning.shown() == ["Note note"]
    assert await morning.states() == ["sent"]
