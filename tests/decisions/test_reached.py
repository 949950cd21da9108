"""Whom a proposal has reached: by what, at which hour, and until that is taken back."""

from datetime import timedelta

from tests.decisions.floor import ENDS, Floor
from tests.world import said


async def refuse_direct_messages(floor: Floor, *codes: str) -> None:
    services = floor.world.bot.services
    async with services.transaction() as tx:
        for code in codes:
            await services.settings.change_account(tx, floor.server.id, floor.server.members[code].id, channel="none")


async def test_a_notice_reaches_a_delegation_at_the_hour_at_which_it_is_shown(floor: Floor) -> None:
    await refuse_direct_messages(floor, "GH")
    decision = await floor.open()
    await floor.world.travel(timedelta(hours=20))
    before = floor.world.env.now()
    assert "The agenda of 2027" in said(await floor.server.members["GH"].slash(floor.general, "help"))
    office = floor.server.channels["secretariat"]
    await floor.server.secretariat.slash(office, "decision show", decision=str(decision.id))
    seat = await floor.seat(decision, "GH")
    assert seat.reached_by == "reply"
    assert seat.reached_at is not None
    assert timedelta(0) <= seat.reached_at - before.replace(microsecond=0) < timedelta(minutes=1)


async def test_a_notice_of_anything_else_keeps_no_hour(floor: Floor) -> None:
    subject = floor.world.bot.services.outbox.subject("decision")
    assert subject is not None
    await refuse_direct_messages(floor, "GH")
    decision = await floor.open()
    await floor.object(floor.server.members["DK"], decision)
    [row, *_] = await floor.world.bot.services.outbox.of(floor.server.id, "decision", decision.id, "broken")
    assert not subject.dates_its_notices(row)
    others = [one for name in ("webinar", "meeting", "poll") if (one := floor.world.bot.services.outbox.subject(name))]
    assert len(others) == 3
    assert not any(one.dates_its_notices(row) for one in others)


async def test_an_objection_leaves_no_trace_of_what_was_shown_above_it(floor: Floor) -> None:
    await refuse_direct_messages(floor, "GH")
    decision = await floor.open()
    await floor.world.travel(timedelta(hours=20))
    shown = await floor.press(floor.server.members["GH"], decision, "I have seen it")
    assert "The agenda of 2027" in said(shown)
    await floor.object(floor.server.members["GH"], decision)
    assert (await floor.now(decision)).state == "broken"
    assert (await floor.seat(decision, "GH")).reached_at is None
    rows = await floor.world.bot.services.outbox.of(floor.server.id, "decision", decision.id, "asked")
    replies = [row for row in rows if row.sent_by == "reply"]
    assert len(replies) == 1
    assert all(row.settled_at == row.due_at for row in replies)
    office = floor.server.channels["secretariat"]
    seen = await floor.server.secretariat.slash(office, "decision show", decision=str(decision.id))
    assert "Ghana" not in said(seen)


async def test_a_message_that_is_taken_back_has_reached_nobody(floor: Floor) -> None:
    shown = await floor.propose()
    done = await floor.server.secretariat.click(shown.response, label="Confirm")
    await floor.world.travel(timedelta(minutes=3))
    decision, office = await floor.latest(), floor.server.channels["secretariat"]
    await floor.press(floor.server.members["DK"], decision, "I have seen it")
    await floor.server.secretariat.slash(office, "decision show", decision=str(decision.id))
    assert (await floor.seat(decision, "GH")).reached_by == "direct_message"
    await floor.server.secretariat.click(done.response or shown.response, label="Take back")
    await floor.world.travel(timedelta(minutes=2))
    missing = await floor.server.secretariat.slash(office, "decision show", decision=str(decision.id))
    assert "Not reached yet" in said(missing)
    assert (await floor.seat(decision, "GH")).reached_at is None
    # Who has pressed has seen it, whatever becomes of the message.
    assert (await floor.seat(decision, "DK")).reached_by == "seen"


async def test_who_has_pressed_has_seen_it_also_where_the_message_was_noted_before(floor: Floor) -> None:
    shown = await floor.propose()
    done = await floor.server.secretariat.click(shown.response, label="Confirm")
    await floor.world.travel(timedelta(minutes=3))
    decision, office = await floor.latest(), floor.server.channels["secretariat"]
    await floor.server.secretariat.slash(office, "decision show", decision=str(decision.id))
    assert (await floor.seat(decision, "DK")).reached_by == "direct_message"
    await floor.press(floor.server.members["DK"], decision, "I have seen it")
    await floor.server.secretariat.click(done.response or shown.response, label="Take back")
    await floor.world.travel(timedelta(minutes=2))
    await floor.server.secretariat.slash(office, "decision show", decision=str(decision.id))
    assert (await floor.seat(decision, "DK")).reached_by == "seen"


async def test_a_delegation_stays_reached_when_the_person_who_was_is_erased(floor: Floor) -> None:
    decision, office = await floor.open(), floor.server.channels["secretariat"]
    await floor.server.secretariat.slash(office, "decision show", decision=str(decision.id))
    assert (await floor.seat(decision, "DK")).reached_by == "direct_message"
    denmark = floor.server.members["DK"]
    asked = await denmark.slash(floor.server.channels["general"], "privacy erase")
    await denmark.click(asked.response, label="Confirm")
    services = floor.world.bot.services
    assert await services.members.person_of_account(floor.server.id, denmark.id) is None
    await floor.server.secretariat.slash(office, "decision show", decision=str(decision.id))
    assert (await floor.seat(decision, "DK")).reached_by == "direct_message"


async def test_what_the_secretariat_said_that_it_sent_can_be_taken_back(floor: Floor) -> None:
    await refuse_direct_messages(floor, "GH", "CR")
    decision = await floor.open()
    secretariat, office = floor.server.secretariat, floor.server.channels["secretariat"]
    shown = await secretariat.slash(office, "decision show", decision=str(decision.id))
    text = await secretariat.click(shown.response, label="I sent the text")
    ids = {code: str((await floor.delegation(code)).id) for code in ("GH", "CR", "DK")}
    await secretariat.select(text.response, [ids["GH"], ids["CR"]], custom_id=f"decision:sent:{decision.id}")
    # All are reached now: what was said by mistake is still listed, and nothing else.
    again = await secretariat.click(shown.response, label="I sent the text")
    await secretariat.select(again.response, [ids["GH"]], custom_id=f"decision:unsent:{decision.id}")
    assert (await floor.seat(decision, "GH")).reached_at is None
    assert (await floor.seat(decision, "CR")).reached_by == "secretariat"
    assert (await floor.seat(decision, "DK")).reached_by == "direct_message"
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    assert (await floor.now(decision)).state == "unreached"
    # An older message still has the button: what is sent now would not count.
    late = await secretariat.click(shown.response, label="I sent the text")
    assert "Extend" in said(late)


async def test_stop_says_that_the_message_in_the_channel_stays(floor: Floor) -> None:
    shown = await floor.propose()
    confirmed = await floor.server.secretariat.click(shown.response, label="Confirm")
    stopped = said(await floor.server.secretariat.click(confirmed.response or shown.response, label="Stop"))
    assert "nobody was written to" in stopped
    assert "The message in the channel stays" in stopped
    assert "/outbox list" in stopped
    assert floor.message_of(await floor.latest())
