"""Who is meant by each audience: worked out from seats, and from a real file where a meeting or a day decides."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bot import audience, retention
from bot.invitations import next_annual
from bot.services import Services
from storage.meetings.models import Registration
from storage.members.models import Appointment, Delegation, Holder, Person, Seat
from storage.polls.models import Elector
from tests.plain_network import NETWORK, START, ZONE, plain_network


def person(number: int, account: int | None = None) -> Person:
    return Person(number, NETWORK, f"Person {number}", account_id=account)


def seat(number: int, code: str, *people: Person, steering: bool = False) -> Seat:
    posts = [Appointment(p.id, NETWORK, number, p.id, "focal_point", "", "", START) for p in people]
    holders = tuple(Holder(p, post) for p, post in zip(people, posts, strict=True))
    return Seat(Delegation(number, NETWORK, code, "state"), holders, in_steering_group=steering)


def answer(code: str, attendance: Any) -> Registration:
    return Registration(1, 1, code, attendance, None, "", "delegation", datetime(2026, 1, 1, tzinfo=UTC))


TWICE = person(3, 33)
SEATS = [
    seat(1, "GH", person(1, 11), person(2), steering=True),
    seat(2, "DK", TWICE),
    seat(3, "US", TWICE, person(4, 44)),
    seat(4, "EU"),
]


@pytest.mark.parametrize(
    ("meant", "region", "codes"),
    [
        ("all", None, ["GH", "DK", "US", "EU"]),
        ("steering", None, ["GH"]),
        ("region", "african", ["GH"]),
        ("region", "western_european_and_others", ["DK", "US"]),
        ("region", "asia_pacific", []),
        ("region", None, []),
    ],
)
def test_an_audience_is_the_seats_that_are_meant(meant: str, region: str | None, codes: list[str]) -> None:
    assert [one.delegation.code for one in audience.seats_of(SEATS, meant, region)] == codes


def test_an_audience_that_nobody_knows_is_a_fault() -> None:
    with pytest.raises(ValueError, match="everyone"):
        audience.seats_of(SEATS, "everyone")


def test_people_are_meant_once_however_many_posts_they_hold() -> None:
    assert [one.id for one in audience.people_in(SEATS)] == [1, 2, 3, 4]
    assert [one.id for one in audience.members_among(SEATS, {33, 44, 99})] == [3, 4]


def test_who_comes_and_who_has_not_answered() -> None:
    answers = [answer("GH", "in_person"), answer("DK", "online"), answer("US", "not_attending"), answer("FR", "online")]
    assert audience.attending(answers) == {"GH", "DK", "FR"}
    assert audience.unanswered(["GH", "US", "EU"], answers) == {"EU"}


@pytest.mark.parametrize(
    ("elector", "people"),
    [
        (Elector(1), [1]),
        (Elector(3), [3, 4]),
        (Elector(4), []),
        (Elector(2, 3), [3]),
        (Elector(1, 2), []),
        (Elector(1, 4), [4]),
    ],
)
def test_whoever_has_an_account_and_speaks_for_the_elector_can_vote(elector: Elector, people: list[int]) -> None:
    assert [holder.person.id for holder in audience.eligible(elector, SEATS)] == people


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    async with plain_network(tmp_path, ("GH", "DK", "FR")) as found:
        yield found


async def today(services: Services) -> date:
    """Return the day in Pago Pago, which is never the day in Kiritimati."""
    return services.clock.today(ZONE)


async def appoint(services: Services, code: str, *days: tuple[date, date | None]) -> list[int]:
    people: list[int] = []
    async with services.transaction() as tx:
        [delegation] = [one for one in await services.members.delegations(NETWORK) if one.code == code]
        for first, last in days:
            people.append(await services.members.add_person(tx, NETWORK, f"{code} {first}"))
            await services.members.appoint(tx, NETWORK, delegation.id, people[-1], "adviser", first, ends_on=last)
    return people


async def test_the_seats_of_today_are_those_of_the_networks_own_day(services: Services) -> None:
    day = await today(services)
    first, *_ = await appoint(services, "GH", (START, day), (day + timedelta(days=1), None))
    held = {
        one.delegation.code: [h.person.id for h in one.holders] for one in await audience.seats_today(services, NETWORK)
    }
    assert held == {"DK": [], "FR": [], "GH": [first]}


async def test_colleagues_are_those_of_today_without_the_one_who_acts(services: Services) -> None:
    day = await today(services)
    one, other, *_ = await appoint(services, "GH", (START, None), (START, day), (day + timedelta(days=1), None))
    await appoint(services, "DK", (START, None))
    [ghana] = [found for found in await services.members.delegations(NETWORK) if found.code == "GH"]
    for but, left in ((None, [one, other]), (one, [other]), (999, [one, other])):
        acting = Person(but, NETWORK, "") if but is not None else None
        found = await audience.colleagues(services, NETWORK, ghana, acting)
        assert sorted(colleague.id for colleague in found) == left


async def towards(services: Services, meant: str) -> list[str]:
    meeting = await next_annual(services, NETWORK)
    return [one.delegation.code for one in await audience.seats_towards(services, meeting, meant)]


async def test_an_answer_counts_for_the_meeting_that_is_ahead(services: Services) -> None:
    day = await today(services)
    assert await towards(services, "attending") == await towards(services, "unanswered") == [], "there is no meeting"
    fields: dict[str, Any] = {"city": "Accra", "country": "GH", "timezone": "Africa/Accra", "starts_on": START}
    async with services.transaction() as tx:
        meeting = await services.meetings.add(tx, NETWORK, **fields, ends_on=day)
        for code, attendance, how in (("GH", "in_person", "capital"), ("DK", "not_attending", None)):
            await services.registrations.register(
                tx, NETWORK, meeting, code, cast(Any, attendance), cast(Any, how), comes="", source="delegation"
            )
    assert await towards(services, "attending") == ["GH"], "its last day is a day of it"
    first, *_ = await appoint(services, "GH", (START, day), (day + timedelta(days=1), None))
    [ghana] = await audience.seats_towards(services, await next_annual(services, NETWORK), "attending")
    assert [holder.person.id for holder in ghana.holders] == [first], "who holds the seat today"
    assert await towards(services, "unanswered") == ["FR"]
    async with services.transaction() as tx:
        await services.meetings.change(tx, NETWORK, meeting, ends_on=day - timedelta(days=1))
    assert await towards(services, "attending") == await towards(services, "unanswered") == []
    async with services.transaction() as tx:
        await services.meetings.change(tx, NETWORK, meeting, ends_on=day + timedelta(days=1))
        await services.meetings.cancel(tx, NETWORK, meeting, "No host")
    assert await towards(services, "attending") == await towards(services, "unanswered") == []


def test_a_period_is_named_in_days() -> None:
    assert retention.named(retention.INVITATIONS).count == 14
    assert retention.named(retention.CLAIMS).count == retention.named(retention.REFUSED_NOMINEES).count == 90
