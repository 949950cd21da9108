"""Messages to one person: directly to those who accepted that, in their hours; else a notice above the next answer."""

from datetime import timedelta

import discord
import pytest

from bot.outbox import PEOPLE, Owed, person
from storage.members.models import Person
from tests.e2e.forging import Forger
from tests.outbox.conftest import Desk
from tests.world import said

DAY = timedelta(days=1)
# SimCord's world begins on Thursday 1 January 2026, 00:00 UTC.


async def person_of(desk: Desk, code: str) -> Person:
    account = desk.server.members[code].id
    found = await desk.world.bot.services.members.person_of_account(desk.guild_id, account)
    assert found is not None
    return found


async def accept(desk: Desk, code: str, zone: str, choice: str = "direct_message") -> Person:
    services = desk.world.bot.services
    found = await person_of(desk, code)
    account = desk.server.members[code].id
    with desk.world.env.time_context():
        async with services.transaction() as tx:
            await services.settings.change_account(tx, desk.guild_id, account, channel=choice, timezone=zone)
    return found


def received(desk: Desk, code: str) -> list[str]:
    channel = desk.server.members[code].user.dm_channel
    return [m.content for m in channel.history()] if channel is not None else []


async def test_each_gets_their_own_and_only_those_still_concerned(desk: Desk) -> None:
    ghana, denmark, mexico = [await accept(desk, code, "UTC") for code in ("GH", "DK", "MX")]
    desk.notes.concerned = [ghana.id, denmark.id, mexico.id]
    await desk.plan(Owed("3d", desk.now + timedelta(hours=10), PEOPLE))
    await desk.pass_time(timedelta(hours=9))
    desk.notes.concerned = [ghana.id, denmark.id]
    await desk.pass_time(timedelta(hours=2))
    assert [received(desk, code) for code in ("GH", "DK", "MX")] == [["Note 3d"], ["Note 3d"], []]
    assert await desk.states() == ["expanded", "sent", "sent"]


async def test_night_and_weekend_are_waited_out(desk: Desk) -> None:
    denmark = await accept(desk, "DK", "Europe/Copenhagen")
    await desk.ask("note", person(denmark.id), delay=timedelta(days=1, hours=20))  # Friday 2 January, 21:00 there
    await desk.pass_time(timedelta(days=4, hours=6, minutes=59))
    assert received(desk, "DK") == []
    await desk.pass_time(timedelta(minutes=2))
    assert received(desk, "DK") == ["Note note"]  # Monday 5 January, 08:00 there


async def test_a_deadline_before_morning_is_met_at_night(desk: Desk) -> None:
    denmark = await accept(desk, "DK", "Europe/Copenhagen")
    await desk.ask("note", person(denmark.id), deadline=desk.now + timedelta(hours=3))
    assert received(desk, "DK") == ["Note note"]


async def test_who_has_not_accepted_is_told_once_above_the_next_answer_and_asked_once(desk: Desk) -> None:
    ghana = await person_of(desk, "GH")
    actor = desk.server.members["GH"]
    await desk.ask("note", person(ghana.id))
    assert await desk.states() == ["notice"]
    await desk.restart()
    first = await actor.slash(desk.server.channels["general"], "about")
    assert "Note note" in said(first)
    assert first.response is not None
    assert "Note note" in (first.response.embeds[0].description or "")
    assert "May the bot send you direct messages?" in said(first)
    second = await actor.slash(desk.server.channels["general"], "about")
    assert "Note note" not in said(second)
    assert "May the bot" not in said(second)
    assert await desk.states() == ["sent"]


async def test_two_notices_that_say_the_same_are_shown_once(desk: Desk) -> None:
    ghana = await person_of(desk, "GH")
    for subject_id in (1, 2):
        await desk.ask("note", person(ghana.id), subject_id=subject_id)
    first = await desk.server.members["GH"].slash(desk.server.channels["general"], "about")
    assert said(first).count("Note note") == 1
    assert [*await desk.states(1), *await desk.states(2)] == ["sent", "sent"]


async def test_the_most_urgent_of_several_is_shown_in_full_and_the_others_when_asked_for(desk: Desk) -> None:
    ghana = await person_of(desk, "GH")
    actor = desk.server.members["GH"]
    for subject_id, kind in enumerate(("calm", "urgent", "soon"), 1):
        await desk.ask(kind, person(ghana.id), subject_id=subject_id)
    desk.notes.until = {2: desk.now + timedelta(days=1), 3: desk.now + timedelta(days=2)}
    first = await actor.slash(desk.server.channels["general"], "about")
    assert first.response is not None
    assert [f"• Note {kind}" for kind in ("calm", "urgent", "soon")] == (
        first.response.embeds[0].description or ""
    ).split("\n")
    in_full = first.followups[0]
    assert [card.title for card in in_full.embeds] == ["urgent"]
    shows = [button["label"] for row in in_full.components for button in row["components"]]
    assert shows == ["Show: soon", "Show: calm"]
    assert [*await desk.states(1), *await desk.states(2), *await desk.states(3)] == ["sent"] * 3
    shown = await actor.click(in_full, label="Show: calm")
    assert shown.response is not None
    assert [card.title for card in shown.response.embeds] == ["calm"]
    desk.notes.off.add(3)
    assert "no longer current" in said(await actor.click(in_full, label="Show: soon"))


async def test_a_message_is_shown_only_to_its_own_person(desk: Desk) -> None:
    row_id = await desk.ask("note", person((await person_of(desk, "GH")).id))
    general = desk.world.bot.get_channel(desk.server.channels["general"].id)
    assert isinstance(general, discord.TextChannel)
    with desk.world.as_bot():
        forger = Forger(desk.world, await general.send("xyz"))
    for code, is_shown in (("DK", False), ("GH", True)):
        result = forger.press(desk.server.members[code], f"notice:show:{row_id}")
        await desk.world.env.settle()
        shown = said(result)
        assert ("Note note" in shown, "no longer current" in shown) == (is_shown, not is_shown)


async def test_of_several_about_one_subject_only_the_latest_is_shown(desk: Desk) -> None:
    ghana = await person_of(desk, "GH")
    for kind in ("first", "second", "third"):
        await desk.ask(kind, person(ghana.id))
    answer = await desk.server.members["GH"].slash(desk.server.channels["general"], "about")
    assert "Note third" in said(answer)
    assert "Note first" not in said(answer)
    assert "Note second" not in said(answer)
    assert await desk.states() == ["not_owed", "not_owed", "sent"]


@pytest.mark.parametrize("choice", ["direct_message", "email", "both", "none"])
async def test_who_has_just_chosen_is_not_asked(desk: Desk, choice: str) -> None:
    actor, channel = desk.server.members["GH"], desk.server.channels["general"]
    chosen = await actor.slash(channel, "settings reminders", channel=choice)
    assert not chosen.followups
    assert not (await actor.slash(channel, "about")).followups


async def test_a_notice_that_makes_no_sense_any_more_is_not_shown(desk: Desk) -> None:
    ghana = await person_of(desk, "GH")
    await desk.ask("note", person(ghana.id))
    desk.notes.off.add(1)
    result = await desk.server.members["GH"].slash(desk.server.channels["general"], "about")
    assert "Note note" not in said(result)
    assert await desk.states() == ["not_owed"]


async def test_the_question_is_answered_by_a_button(desk: Desk) -> None:
    actor = desk.server.members["GH"]
    result = await actor.slash(desk.server.channels["general"], "about")
    await actor.click(result.followups[0], label="Yes, write to me")
    services = desk.world.bot.services
    assert (await services.settings.account(desk.guild_id, actor.id)).channel == "direct_message"


async def test_a_guest_is_not_asked(desk: Desk) -> None:
    result = await desk.server.guest.slash(desk.server.channels["general"], "about")
    assert "May the bot" not in said(result)


async def test_one_refusal_stops_nobody_and_is_told(desk: Desk) -> None:
    people = [await accept(desk, code, "UTC") for code in ("GH", "DK", "MX")]
    desk.notes.concerned = [p.id for p in people]
    await desk.plan(Owed("first", desk.now + timedelta(hours=10), PEOPLE))
    await desk.pass_time(timedelta(hours=10, seconds=1))
    closed = desk.server.members["DK"].user.dm_channel
    desk.world.env.inject_error("POST", f"/channels/{closed.id}/messages", status=403, code=50007, times=None)
    await desk.plan(Owed("second", desk.now + timedelta(hours=1), PEOPLE), subject_id=2)
    await desk.pass_time(timedelta(hours=1, minutes=1))
    assert received(desk, "GH") == received(desk, "MX") == ["Note first", "Note second"]
    assert received(desk, "DK") == ["Note first"]
    [kept] = [row for row in await desk.rows(2) if row.state == "notice"]
    assert kept.reason == "closed"
    [line] = desk.server.channels["secretariat"].history()
    assert "refuse direct messages" in (line.embeds[0].fields[0].value or "")
    listed = await desk.server.secretariat.slash(desk.server.channels["secretariat"], "outbox list", state="notice")
    assert "Second" in said(listed)
    picked = await desk.server.secretariat.select(listed.response, values=[str(kept.id)])
    assert "refuse direct messages" in said(picked)
    result = await desk.server.members["DK"].slash(desk.server.channels["general"], "about")
    assert "Note second" in said(result)
    assert kept.id not in {row.id for row in await desk.rows(2) if row.state == "notice"}


async def test_a_restart_continues_a_fan_out_where_it_stopped(desk: Desk) -> None:
    codes = list(desk.server.members)[:20]
    people = [await accept(desk, code, "UTC") for code in codes]
    desk.notes.concerned = [p.id for p in people]
    await desk.plan(Owed("note", desk.now + timedelta(hours=10), PEOPLE))
    sent = 0
    courier = desk.world.bot.http.request

    async def dies_after_five(route, **options):
        nonlocal sent
        if route.method == "POST" and route.path.endswith("/messages"):
            sent += 1
            if sent > 5:
                raise ConnectionResetError
        return await courier(route, **options)

    desk.world.bot.http.request = dies_after_five
    await desk.pass_time(timedelta(hours=10, seconds=1))
    assert sum(len(received(desk, code)) for code in codes) == 5
    await desk.restart()
    await desk.pass_time(timedelta(minutes=10))
    assert [received(desk, code) for code in codes] == [["Note note"]] * 20
