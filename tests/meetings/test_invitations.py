"""Meetings that do not invite all: who is told, counted and shown what, beside the annual one."""

import re
from datetime import timedelta

import pytest

from cogs.meetings.buttons import AnswerButton, ShowMeetingButton
from tests.chat.chatting import shown, write
from tests.meetings.conftest import Room, at
from tests.meetings.regional import (
    ANNUAL_DAY,
    PUBLIC,
    REGIONAL,
    REGIONAL_DAY,
    accept_messages,
    asked,
    europeans,
    event_names,
    meeting_in,
    plan_both,
    received,
    rows_about,
)
from tests.occasions.staging import buttons, press_stale
from tests.world import said


async def test_a_delegation_that_is_not_invited_hears_and_sees_nothing(room: Room) -> None:
    ghana, denmark = room.server.members["GH"], room.server.members["DK"]
    await accept_messages(room, ghana, denmark)
    await plan_both(room)
    meeting = await meeting_in(room, "Ljubljana")
    assert set(meeting.invited) == europeans(room)
    await room.slash("session add", title="Neighbours first", starts=f"{REGIONAL_DAY} 09:30", length="1h", meeting="#2")
    for command in ("meeting show", "meeting history", "meeting agenda", "pending", "calendar show"):
        assert "Ljubljana" not in await asked(room, ghana, command), command
    for command in ("meeting show", "meeting agenda"):
        refused = await asked(room, ghana, command, meeting="Ljubljana")
        assert "does not match exactly one meeting" in refused
        assert "Neighbours" not in refused
    general = room.server.channels["general"]
    offered = await ghana.autocomplete(general, "meeting show", "meeting", "")
    assert [choice["name"] for choice in offered] == ["Annual meeting · Accra, 14–15 September 2026"]
    shown = await ghana.slash(general, "about")
    for button in (AnswerButton.write("online", room.server.id, meeting.id), ShowMeetingButton.write(meeting.id)):
        pressed = said(await press_stale(ghana, shown.response, button))
        assert "not invited" in pressed
        assert "Ljubljana" not in pressed
    await room.until(at(REGIONAL_DAY + timedelta(days=3), 12, "Europe/Ljubljana"))
    assert "Ljubljana" not in received(ghana)
    assert "Ljubljana" not in await asked(room, ghana, "help")
    assert "Ljubljana" in received(denmark)
    assert not [text for _, text in room.posted() if "Ljubljana" in text]
    assert not [text for _, text in room.posted("members") if "Ljubljana" in text]
    assert event_names(room) == ["Annual meeting 2026, Accra"]


async def test_the_invited_are_invited_reminded_and_asked_one_by_one(room: Room) -> None:
    denmark, sweden = room.server.members["DK"], room.server.members["SE"]
    await accept_messages(room, denmark, sweden)
    await plan_both(room)
    await room.until(at(REGIONAL_DAY - timedelta(days=60), 12, "Europe/Ljubljana"))
    invitation = received(denmark)
    assert "The regional meeting for Europe 2026 takes place in Ljubljana, Slovenia, 11–12 May 2026." in invitation
    assert f"<@&{room.server.member_role.id}>" not in invitation
    options = {"attendance": "not_attending", "meeting": "Ljubljana"}
    assert "regional meeting for Europe 2026: Not attending." in await asked(
        room, sweden, "meeting register", **options
    )
    await room.until(at(REGIONAL_DAY + timedelta(days=1), 12, "Europe/Ljubljana"))
    reminded = received(denmark)
    # 30 days ahead is a Saturday: it waits for Monday, and counts from there. The day before is a Sunday: the first
    # day's own message takes its place.
    assert re.findall(r"(\d+) days until the regional", reminded) == ["28", "7"]
    assert "Tomorrow" not in reminded
    assert reminded.count("Today: ") == 2
    assert reminded.count("has not said yet") == 3, "14, 3 and 1 day before registration closes"
    declined = received(sweden)
    assert "days until the regional" not in declined, "a person who does not come is not reminded"
    assert "has not said yet" not in declined
    counts = [text for _, text in room.posted("secretariat") if "regional meeting" in text]
    assert len(counts) == 3
    assert f"0 attending, 1 not attending, {len(europeans(room)) - 1} have not answered" in counts[0]
    people = {row.person_id for row in await rows_about(room, "Ljubljana") if row.person_id is not None}
    assert room.server.untidy.without_account not in people, "the one of the OAS"
    assert not [r for r in await rows_about(room, "Accra") if r.state in ("failed", "missed")]


async def test_the_figures_of_two_meetings_never_mix(room: Room) -> None:
    denmark, ghana = room.server.members["DK"], room.server.members["GH"]
    await plan_both(room)
    told = await asked(room, denmark, "meeting register", attendance="online", representative="capital")
    assert "2 meetings are ahead" in told, "which one is not guessed"
    assert "Regional meeting for Europe, Ljubljana, 2026" in told
    options = {"attendance": "in_person", "representative": "capital", "who": "The director"}
    await asked(room, denmark, "meeting register", meeting="Ljubljana", **options)
    assert "annual meeting 2026: In person" in await asked(room, ghana, "meeting register", **options)
    services = room.world.bot.services
    for city, code in (("Ljubljana", "DK"), ("Accra", "GH")):
        meeting = await meeting_in(room, city)
        answers = await services.registrations.of_meeting(room.server.id, meeting.id)
        assert [answer.code for answer in answers] == [code]
        report = await room.told("report", meeting=city)
        assert "**1** country" in report
    listed = await room.told("registrations", meeting="Ljubljana")
    assert f"Not answered · {len(europeans(room)) - 1}" in listed
    assert "Ghana" not in listed
    options = {"attendance": "online", "representative": "capital", "who": "-", "meeting": "Ljubljana"}
    refused = await room.told("register", delegation="Ghana", **options)
    assert "invite it first with `/meeting invite`" in refused
    assert "Denmark" in await room.told("show", denmark), "the next one of a delegate is one that invites them"
    assert "Ljubljana" in await room.told("show", denmark)
    assert "Accra" in await room.told("show", ghana)
    assert "Accra" in await room.told("show", room.server.guest)


async def test_what_everybody_may_see_is_chosen_in_the_preview(room: Room) -> None:
    shown = await room.slash("plan", **REGIONAL)
    assert list(buttons(shown.response))[:2] == ["Confirm", PUBLIC]
    assert f"{len(europeans(room))} delegations are invited" in said(shown)
    assert "calls nobody" in said(shown)
    await room.server.secretariat.click(shown.response, label=PUBLIC)
    await room.world.travel(60)
    (message,) = room.server.channels["announcements"].history()
    assert "regional meeting for Europe 2026" in message.content
    assert f"<@&{room.server.member_role.id}>" not in message.content, "a role is called only where all are invited"
    assert event_names(room) == ["Regional meeting for Europe, Ljubljana, 2026"]
    ghana = room.server.members["GH"]
    assert "Ljubljana" in await room.told("show", ghana, meeting="Ljubljana")
    refused = said(await ghana.click(message, label="Online"))
    assert "not invited to the regional meeting for Europe 2026" in refused
    await room.confirm(await room.slash("edit", meeting="Ljubljana", city="Maribor", country="Slovenia"))
    await room.confirm(await room.slash("cancel", meeting="Maribor"))
    await room.world.travel(60)
    texts = [text for _, text in room.posted()]
    assert len(texts) == 3
    assert not [text for text in texts if "<@&" in text]


async def test_without_a_channel_nothing_can_be_shown_to_everybody_and_that_is_said(room: Room) -> None:
    shown = await room.slash("plan", **REGIONAL)
    channel = room.server.channels["announcements"]
    room.world.env.backend.delete_channel(channel.id)
    refused = said(await room.server.secretariat.click(shown.response, label=PUBLIC))
    assert "nothing was planned" in refused
    assert "/setup channels" in refused
    assert not await room.world.bot.services.meetings.all(room.server.id)
    again = await room.slash("plan", **REGIONAL)
    assert PUBLIC not in buttons(again.response)
    assert "cannot be shown to everybody" in said(again)


async def test_a_delegation_is_invited_later_and_its_invitation_taken_back(room: Room) -> None:
    ghana = room.server.members["GH"]
    await accept_messages(room, ghana)
    await plan_both(room)
    await room.until(room.now + timedelta(days=1))
    shown = await room.slash("invite", delegation="Ghana")
    assert "1 person" in said(shown)
    await room.confirm(shown)
    await room.until(room.now + timedelta(days=4))
    assert "takes place in Ljubljana" in received(ghana)
    options = {"attendance": "in_person", "representative": "capital", "who": "The minister", "meeting": "Ljubljana"}
    assert "In person" in await asked(room, ghana, "meeting register", **options)
    again = await room.told("invite", delegation="Ghana")
    assert "already invited" in again
    shown = await room.slash("invite", delegation="GH", remove=True)
    assert "The minister" in said(shown), "it says what becomes of the answer"
    assert "kept but not counted" in said(shown)
    await room.confirm(shown)
    await room.until(room.now + timedelta(days=4))
    told = received(ghana)
    assert "has withdrawn the invitation of Ghana" in told
    assert "takes place in Ljubljana" not in told, "what was sent before has lost its content"
    services, meeting = room.world.bot.services, await meeting_in(room, "Ljubljana")
    assert not await services.registrations.of_meeting(room.server.id, meeting.id)
    assert "Ghana" not in await room.told("registrations", meeting="Ljubljana")
    sent = len(ghana.user.dm_channel.history())
    await room.until(at(REGIONAL_DAY + timedelta(days=3), 12, "Europe/Ljubljana"))
    assert len(ghana.user.dm_channel.history()) == sent, "no reminder goes there any more"
    assert "is over" in await room.told("invite", delegation="Ghana", meeting="Ljubljana")


async def test_an_invitation_by_mistake_is_taken_back_without_a_word(room: Room) -> None:
    ghana = room.server.members["GH"]
    await accept_messages(room, ghana)
    await plan_both(room)
    await room.until(room.now + timedelta(days=1))
    await room.confirm(await room.slash("invite", delegation="Ghana"))
    shown = await room.slash("invite", delegation="Ghana", remove=True)
    await room.server.secretariat.click(shown.response, label="Without a message")
    await room.until(room.now + timedelta(days=4))
    assert not received(ghana)
    stale = await room.slash("invite", delegation="Ghana", remove=True)
    assert "is not invited" in said(stale)


async def test_what_invites_all_has_nothing_to_invite_to(room: Room) -> None:
    await room.plan(ANNUAL_DAY)
    assert "invites all delegations" in await room.told("invite", delegation="Ghana", meeting="2026")
    assert "plan a regional or preparatory one" in await room.told("invite", delegation="Ghana")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"kind": "annual"}, "The annual meeting invites all delegations"),
        ({"kind": "regional", "region": ""}, "needs its region"),
        ({"kind": "preparatory", "region": ""}, "Whom does this meeting invite?"),
        ({"invited": "Ghana; Atlantis"}, "“Atlantis” is not a delegation"),
        ({"invited": "Ghana; France"}, "France has no seat in this network"),
    ],
)
async def test_bad_input_about_the_invited_is_asked_back(room: Room, options: dict[str, str], words: str) -> None:
    given = {key: value for key, value in {**REGIONAL, **options}.items() if value}
    wrong = await room.slash("plan", **given)
    assert words in said(wrong)
    form = await room.server.secretariat.click(wrong.response, label="Correct")
    assert form.modal is not None
    assert not await room.world.bot.services.meetings.all(room.server.id)


async def test_a_preparatory_meeting_invites_a_chosen_list_and_its_hosts_see_it(room: Room) -> None:
    given = {**REGIONAL, "kind": "preparatory", "invited": "Ghana; Australia; EU", "hosts": "Rwanda"}
    del given["region"]
    await room.confirm(await room.slash("plan", **given))
    meeting = await meeting_in(room, "Ljubljana")
    assert meeting.invited == ("AU", "EU", "GH")
    assert "Preparatory meeting, Ljubljana, 2026" in await room.told("show", room.server.members["RW"])
    two_posts = room.server.untidy.two_posts
    assert "European Union" in await room.told("show", two_posts), "of two posts the one that is invited"
    assert "No meeting is planned yet" in await room.told("show", room.server.members["DK"])


async def test_the_host_sees_who_has_registered_for_its_meeting(room: Room) -> None:
    denmark, sweden, ghana = (room.server.members[code] for code in ("DK", "SE", "GH"))
    await plan_both(room)
    form = await room.slash("register", sweden, attendance="in_person", meeting="Ljubljana")
    assert "the host's delegation can see this answer" in str(form.modal)
    await sweden.submit_modal(form, {"representative": ["capital"], "who": "The deputy"})
    options = {"attendance": "online", "representative": "mission", "who": "-", "meeting": "Ljubljana"}
    await room.told("register", delegation="Finland", reference="NV 12/2026", **options)
    seen = await room.told("registrations", denmark)
    assert "The deputy" in seen
    assert "NV 12/2026" not in seen
    assert "Not answered" not in seen, "who has not answered is for the secretariat"
    assert "NV 12/2026" in await room.told("registrations", meeting="Ljubljana")
    for member, meeting in ((sweden, "Ljubljana"), (ghana, "Accra"), (denmark, "Accra")):
        assert "Only the secretariat and the host's" in await room.told("registrations", member, meeting=meeting)
    assert "does not match exactly one meeting" in await room.told("registrations", ghana, meeting="Ljubljana")
    europe = room.server.untidy.two_posts
    assert "Only the secretariat" in await room.told("registrations", europe, meeting="Ljubljana")


async def test_a_note_verbale_is_marked_with_its_reference_and_colleagues_are_told(room: Room) -> None:
    senegal = room.server.members["SN"]
    await accept_messages(room, senegal)
    await room.plan(ANNUAL_DAY)
    refused = await room.told("register", senegal, attendance="online", representative="capital", reference="NV 1")
    assert "leave it out" in refused
    form = await room.slash("register", attendance="in_person", delegation="Senegal", reference="NV 12/2026")
    assert "NV 12/2026" in str(form.modal)
    typed = {"representative": ["capital"], "who": "The minister", "reference": "NV 12/2026"}
    told = said(await room.server.secretariat.submit_modal(form, typed))
    assert "by note verbale NV 12/2026" in told
    await room.world.travel(timedelta(days=4))
    assert "note verbale (NV 12/2026)" in received(senegal)
    await room.told("register", senegal, attendance="online", representative="capital", who="-")
    assert "note verbale" not in await room.told("registrations"), "the delegation has answered itself since"


async def test_a_second_annual_meeting_within_300_days_is_asked_about(room: Room) -> None:
    await room.plan(ANNUAL_DAY)
    given = {"city": "Madrid", "country": "Spain", "hosts": "Spain", "theme": "Prevention"}
    for apart, is_asked in ((299, True), (300, False)):
        day = ANNUAL_DAY + timedelta(days=apart)
        shown = await room.slash("plan", starts_on=str(day), ends_on=str(day), **given)
        assert ("really a second annual meeting" in said(shown)) is is_asked, apart
    assert "second annual" not in said(await room.slash("plan", **REGIONAL))


async def test_numbers_count_by_kind_and_region(room: Room) -> None:
    history = await room.slash("history")
    await room.server.secretariat.click(history.response, label="Add the recorded meetings of 2011–2025")
    await plan_both(room)
    meeting, annual = await meeting_in(room, "Ljubljana"), await meeting_in(room, "Accra")
    assert (meeting.number, annual.number) == (4, 12)
    shown = await room.slash(
        "plan", **{**REGIONAL, "region": "african", "number": 11, "city": "Kigali", "country": "RW"}
    )
    assert "11th regional meeting for Africa" in said(shown)
    taken = await room.told("plan", **{**REGIONAL, "number": 3, "starts_on": "2026-06-01", "ends_on": "2026-06-02"})
    assert "the number 3 already" in taken


async def test_the_secretariat_writes_to_those_of_one_meeting(room: Room) -> None:
    denmark, ghana = room.server.members["DK"], room.server.members["GH"]
    await plan_both(room)
    secretary, general = room.server.secretariat, room.server.channels["general"]
    refused = await secretary.slash(general, "message send", audience="unanswered", text="Please answer")
    assert "2 meetings are ahead" in said(refused)
    meeting = await meeting_in(room, "Ljubljana")
    options = {"audience": "unanswered", "text": "Please answer", "meeting": f"#{meeting.id}"}
    await secretary.click((await secretary.slash(general, "message send", **options)).response, label="Confirm")
    await room.world.travel(timedelta(days=3))
    assert "Please answer" in await asked(room, denmark, "help")
    assert "Please answer" not in await asked(room, ghana, "help")
    stray = await secretary.slash(general, "message send", audience="all", text="Hello", meeting=f"#{meeting.id}")
    assert "leave it out" in said(stray)


async def test_fair_hours_are_those_of_the_invited(room: Room) -> None:
    await plan_both(room)
    secretary, general = room.server.secretariat, room.server.channels["general"]
    shown = await secretary.slash(general, "webinar slots", date="2026-03-12", meeting="Ljubljana")
    assert f"{len(europeans(room))} at work" in said(shown), "it is daytime in all of Europe at once"


async def test_in_one_s_own_words_the_kind_that_is_named_is_meant(room: Room) -> None:
    denmark, ghana = room.server.members["DK"], room.server.members["GH"]
    await plan_both(room)
    assert "Ljubljana" in shown(await write(denmark, "when is the next meeting?"))
    assert "Accra" in shown(await write(denmark, "when is the annual meeting?"))
    assert "Ljubljana" in shown(await write(denmark, "Quand a lieu la réunion régionale ?"))
    for question in ("when is the regional meeting?", "how many come to the regional meeting?"):
        told = shown(await write(ghana, question))
        assert "Ljubljana" not in told
        assert "regional" not in told, "of a meeting that does not invite them nobody learns that there is one"
