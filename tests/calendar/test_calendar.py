"""The calendar: what is ahead for whom, days added and removed, and the file as three libraries read it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import discord
import vobject
from ical.calendar import Calendar as OtherCalendar
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from bot.texts import Reader
from cogs.calendar.rules import days_of, titles_of
from tests.people import Person
from tests.world import World, card, said

PREVENTION = "International Day of Commemoration"
DAY: dict[str, Any] = {"title": "Consultation with civil society", "day": "2026-05-03", "description": "In New York"}
WEBINAR: dict[str, Any] = {
    "title": "Early warning",
    "starts": "2026-03-12 15:00",
    "duration": "1h",
    "link": "https://example.org/join",
}
WEBINAR |= {"description": "How", "speakers": "Ms A", "languages": "English"}


async def slash(world: World, command: str, actor: Person | None = None, **options: Any) -> Any:
    server = world.server
    return await (actor or server.secretariat).slash(server.channels["general"], command, **options)


async def shown(world: World, actor: Person | None = None) -> tuple[str, bytes]:
    """Return what ``/calendar show`` says, and its file."""
    answer = await slash(world, "calendar show", actor or world.server.guest)
    (file,) = answer.response.attachments
    return said(answer), await file.read()


def by_uid(content: bytes) -> dict[str, Any]:
    return {str(event["UID"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def titled(content: bytes, title: str) -> Any:
    (event,) = [event for event in by_uid(content).values() if title in str(event["SUMMARY"])]
    return event


async def add(world: World, **options: Any) -> str:
    given: dict[str, Any] = DAY | options
    return said(await slash(world, "calendar add", **given))


async def test_every_network_begins_with_the_day_of_genocide_prevention_in_each_language(world: World) -> None:
    for language, title in (
        ("en", "International Day of Commemoration and Dignity of the Victims of the Crime of Genocide"),
        ("fr", "Journée internationale de commémoration des victimes du crime de génocide"),
        ("es", "Día Internacional para la Conmemoración y Dignificación de las Víctimas del Crimen de Genocidio"),
    ):
        async with world.speaking(language):
            text, content = await shown(world)
        assert title in text
        assert "69/323" in text
        assert titled(content, title)["DTSTART"].dt == date(2026, 12, 9)


async def test_three_libraries_read_the_file_and_repeat_what_is_yearly(world: World) -> None:
    async with world.speaking("en"):
        await add(world)
        webinar = await slash(world, "webinar schedule", **WEBINAR)
        await world.server.secretariat.click(webinar.response, label="Confirm")
        text, content = await shown(world)
        _, members = await shown(world, world.server.members["GH"])
    assert text.index("Early warning") < text.index(DAY["title"]) < text.index(PREVENTION), "what comes first is first"
    assert b"example.org" not in content
    assert b"example.org" in members
    found = by_uid(content)
    assert len(found) == 3
    again = {event.uid.value: event for event in cast(Any, vobject.readOne(content.decode())).vevent_list}
    assert again.keys() == found.keys()
    other: OtherCalendar = IcsCalendarStream.calendar_from_ics(content.decode())
    assert {event.uid for event in other.events} == found.keys()
    ahead = other.timeline.overlapping(datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC))
    days = [event.start for event in ahead if PREVENTION in (event.summary or "")]
    assert days == [date(2026, 12, 9), date(2027, 12, 9), date(2028, 12, 9)]
    (consultation,) = [event for event in other.events if event.summary == DAY["title"]]
    assert (consultation.start, consultation.end) == (date(2026, 5, 3), date(2026, 5, 4))
    (timed,) = [event for event in other.events if event.summary == WEBINAR["title"]]
    assert cast(datetime, timed.start).astimezone(UTC) == datetime(2026, 3, 12, 19, tzinfo=UTC)


async def test_what_is_removed_is_struck_out_under_the_same_name_and_a_higher_sequence(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        await add(world)
        _, before = await shown(world)
        for typed in (DAY["title"], "genocide_prevention"):
            asked = await slash(world, "calendar remove", entry=typed)
            assert "Remove" in said(asked)
            await world.restart()
            await server.secretariat.click(asked.response, label="Confirm")
        text, after = await shown(world)
        assert said(await slash(world, "calendar remove", entry=DAY["title"])).count("/calendar show") == 1
    assert DAY["title"] not in text
    assert PREVENTION not in text
    assert by_uid(after).keys() == by_uid(before).keys()
    for uid, event in by_uid(after).items():
        assert event["STATUS"] == "CANCELLED"
        assert event["SEQUENCE"] == by_uid(before)[uid]["SEQUENCE"] + 1
    async with world.speaking("en"):
        assert "in the calendar now" in await add(world)
        _, anew = await shown(world)
    assert len(by_uid(anew)) == len(by_uid(after)) + 1, "what is added anew is another entry"
    assert PREVENTION in (await shown_in_other(world))


async def shown_in_other(world: World) -> str:
    return said(await world.other.guest.slash(world.other.channels["general"], "calendar show"))


async def test_what_one_network_adds_the_other_does_not_see(world: World) -> None:
    async with world.speaking("en"):
        await add(world)
        assert DAY["title"] not in await shown_in_other(world)


async def test_a_day_that_cannot_be_is_refused_in_one_sentence_and_comes_back_filled_in(world: World) -> None:
    async with world.speaking("en"):
        refused: list[tuple[dict[str, Any], str]] = [
            ({"day": "2028-02-29", "yearly": True}, "leap years"),
            ({"day": "29 February", "yearly": True}, "leap years"),
            ({"day": "2025-12-30"}, "has passed"),
            ({"day": "9 December 2026", "title": titles()[0]}, "already"),
            ({"day": "9 December", "title": titles()[1].upper(), "yearly": True}, "already"),
            ({"day": "someday"}, "someday"),
            ({"link": "nowhere"}, "web address"),
        ]
        for options, reason in refused:
            answer = await slash(world, "calendar add", **{**DAY, **options})
            assert reason in said(answer), options
            assert (await world.server.secretariat.click(answer.response, label="Correct")).modal is not None
        refused_last = await slash(world, "calendar add", **{**DAY, "link": "nowhere"})
        form = await world.server.secretariat.click(refused_last.response, label="Correct")
        again = await world.server.secretariat.submit_modal(
            form, {**DAY, "yearly": ["no"], "link": "https://example.org/day"}
        )
        assert "in the calendar now" in said(again)


def titles() -> list[str]:
    """Return what the bot's own day is called, in each language."""
    return titles_of(days_of(1, [], (), Reader("en", "UTC"))[0])


async def test_the_same_entry_twice_is_refused_however_it_is_spelt_and_whoever_is_quicker(world: World) -> None:
    async with world.speaking("en"):
        await add(world)
        assert "already" in await add(world, title="  consultation with CIVIL society ")
        assert "already" in await add(world, day="3 May", yearly=True)
        assert "now, each year, next on 4 May 2026" in await add(world, day="4 May", yearly=True)
        assert "already" in await add(world, day="2027-05-04")
        assert "in the calendar now" in await add(world, day="2026-05-05")


async def test_a_yearly_day_may_be_typed_without_its_year_and_comes_next_year_when_it_has_passed(world: World) -> None:
    async with world.speaking("en"):
        await world.travel(timedelta(days=40))
        assert "next on 24 January 2027" in await add(world, day="24 January", yearly=True)
        assert "next on 24 January 2027" in await add(world, day="2020-01-24", yearly=True, title="Anniversary")
        text, _ = await shown(world)
    assert "24 January 2027" in text


async def test_without_a_description_the_form_opens_filled_in(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        opened = await slash(world, "calendar add", title="Preparation", day="2026-06-01")
        assert opened.modal is not None
        added = await server.secretariat.submit_modal(
            opened, {"title": "Preparation", "day": "2026-06-01", "yearly": ["no"]}
        )
        assert "Preparation" in said(added)
        assert "1 June 2026" in (await shown(world))[0]


async def test_a_long_calendar_has_pages_and_one_file_of_all(world: World) -> None:
    async with world.speaking("en"):
        for day in range(1, 12):
            await add(world, title=f"Day number {day}", day=f"2026-04-{day:02}")
        first = await slash(world, "calendar show", world.server.guest)
        assert "Day number 9" not in said(first)
        (file,) = first.response.attachments
        assert len(by_uid(await file.read())) == 12
        turned = await world.server.guest.click(first.response, label="Next ›")
    message = cast(discord.Message, turned.response or first.response)
    assert "Day number 9" in (message.embeds[0].description or "")
    assert PREVENTION in (message.embeds[0].description or "")


async def test_polls_and_deadlines_are_for_members(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        options: dict[str, Any] = {
            "question": "Which month suits?",
            "options": "May; June",
            "closes": "2026-02-01 12:00",
        }
        asked = await slash(world, "poll create", **options)
        await server.secretariat.click(asked.response, label="Confirm")
        text, before = await shown(world, server.members["GH"])
        assert "Which month suits?" in text
        assert "Which month suits?" not in said(await slash(world, "calendar show", server.guest))
        assert "Which month suits?" not in await shown_in_other(world)
        assert card(await slash(world, "calendar show", server.secretariat)).title == "What is ahead"
        poll = titled(before, "Which month suits?")
        assert poll["DTSTART"].dt == datetime(2026, 2, 1, 17, tzinfo=UTC)
        assert "DTEND" not in poll, "an end would have to be later than the beginning"
        for command, options in (("poll edit", {"closes": "2026-02-03 12:00"}), ("poll cancel", {})):
            asked = await slash(world, command, poll="Which month suits?", **options)
            await server.secretariat.click(asked.response, label="Confirm")
            _, after = await shown(world, server.members["GH"])
            changed = titled(after, "Which month suits?")
            assert changed["UID"] == poll["UID"]
            assert changed["SEQUENCE"] == poll["SEQUENCE"] + 1
            poll = changed
        assert poll["STATUS"] == "CANCELLED"
        assert poll["DTSTART"].dt == datetime(2026, 2, 3, 17, tzinfo=UTC)
        assert b"Which month suits?" not in (await shown(world))[1]
