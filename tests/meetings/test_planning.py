from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.meetings.conftest import Room, filled
from tests.world import as_shown, said, twice

FIRST_DAY = date(2026, 5, 1)
GIVEN = {"city": "Accra", "country": "Ghana", "hosts": "Denmark; Ghana; Kofi Annan Centre", "theme": "Prevention"}


async def test_the_announcement_is_seen_with_where_it_goes_before_anything_goes_out(room: Room) -> None:
    shown = await room.slash("plan", starts_on="1 May 2026", ends_on="2 mai 2026", **GIVEN)
    announcements = room.server.channels["announcements"]
    first, quoted = said(shown).splitlines()[:2]
    assert first == (f"One message goes to <#{announcements.id}> and calls <@&{room.server.member_role.id}>:")
    assert quoted.startswith("> The annual meeting 2026 takes place in Accra, Ghana, 1–2 May 2026.")
    assert "🇩🇰 Denmark and 🇬🇭 Ghana, with Kofi Annan Centre" in said(shown)
    assert not announcements.history()
    await room.confirm(shown)
    (message,) = announcements.history()
    assert as_shown(message.content) == f"<@&{room.server.member_role.id}> {quoted.removeprefix('> ')}"
    assert (await room.meeting()).timezone == "Africa/Accra"


async def test_a_test_of_what_is_not_yet_confirmed_goes_to_whoever_asks(room: Room) -> None:
    shown = await room.slash("plan", starts_on="2026-05-01", ends_on="2026-05-02", **GIVEN)
    await room.server.secretariat.click(shown.response, label="Send test to me")
    (test,) = room.server.secretariat.user.dm_channel.history()
    assert test.content.splitlines()[1].startswith("The annual meeting 2026 takes place in Accra, Ghana, 1–2 May 2026.")
    assert not room.posted()
    await room.confirm(shown)
    cancelling = await room.slash("cancel", meeting="2026", reason="No host")
    await room.server.secretariat.click(cancelling.response, label="Send test to me")
    newest = room.server.secretariat.user.dm_channel.history()[-1]
    assert newest.content.endswith("is cancelled: No host")
    assert (await room.meeting()).cancelled_at is None


async def test_a_test_reads_as_the_public_message_will(room: Room) -> None:
    secretary = room.server.secretariat
    await secretary.slash(room.server.channels["general"], "settings language", language="fr")
    shown = await room.slash("plan", starts_on="2026-05-01", ends_on="2026-05-02", **GIVEN)
    await secretary.click(shown.response, label="M'envoyer un essai")
    (test,) = secretary.user.dm_channel.history()
    assert test.content.splitlines()[1].startswith("The annual meeting 2026 takes place in Accra, Ghana, 1–2 May 2026.")


async def test_cancelling_the_preview_leaves_nothing(room: Room) -> None:
    shown = await room.slash("plan", starts_on="2026-05-01", ends_on="2026-05-02", **GIVEN)
    await room.server.secretariat.click(shown.response, label="Cancel")
    assert not await room.world.bot.services.meetings.all(room.server.id)


async def test_an_interaction_that_arrives_twice_plans_one_meeting(room: Room) -> None:
    shown = await room.slash("plan", starts_on="2026-05-01", ends_on="2026-05-02", **GIVEN)
    with room.world.delivering(twice):
        await room.confirm(shown)
        await room.world.env.settle()
    assert len(await room.world.bot.services.meetings.all(room.server.id)) == 1


async def test_a_wrong_date_brings_the_form_back_filled_in(room: Room) -> None:
    wrong = await room.slash("plan", starts_on="03/04/2026", ends_on="2026-04-05", **GIVEN)
    assert "03/04/2026" in said(wrong)
    form = await room.server.secretariat.click(wrong.response, label="Correct")
    assert "03/04/2026" in str(form.modal)
    assert "Accra" in str(form.modal)
    again = await room.submit(form, starts_on="2026-04-06")
    assert "The last day, 5 April 2026, comes before the first, 6 April 2026: correct one." in said(again)
    form = await room.server.secretariat.click(again.response, label="Correct")
    shown = await room.submit(form, ends_on="2026-04-07")
    assert "6–7 April 2026" in said(shown)
    await room.confirm(shown)
    meeting = await room.meeting()
    assert (meeting.starts_on, meeting.theme, meeting.hosts) == (date(2026, 4, 6), "Prevention", ("DK", "GH"))


async def test_a_form_that_comes_back_asks_in_the_order_of_the_card(room: Room) -> None:
    wrong = await room.slash("plan", **{**GIVEN, "ends_on": "2026-04-05", "starts_on": "2026-04-06"})
    form = await room.server.secretariat.click(wrong.response, label="Correct")
    assert list(filled(form)) == ["starts_on", "ends_on", "city", "country", "hosts"]


async def test_texts_left_out_are_asked_for_in_a_form(room: Room) -> None:
    form = await room.slash("plan", starts_on="2026-05-01", ends_on="2026-05-02", city="Madrid")
    shown = await room.server.secretariat.submit_modal(
        form, {"hosts": "Spain, Chile", "theme": "", "register_by": "2026-04-01"}
    )
    await room.confirm(shown)
    meeting = await room.meeting()
    assert (meeting.hosts, meeting.theme, meeting.timezone) == (("ES", "CL"), "", "Europe/Madrid")
    assert meeting.register_by is not None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"city": "Springfield"}, "What is the time zone of Springfield?"),
        ({"country": "Utopia"}, "“Utopia” is not a country that the bot knows"),
        ({"timezone": "CET"}, "CET"),
        ({"reminders": "often"}, "“often” was not understood"),
        ({"starts_on": "2025-01-01", "ends_on": "2025-01-02"}, "1 January 2025 has passed"),
        ({"ends_on": "2026-07-01"}, "more than a month"),
        ({"register_by": "2026-06-01"}, "Registration would close after the meeting opens"),
        ({"register_by": "01/02/2026"}, "01/02/2026"),
    ],
)
async def test_whatever_is_wrong_is_said_with_what_to_do_and_nothing_typed_is_lost(
    room: Room, options: dict[str, str], words: str
) -> None:
    given: dict[str, str] = {"starts_on": "2026-05-01", "ends_on": "2026-05-02", "city": "Madrid"}
    wrong = await room.slash("plan", **{**given, "hosts": "Spain", "theme": "Prevention", **options})
    assert words in said(wrong)
    form = await room.server.secretariat.click(wrong.response, label="Correct")
    for typed in options.values():
        assert typed in str(form.modal)
    assert not await room.world.bot.services.meetings.all(room.server.id)


async def test_the_next_number_follows_the_record_and_is_never_given_twice(room: Room) -> None:
    history = await room.slash("history")
    await room.server.secretariat.click(history.response, label="Add the recorded meetings of 2011–2025")
    shown = await room.slash("plan", starts_on="2026-05-01", ends_on="2026-05-02", **GIVEN)
    assert "The 12th annual meeting takes place in Accra" in said(shown)
    taken = await room.slash("plan", starts_on="2026-05-01", ends_on="2026-05-02", number=11, **GIVEN)
    assert "Another meeting has the number 11 already" in said(taken)
    await room.confirm(shown)
    assert "12th annual meeting" in await room.told("show")
    assert "1st annual meeting" in await room.told("show", meeting="2011")


async def test_a_move_takes_sessions_and_the_deadline_along(room: Room) -> None:
    await room.plan(FIRST_DAY, register_by="2026-04-01")
    await room.slash("session add", title="Opening", starts="2026-05-01 09:30", length="90 min")
    shown = await room.slash("edit", starts_on="2026-05-11", ends_on="2026-05-12")
    assert "Its 1 session moves with it." in said(shown)
    await room.confirm(shown)
    assert "### Monday 11 May 2026\n**09:30–11:00**" in await room.told("agenda")
    assert "11 April 2026" in await room.told("register", room.server.members["DK"], attendance="not_attending")


async def test_a_deadline_keeps_its_day_when_the_meeting_moves_to_other_clocks(room: Room) -> None:
    await room.plan(FIRST_DAY, register_by="2026-04-01")
    await room.edit(city="London", country="United Kingdom")
    meeting = await room.meeting()
    assert meeting.register_by == datetime(2026, 4, 1, 23, 59, 59, tzinfo=ZoneInfo("Europe/London"))
    assert "by 1 April 2026 with" in room.posted()[0][1]


async def test_a_move_that_would_close_registration_asks_for_a_new_deadline(room: Room) -> None:
    await room.plan(FIRST_DAY, register_by="2026-03-10")
    asked = await room.slash("edit", starts_on="2026-02-10", ends_on="2026-02-11")
    assert "Registration would have closed on 20 December 2025" in said(asked)
    form = await room.server.secretariat.click(asked.response, label="Correct")
    assert filled(form) == {"register_by": "", "starts_on": "2026-02-10", "ends_on": "2026-02-11"}
    await room.confirm(await room.submit(form, register_by="2026-02-01"))
    assert "by 1 February 2026" in room.posted()[0][1], "the announcement says the new deadline"
    assert "changed until 1 February 2026" in await room.told(
        "register", room.server.members["DK"], attendance="not_attending"
    )


async def test_days_that_leave_a_session_outside_are_refused(room: Room) -> None:
    await room.plan(FIRST_DAY, days=3)
    await room.slash("session add", title="Closing", starts="2026-05-03 15:00", length="1h")
    told = await room.told("edit", ends_on="2026-05-02")
    assert told.startswith("Closing would fall outside the meeting's days")


async def test_a_change_that_nobody_needs_to_hear_of_is_made_at_once(room: Room) -> None:
    await room.plan(FIRST_DAY)
    posted = len(room.posted())
    assert "Changed." in await room.told("edit", panelists=12, observers=4)
    assert len(room.posted()) == posted
    assert "**12** panelists" in await room.told("report")
    told = await room.told("edit", theme="Prevention")
    assert told.startswith("Nothing differs from what is on record")


async def test_without_a_channel_the_preview_says_that_nothing_will_be_announced(room: Room) -> None:
    services = room.world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(tx, room.server.id, announcements_channel_id=None)
    shown = await room.slash("plan", starts_on="2026-05-01", ends_on="2026-05-02", **GIVEN)
    assert said(shown).startswith("Nothing will be announced, because no channel is set for announcements")
    await room.confirm(shown)
    assert not await room.rows("failed")


async def test_a_meeting_of_the_other_network_is_not_there(room: Room) -> None:
    await room.plan(FIRST_DAY)
    other = room.world.other
    result = await other.secretariat.slash(other.channels["general"], "meeting show", meeting="2026")
    assert said(result).startswith("“2026” does not match exactly one meeting")
    choices = await other.secretariat.autocomplete(other.channels["general"], "meeting show", "meeting", "")
    assert not choices


async def test_answers_are_in_the_reader_s_language(room: Room) -> None:
    await room.plan(FIRST_DAY)
    async with room.world.speaking("fr"):
        told = await room.told("show", room.server.guest)
        assert "Réunion annuelle, Bruxelles, 2026" in told
        assert "vendredi 1er mai 2026" in told
    async with room.world.speaking("es"):
        told = await room.told("agenda", room.server.guest)
        assert "El orden del día todavía no tiene sesiones." in told


async def test_typed_text_makes_no_markdown_and_no_mention(room: Room) -> None:
    theme = "@everyone **[free](https://example.org)** <@1>"
    shown = await room.slash(
        "plan", starts_on=str(FIRST_DAY), ends_on=str(FIRST_DAY + timedelta(days=1)), **{**GIVEN, "theme": theme}
    )
    text = said(shown)
    assert "@everyone" not in text
    assert "[free](" not in text
    assert r"\<@1>" in text


async def test_a_move_to_another_country_asks_which(room: Room) -> None:
    await room.plan(FIRST_DAY)
    wrong = await room.slash("edit", city="Geneva")
    assert said(wrong).startswith("Is Geneva in Belgium? Add the country.")
    form = await room.server.secretariat.click(wrong.response, label="Correct")
    await room.confirm(await room.submit(form, country="Switzerland"))
    meeting = await room.meeting()
    assert (meeting.city, meeting.country, meeting.timezone) == ("Geneva", "CH", "Europe/Zurich")


async def test_forms_and_buttons_work_after_a_restart(room: Room) -> None:
    wrong = await room.slash("plan", starts_on="soon", ends_on="2026-05-02", **GIVEN)
    await room.world.restart()
    form = await room.server.secretariat.click(wrong.response, label="Correct")
    await room.world.restart()
    shown = await room.submit(form, starts_on="2026-05-01")
    await room.world.restart()
    await room.confirm(shown)
    announcement = room.server.channels["announcements"].history()[0]
    await room.world.restart()
    told = said(await room.server.members["DK"].click(announcement, label="Not attending"))
    assert "🇩🇰 Denmark (DK), annual meeting 2026: Not attending." in told
