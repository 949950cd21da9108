import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from bot.names import delegations
from bot.texts import Reader
from bot.workplaces import Workplace, capital_of
from cogs.webinars.slots import rules
from cogs.webinars.slots.cards import heat_map
from cogs.webinars.slots.rules import Comparison, Hours, Office
from tests.webinars.staging import command, scheduled, until
from tests.world import World, said

HOUR = timedelta(hours=1)
OFFICES = [
    Office("GH", "african", "Africa/Accra"),
    Office("NZ", "western_european_and_others", "Pacific/Auckland"),
    Office("BD", "asia_pacific", "Asia/Dhaka"),
]


def at(hour: int, day: int = 11, zone: str = "UTC") -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "length", "found"),
    [
        (at(9), HOUR, Hours.WORKING),
        (at(8), HOUR, Hours.AWAKE),
        (at(17), HOUR, Hours.WORKING),
        (at(17), 2 * HOUR, Hours.AWAKE),
        (at(6), HOUR, Hours.ASLEEP),
        (at(22), HOUR, Hours.AWAKE),
        (at(22), timedelta(minutes=61), Hours.ASLEEP),
        (at(10, day=14), HOUR, Hours.AWAKE),
    ],
)
def test_a_webinar_suits_as_its_worst_half_hour_does(start: datetime, length: timedelta, found: Hours) -> None:
    assert rules.suits(start, length, "Africa/Accra") == found


def test_the_weekend_is_that_of_the_country() -> None:
    assert rules.suits(at(10, day=13, zone="Asia/Riyadh"), HOUR, "Asia/Riyadh") == Hours.AWAKE
    assert rules.suits(at(10, day=15, zone="Asia/Riyadh"), HOUR, "Asia/Riyadh") == Hours.WORKING
    assert rules.suits(at(10, day=15, zone="Europe/Brussels"), HOUR, "Europe/Brussels") == Hours.AWAKE


def test_every_hour_of_a_day_is_weighed_also_when_clocks_change() -> None:
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    past = datetime(2020, 1, 1, tzinfo=UTC)
    assert len(rules.slots_of(date(2026, 3, 11), "Europe/Brussels", HOUR, OFFICES, past)) == 24
    assert len(rules.slots_of(spring, "Europe/Brussels", HOUR, OFFICES, past)) == 23
    assert len(rules.slots_of(autumn, "Europe/Brussels", HOUR, OFFICES, past)) == 25


def test_the_fairest_wakes_fewest_and_spares_who_bore_the_night() -> None:
    slots = rules.slots_of(date(2026, 3, 11), "UTC", HOUR, OFFICES, datetime(2020, 1, 1, tzinfo=UTC))
    best = rules.ranked(slots, ())[0]
    assert best.count(Hours.ASLEEP) == min(slot.count(Hours.ASLEEP) for slot in slots)
    bore = rules.bore_the_night(at(14), HOUR, OFFICES)
    assert bore is not None
    assert [office.code for office in bore.offices] == ["NZ"]
    spared = rules.ranked(slots, bore.offices)
    assert spared[0].asleep(bore.offices) <= best.asleep(bore.offices)
    assert rules.bore_the_night(at(8), HOUR, OFFICES[:1]) is None


def test_five_zones_from_west_to_east_with_the_webinars_own() -> None:
    zones = ["America/New_York", "Europe/Paris", "Africa/Accra", "Asia/Dhaka", "Asia/Tokyo", "Pacific/Auckland"]
    shown = rules.across(at(14), [*zones, "America/Bogota"], "Asia/Kolkata")
    assert len(shown) == 5
    assert shown[0] in {"America/New_York", "America/Bogota"}
    assert shown[-1] == "Pacific/Auckland"
    assert "Asia/Kolkata" in shown
    offsets = [at(14).astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for zone in shown]
    assert offsets == sorted(offsets)


def test_every_state_has_the_zone_of_its_capital() -> None:
    unknown = [code for code in delegations() if capital_of(code) is None]
    assert not [code for code in unknown if len(code) == 2], "states without a zone"
    assert capital_of("AU") == Workplace("Australia/Sydney", "AU", "ACT")
    assert capital_of("EU") == Workplace("Europe/Brussels", "BE")
    assert capital_of("OAS") == Workplace("America/New_York", "US", "DC")
    assert capital_of("ASEAN") is None


async def test_slots_answers_with_a_ranking_and_a_picture_told_in_words(world: World) -> None:
    answer = await command(world, "slots", date="2026-03-11", duration="1h 30min")
    text = said(answer)
    assert "**1.**" in text
    assert re.search(r"asleep, by starting hour: 00(–\d\d)?: \d+.*23: \d+\.", text)
    assert "no region has had a night-time slot" in text
    (picture,) = answer.response.attachments
    image = Image.open(BytesIO(await picture.read()))
    assert image.format == "PNG"
    assert image.width >= 1080
    assert "Best start" in (picture.description or "")
    assert len(picture.description or "") <= 1024


async def test_slots_says_which_region_bore_the_night_last_time(world: World) -> None:
    webinar = await scheduled(world)
    await until(world, webinar.ends_at)
    text = said(await command(world, "slots", date="2026-04-15"))
    assert "it was night for: Asia-Pacific States" in text


async def test_slots_refuses_a_day_that_has_passed_and_a_week(world: World) -> None:
    assert "has passed" in said(await command(world, "slots", date="2025-06-01"))
    assert "24" in said(await command(world, "slots", date="2026-03-11", duration="1 week"))


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_the_picture_of_a_day_has_the_hours_around_the_fairest(zone: str) -> None:
    day, past = date(2026, 3, 11), datetime(2020, 1, 1, tzinfo=UTC)
    slots = rules.slots_of(day, zone, HOUR, OFFICES, past)
    best = rules.ranked(slots, ())
    found = Comparison(day, zone, HOUR, slots, best, OFFICES, [], None, None)
    heat = heat_map(found, Reader("en", zone))
    hours = [f"{slot.starts_at.astimezone(ZoneInfo(zone)):%H}" for slot in slots]
    at_first = hours.index(heat.columns[0])
    assert heat.columns == hours[at_first : at_first + 10]
    assert heat.columns[heat.marked] == f"{best[0].starts_at.astimezone(ZoneInfo(zone)):%H}"
    late = Comparison(day, zone, HOUR, slots[-3:], rules.ranked(slots[-3:], ()), OFFICES, [], None, None)
    assert heat_map(late, Reader("en", zone)).columns == ["21", "22", "23"]
