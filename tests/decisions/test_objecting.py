"""An objection is never lost: killed between any two steps, at the last second, and in the ten minutes after it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.decisions.floor import ENDS, Floor
from tests.polls.booth import ids_of
from tests.world import embed_text, said


async def reach_the_last_minutes(floor: Floor) -> Any:
    decision = await floor.open()
    await floor.world.travel_to(ENDS - timedelta(minutes=2))
    return decision


@pytest.mark.parametrize("step", ["pressed", "filled in", "confirmed"])
async def test_the_bot_is_killed_after_a_step(floor: Floor, step: str) -> None:
    decision = await reach_the_last_minutes(floor)
    voter = floor.server.members["GH"]
    form = await floor.press(voter, decision, "Object")
    if step == "pressed":
        await floor.world.restart()
    shown = await floor.fill_in(voter, form, reason="Too early")
    if step == "filled in":
        await floor.world.restart()
    await voter.click(shown.response, label="Confirm")
    if step == "confirmed":
        await floor.world.restart()
    await floor.world.travel_to(ENDS + timedelta(minutes=20))
    assert (await floor.now(decision)).state == "broken"
    public = [m for m in floor.public() if m.content == "Silence was broken. The proposal is not adopted."]
    assert len([m for m in public if not m.attachments and m.id != floor.public()[0].id]) >= 1


async def test_the_result_waits_ten_minutes_for_whoever_has_pressed(floor: Floor) -> None:
    decision = await reach_the_last_minutes(floor)
    voter = floor.server.members["GH"]
    form = await floor.press(voter, decision, "Object")
    pressed_at = floor.world.env.now()
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    # Nothing ends meanwhile, no matter who looks, also after a restart.
    await floor.world.restart()
    await voter.slash(floor.general, "decision list")
    assert (await floor.now(decision)).state == "open"
    shown = await floor.fill_in(voter, form)
    await floor.world.travel_to(pressed_at + timedelta(minutes=9, seconds=50))
    done = await voter.click(shown.response, label="Confirm")
    assert "Silence was broken" in said(done)
    assert (await floor.now(decision)).state == "broken"


async def test_not_confirmed_in_ten_minutes_it_is_adopted_and_the_confirmation_comes_too_late(floor: Floor) -> None:
    decision = await reach_the_last_minutes(floor)
    voter = floor.server.members["GH"]
    form = await floor.press(voter, decision, "Object")
    pressed_at = floor.world.env.now()
    shown = await floor.fill_in(voter, form)
    await floor.world.travel_to(pressed_at + timedelta(minutes=10, seconds=30))
    assert (await floor.now(decision)).state == "adopted"
    done = await voter.click(shown.response, label="Confirm")
    assert "Silence was broken" not in said(done)
    assert (await floor.now(decision)).state == "adopted"


async def test_a_press_after_the_hour_does_not_count(floor: Floor) -> None:
    decision = await reach_the_last_minutes(floor)
    await floor.world.travel_to(ENDS + timedelta(seconds=1))
    late = await floor.press(floor.server.members["GH"], decision, "Object")
    assert late.modal is None
    assert "has passed" in said(late)
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    assert (await floor.now(decision)).state == "adopted"
    assert not [one for message in floor.public() for one in ids_of(message) if one.startswith("decision:object")]


async def test_what_is_published_is_shown_first_and_names_the_delegation_only_where_wished(floor: Floor) -> None:
    decision = await floor.open()
    voter = floor.server.members["GH"]
    form = await floor.press(voter, decision, "Object")
    text = str(form.modal)
    assert form.modal is not None, text
    shown = await floor.fill_in(voter, form, reason="Too early", amendment="In May", named=["yes"])
    preview = said(shown)
    assert "all 3 delegations" in preview
    assert "It cannot be taken back." in preview
    sentence = "Silence was broken. The proposal is not adopted. Ghana objected."
    assert sentence in preview
    await voter.click(shown.response, label="Confirm")
    await floor.world.travel(timedelta(seconds=30))
    message = floor.public()[-1]
    assert message.content == sentence
    assert "Too early" in embed_text(message.embeds[0])
    assert "In May" in embed_text(message.embeds[0])


async def test_colleagues_hear_of_it_and_nobody_else_can_read_who_objected(floor: Floor) -> None:
    services = floor.world.bot.services
    colleague = floor.world.add_member(floor.server, "Colleague")
    ghana = await floor.delegation("GH")
    async with services.transaction() as tx:
        person = await services.members.add_person(tx, floor.server.id, "Kofi Annor", account_id=colleague.id)
        await services.members.appoint(
            tx, floor.server.id, ghana.id, person, "alternate", datetime(2026, 1, 1, tzinfo=UTC).date(), None
        )
        await services.settings.change_account(tx, floor.server.id, colleague.id, channel="direct_message")
    decision = await floor.open()
    before = await services.database.fetch(
        "SELECT count(*) AS n FROM audit WHERE account_id = ?", (floor.server.members["GH"].id,)
    )
    await floor.object(floor.server.members["GH"], decision)
    await floor.world.travel(timedelta(minutes=1))
    told = [m.content for m in colleague.user.dm_channel.history()]
    assert any("objected for your delegation" in text for text in told)
    others = [m.content for m in floor.server.members["DK"].user.dm_channel.history()]
    assert not any("objected for your delegation" in text for text in others)
    # Neither the audit log, nor the lists, nor the tables, name who did it.
    after = await services.database.fetch(
        "SELECT count(*) AS n FROM audit WHERE account_id = ?", (floor.server.members["GH"].id,)
    )
    assert after[0]["n"] == before[0]["n"]
    listed = await floor.server.secretariat.slash(floor.server.channels["secretariat"], "audit")
    assert "Ghana" not in said(listed).split("objection")[0][-80:]
    kept = await services.database.fetch("SELECT * FROM objection_press")
    assert kept == []
    row = (await services.database.fetch("SELECT * FROM decision"))[0]
    assert row["objector_id"] is None


async def test_the_secretariat_records_an_objection_that_came_to_it(floor: Floor) -> None:
    decision = await floor.open()
    secretariat, office = floor.server.secretariat, floor.server.channels["secretariat"]
    shown = await secretariat.slash(
        office, "decision object", decision=str(decision.id), delegation="GH", reference="NV 12/2026"
    )
    assert "Ghana" in said(shown)
    await secretariat.click(shown.response, label="Confirm")
    assert (await floor.now(decision)).state == "broken"
    await floor.world.travel(timedelta(minutes=1))
    told = [m.content for m in floor.server.members["GH"].user.dm_channel.history()]
    assert any("NV 12/2026" in text for text in told)
    assert "Ghana" not in floor.public()[-1].content


async def test_asking_for_more_time_is_private_and_said_once(floor: Floor) -> None:
    decision = await floor.open()
    for _ in range(2):
        await floor.press(floor.server.members["GH"], decision, "Ask for more time")
    await floor.world.travel(timedelta(minutes=1))
    asked = [text for text in floor.to_secretariat() if "asks for more time" in text]
    assert len(asked) == 1
    assert "Ghana" in asked[0]
    assert not any("Ghana" in message.content for message in floor.public())
