from datetime import UTC, datetime, timedelta
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import vobject
from simcord.results import InteractionResult

from cogs.webinars.calendar import STRUCK_OUT_FOR
from tests.webinars.staging import LINK, STARTS_AT, command, posted, press, scheduled
from tests.world import World, said


async def entries(answer: InteractionResult) -> list[Any]:
    """Read the file of an answer with another library than the one that wrote it."""
    (file,) = answer.response.attachments
    return list(cast(Any, vobject.readOne((await file.read()).decode())).vevent_list)


async def test_the_file_says_when_and_members_where(world: World) -> None:
    await scheduled(world, description="Première partie; « deuxième », fin")
    (announcement,) = posted(world)
    (entry,) = await entries(await world.server.members["GH"].click(announcement, label="Add to calendar"))
    assert entry.dtstart.value == STARTS_AT
    assert entry.dtend.value == STARTS_AT + timedelta(minutes=90)
    assert entry.url.value == LINK
    assert "Première partie; « deuxième », fin" in entry.description.value
    answer = await world.server.guest.click(announcement, label="Add to calendar")
    (public,) = await entries(answer)
    (file,) = answer.response.attachments
    assert public.uid.value == entry.uid.value
    assert LINK not in (await file.read()).decode() + said(answer)


async def test_the_zone_is_right_on_both_sides_of_a_change_to_summer_time(world: World) -> None:
    await scheduled(world, starts="2026-03-28 15:00")
    await scheduled(world, title="After the change", starts="2026-03-30 15:00")
    found = await entries(await command(world, "calendar", world.server.members["GH"]))
    starts = [entry.dtstart.value for entry in found]
    assert [start.astimezone(UTC).hour for start in starts] == [14, 13]
    assert [start.hour for start in starts] == [15, 15]


async def test_changes_raise_the_sequence_and_a_cancellation_strikes_it_out(world: World) -> None:
    webinar = await scheduled(world)
    (announcement,) = posted(world)
    await press(world, await command(world, "edit", webinar=f"#{webinar.id}", duration="1 hour"), "Correct silently")
    (changed,) = await entries(await world.server.members["GH"].click(announcement, label="Add to calendar"))
    assert (changed.sequence.value, changed.status.value) == ("1", "CONFIRMED")
    await press(world, await command(world, "cancel", webinar=f"#{webinar.id}"))
    (struck,) = await entries(await world.server.members["GH"].click(announcement, label="Add to calendar"))
    assert (struck.sequence.value, struck.status.value) == ("2", "CANCELLED")
    assert struck.uid.value == changed.uid.value


async def test_the_file_of_all_strikes_cancelled_ones_out_until_they_are_long_past(world: World) -> None:
    kept = await scheduled(world, title="Kept", starts="2026-03-10 15:00")
    webinar = await scheduled(world)
    member = world.server.members["GH"]
    before = {entry.uid.value: entry for entry in await entries(await command(world, "calendar", member))}
    await press(world, await command(world, "cancel", webinar=f"#{webinar.id}"))
    answer = await command(world, "calendar", member)
    after = {entry.uid.value: entry for entry in await entries(answer)}
    assert after.keys() == before.keys()
    states = {entry.summary.value: (entry.status.value, entry.sequence.value) for entry in after.values()}
    assert states == {"Kept": ("CONFIRMED", str(kept.sequence)), webinar.title: ("CANCELLED", "1")}
    (file,) = answer.response.attachments
    assert "METHOD:PUBLISH" in (await file.read()).decode()
    ends = webinar.ends_at
    held = world.bot.services.webinars.cancelled
    assert [one.id for one in await held(world.server.id, ends - timedelta(seconds=1))] == [webinar.id]
    assert await held(world.server.id, ends) == []
    assert timedelta(days=30) == STRUCK_OUT_FOR


async def test_a_cancelled_webinar_alone_is_still_struck_out_and_has_no_link(world: World) -> None:
    webinar = await scheduled(world)
    await press(world, await command(world, "cancel", webinar=f"#{webinar.id}"))
    answer = await command(world, "calendar", world.server.members["GH"])
    (struck,) = await entries(answer)
    assert struck.status.value == "CANCELLED"
    (file,) = answer.response.attachments
    assert LINK not in (await file.read()).decode()
    assert "No webinar is planned" in said(answer)


async def test_the_addresses_open_calendars_filled_in(world: World) -> None:
    await scheduled(world)
    answer = said(await world.server.members["GH"].click(posted(world)[0], label="Add to calendar"))
    google, outlook = (line.partition("](<")[2].removesuffix(">)") for line in answer.splitlines()[1:3])
    asked = parse_qs(urlsplit(google).query)
    assert asked["dates"] == ["20260312T140000Z/20260312T153000Z"]
    assert asked["text"] == ["Prevention in practice"]
    assert asked["details"] == [LINK]
    begins = parse_qs(urlsplit(outlook).query)["startdt"]
    assert datetime.fromisoformat(begins[0]) == STARTS_AT


async def test_no_webinar_ahead_is_said(world: World) -> None:
    assert "No webinar" in said(await command(world, "calendar", world.server.guest))
