"""Which meetings somebody may see, and which one is "the next": read from a real file, without a bot."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import invitations
from bot.access import Asker
from bot.services import Services
from bot.texts import Reader
from storage.models import AccountSettings
from tests.plain_network import NETWORK, START, ZONE, plain_network

DAY = timedelta(days=1)
FIELDS: dict[str, Any] = {"city": "Accra", "country": "GH", "timezone": "Africa/Accra"}


class Scene:
    """A network with two delegations, whose people ask."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.today = services.clock.today(ZONE)

    async def meeting(self, starts_in: int, *, days: int = 1, **fields: Any) -> int:
        starts_on = self.today + starts_in * DAY
        dates = {"starts_on": starts_on, "ends_on": starts_on + (days - 1) * DAY}
        async with self.services.transaction() as tx:
            return await self.services.meetings.add(tx, NETWORK, **FIELDS, **dates, **fields)

    async def some(self, starts_in: int, *invited: str, **fields: Any) -> int:
        kinds = {"kind": "regional", "region": "europe", "is_public": False}
        return await self.meeting(starts_in, **{**kinds, **fields}, invited=invited)

    async def asker(self, code: str | None = None, *, is_secretariat: bool = False) -> Asker:
        services = self.services
        appointments = [
            holder.appointment
            for seat in await services.members.seats(NETWORK, self.today)
            for holder in seat.holders
            if seat.delegation.code == code
        ]
        return Asker(
            await services.settings.network(NETWORK),
            AccountSettings(NETWORK, 1),
            Reader("en", "UTC"),
            None,
            tuple(appointments),
            is_secretariat,
            False,
        )

    async def next(self, code: str | None = None, **who: bool) -> int | None:
        found = await invitations.next_meeting(self.services, await self.asker(code, **who))
        return found.id if found is not None else None

    async def visible(self, code: str | None = None, **who: bool) -> list[int]:
        seen = await invitations.visible_meetings(self.services, await self.asker(code, **who))
        return [one.id for one in seen]


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with plain_network(tmp_path, ("DK", "GH")) as services:
        async with services.transaction() as tx:
            for delegation in await services.members.delegations(NETWORK):
                person = await services.members.add_person(tx, NETWORK, delegation.code)
                await services.members.appoint(tx, NETWORK, delegation.id, person, "focal_point", START)
        yield Scene(services)


async def test_some_meetings_are_seen_by_those_whom_they_invite_their_hosts_and_the_secretariat(scene: Scene) -> None:
    annual = await scene.meeting(30)
    danish = await scene.some(10, "DK")
    hosted = await scene.some(20, "FR", hosts=("GH",))
    public = await scene.some(5, "FR", is_public=True)
    assert await scene.visible() == [annual, public]
    assert await scene.visible("DK") == [annual, danish, public]
    assert await scene.visible("GH") == [annual, hosted, public]
    assert await scene.visible(is_secretariat=True) == [annual, hosted, danish, public]


async def test_the_next_meeting_is_another_one_for_each(scene: Scene) -> None:
    assert await scene.next("DK") is None
    annual = await scene.meeting(30)
    danish = await scene.some(10, "DK")
    public = await scene.some(5, "FR", is_public=True)
    assert await scene.next("DK") == danish
    assert await scene.next("GH") == annual, "another one does not invite it"
    assert await scene.next() == annual
    assert await scene.next(is_secretariat=True) == public


async def test_a_meeting_is_the_next_until_its_last_day_in_the_network_is_over(scene: Scene) -> None:
    later = await scene.meeting(30)
    over = await scene.some(-3, "DK", days=3)
    assert await scene.next("DK") == later
    on = await scene.some(-2, "DK", days=3)
    assert await scene.next("DK") == on
    assert await scene.next(is_secretariat=True) == on
    assert over != on


async def test_where_none_that_invites_somebody_is_ahead_it_is_the_next_that_they_may_see(scene: Scene) -> None:
    await scene.meeting(-40)
    public = await scene.some(5, "FR", is_public=True)
    assert await scene.next("GH") == public
    assert await scene.next() == public


async def test_of_those_that_are_over_the_latest_is_meant_and_none_that_was_cancelled(scene: Scene) -> None:
    await scene.meeting(-400)
    last = await scene.meeting(-40)
    cancelled = await scene.meeting(-10)
    async with scene.services.transaction() as tx:
        await scene.services.meetings.cancel(tx, NETWORK, cancelled, "No host")
    assert await scene.next("GH") == last
    ahead = await scene.some(5, "DK")
    annual = await invitations.next_annual(scene.services, NETWORK)
    assert annual is not None
    assert annual.id == last, f"{ahead} is not an annual one"


@pytest.mark.parametrize(
    ("code", "is_secretariat", "takes_part"),
    [("DK", False, True), ("GH", False, True), ("FR", False, False), (None, False, False), (None, True, True)],
)
async def test_the_links_are_for_those_who_are_invited_and_the_hosts(
    scene: Scene, code: str | None, is_secretariat: bool, takes_part: bool
) -> None:
    await scene.some(5, "DK", hosts=("GH",), is_public=True)
    [meeting] = await scene.services.meetings.all(NETWORK)
    codes = () if code is None else (code,)
    assert invitations.takes_part(meeting, codes, is_secretariat=is_secretariat) is takes_part


async def test_the_seats_of_those_whom_a_meeting_invites(scene: Scene) -> None:
    danish = await scene.services.meetings.get(NETWORK, await scene.some(10, "DK"))
    annual = await scene.services.meetings.get(NETWORK, await scene.meeting(30))
    assert danish is not None
    assert annual is not None
    seats = await scene.services.members.seats(NETWORK, scene.today)
    assert [seat.delegation.code for seat in invitations.invited_seats(danish, seats)] == ["DK"]
    assert [seat.delegation.code for seat in invitations.invited_seats(annual, seats)] == ["DK", "GH"]
