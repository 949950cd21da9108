"""What goes wrong at the secretariat's desk: every slip is answered in one sentence, and nothing goes out twice."""

from datetime import date, timedelta

import pytest
from simcord.results import InteractionResult

from storage.meetings.models import Meeting
from tests.meetings.conftest import Room, at
from tests.world import said

FIRST_DAY = date(2026, 5, 1)
SESSION = {"title": "Opening", "starts": "2026-05-01 10:00", "length": "1h"}


async def meetings(room: Room) -> list[Meeting]:
    return await room.world.bot.services.meetings.all(room.server.id)


async def proposed(room: Room) -> InteractionResult:
    return await room.slash(
        "plan", starts_on="2026-05-01", ends_on="2026-05-02", city="Madrid", hosts="Spain", theme="Prevention"
    )


@pytest.mark.parametrize(
    "slip",
    [
        {"length": "-1h"},
        {"length": "0 min"},
        {"length": "30h"},
        {"starts": "2026-05-01 25:00"},
        {"starts": "2026-05-01"},
        {"starts": "yesterday 10:00"},
        {"starts": "2026-04-30 10:00"},
    ],
    ids=str,
)
async def test_a_session_that_cannot_be_is_refused_and_comes_back_filled_in(room: Room, slip: dict[str, str]) -> None:
    await room.plan(FIRST_DAY)
    wrong = await room.slash("session add", **{**SESSION, **slip})
    form = await room.server.secretariat.click(wrong.response, label="Correct")
    for typed in {**SESSION, **slip}.values():
        assert typed in str(form.modal)
    assert "no sessions yet" in await room.told("agenda")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ends_on": "2026-04-30"}, "comes before the first"),
        ({"starts_on": "2025-05-01"}, "has passed"),
        ({"starts_on": "2026-02-30"}, "2026-02-30"),
        ({"register_by": "2025-12-31"}, "is past"),
        ({"register_by": "2026-05-02"}, "after the meeting opens"),
        ({"reminders": "90d, soon"}, "soon"),
        ({"city": "-"}, "needs its city"),
    ],
    ids=str,
)
async def test_a_change_that_cannot_be_is_refused_and_comes_back(room: Room, typed: dict[str, str], words: str) -> None:
    await room.plan(FIRST_DAY)
    before = await room.meeting()
    wrong = await room.slash("edit", **typed)
    assert words in said(wrong), said(wrong)
    form = await room.server.secretariat.click(wrong.response, label="Correct")
    assert str(*typed.values()) in str(form.modal)
    assert await room.meeting() == before
    assert len(room.posted()) == 1


async def test_cancelled_twice_is_said_once(room: Room) -> None:
    await room.plan(FIRST_DAY)
    first = await room.slash("cancel", meeting="2026", reason="No host")
    second = await room.slash("cancel", meeting="2026", reason="No room")
    await room.confirm(first)
    told = said(await room.confirm(second))
    assert told == "That meeting is cancelled already; nothing was done a second time."
    assert (await room.meeting()).cancel_reason == "No host"
    assert len(room.posted()) == 2
    told = await room.told("cancel", meeting="2026")
    assert told == "That meeting is cancelled: plan a new one with `/meeting plan`."


async def test_a_change_confirmed_after_the_cancellation_changes_nothing(room: Room) -> None:
    await room.plan(FIRST_DAY)
    change = await room.slash("edit", starts_on="2026-05-08", ends_on="2026-05-09")
    await room.confirm(await room.slash("cancel", meeting="2026"))
    assert "That meeting is cancelled" in said(await room.confirm(change))
    assert (await room.meeting()).starts_on == FIRST_DAY
    assert len(room.posted()) == 2


async def test_a_preview_is_confirmed_once_and_only_by_whoever_asked_for_it(room: Room) -> None:
    shown = await proposed(room)
    with room.pressing_as(room.second_secretary()):
        assert "please start again" in said(await room.confirm(shown))
    assert not await meetings(room)
    await room.confirm(shown)
    assert not [b for row in shown.response.components for b in row["components"]], "nothing is left to press"
    assert len(await meetings(room)) == len(room.posted()) == 1


async def test_two_who_plan_the_same_meeting_announce_it_once(room: Room) -> None:
    mine, again = await proposed(room), await proposed(room)
    await room.confirm(mine)
    told = said(await room.confirm(again))
    assert told.startswith(
        "Another annual meeting is planned from 1 May 2026 to 2 May 2026, in Madrid: change that one"
    )
    told = said(await proposed(room))
    assert told.startswith("Another annual meeting is planned from 1 May 2026")
    assert len(await meetings(room)) == len(room.posted()) == 1


async def test_a_meeting_is_not_moved_onto_the_days_of_another(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.plan(date(2027, 5, 1))
    told = await room.told("edit", meeting="2027", starts_on="2026-05-02", ends_on="2026-05-03")
    assert told.startswith("Another annual meeting is planned from 1 May 2026")
    await room.confirm(await room.slash("edit", meeting="2027", starts_on="2027-05-02", ends_on="2027-05-03"))
    assert (await meetings(room))[0].starts_on == date(2027, 5, 2), "its own days are no other's"


async def test_what_lay_unconfirmed_until_its_first_day_passed_is_refused(room: Room) -> None:
    today = str(room.today())
    await room.plan(FIRST_DAY)
    given = {"city": "Madrid", "hosts": "Spain", "theme": "-"}
    plan = await room.slash("plan", starts_on=today, ends_on=today, **given)
    change = await room.slash("edit", starts_on=today, ends_on=today)
    await room.until(at(room.today() + timedelta(days=1), 0))
    for shown in (plan, change):
        assert said(await room.confirm(shown)).startswith("1 January 2026 has passed: type a day")
    assert (await room.meeting()).starts_on == FIRST_DAY
    assert len(room.posted()) == 1


async def test_stop_pressed_after_the_two_minutes_says_what_is_left_to_do(room: Room) -> None:
    await room.plan(FIRST_DAY, register_by="2026-04-01")
    services = room.world.bot.services
    member = room.server.members["SE"]
    async with services.transaction(member.id) as tx:
        await services.settings.change_account(
            tx, room.server.id, member.id, channel="direct_message", timezone="Europe/Copenhagen"
        )
    # A Friday morning in Europe: within working hours.
    await room.until(at(date(2026, 1, 9), 10))
    secretary = room.server.secretariat
    page = await room.slash("registrations")
    preview = await secretary.click(page.response, label="Ask those who have not answered")
    confirmed = await room.confirm(preview)
    message = confirmed.response or preview.response
    await room.world.travel(180)
    assert len(member.user.dm_channel.history()) == 1
    told = said(await secretary.click(message, label="Stop"))
    assert told == "Stopped: 1 message had gone out already; *Take back* deletes it."
    await secretary.click(message, label="Take back")
    await room.world.travel(60)
    assert not member.user.dm_channel.history()


async def test_a_meeting_moved_closer_after_reminders_counts_down_to_its_new_day(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY - timedelta(days=85), 12))
    await room.edit(starts_on="2026-04-01", ends_on="2026-04-02")
    await room.until(at(date(2026, 4, 3), 12))
    said_so = [text for _, text in room.posted()[3:]]
    beginnings = ("30 days", "14 days", "7 days", "Tomorrow", "Today: day 1", "Today: day 2")
    assert len(said_so) == len(beginnings), "60 days were past, and are not owed"
    assert all(text.startswith(words) for text, words in zip(said_so, beginnings, strict=True))


async def test_a_meeting_that_is_over_is_not_cancelled(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY + timedelta(days=2), 12))
    posted = len(room.posted())
    assert "That meeting is over" in await room.told("cancel", meeting="2026")
    assert len(room.posted()) == posted


async def test_a_move_that_lay_unconfirmed_does_not_come_onto_the_days_of_another(room: Room) -> None:
    await room.plan(date(2027, 5, 1))
    moved = await room.slash("edit", meeting="2027", starts_on="2026-05-01", ends_on="2026-05-02")
    await room.confirm(await proposed(room))
    assert "Another annual meeting is planned from 1 May 2026" in said(await room.confirm(moved))
    assert sorted(meeting.starts_on for meeting in await meetings(room)) == [date(2026, 5, 1), date(2027, 5, 1)]


async def test_a_change_shown_before_another_one_is_not_made_over_it(room: Room) -> None:
    await room.plan(FIRST_DAY)
    longer = await room.slash("edit", ends_on="2026-05-03")
    await room.edit(starts_on="2026-06-01", ends_on="2026-06-02")
    before = len(room.posted())
    assert "has changed since you asked" in said(await room.confirm(longer))
    (meeting,) = await meetings(room)
    assert (meeting.starts_on, meeting.ends_on) == (date(2026, 6, 1), date(2026, 6, 2))
    assert len(room.posted()) == before
