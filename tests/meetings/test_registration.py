import re
from datetime import date, timedelta

import pytest

from storage.meetings.models import Registration
from tests.meetings.conftest import Room, at, filled
from tests.people import Person
from tests.world import said

FIRST_DAY = date(2026, 5, 1)
DEADLINE = date(2026, 4, 1)


@pytest.fixture
async def planned(room: Room) -> Room:
    await room.plan(FIRST_DAY, register_by=str(DEADLINE))
    return room


async def answers(room: Room) -> dict[str, Registration]:
    meeting = await room.meeting()
    found = await room.world.bot.services.registrations.of_meeting(room.server.id, meeting.id)
    return {answer.code: answer for answer in found}


async def colleague(room: Room, code: str) -> Person:
    """Appoint an alternate beside the focal point of a delegation."""
    actor = room.world.add_member(room.server, f"alternate {code}")
    members = room.world.bot.services.members
    async with room.world.bot.services.transaction() as tx:
        seat = await members.delegation(room.server.id, code)
        assert seat is not None
        person = await members.add_person(tx, room.server.id, "", account_id=actor.id)
        await members.appoint(tx, room.server.id, seat.id, person, "alternate", date(2020, 1, 1))
    return actor


async def test_any_appointee_answers_for_the_delegation_and_the_last_answer_counts(planned: Room) -> None:
    first, second = planned.server.members["DK"], await colleague(planned, "DK")
    options = {"representative": "capital", "who": "The focal point"}
    told = await planned.told("register", first, attendance="in_person", **options)
    assert told.startswith("🇩🇰 Denmark (DK), annual meeting 2026: In person · From the capital · The focal point.")
    assert told.count("next reply to them") == 1
    assert "Your delegation\n🇩🇰 Denmark: In person" in await planned.told("show", second)
    await planned.told("register", second, attendance="online", representative="mission", who="The alternate")
    (answer,) = (await answers(planned)).values()
    assert (answer.attendance, answer.representative, answer.account_id) == ("online", "mission", second.id)
    told_rows = [row for row in await planned.rows() if row.kind == "registered"]
    assert len(told_rows) == 2, "each time the colleague is told"
    assert len({row.target for row in told_rows}) == 2


async def test_what_is_left_out_is_asked_for_in_a_form_that_knows_the_answer_before(planned: Room) -> None:
    member = planned.server.members["GB"]
    form = await planned.slash("register", member, attendance="in_person")
    await member.submit_modal(form, {"representative": ["mission"], "who": "The deputy"})
    assert (await answers(planned))["GB"].comes == "The deputy"
    again = await planned.slash("register", member, attendance="online")
    assert "The deputy" in str(again.modal)


async def test_who_was_to_come_is_unseen_of_those_who_do_not_and_back_when_they_do(planned: Room) -> None:
    member = planned.server.members["DK"]
    options = {"representative": "mission", "who": "The deputy"}
    await planned.told("register", member, attendance="in_person", **options)
    shown = await planned.slash("show", member)
    declined = said(await member.click(shown.response, label="Not attending"))
    assert declined.startswith("🇩🇰 Denmark (DK), annual meeting 2026: Not attending.")
    registrations = await planned.slash("registrations")
    (file,) = registrations.response.attachments
    for text in (declined, said(registrations), (await file.read()).decode(), await planned.told("show", member)):
        assert "The deputy" not in text
        assert "From the mission" not in text
    accepted = said(await member.click(shown.response, label="In person"))
    assert "In person · From the mission · The deputy." in accepted


async def test_a_refusal_by_command_keeps_who_was_to_come(planned: Room) -> None:
    member = planned.server.members["DK"]
    await planned.told("register", member, attendance="online", representative="capital", who="The minister")
    await planned.told("register", member, attendance="not_attending")
    form = await planned.slash("register", member, attendance="online")
    assert filled(form)["who"] == "The minister"


async def test_one_press_answers_under_the_card(planned: Room) -> None:
    focal_point, mission = planned.server.members["DK"], planned.server.members["GB"]
    for member in (focal_point, mission):
        shown = await planned.slash("show", member)
        await member.click(shown.response, label="In person")
    found = await answers(planned)
    assert found["DK"].representative == "capital"
    assert found["GB"].representative == "mission"
    announcement = planned.server.channels["announcements"].history()[0]
    refused = await planned.server.guest.click(announcement, label="Online")
    assert "This is for members of the network" in said(refused)


async def test_after_the_deadline_only_the_secretariat_writes_answers(planned: Room) -> None:
    await planned.until(at(DEADLINE + timedelta(days=1), 12))
    member = planned.server.members["DK"]
    told = await planned.told("register", member, attendance="online")
    assert told == "Registration closed on 1 April 2026: write to the secretariat, which still takes answers."
    assert not await answers(planned)
    options = {"attendance": "online", "representative": "capital", "who": "-", "delegation": "DK"}
    assert "by note verbale" in await planned.told("register", **options)
    assert (await answers(planned))["DK"].source == "note_verbale"


async def test_who_came_is_put_right_by_the_secretariat_when_the_meeting_is_over(planned: Room) -> None:
    await planned.told("register", planned.server.members["DK"], attendance="online", representative="capital", who="-")
    told_before = await planned.rows()
    await planned.until(at(FIRST_DAY + timedelta(days=3), 12))
    member = planned.server.members["DK"]
    assert "That meeting is over" in await planned.told("register", member, attendance="not_attending")
    options = {"representative": "mission", "who": "The deputy"}
    told = await planned.told("register", delegation="DK", attendance="in_person", **options)
    assert "In person · From the mission · by note verbale · The deputy." in told
    assert "told" not in told, "nobody is told of what is over"
    assert "**1** from a mission" in await planned.told("report")
    assert len([r for r in await planned.rows() if r.kind == "registered"]) == len(
        [r for r in told_before if r.kind == "registered"]
    )


async def test_the_record_of_a_past_meeting_is_not_altered(room: Room) -> None:
    history = await room.slash("history")
    await room.server.secretariat.click(history.response, label="Add the recorded meetings of 2011–2025")
    options = {"delegation": "DK", "attendance": "not_attending"}
    assert "That meeting is over" in await room.told("register", meeting="2011", **options)


async def test_from_where_is_judged_by_who_accepts_not_by_who_declined(planned: Room) -> None:
    services = planned.world.bot.services
    deputy = planned.world.add_member(planned.server, "deputy DK")
    async with services.transaction() as tx:
        seat = await services.members.delegation(planned.server.id, "DK")
        assert seat is not None
        person = await services.members.add_person(tx, planned.server.id, "", account_id=deputy.id)
        await services.members.appoint(tx, planned.server.id, seat.id, person, "mission", date(2020, 1, 1))
    shown = await planned.slash("show", planned.server.members["DK"])
    await planned.server.members["DK"].click(shown.response, label="Not attending")
    shown = await planned.slash("show", deputy)
    assert "In person · From the mission." in said(await deputy.click(shown.response, label="In person"))


async def test_a_note_verbale_is_marked_and_the_delegation_is_told(planned: Room) -> None:
    services = planned.world.bot.services
    member = planned.server.members["SN"]
    async with services.transaction(member.id) as tx:
        await services.settings.change_account(tx, planned.server.id, member.id, channel="direct_message")
    options = {"attendance": "in_person", "representative": "capital", "who": "The minister"}
    await planned.told("register", delegation="Senegal", **options)
    assert "Senegal · From the capital · by note verbale · The minister" in await planned.told("registrations")
    await planned.world.travel(3 * 86400)
    (message,) = member.user.dm_channel.history()
    assert message.content.startswith("The secretariat recorded the answer of Senegal to the annual meeting 2026")


async def test_a_colleague_told_after_the_deadline_is_sent_to_the_secretariat(planned: Room) -> None:
    services = planned.world.bot.services
    member = planned.server.members["SN"]
    async with services.transaction(member.id) as tx:
        await services.settings.change_account(
            tx, planned.server.id, member.id, channel="direct_message", timezone="Africa/Dakar"
        )
    options = {"attendance": "in_person", "representative": "capital", "who": "-", "delegation": "Senegal"}
    await planned.until(at(DEADLINE, 10))
    await planned.told("register", **options)
    await planned.until(at(DEADLINE + timedelta(days=1), 10))
    await planned.told("register", **{**options, "attendance": "online"})
    await planned.world.travel(60)
    *_, before, after = [message.content for message in member.user.dm_channel.history()]
    assert before.endswith("It came by note verbale. Change it with `/meeting register` if it is not right.")
    assert after.endswith(
        "It came by note verbale. Registration is closed: write to the secretariat if it is not right."
    )


async def test_nobody_answers_for_another_delegation_and_no_name_is_guessed(planned: Room) -> None:
    member = planned.server.members["DK"]
    told = await planned.told("register", member, attendance="online", delegation="Ghana")
    assert told == "You answer for your own delegation only: leave the option *delegation* out."
    told = await planned.told("register", attendance="not_attending", delegation="Niger")
    assert told == "🇳🇪 Niger has no seat in this network: see who has with `/member list`."
    told = await planned.told("register", attendance="not_attending")
    assert told.startswith("You speak for no delegation: name the one that answered")
    assert not await answers(planned)
    assert not await planned.server.guest.autocomplete(
        planned.server.channels["general"], "meeting register", "delegation", "De", attendance="online"
    )


async def test_only_those_without_an_answer_are_asked_before_the_deadline(planned: Room) -> None:
    services = planned.world.bot.services
    for code in ("DK", "SE"):
        account = planned.server.members[code].id
        async with services.transaction(account) as tx:
            await services.settings.change_account(
                tx, planned.server.id, account, channel="direct_message", timezone="Europe/Copenhagen"
            )
    await planned.told("register", planned.server.members["DK"], attendance="not_attending")
    await planned.until(at(DEADLINE - timedelta(days=14), 12))
    assert not planned.server.members["DK"].user.dm_channel.history()
    (asked,) = planned.server.members["SE"].user.dm_channel.history()
    assert asked.content == (
        "Sweden has not said yet whether it will attend the annual meeting 2026 in Brussels, Belgium, 1–2 May 2026."
        " Please answer by 1 April 2026, here or with `/meeting register`."
    )
    counts = [text for _, text in planned.posted("secretariat") if text.startswith("Registration")]
    assert len(counts) == 1
    assert f"0 attending, 1 not attending, {planned.server.delegations - 1} have not answered" in counts[0]
    await planned.server.members["SE"].user.click(asked, label="Online")
    assert (await answers(planned))["SE"].attendance == "online"


async def test_requests_and_counts_come_14_3_and_1_day_before_the_deadline(planned: Room) -> None:
    services = planned.world.bot.services
    codes = ("DK", "SE", "FI")
    for code in codes:
        account = planned.server.members[code].id
        async with services.transaction(account) as tx:
            await services.settings.change_account(
                tx, planned.server.id, account, channel="direct_message", timezone="Europe/Brussels"
            )
    await planned.until(at(DEADLINE - timedelta(days=10), 12))
    await planned.told("register", planned.server.members["DK"], attendance="not_attending")
    await planned.until(at(DEADLINE - timedelta(days=2), 12))
    await planned.told("register", planned.server.members["SE"], attendance="not_attending")
    await planned.until(at(DEADLINE + timedelta(days=1), 12))
    asked = {
        code: [m.created_at.replace(microsecond=0) for m in planned.server.members[code].user.dm_channel.history()]
        for code in codes
    }
    first, last = at(date(2026, 3, 18), 9), at(date(2026, 3, 31), 9)
    # The 29th, three days ahead, is a Sunday.
    monday = at(date(2026, 3, 30), 8)
    assert asked == {"DK": [first], "SE": [first, monday], "FI": [first, monday, last]}
    counted = [(sent, text) for sent, text in planned.posted("secretariat") if text.startswith("Registration for")]
    assert [sent.replace(microsecond=0) for sent, _ in counted] == [first, at(date(2026, 3, 29), 9), last]
    closes = int(at(DEADLINE + timedelta(days=1), 0).timestamp()) - 1
    line, missing = counted[-1][1], planned.server.delegations - 2
    assert f"0 attending, 2 not attending, {missing} have not answered: " in line
    assert line.endswith(f"open until <t:{closes}:F> (1 April 2026, 23:59, Brussels). See `/meeting registrations`.")
    # Of the three who accepted direct messages, Finland alone has not answered; what is said adds up.
    parts = {name: int(count) for count, name in re.findall(r"(\d+) (reached|waiting|not reached)", line)}
    assert parts["reached"] == 1
    assert parts["not reached"] >= planned.server.delegations - planned.server.held
    assert sum(parts.values()) == missing
    assert "`/outbox unreached`" in line
    room = planned.server.channels["secretariat"]
    listed = said(await planned.server.secretariat.slash(room, "meeting registrations"))
    assert f"{missing} have not answered: 1 reached" in listed
    report = said(await planned.server.secretariat.slash(room, "meeting report"))
    assert f"{missing} have not answered: 1 reached" in report


async def test_before_anybody_is_asked_it_is_said_who_can_be(planned: Room) -> None:
    server = planned.server
    listed = said(await server.secretariat.slash(server.channels["secretariat"], "meeting registrations"))
    parts = re.search(r"(\d+) have not answered: (\d+) can be reached and (\d+) cannot", listed)
    assert parts is not None
    missing, can, cannot = map(int, parts.groups())
    assert (missing, can + cannot) == (server.delegations, server.delegations)
    # The vacant seats, and those that nobody with an account speaks for.
    assert cannot >= server.delegations - server.held


async def test_a_request_that_waits_for_the_week_to_begin_gives_way_to_that_of_the_same_day(room: Room) -> None:
    services = room.world.bot.services
    member = room.server.members["DK"]
    async with services.transaction(member.id) as tx:
        await services.settings.change_account(
            tx, room.server.id, member.id, channel="direct_message", timezone="Europe/Brussels"
        )
    # Three days ahead is Saturday the 28th, one day ahead Monday the 30th.
    await room.plan(FIRST_DAY, register_by="2026-03-31")
    await room.until(at(date(2026, 4, 1), 12))
    asked = [m.created_at.replace(microsecond=0) for m in member.user.dm_channel.history()]
    assert asked == [at(date(2026, 3, 17), 9), at(date(2026, 3, 30), 9)]


async def test_who_comes_is_for_the_secretariat_and_fits_a_card(planned: Room) -> None:
    for code in sorted(planned.server.members)[:12]:
        who = f"Name of {code}, " * 20
        await planned.told(
            "register", planned.server.members[code], attendance="in_person", representative="capital", who=who[:300]
        )
    first = await planned.slash("registrations")
    assert len(first.response.embeds[0].description or "") <= 4096
    assert f"12 from capitals · 0 from missions · {planned.server.delegations - 12} have not answered" in said(first)
    (file,) = first.response.attachments
    assert len((await file.read()).decode().splitlines()) == 1 + planned.server.delegations
    turned = await planned.server.secretariat.click(first.response, label="Next ›")
    assert f"**Not answered · {planned.server.delegations - 12}**" in said(turned), "a page names what it goes on with"
    refused = await planned.told("registrations", planned.server.members["DK"])
    assert "Only the secretariat" in refused


async def test_the_secretariat_asks_only_those_who_have_not_answered_after_seeing_whom(planned: Room) -> None:
    services = planned.world.bot.services
    for code in ("DK", "SE", "FI"):
        account = planned.server.members[code].id
        async with services.transaction(account) as tx:
            await services.settings.change_account(
                tx, planned.server.id, account, channel="direct_message", timezone="Europe/Copenhagen"
            )
    await planned.told("register", planned.server.members["DK"], attendance="not_attending")
    # A Friday morning in Europe: within working hours.
    await planned.until(at(date(2026, 1, 9), 10))
    page = await planned.slash("registrations")
    preview = await planned.server.secretariat.click(page.response, label="Ask those who have not answered")
    told = said(preview)
    reached = len(planned.server.accounts) - 1
    assert f"This goes to {reached} people (2 by direct message and {reached - 2} at the top of" in told
    assert "1 delegation has answered already" in told
    await planned.told("register", planned.server.members["FI"], attendance="online", representative="capital", who="-")
    done = await planned.confirm(preview)
    assert "*Stop* holds it back" in said(done)
    await planned.world.travel(180)
    sent = {code: len(planned.server.members[code].user.dm_channel.history()) for code in ("DK", "SE", "FI")}
    assert sent == {"DK": 0, "SE": 1, "FI": 0}, "a person who answered meanwhile is left alone"


async def test_a_request_to_answer_does_not_wait_for_working_hours_past_the_deadline(room: Room) -> None:
    # A Saturday.
    await room.plan(FIRST_DAY, register_by="2026-04-04")
    services = room.world.bot.services
    account = room.server.members["DK"].id
    async with services.transaction(account) as tx:
        await services.settings.change_account(
            tx, room.server.id, account, channel="direct_message", timezone="Europe/Copenhagen"
        )
    await room.until(at(date(2026, 4, 3), 22))
    before = len(room.server.members["DK"].user.dm_channel.history())
    page = await room.slash("registrations")
    await room.confirm(await room.server.secretariat.click(page.response, label="Ask those who have not answered"))
    await room.until(at(date(2026, 4, 5), 1))
    asked = room.server.members["DK"].user.dm_channel.history()[before:]
    assert [("Please answer by 4 April" in m.content, m.created_at < at(date(2026, 4, 4), 23)) for m in asked] == [
        (True, True)
    ]


async def test_an_answer_with_its_representative_is_written_at_once_and_keeps_who_comes(planned: Room) -> None:
    member = planned.server.members["DK"]
    await planned.slash("register", member, attendance="in_person", representative="capital", who="Ms A")
    told = await planned.told("register", member, attendance="online", representative="mission")
    assert "Online · From the mission · Ms A" in told


async def test_without_a_deadline_the_card_and_the_sentence_name_the_same_last_day(room: Room) -> None:
    await room.plan(FIRST_DAY)
    member = room.server.members["DK"]
    assert "(30 April 2026, 23:59, Brussels)" in await room.told("show", member)
    assert "until 30 April 2026" in await room.told("register", member, attendance="not_attending")


async def test_a_single_answer_is_counted_in_the_singular(planned: Room) -> None:
    member = planned.server.members["DK"]
    await planned.slash("register", member, attendance="in_person", representative="capital", who="-")
    told = await planned.told("report")
    assert "**1** country" in told
    assert "**1** from a capital" in told
    async with planned.world.speaking("fr"):
        assert "🇩🇰 Danemark\u00a0: En présentiel" in await planned.told("show", member)
        form = await planned.slash("register", member, attendance="in_person")
        assert form.modal["title"] == "Réponse de la délégation"
