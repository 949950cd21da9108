import re

from tests.webinars.staging import LINK, command, inbox, posted, press, schedule, scheduled, webinars_of
from tests.world import World, embed_text, said


async def test_a_preview_shows_the_hours_around_the_network_and_nothing_is_posted_before_confirm(world: World) -> None:
    preview = await schedule(world)
    text = said(preview)
    for moment in ("08:00, Costa Rica", "15:00, Brussels", "20:00, Dhaka", "13 March 2026, 03:00, Auckland"):
        assert moment in text
    assert "It is night (23:00 to 07:00) for Australia, New Zealand, Philippines" in text
    assert f"<#{world.server.channels['announcements'].id}> and calls <@&{world.server.member_role.id}>" in text
    assert LINK not in text
    assert not posted(world)
    cancelled = await press(world, preview, "Cancel")
    assert "nothing was changed" in said(cancelled)
    assert not posted(world)


async def test_a_title_that_names_a_country_is_asked_about(world: World) -> None:
    asked = "Named in the title: "
    assert asked not in said(await schedule(world))
    assert f"{asked}Côte d'Ivoire and Sudan." in said(await schedule(world, title="From Côte d’Ivoire to Sudan"))


async def test_a_preview_says_for_how_many_the_day_is_not_a_working_day(world: World) -> None:
    assert "weekend" not in said(await schedule(world))
    text = said(await schedule(world, starts="14 March 2026 15:00"))
    found = re.search(r"a weekend or a public holiday for (\d+) of (\d+) delegations", text)
    assert found
    assert found[1] == found[2]


async def test_more_details_go_on_with_what_was_typed(world: World) -> None:
    preview = await schedule(world)
    form = await press(world, preview, "More details")
    details = {"timezone": "Accra", "speakers": "The Special Adviser", "languages": "es", "reminders": "1h"}
    text = said(await world.server.secretariat.submit_modal(form, details))
    assert "12 March 2026, 15:00, Accra" in text
    assert "The Special Adviser" in text
    assert "Spanish" in text


async def test_lists_and_choices_name_the_time_in_the_readers_own_zone(world: World) -> None:
    await scheduled(world)
    guest = world.server.guest
    assert "Prevention in practice" in said(await command(world, "list", guest))
    choices = await guest.autocomplete(world.server.channels["general"], "webinar show", "webinar", "prev")
    assert [choice["name"] for choice in choices] == ["12 March 2026, 10:00, New York · Prevention in practice"]
    assert not await guest.autocomplete(world.server.channels["general"], "webinar edit", "webinar", "")


async def test_the_card_shows_length_speakers_languages_and_counts(world: World) -> None:
    await scheduled(world, speakers="Ms A and Mr B", languages="English, French")
    card = embed_text(posted(world)[0].embeds[0])
    for words in ("1 hour 30 minutes", "Ms A and Mr B", "English and French", "Attending: 0", "12 March 2026, 15:00"):
        assert words in card


async def test_a_test_goes_to_whoever_is_about_to_send_it_and_to_nobody_else(world: World) -> None:
    preview = await schedule(world)
    await press(world, preview, "Send test to me")
    await world.travel(60)
    (test,) = inbox(world.server.secretariat)
    assert "Webinar: “Prevention in practice”, 12 March 2026, 15:00, Brussels" in test.content
    assert not posted(world)
    await press(world, preview)
    (webinar,) = await webinars_of(world)
    for asked in (
        await command(world, "edit", webinar=f"#{webinar.id}", starts="2026-03-19 16:00"),
        await command(world, "cancel", webinar=f"#{webinar.id}", reason="The speaker is ill"),
    ):
        await press(world, asked, "Send test to me")
    await world.travel(60)
    moved, cancelled = (message.content for message in inbox(world.server.secretariat)[1:])
    assert "has moved: it now begins 19 March 2026, 16:00" in moved
    assert "is cancelled: The speaker is ill" in cancelled
    assert len(posted(world)) == 1, "the announcement"


async def test_the_form_says_in_which_zone_the_start_is_read(world: World) -> None:
    form = await command(world, "schedule", title="Prevention", timezone="Europe/Brussels")
    assert "3pm, in Brussels" in str(form.modal)
    typed = {"title": "Prevention", "starts": "12 March 2026", "duration": "90 min", "link": LINK}
    refused = await world.server.secretariat.submit_modal(form, typed)
    again = await press(world, refused, "Correct")
    assert "3pm, in Brussels" in str(again.modal)
    assert "3pm, in New York" in str((await command(world, "schedule", timezone="Bruxxl")).modal)


async def test_a_test_of_what_is_announced_reads_as_the_announcement_will(world: World) -> None:
    secretary = world.server.secretariat
    await secretary.slash(world.server.channels["general"], "settings language", language="fr")
    await press(world, await schedule(world), "M'envoyer un essai")
    (test,) = inbox(secretary)
    assert test.content.splitlines()[1].startswith("Webinar: “Prevention in practice”")
