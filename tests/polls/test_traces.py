"""Nothing in the files or the log says at what hour of its day a secret ballot was cast, or which came first."""

import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import discord
import pytest

from storage.backups.copies import back_up
from storage.polls.models import Poll
from tests.people import Person
from tests.polls.booth import BALLOTS, Booth
from tests.polls.test_entitlement import appoint
from tests.world import said

ABOUT_AN_HOUR = timedelta(minutes=50)

Row = tuple[Any, ...]


def contents(path: Path) -> dict[str, dict[Row, Row]]:
    """Return every row of every table by its place in the table: what a copy of the database gives away."""
    found: dict[str, dict[Row, Row]] = {}
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            keys = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[5]]
            listed = ", ".join(f'"{key}"' for key in keys) or "rowid"
            number = len(keys) or 1
            rows = connection.execute(f'SELECT {listed}, * FROM "{table}"').fetchall()
            found[table] = {row[:number]: row[number:] for row in rows}
    return found


def new_values(before: dict[str, dict[Row, Row]], after: dict[str, dict[Row, Row]]) -> Iterator[tuple[str, Any]]:
    """Return each value, with its table, of the rows that the later copy has and the earlier one had otherwise."""
    for table, rows in after.items():
        for key, row in rows.items():
            earlier = before[table].get(key)
            if earlier != row:
                yield from ((table, value) for n, value in enumerate(row) if earlier is None or earlier[n] != value)


def instants_in(value: Any) -> Iterator[datetime]:
    """Return what instants a value can mean: seconds, milliseconds, or an id of Discord's."""
    for written in re.findall(r"\d+", value) if isinstance(value, str) else [value]:
        number = int(written) if isinstance(written, int | str) else 0
        for seconds in (number, number / 1000):
            if 1.5e9 < seconds < 2.5e9:
                yield datetime.fromtimestamp(seconds, UTC)
        if 2**52 < number < 2**63:
            yield discord.utils.snowflake_time(number)


async def accept_messages(booth: Booth, actor: Person) -> None:
    services = booth.world.bot.services
    with booth.world.as_bot():
        async with services.transaction() as tx:
            await services.settings.change_account(
                tx, booth.server.id, actor.id, channel="direct_message", timezone="UTC"
            )


def told(actor: Person) -> list[str]:
    channel = actor.user.dm_channel
    return [m.content for m in channel.history()] if channel is not None else []


@pytest.fixture
async def crowded(booth: Booth) -> Booth:
    """Denmark has a colleague who reads notices, Ghana one who gets messages; it is Friday, 13:17 in New York."""
    reads, gets = await appoint(booth, "DK", "reads notices"), await appoint(booth, "GH", "gets messages")
    await accept_messages(booth, gets)
    booth.server.members |= {"reads": reads, "gets": gets}
    await booth.pass_time(timedelta(days=1, hours=18, minutes=17, seconds=11))
    return booth


@pytest.mark.parametrize("method", BALLOTS)
async def test_no_value_that_a_ballot_leaves_in_the_database_says_at_what_hour_it_was_cast(
    crowded: Booth, method: str, tmp_path: Path
) -> None:
    booth, members = crowded, crowded.server.members
    first, again, *_ = BALLOTS[method]
    poll = await booth.open(method=method)
    await booth.pass_time(ABOUT_AN_HOUR)
    began = booth.world.env.now()
    copies = [tmp_path / f"{n}" for n in range(5)]
    back_up(booth.world.settings.database_path, copies[0])
    acts = (("DK", first), ("GH", first), ("DK", again), ("SE", again))
    for copy, (code, choice) in zip(copies[1:], acts, strict=True):
        await booth.vote(members[code], poll, *choice)
        await booth.pass_time(timedelta(minutes=2))
        back_up(booth.world.settings.database_path, copy)
    assert any("A colleague cast" in line for line in told(members["gets"])), "the colleague was told at once"
    around = (began - ABOUT_AN_HOUR / 2, booth.world.env.now() + ABOUT_AN_HOUR / 2)
    for early, late in (*pairwise(copies), (copies[0], copies[-1])):
        before, after = contents(early), contents(late)
        assert before["sqlite_sequence"] == after["sqlite_sequence"], "no number is given out in the order of time"
        dated = [
            (table, value)
            for table, value in new_values(before, after)
            for at in instants_in(value)
            if around[0] <= at <= around[1]
        ]
        assert dated == []


async def test_a_card_that_waits_to_show_the_turnout_does_not_say_when_the_last_ballot_came(
    crowded: Booth, tmp_path: Path
) -> None:
    booth, path = crowded, crowded.world.settings.database_path
    poll = await booth.open()
    await booth.server.secretariat.slash(booth.server.channels["secretariat"], "outbox pause")
    await booth.pass_time(2 * ABOUT_AN_HOUR)
    back_up(path, tmp_path / "before")
    now = booth.world.env.now()
    for code in ("DK", "SE"):
        await booth.vote(booth.server.members[code], poll, 1)
    back_up(path, tmp_path / "after")
    values = new_values(contents(tmp_path / "before"), contents(tmp_path / "after"))
    assert [(t, v) for t, v in values for at in instants_in(v) if abs(at - now) < ABOUT_AN_HOUR] == []
    await booth.server.secretariat.slash(booth.server.channels["secretariat"], "outbox resume")
    await booth.pass_time(timedelta(seconds=5))
    assert "2 of" in str(booth.message_of(poll).embeds[0].to_dict())


async def test_a_colleague_who_reads_it_later_leaves_no_hour_either(crowded: Booth) -> None:
    booth, path = crowded, crowded.world.settings.database_path
    poll = await booth.open()
    await booth.vote(booth.server.members["DK"], poll, 1)
    before = contents(path)["outbox"]
    reader = booth.server.members["reads"]
    await reader.slash(booth.server.channels["general"], "poll list")
    after = contents(path)["outbox"]
    changed = [row for key, row in after.items() if before[key] != row]
    assert changed, "it was shown"
    now = booth.world.env.now()
    assert not [at for row in changed for value in row for at in instants_in(value) if abs(at - now) < ABOUT_AN_HOUR]


async def test_the_write_ahead_log_keeps_the_order_of_ballots_for_a_minute_only(crowded: Booth) -> None:
    booth = crowded
    poll = await booth.open()
    await booth.pass_time(ABOUT_AN_HOUR)
    await booth.vote(booth.server.members["DK"], poll, 1)
    await booth.pass_time(timedelta(minutes=2))
    path = booth.world.settings.database_path
    assert path.with_name(f"{path.name}-wal").stat().st_size == 0


async def test_the_log_does_not_say_which_colleague_was_written_to_at_what_time(
    crowded: Booth, caplog: pytest.LogCaptureFixture
) -> None:
    booth, bot = crowded, crowded.world.bot
    poll: Poll = await booth.open()
    request = bot.http.request

    async def broken(route: Any, **options: Any) -> Any:
        if route.method == "POST" and route.path.endswith("/messages"):
            raise ConnectionResetError
        return await request(route, **options)

    bot.http.request = broken  # type: ignore[method-assign]
    caplog.set_level(logging.DEBUG)
    await booth.vote(booth.server.members["GH"], poll, 1)
    await booth.pass_time(timedelta(minutes=2))
    [row] = await bot.services.outbox.of(booth.server.id, "poll", poll.id, "voted")
    assert row.failures > 0, "it went wrong, and the log says so"
    assert "delivered is unknown" in caplog.text
    assert str(row.id) not in caplog.text
    assert row.target not in caplog.text


async def test_the_details_of_such_a_message_say_why_it_came(crowded: Booth) -> None:
    booth, gets = crowded, crowded.server.members["gets"]
    await booth.open()
    await booth.vote(booth.server.members["GH"], await booth.latest(), 1)
    await booth.pass_time(timedelta(seconds=5))
    [message] = [m for m in gets.user.dm_channel.history() if "A colleague cast" in m.content]
    shown = await gets.user.click(message, label="Details")
    assert "because you speak for the same delegation" in said(shown)
