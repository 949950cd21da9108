"""What the bot's first version left open still works: previews, forms to correct, polls, and messages owed.

``landed.sql`` was written by that version (schema 16), with the ids of its server put as names.
"""

import json
import re
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from simcord.results import InteractionResult

from bot import Settings
from bot.demo.apscheduler_clock import apscheduler_follows_discord
from cogs.meetings import rules
from storage.migrate import migrations
from tests.meetings.conftest import filled
from tests.occasions.staging import buttons, press_stale
from tests.patience import PatientEnv
from tests.webinars.staging import posted, until, webinars_of
from tests.world import World, new_bot, said

LANDED = (Path(__file__).parent / "landed.sql").read_text("utf-8")
VERSION = 16
BEFORE_KINDS = 39
"""The last schema in which every meeting was the annual one."""
MEMBER = re.compile(r"\b14560744439808000(?:4[5-9]|[56]\d|7[0-5])\b")
"""The account of a person in ``landed.sql``; each is there once."""
BUTTONS: dict[str, dict[str, str]] = json.loads(LANDED.splitlines()[1].removeprefix("-- "))


def write_landed(path: Path, world: World, version: int = VERSION) -> None:
    """Write the database of the first version for the world's first server, brought up to the schema ``version``."""
    server = world.server
    names = {"guild": server.id, "secretary": server.secretariat.id, "member_role": server.member_role.id}
    names |= {"secretariat_role": server.secretariat_role.id} | {n: c.id for n, c in server.channels.items()}
    rows = LANDED
    for name, snowflake in names.items():
        rows = rows.replace("{" + name + "}", str(snowflake))
    # Those who are not on the server would be unlinked.
    rows = MEMBER.sub(lambda _: str(world.add_member(server, "member").id), rows)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for step in migrations():
            if step.version <= VERSION:
                step.apply(connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.executescript(rows)
        for step in migrations():
            if VERSION < step.version <= version:
                step.apply(connection)
        connection.execute(f"PRAGMA user_version = {version}")


@pytest.fixture
async def landed(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncGenerator[World]:
    """The server of the first version, taken over by this one; of a later schema where the test names it."""
    version: int = getattr(request, "param", VERSION)
    path = tmp_path / "focalbot.sqlite3"
    settings = Settings(_env_file=None, database_path=path)  # pyright: ignore[reportCallIssue]
    with apscheduler_follows_discord():
        bot = new_bot(settings)
        env = PatientEnv(bot)
        world = World(env, bot, settings)
        try:
            write_landed(path, world, version)
            await env.start()
            await env.settle()
            yield world
        finally:
            await world.bot.close()
            await env.shutdown()
    faults = [e for e in env.errors_since(0) if "UserError" not in str(type(e).__mro__)]
    assert not faults


async def press(world: World, message: str, label: str) -> InteractionResult:
    """Press a button that stands under a message of the first version."""
    shown = await world.server.secretariat.slash(world.server.channels["general"], "about")
    return await press_stale(world.server.secretariat, shown.response, BUTTONS[message][label])


async def send(world: World, form: InteractionResult, **typed: str) -> InteractionResult:
    return await world.server.secretariat.submit_modal(form, {**filled(form), **typed})


async def test_what_was_shown_is_confirmed(landed: World) -> None:
    await press(landed, "webinar_new", "Confirm")
    await press(landed, "meeting_new", "Confirm")
    await press(landed, "poll_new", "Confirm")
    await press(landed, "poll_dates", "Confirm")
    await landed.env.settle()
    services, guild = landed.bot.services, landed.server.id
    assert {w.title for w in await webinars_of(landed)} == {"Owed already", "Not confirmed yet"}
    assert [w.starts_at.hour for w in await webinars_of(landed)] == [14, 14]
    assert {str(m.starts_on) for m in await services.meetings.all(guild)} == {"2026-05-01", "2026-09-01"}
    polls = {poll.plan.question: poll for poll in await services.polls.polls(guild)}
    assert polls.keys() == {"Open already?", "Not open yet?", "Which day?"}
    assert [o.text for o in polls["Not open yet?"].plan.options] == ["Peace", "Law"]
    assert [o.at is not None and o.at.day for o in polls["Which day?"].plan.options] == [12, 13]


async def test_what_was_shown_is_corrected(landed: World) -> None:
    form = await press(landed, "webinar_new", "Correct")
    assert filled(form)["title"] == "Not confirmed yet"
    newer = await send(landed, form, title="Corrected")
    await landed.server.secretariat.click(newer.response, label="Confirm")
    assert "Corrected" in {w.title for w in await webinars_of(landed)}
    details = await press(landed, "webinar_new", "More details")
    assert "languages" in filled(details)


async def test_what_was_mistyped_is_corrected(landed: World) -> None:
    webinar = await send(landed, await press(landed, "webinar_wrong", "Correct"), starts="2026-03-20 15:00")
    assert "Mistyped" in said(webinar)
    await landed.server.secretariat.click(webinar.response, label="Confirm")
    meeting = await send(landed, await press(landed, "meeting_wrong", "Correct"), ends_on="2026-10-02")
    await landed.server.secretariat.click(meeting.response, label="Confirm")
    assert "Mistyped" in {w.title for w in await webinars_of(landed)}
    meetings = await landed.bot.services.meetings.all(landed.server.id)
    assert ("2026-10-01", "Ghana") in {(str(m.starts_on), "Ghana" if m.hosts == ("GH",) else "") for m in meetings}


@pytest.mark.parametrize("label", ["Correct silently", "Tell those attending"])
async def test_a_change_that_was_shown_is_made(landed: World, label: str) -> None:
    await press(landed, "webinar_change", label)
    (webinar,) = await webinars_of(landed)
    assert webinar.starts_at.day == 19
    await press(landed, "meeting_change", "Confirm")
    (meeting,) = await landed.bot.services.meetings.all(landed.server.id)
    assert str(meeting.starts_on) == "2026-05-08"


async def test_a_message_that_waits_is_stopped_and_one_that_was_shown_is_sent(landed: World) -> None:
    stopped = await press(landed, "message_sent", "Stop")
    assert said(stopped).startswith("Stopped")
    sent = await press(landed, "message_new", "Confirm")
    assert {"Stop", "Take back"} <= buttons(sent.response).keys()


async def test_tests_are_sent_as_before(landed: World) -> None:
    for message in ("webinar_new", "webinar_change", "meeting_new", "poll_new"):
        await press(landed, message, "Send test to me")
    await landed.travel(60)
    channel: Any = landed.server.secretariat.user
    assert len(channel.dm_channel.history()) == 4


async def test_what_is_owed_goes_out(landed: World) -> None:
    (webinar,) = await webinars_of(landed)
    await until(landed, webinar.starts_at - timedelta(minutes=30))
    reminders = [m.content for m in posted(landed) if "Owed already" in m.content]
    assert len(reminders) == 3, "7 days, 24 hours and 1 hour ahead"
    rows = await landed.bot.services.outbox.of(landed.server.id, "webinar", webinar.id)
    assert {row.state for row in rows if row.kind.startswith("reminder")} == {"sent"}
    (poll,) = await landed.bot.services.polls.polls(landed.server.id)
    assert poll.state == "closed"
    assert any("Open already?" in m.content for m in posted(landed, "general"))


@pytest.mark.parametrize("landed", [BEFORE_KINDS], indirect=True)
async def test_the_annual_meeting_of_before_there_were_kinds_invites_all_and_reminds_them(landed: World) -> None:
    services, guild = landed.bot.services, landed.server.id
    (meeting,) = await services.meetings.all(guild)
    assert (meeting.kind, meeting.region, meeting.is_public, meeting.invited) == ("annual", None, True, ())
    assert meeting.invites_all
    async with services.transaction() as tx:
        await services.registrations.register(
            tx, guild, meeting.id, "ZZ", "online", "capital", comes="", source="delegation"
        )
    (answer,) = await services.registrations.of_meeting(guild, meeting.id)
    assert answer.reference == ""
    announced = posted(landed)
    await until(landed, rules.first_instant(meeting) + timedelta(hours=12))
    reminded = [message.content for message in posted(landed)[len(announced) :]]
    about = [text for text in reminded if "annual meeting" in text]
    assert sum("days until" in text for text in about) == 5
    assert len(about) == 7, "90, 60, 30, 14, 7 and 1 day ahead, and its first day"
    rows = await services.outbox.of(guild, "meeting", meeting.id)
    assert {row.state for row in rows if row.kind.startswith("countdown")} == {"sent"}
    assert len(rows) == len({(row.kind, row.occurrence) for row in rows}), "nothing is owed a second time"
