"""The hour that counts is that of the press: late on its way, in a crowd, in a pause, or when others look."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta

import discord
import pytest
from discord.utils import time_snowflake

from bot.observation import Kind, Outcome
from bot.ui import running_interactions
from storage.decisions.models import Decision
from tests.decisions.floor import ENDS, Floor
from tests.settings.test_removal import add_bot, remove_bot
from tests.world import said

SECOND = timedelta(seconds=1)
OFFICE = "secretariat"


@contextmanager
def sent_at(moment: datetime) -> Generator[None]:
    """Let Discord have taken at that moment what arrives within."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discord.Interaction, "created_at", property(lambda _: moment))
        yield


async def reach_the_last_minutes(floor: Floor) -> Decision:
    decision = await floor.open()
    await floor.world.travel_to(ENDS - timedelta(minutes=2))
    return decision


async def test_a_press_before_the_hour_that_arrives_after_it_counts(floor: Floor) -> None:
    decision = await reach_the_last_minutes(floor)
    voter = floor.server.members["GH"]
    await floor.world.travel_to(ENDS + 2 * SECOND)
    with sent_at(ENDS - SECOND):
        form = await floor.press(voter, decision, "Object")
    shown = await floor.fill_in(voter, form)
    done = await voter.click(shown.response, label="Confirm")
    assert "Silence was broken" in said(done)


async def test_a_press_after_the_hour_does_not_count_although_the_clock_of_the_bot_is_slow(floor: Floor) -> None:
    decision = await reach_the_last_minutes(floor)
    with sent_at(ENDS + SECOND):
        late = await floor.press(floor.server.members["GH"], decision, "Object")
    assert late.modal is None
    assert await floor.world.bot.services.database.fetch("SELECT * FROM objection_press") == []


@pytest.mark.parametrize(("after_the_press", "counts"), [(599, True), (601, False)])
async def test_a_confirmation_counts_by_when_it_was_pressed(
    floor: Floor, after_the_press: int, *, counts: bool
) -> None:
    decision = await reach_the_last_minutes(floor)
    voter = floor.server.members["GH"]
    pressed_at = floor.world.env.now().replace(microsecond=0)
    with sent_at(pressed_at):
        form = await floor.press(voter, decision, "Object")
    shown = await floor.fill_in(voter, form)
    # It arrives some seconds after the ten minutes.
    await floor.world.travel_to(pressed_at + timedelta(minutes=10, seconds=3))
    with sent_at(pressed_at + after_the_press * SECOND):
        done = await voter.click(shown.response, label="Confirm")
    assert ("Silence was broken" in said(done)) is counts
    await floor.world.travel(timedelta(minutes=1))
    assert (await floor.now(decision)).state == ("broken" if counts else "adopted")


async def test_a_second_press_counts_from_then_on(floor: Floor) -> None:
    decision = await floor.open()
    voter = floor.server.members["GH"]
    await floor.world.travel_to(ENDS - timedelta(minutes=15))
    await floor.press(voter, decision, "Object")
    await floor.world.travel_to(ENDS - timedelta(minutes=1))
    form = await floor.press(voter, decision, "Object")
    shown = await floor.fill_in(voter, form)
    await floor.world.travel_to(ENDS + timedelta(minutes=8))
    done = await voter.click(shown.response, label="Confirm")
    assert "Silence was broken" in said(done)


async def test_the_hour_is_that_of_discord_and_not_of_a_clock_that_is_ahead(floor: Floor) -> None:
    decision = await reach_the_last_minutes(floor)
    floor.world.bot.services.presence.clock_ahead = lambda: 50 * SECOND
    await floor.world.travel_to(ENDS + 20 * SECOND)
    assert (await floor.now(decision)).state == "open"
    with sent_at(ENDS - 30 * SECOND):
        await floor.server.members["DK"].slash(floor.general, "decision list")
        form = await floor.press(floor.server.members["GH"], decision, "Object")
    assert form.modal is not None
    assert (await floor.now(decision)).state == "open"
    await floor.world.travel_to(ENDS + timedelta(minutes=11))
    assert (await floor.now(decision)).state == "adopted"


async def test_nothing_ends_while_a_press_in_time_is_being_dealt_with(floor: Floor) -> None:
    decision = await reach_the_last_minutes(floor)
    work = floor.world.bot.work
    in_time, late = time_snowflake(ENDS - SECOND), time_snowflake(ENDS + 2 * SECOND)
    work.begin(in_time)
    work.begin(late)
    await floor.world.travel_to(ENDS + timedelta(minutes=2))
    assert (await floor.now(decision)).state == "open"
    work.end(in_time, Kind.BUTTON, "pressed", Outcome.ANSWERED)
    await floor.world.travel(timedelta(seconds=15))
    assert (await floor.now(decision)).state == "adopted"
    work.end(late, Kind.BUTTON, "pressed", Outcome.ANSWERED)


@pytest.mark.parametrize("way", ["in the channel", "in a direct message", "by the command"])
async def test_an_objection_waits_for_nobody(floor: Floor, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    decision = await floor.open()
    voter = floor.server.members["GH"]
    # So many are being answered that one who comes now has to wait, and nobody gets done.
    monkeypatch.setattr(running_interactions, "AT_A_TIME", 0)
    if way == "by the command":
        form = await voter.slash(floor.general, "decision object", decision=str(decision.id))
    elif way == "in the channel":
        form = await floor.press(voter, decision, "Object")
    else:
        asked = next(m for m in voter.user.dm_channel.history() if "silence procedure" in m.content)
        form = await voter.user.click(asked, label="Object")
    assert form.modal is not None
    who = voter.user if way == "in a direct message" else voter
    shown = await who.submit_modal(form, {"reason": "Too early", "amendment": "", "named": ["no"]})
    await who.click(shown.response or shown.followups[-1], label="Confirm")
    assert (await floor.now(decision)).state == "broken"


async def test_in_a_pause_over_the_hour_nothing_has_ended_and_an_objection_counts(floor: Floor) -> None:
    decision = await reach_the_last_minutes(floor)
    secretariat, office, voter = floor.server.secretariat, floor.server.channels[OFFICE], floor.server.members["GH"]
    await secretariat.slash(office, "outbox pause")
    await floor.world.travel_to(ENDS + timedelta(minutes=30))
    assert "The agenda of 2027" in said(await voter.slash(floor.general, "pending"))
    assert "the secretariat sees" in said(await floor.press(voter, decision, "I have seen it"))
    assert "has been asked for more time" in said(await floor.press(voter, decision, "Ask for more time"))
    form = await floor.press(voter, decision, "Object")
    assert form.modal is not None, said(form)
    shown = await floor.fill_in(voter, form)
    done = await voter.click(shown.response, label="Confirm")
    assert "Silence was broken" in said(done)
    await secretariat.slash(office, "outbox resume")
    await floor.world.travel(timedelta(minutes=1))
    assert (await floor.now(decision)).state == "broken"
    assert floor.public()[-1].content == "Silence was broken. The proposal is not adopted."


@pytest.mark.parametrize("objects", [False, True])
async def test_while_the_bot_is_not_on_the_server_nothing_ends_but_by_an_objection(
    floor: Floor, *, objects: bool
) -> None:
    decision = await reach_the_last_minutes(floor)
    await remove_bot(floor.world, floor.server.id)
    await floor.world.travel_to(ENDS + timedelta(hours=1))
    # A member's direct message still has its buttons.
    user = floor.server.members["GH"].user
    asked = next(m for m in user.dm_channel.history() if "silence procedure" in m.content)
    await user.click(asked, label="I have seen it")
    assert (await floor.now(decision)).state == "open"
    if objects:
        form = await user.click(asked, label="Object")
        shown = await user.submit_modal(form, {"reason": "", "amendment": "", "named": ["no"]})
        await user.click(shown.response or shown.followups[-1], label="Confirm")
    await add_bot(floor.world, floor.server.id)
    await floor.world.restart()
    await floor.world.travel(timedelta(minutes=1))
    after = await floor.now(decision)
    assert (after.state, after.expires_at > ENDS) == (("broken", False) if objects else ("open", True))
    if not objects:
        await floor.world.travel_to(after.expires_at + timedelta(minutes=1))
        assert (await floor.now(decision)).state == "adopted"


async def test_what_waited_for_an_extension_ends_although_the_bot_was_removed_meanwhile(floor: Floor) -> None:
    services = floor.world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_account(tx, floor.server.id, floor.server.members["GH"].id, channel="none")
    decision = await floor.open()
    await floor.world.travel_to(ENDS + timedelta(hours=1))
    assert (await floor.now(decision)).state == "unreached"
    await remove_bot(floor.world, floor.server.id)
    await floor.world.travel_to(ENDS + timedelta(hours=25))
    await add_bot(floor.world, floor.server.id)
    await floor.world.restart()
    await floor.world.travel(timedelta(minutes=1))
    assert (await floor.now(decision)).state == "not_valid"


async def test_after_the_hour_the_secretariat_changes_nothing_while_a_press_may_be_confirmed(floor: Floor) -> None:
    decision = await floor.open()
    secretariat, office, voter = floor.server.secretariat, floor.server.channels[OFFICE], floor.server.members["GH"]
    await floor.world.travel_to(ENDS - timedelta(minutes=2))
    options = {"decision": str(decision.id)}
    later = await secretariat.slash(office, "decision extend", expires="2026-03-09 12:00", **options)
    called_off = await secretariat.slash(office, "decision cancel", **options)
    form = await floor.press(voter, decision, "Object")
    await floor.world.travel_to(ENDS + timedelta(minutes=2))
    for shown in (later, called_off):
        assert "working out the outcome" in said(await secretariat.click(shown.response, label="Confirm"))
    for command in ("decision extend", "decision cancel"):
        given = options | ({"expires": "2026-03-09 12:00"} if command == "decision extend" else {})
        refused = await secretariat.slash(office, command, **given)
        assert "working out the outcome" in said(refused)
    assert (await floor.now(decision)).expires_at == ENDS
    shown = await floor.fill_in(voter, form)
    await voter.click(shown.response, label="Confirm")
    assert (await floor.now(decision)).state == "broken"
