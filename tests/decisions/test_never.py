"""What must never happen to a decision."""

import sqlite3
from datetime import date, timedelta

import pytest

from bot.texts import Reader
from tests.decisions.floor import ENDS, Floor
from tests.polls.booth import ids_of
from tests.world import embed_text, said


async def test_an_adviser_sees_and_cannot_act(floor: Floor) -> None:
    services = floor.world.bot.services
    adviser = floor.world.add_member(floor.server, "Adviser")
    ghana = await floor.delegation("GH")
    async with services.transaction() as tx:
        person = await services.members.add_person(tx, floor.server.id, "Ama Adviser", account_id=adviser.id)
        await services.members.appoint(tx, floor.server.id, ghana.id, person, "adviser", date(2026, 1, 1), None)
    decision = await floor.open()
    seen = await adviser.slash(floor.general, "decision show", decision=str(decision.id))
    assert "The agenda of 2027" in said(seen)
    for label in ("I have seen it", "Ask for more time", "Object"):
        refused = await floor.press(adviser, decision, label)
        assert refused.modal is None
        assert "adviser" in said(refused).lower()
    assert await services.database.fetch("SELECT * FROM objection_press") == []


async def test_whoever_is_not_of_the_electorate_cannot_act(floor: Floor) -> None:
    decision = await floor.open()
    for who in (floor.server.members["AU"], floor.server.guest, floor.server.secretariat):
        refused = await floor.press(who, decision, "Object")
        assert refused.modal is None
    assert (await floor.now(decision)).state == "open"


async def test_an_outage_at_its_hour_adopts_nothing_and_moves_it(floor: Floor) -> None:
    decision = await floor.open()
    await floor.world.travel_to(ENDS - timedelta(minutes=30))
    await floor.be_away(timedelta(hours=2))
    moved = await floor.now(decision)
    assert moved.state == "open"
    # Two hours later is after 17:00 on a Thursday: Monday at ten.
    assert moved.expires_at.isoformat() == "2026-03-09T09:00:00+00:00"
    assert "ends later" in floor.public()[-1].content
    await floor.world.travel_to(moved.expires_at + timedelta(minutes=1))
    assert (await floor.now(decision)).state == "adopted"


async def test_an_hour_away_long_before_moves_nothing_and_a_minute_more_does(floor: Floor) -> None:
    decision = await floor.open()
    await floor.world.travel(timedelta(hours=20))
    await floor.be_away(timedelta(minutes=55))
    assert (await floor.now(decision)).expires_at == ENDS
    await floor.be_away(timedelta(minutes=10))
    assert (await floor.now(decision)).expires_at > ENDS


async def test_starting_again_and_again_without_reaching_discord_is_an_outage(floor: Floor) -> None:
    decision = await floor.open()
    await floor.world.travel_to(ENDS - timedelta(hours=2))
    await floor.leave()
    for _ in range(3):
        # Each start comes so soon after the one before that none of them seems to have been away.
        await floor.world.travel(timedelta(seconds=80))
        await floor.fail_to_start()
    await floor.come_back()
    assert (await floor.now(decision)).expires_at > ENDS


@pytest.mark.parametrize(("seconds", "moves"), [(89, False), (92, True)])
async def test_in_the_last_six_hours_an_outage_begins_after_ninety_seconds(
    floor: Floor, seconds: int, *, moves: bool
) -> None:
    decision = await floor.open()
    await floor.world.travel_to(ENDS - timedelta(hours=2))
    await floor.be_away(timedelta(seconds=seconds))
    assert ((await floor.now(decision)).expires_at > ENDS) is moves


async def test_being_there_again_is_noted_at_once(floor: Floor) -> None:
    await floor.world.travel(timedelta(hours=1))
    await floor.be_away(timedelta(minutes=10))
    services, now = floor.world.bot.services, floor.world.env.now()
    heard_at = await services.outages.heard_at()
    assert heard_at is not None
    assert now - heard_at < timedelta(seconds=5)
    [outage] = await services.database.fetch("SELECT ended_at - began_at AS seconds FROM outage")
    assert 600 <= outage["seconds"] < 610


async def test_a_short_absence_at_the_hour_of_a_reminder_loses_it_to_nobody(floor: Floor) -> None:
    await floor.open()
    await floor.world.travel_to(ENDS - timedelta(hours=24, seconds=20))
    member = floor.server.members["GH"].user
    before = len(list(member.dm_channel.history()))
    await floor.be_away(timedelta(seconds=40))
    await floor.world.travel(timedelta(minutes=1))
    assert len(list(member.dm_channel.history())) == before + 1


async def test_nothing_ends_while_the_connection_is_lost(floor: Floor) -> None:
    decision = await floor.open()
    await floor.world.travel_to(ENDS - timedelta(seconds=20))
    await floor.be_away(timedelta(seconds=1))
    with floor.world.as_bot():
        await floor.world.bot.on_disconnect()
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    assert (await floor.now(decision)).state == "open"
    with floor.world.as_bot():
        await floor.world.bot.on_resumed()
    await floor.world.travel(timedelta(seconds=30))
    # However brief that was: in the last seconds nobody could object.
    moved = await floor.now(decision)
    assert (moved.state, moved.expires_at > ENDS) == ("open", True)


async def test_starting_again_over_the_hour_moves_it(floor: Floor) -> None:
    decision = await floor.open()
    await floor.world.travel_to(ENDS - timedelta(seconds=20))
    await floor.be_away(timedelta(seconds=40))
    await floor.world.travel(timedelta(seconds=30))
    moved = await floor.now(decision)
    assert (moved.state, moved.expires_at > ENDS) == ("open", True)


async def test_a_lost_connection_over_the_hour_moves_it(floor: Floor) -> None:
    decision = await floor.open()
    await floor.world.travel_to(ENDS - timedelta(seconds=20))
    await floor.be_away(timedelta(seconds=1))
    with floor.world.as_bot():
        await floor.world.bot.on_disconnect()
    await floor.world.travel_to(ENDS + timedelta(minutes=5))
    assert (await floor.now(decision)).expires_at == ENDS
    with floor.world.as_bot():
        await floor.world.bot.on_resumed()
    await floor.world.travel(timedelta(seconds=30))
    moved = await floor.now(decision)
    assert (moved.state, moved.expires_at > ENDS) == ("open", True)
    assert len([one for one in floor.public() if "ends later" in one.content]) == 1


async def test_a_pause_moves_it_and_nothing_ends_while_it_lasts(floor: Floor) -> None:
    decision = await floor.open()
    secretariat, office = floor.server.secretariat, floor.server.channels["secretariat"]
    await floor.world.travel_to(ENDS - timedelta(minutes=30))
    await secretariat.slash(office, "outbox pause")
    await floor.world.travel_to(ENDS + timedelta(hours=1))
    await floor.server.members["GH"].slash(floor.general, "decision list")
    assert (await floor.now(decision)).state == "open"
    await secretariat.slash(office, "outbox resume")
    await floor.world.travel(timedelta(minutes=1))
    moved = await floor.now(decision)
    assert (moved.state, moved.expires_at.isoformat()) == ("open", "2026-03-09T09:00:00+00:00")


async def test_what_was_decided_is_never_changed(floor: Floor) -> None:
    decision = await floor.open()
    australia = await floor.delegation("AU")
    await refused(floor, "UPDATE decision SET title = 'Another'")
    await refused(
        floor,
        "INSERT INTO decision_seat (guild_id, decision_id, delegation_id, is_vacant)"
        f" VALUES ({decision.guild_id}, {decision.id}, {australia.id}, 0)",
    )
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    assert (await floor.now(decision)).state == "adopted"
    await refused(floor, "UPDATE decision SET state = 'cancelled', number = NULL, year = NULL")
    await refused(floor, "UPDATE decision SET number = 7")
    await refused(floor, "UPDATE decision SET expires_at = expires_at + 60")
    await refused(floor, "UPDATE decision_seat SET reached_at = 1")
    office = floor.server.channels["secretariat"]
    shown = await floor.server.secretariat.slash(office, "decision cancel", decision=str(decision.id))
    assert "has ended" in said(shown)


async def refused(floor: Floor, change: str) -> None:
    """Expect the file itself to refuse a change."""

    async def make_it() -> None:
        async with floor.world.bot.services.transaction() as tx:
            await tx.execute(change)

    with pytest.raises(sqlite3.IntegrityError):
        await make_it()


async def test_nothing_of_it_can_be_corrected_once_it_is_open(floor: Floor) -> None:
    decision = await floor.open()
    labels = {part for message in floor.public() for part in ids_of(message)}
    assert not [one for one in labels if "correct" in one]
    shown = await floor.server.secretariat.slash(
        floor.server.channels["secretariat"], "decision show", decision=str(decision.id)
    )
    assert not [one for one in ids_of(shown.response) if "correct" in one]


async def test_the_text_and_its_link_are_in_no_direct_message_no_email_and_no_other_network(floor: Floor) -> None:
    decision = await floor.open()
    direct = list(floor.server.members["GH"].user.dm_channel.history())
    asked = next(m for m in direct if "silence procedure" in m.content)
    assert "example.org" not in asked.content + embed_text(asked.embeds[0])
    subject = floor.world.bot.services.outbox.subject("decision")
    assert subject is not None
    rows = await floor.world.bot.services.outbox.of(floor.server.id, "decision", decision.id, "asked")
    for reader in (Reader("en", "UTC"), Reader("fr", "UTC"), Reader("es", "UTC")):
        email = await subject.email_text(await subject.loaded(rows[-1]), reader)
        said_there = " ".join(reader.say(one) for one in (email.subject, *email.paragraphs))
        assert "agenda" not in said_there.lower()
        assert "http" not in said_there
    other = floor.world.other
    listed = await other.secretariat.slash(other.channels["secretariat"], "decision list")
    assert "agenda" not in said(listed)


async def test_a_test_of_the_proposal_is_sent_without_its_text(floor: Floor) -> None:
    shown = await floor.propose()
    assert "example.org" in said(shown)
    await floor.server.secretariat.click(shown.response, label="Send test to me")
    await floor.world.travel(timedelta(minutes=1))
    [message] = floor.server.secretariat.user.dm_channel.history()
    assert "silence procedure" in message.content
    assert "example.org" not in embed_text(message.embeds[0])
    assert await floor.world.bot.services.decisions.decisions(floor.server.id) == []


async def test_who_was_not_reached_is_said_to_the_secretariat_alone(floor: Floor) -> None:
    services = floor.world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_account(tx, floor.server.id, floor.server.members["GH"].id, channel="none")
    decision = await floor.open()
    for who in ("DK", "GH"):
        seen = await floor.server.members[who].slash(floor.general, "decision show", decision=str(decision.id))
        assert "Ghana" not in said(seen)
    office = floor.server.channels["secretariat"]
    seen = await floor.server.secretariat.slash(office, "decision show", decision=str(decision.id))
    assert "Ghana" in said(seen)


async def test_a_notice_that_was_shown_and_a_press_of_seen_reach_a_delegation(floor: Floor) -> None:
    services = floor.world.bot.services
    async with services.transaction() as tx:
        for code in ("GH", "CR"):
            await services.settings.change_account(tx, floor.server.id, floor.server.members[code].id, channel="none")
    decision = await floor.open()
    await floor.server.members["GH"].slash(floor.general, "help")
    await floor.press(floor.server.members["CR"], decision, "I have seen it")
    await floor.world.travel_to(ENDS + timedelta(minutes=1))
    assert (await floor.now(decision)).state == "adopted"
    assert (await floor.seat(decision, "GH")).reached_by == "reply"


async def test_it_cannot_end_too_early_nor_at_a_wrong_hour(floor: Floor) -> None:
    for expires in ("2026-03-05 16:59", "2026-03-06 12:00", "2026-03-10 09:00", "2026-03-10 17:30", "2026-04-06 12:00"):
        refused = await floor.propose(expires=expires)
        assert "<t:" in said(refused), expires
        assert not [one for one in ids_of(refused.response) if "confirm" in one], expires
    assert await floor.world.bot.services.decisions.decisions(floor.server.id) == []


async def test_a_preview_that_waited_too_long_opens_nothing(floor: Floor) -> None:
    shown = await floor.propose()
    await floor.world.travel(timedelta(hours=16))
    done = await floor.server.secretariat.click(shown.response, label="Confirm")
    assert "too early" in said(done)
    assert await floor.world.bot.services.decisions.decisions(floor.server.id) == []
