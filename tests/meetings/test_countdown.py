from datetime import date, timedelta

import pytest

from tests.meetings.conftest import Room, at
from tests.world import said

FIRST_DAY = date(2026, 5, 1)
"""120 days after the world begins, on the other side of the change to summer time on 29 March."""


def days_ahead(day: date, *leads: int) -> list[date]:
    return [day - timedelta(days=lead) for lead in leads]


async def test_every_reminder_comes_at_its_second_across_the_change_to_summer_time(room: Room) -> None:
    assert (FIRST_DAY - room.today()).days == 120
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY + timedelta(days=2), 12))
    announced, *reminders = room.posted()
    assert announced[1].endswith(
        "The annual meeting 2026 takes place in Brussels, Belgium, 1–2 May 2026. Register your delegation by 30 April"
        " 2026 with `/meeting register`."
    )
    owed = [at(day, 9) for day in days_ahead(FIRST_DAY, 90, 60, 30, 14, 7, 1)]
    owed += [at(FIRST_DAY, 8), at(FIRST_DAY + timedelta(days=1), 8)]
    # Discord's stamp of a message is the instant it was sent, to the millisecond.
    assert [sent.replace(microsecond=0) for sent, _ in reminders] == owed
    texts = [text for _, text in reminders]
    assert texts[0].startswith("90 days until the annual meeting 2026 in Brussels, Belgium (1–2 May 2026). Register")
    assert texts[5].startswith("Tomorrow: the annual meeting 2026")
    assert texts[6].startswith("Today: day 1 of 2 of the annual meeting 2026")
    assert texts[7].startswith("Today: day 2 of 2")
    assert {row.state for row in await room.rows()} == {"sent"}


async def test_leads_already_past_at_planning_are_not_owed(room: Room) -> None:
    first_day = room.today() + timedelta(days=40)
    await room.plan(first_day)
    kinds = [row.kind for row in await room.rows()]
    assert kinds == ["announced", "countdown:30d", "countdown:14d", "countdown:7d", "countdown:1d", "day:1", "day:2"]
    await room.until(at(first_day, 12))
    assert len(room.posted()) == 6
    assert not await room.rows("missed", "failed")


async def test_a_meeting_moved_by_an_hour_keeps_its_days_and_moves_what_waits(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY - timedelta(days=45), 12))
    before = {row.kind: row.due_at for row in await room.rows("pending")}
    sent = len(room.posted())
    # From the clocks of Brussels to those of London, an hour later.
    await room.edit(city="London", country="United Kingdom")
    after = {row.kind: row.due_at for row in await room.rows("pending")}
    assert after == {kind: due + timedelta(hours=1) for kind, due in before.items()}
    assert len(room.posted()) == sent + 1, "the change notice"
    await room.until(at(FIRST_DAY, 12))
    beginnings = [text[:7] for _, text in room.posted()]
    assert beginnings.count("90 days") == beginnings.count("60 days") == 1, "what was sent before is not owed again"


async def test_a_meeting_moved_by_three_weeks_owes_again_the_leads_that_short(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY - timedelta(days=6), 12))
    later = FIRST_DAY + timedelta(days=21)
    sent = len(room.posted())
    await room.edit(starts_on=str(later), ends_on=str(later + timedelta(days=1)))
    notice = room.posted()[sent][1]
    assert "has moved: it now takes place in Brussels, Belgium, 22–23 May 2026, instead of 1–2 May 2026." in notice
    await room.until(at(later + timedelta(days=1), 12))
    # 14 and 7 days are no longer than the move, 30 days are: the change notice stands for it.
    moved = [sent.date() for sent, _ in room.posted()[sent + 1 :]]
    assert moved == [*days_ahead(later, 14, 7, 1), later, later + timedelta(days=1)]


async def test_a_cancelled_meeting_says_so_and_is_silent_afterwards(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY - timedelta(days=45), 12))
    shown = await room.slash("cancel", meeting="2026", reason="No host was found")
    sent = len(room.posted())
    await room.confirm(shown)
    (_, notice), *more = room.posted()[sent:]
    assert notice.endswith("is cancelled: No host was found")
    assert not more
    await room.until(at(FIRST_DAY, 12))
    assert len(room.posted()) == sent + 1


async def test_nothing_said_before_asks_anybody_to_come_to_a_cancelled_meeting(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY - timedelta(days=85), 12))
    await room.edit(starts_on=str(FIRST_DAY + timedelta(days=1)), ends_on=str(FIRST_DAY + timedelta(days=2)))
    said = [text for _, text in room.posted()]
    assert len(said) == 3
    assert all("/meeting register" in text for text in said[:2])
    await room.confirm(await room.slash("cancel", meeting="2026", reason="No host was found"))
    await room.world.travel(60)
    assert len(room.posted()) == 4
    for _, text in room.posted():
        assert text.endswith("is cancelled: No host was found"), text


async def test_the_option_reminders_changes_the_leads(room: Room) -> None:
    await room.plan(FIRST_DAY, reminders="100d 7d")
    assert [row.kind for row in await room.rows("pending") if row.kind.startswith("countdown")] == [
        "countdown:100d",
        "countdown:7d",
    ]
    await room.slash("edit", reminders="10d 1d")
    pending = await room.rows("pending")
    assert [row.kind for row in pending] == ["countdown:10d", "countdown:1d", "day:1", "day:2"]
    await room.slash("edit", reminders="none")
    assert [row.kind for row in await room.rows("pending")] == ["day:1", "day:2"]
    await room.slash("edit", reminders="10d 1d")
    await room.until(at(FIRST_DAY - timedelta(days=1), 10))
    assert [sent.date() for sent, _ in room.posted()[1:]] == days_ahead(FIRST_DAY, 10, 1)


async def test_the_opening_is_told_in_the_reader_s_time_and_in_that_of_the_meeting(room: Room) -> None:
    await room.plan(FIRST_DAY, register_by="2026-04-01")
    await room.slash("session add", title="Opening", starts="2026-05-01 09:30", length="1h")
    await room.until(at(FIRST_DAY, 12))
    opens = f"<t:{int(at(FIRST_DAY, 9).timestamp()) + 1800}:t> (09:30, Brussels)"
    tomorrow, today = [text for _, text in room.posted()][-2:]
    assert tomorrow.endswith(f"It opens at {opens}; the agenda is under `/meeting agenda`.")
    assert today.endswith(f"It begins at {opens} with “Opening”; the agenda is under `/meeting agenda`.")


async def test_nobody_is_sent_to_an_agenda_that_has_no_sessions(room: Room) -> None:
    await room.plan(FIRST_DAY, register_by="2026-04-01")
    await room.until(at(FIRST_DAY + timedelta(days=1), 12))
    texts = [text for _, text in room.posted()]
    assert not [text for text in texts if "/meeting agenda" in text]
    assert [text.rpartition(". ")[2] for text in texts[-4:]] == [
        "Check your travel arrangements and documents.",
        "Check your travel arrangements and documents.",
        "`/meeting show` shows the details.",
        "`/meeting show` shows the details.",
    ]


async def test_reminders_go_on_after_a_restart(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY - timedelta(days=80), 12))
    await room.world.restart()
    await room.until(at(FIRST_DAY - timedelta(days=59), 12))
    assert [text[:7] for _, text in room.posted()[1:]] == ["90 days", "60 days"]


async def test_the_secretariat_sees_what_is_owed_and_sent(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY - timedelta(days=89), 12))
    told = await room.told("reminders")
    lines = told.splitlines()
    assert "· 90 days ahead · **[sent](https://discord.com/channels/" in told
    assert sum("**owed**" in line for line in lines) == 7


async def test_a_long_list_of_what_failed_shows_the_latest_in_whole_lines(room: Room) -> None:
    first_day = room.today() + timedelta(days=2)
    await room.plan(first_day, days=20)
    announcements = room.server.channels["announcements"]
    path = f"/channels/{announcements.id}/messages"
    room.world.env.inject_error("POST", path, status=403, code=50013, times=None)
    await room.until(at(first_day + timedelta(days=19), 12))
    async with room.world.speaking("fr"):
        shown = await room.slash("reminders")
    (card,) = shown.response.embeds
    lines = (card.description or "").splitlines()
    assert len(card.description or "") <= 4096
    assert [line[:2] for line in lines] == ["- ", "  "] * (len(lines) // 2)
    assert all(line.endswith(("**", ".")) for line in lines)
    assert "Jour 20" in lines[-2]


async def test_what_is_held_past_its_time_shows_as_late(room: Room) -> None:
    await room.plan(FIRST_DAY)
    channel = room.server.channels["general"]
    await room.server.secretariat.slash(channel, "outbox pause")
    await room.until(at(FIRST_DAY - timedelta(days=89), 12))
    assert "90 days ahead · **late**" in await room.told("reminders")
    assert "60 days ahead · **owed**" in await room.told("reminders")


async def test_the_outbox_names_times_in_the_network_s_own_zone(room: Room) -> None:
    await room.plan(FIRST_DAY)
    secretary, channel = room.server.secretariat, room.server.channels["general"]
    await secretary.slash(channel, "outbox pause")
    listed = await secretary.slash(channel, "outbox list")
    due = at(FIRST_DAY - timedelta(days=90), 9)
    # The network's clocks are those of New York.
    line = f"<t:{int(due.timestamp())}:f> (03:00, New York) · Annual meeting in Brussels, 2026: 90 days ahead"
    assert line in said(listed)
    assert f"Sending has been paused since <t:{int(room.now.timestamp())}:f> (19:00, New York)" in said(listed)
    row = next(row for row in await room.rows() if row.kind == "countdown:90d")
    picked = await secretary.select(listed.response, values=[str(row.id)])
    assert f"<t:{int(due.timestamp())}:f> (03:00, New York)" in said(picked)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "90 jours avant la réunion annuelle 2026, Bruxelles, Belgique (1er–2 mai 2026)."),
        ("es", "Faltan 90 días para la reunión anual 2026, Bruselas, Bélgica (1–2 de mayo de 2026)."),
    ],
)
async def test_a_public_message_is_in_the_language_of_the_network(room: Room, language: str, words: str) -> None:
    services = room.world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(tx, room.server.id, language=language)
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY - timedelta(days=90), 10))
    assert room.posted()[-1][1].startswith(words)


async def test_what_could_not_be_sent_is_said_with_the_fix_and_sent_again(room: Room) -> None:
    await room.plan(FIRST_DAY)
    announcements = room.server.channels["announcements"]
    room.world.env.inject_error("POST", f"/channels/{announcements.id}/messages", status=403, code=50013)
    await room.until(at(FIRST_DAY - timedelta(days=89), 12))
    shown = await room.slash("reminders")
    assert "Failed: the bot may not write in the channel." in said(shown)
    await room.server.secretariat.click(shown.response, label="Send again: 90 days ahead")
    await room.world.travel(120)
    assert room.posted()[-1][1].startswith("89 days until"), "it says how many days are left now"
    assert ", late**" in await room.told("reminders")


async def test_after_an_outage_only_the_latest_reminder_is_sent(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY - timedelta(days=20), 12))
    sent = len(room.posted())
    await room.world.bot.close()
    await room.until(at(FIRST_DAY - timedelta(days=6), 12))
    await room.world.restart()
    await room.world.travel(300)
    (late,) = room.posted()[sent:]
    assert late[1].startswith("6 days until")
    states = {row.kind: row.state for row in await room.rows()}
    assert (states["countdown:14d"], states["countdown:7d"]) == ("missed", "sent")
    assert any("did not arrive" in text for _, text in room.posted("secretariat"))
