"""What is held of the directory in memory is never older than the file, and never another network's."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.search.lookup import search
from bot.search.near_texts import NearTexts
from bot.seat_cache import SeatCache, Seating
from bot.version_cache import NETWORKS, VersionCache
from storage.database import Database, Transaction
from storage.members.directory_import import DirectoryRepository
from storage.members.members import MembersRepository
from storage.members.models import Appointment, DirectoryChanges, Person
from storage.settings import SettingsRepository

NETWORK, OTHER = 1, 2
TODAY = date(2027, 3, 12)
NOW = datetime(2027, 3, 12, 12, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path):
    database = await Database.open(tmp_path / "focalbot.sqlite3")
    yield database
    await database.close()


@pytest.fixture
async def members(database):
    members = MembersRepository(database)
    async with database.transaction(NOW) as tx:
        for network, name in ((NETWORK, "Ama Boateng"), (OTHER, "Kofi Owusu")):
            seat = await members.add_delegation(tx, network, "GH", "state")
            person = await members.add_person(tx, network, name, account_id=77)
            await members.appoint(tx, network, seat, person, "focal_point", date(2011, 5, 17))
            # Nobody changes this one: of a change of others it is not read again.
            await members.add_delegation(tx, network, "SE", "state")
    return members


async def by_name(members: MembersRepository, tx: Transaction) -> None:
    await members.name_delegation(tx, NETWORK, 1, "en", "Gold Coast")


async def by_person(members: MembersRepository, tx: Transaction) -> None:
    await members.change_person(tx, NETWORK, 1, name="Ama Mensah", expertise=("mediation",))


async def by_link(members: MembersRepository, tx: Transaction) -> None:
    await members.link_account(tx, NETWORK, 1, None)


async def by_appointment(members: MembersRepository, tx: Transaction) -> None:
    person = await members.add_person(tx, NETWORK, "Yaw Darko")
    await members.appoint(tx, NETWORK, 1, person, "alternate", date(2020, 1, 1))


async def by_end(members: MembersRepository, tx: Transaction) -> None:
    await members.change_appointment(tx, NETWORK, 1, ends_on=date(2027, 3, 11))


async def by_seat(members: MembersRepository, tx: Transaction) -> None:
    await members.add_delegation(tx, NETWORK, "DK", "state")


async def by_steering(members: MembersRepository, tx: Transaction) -> None:
    await members.set_steering_term(tx, NETWORK, 1, date(2026, 1, 1), None)


async def by_import(members: MembersRepository, tx: Transaction) -> None:
    person = Person(-1, NETWORK, "Efua Sarpong", visibility="members")
    post = Appointment(-1, NETWORK, 1, -1, "adviser", "", "Office of the President", date(2020, 1, 1))
    changes = DirectoryChanges(added_persons=(person,), added_appointments=(post,))
    await DirectoryRepository(members._database, members).apply(tx, NETWORK, changes)


async def by_choice_of_zone(members: MembersRepository, tx: Transaction) -> None:
    await SettingsRepository(members._database).change_account(tx, NETWORK, 77, timezone="Africa/Accra")


async def by_erasure(members: MembersRepository, tx: Transaction) -> None:
    await tx.execute("DELETE FROM appointment WHERE guild_id = ?", (NETWORK,))
    await tx.execute("DELETE FROM person WHERE guild_id = ?", (NETWORK,))
    await tx.execute("DELETE FROM delegation WHERE guild_id = ?", (NETWORK,))


WRITES = [
    by_name,
    by_person,
    by_link,
    by_appointment,
    by_end,
    by_seat,
    by_steering,
    by_import,
    by_choice_of_zone,
    by_erasure,
]


TYPED = "Boatemg"


def prepared(seating: Seating) -> list[object]:
    """Return what the index of a network has made ready to be searched: every text that it may be found by."""
    return [vars(near) for near in vars(seating.index("en")).values() if isinstance(near, NearTexts)]


@pytest.mark.parametrize("write", [one for one in WRITES if one is not by_erasure])
async def test_only_the_seats_that_changed_are_read_again(database, members, write) -> None:
    seat_cache = SeatCache(members)
    before = await seat_cache.of(NETWORK, TODAY)
    version = await members.version(NETWORK)
    async with database.transaction(NOW) as tx:
        await write(members, tx)
    assert before.by_code["SE"].delegation.id not in (await members.seats_changed(NETWORK, TODAY, version)).rows
    assert (await seat_cache.of(NETWORK, TODAY)).by_code["SE"] is before.by_code["SE"]


@pytest.mark.parametrize(("fields", "is_kept"), [({"phone": "1"}, True), ({"name": "Ama Mensah"}, False)])
async def test_what_a_seat_is_found_by_is_prepared_again_only_where_it_changed(
    database, members, fields, is_kept
) -> None:
    seat_cache = SeatCache(members)
    before = await seat_cache.of(NETWORK, TODAY)
    found = search(before.index("en"), "Ama Boateng")
    async with database.transaction(NOW) as tx:
        await members.change_person(tx, NETWORK, 1, **fields)
    after = await seat_cache.of(NETWORK, TODAY)
    assert after.by_code["GH"] != before.by_code["GH"]
    assert (after.index("en") is before.index("en")) == is_kept
    terms = [{term.text: term for term in entry.terms} for one in (before, after) for entry in one.entries("en")]
    unchanged = [(one, other) for one, other in zip(terms[:2], terms[2:], strict=True)]
    assert all(other[text] is one[text] for one, other in unchanged for text in one.keys() & other.keys())
    assert (search(after.index("en"), "Ama Boateng") == found) == is_kept


async def test_a_change_of_something_else_costs_nothing(database, members) -> None:
    seat_cache, settings = SeatCache(members), SettingsRepository(database)
    before = await seat_cache.of(NETWORK, TODAY)
    async with database.transaction(NOW) as tx:
        await settings.change_account(tx, NETWORK, 78, language="fr", timezone="Europe/Paris")
        await settings.change_network(tx, NETWORK, timezone="Africa/Accra")
        await members.add_person(tx, NETWORK, "Nobody yet")
    assert await seat_cache.of(NETWORK, TODAY) is before


async def test_a_network_that_was_erased_and_comes_again_shows_nothing_of_before(database, members) -> None:
    seat_cache = SeatCache(members)
    await seat_cache.of(NETWORK, TODAY)
    async with database.transaction(NOW) as tx:
        for table in ("appointment", "person", "delegation", "seat_change"):
            await tx.execute(f"DELETE FROM {table} WHERE guild_id = ?", (NETWORK,))
        await members.add_delegation(tx, NETWORK, "DK", "state")
    assert list((await seat_cache.of(NETWORK, TODAY)).by_code) == ["DK"]


@pytest.mark.parametrize("write", WRITES)
async def test_every_write_shows_at_once_and_only_in_its_network(database, members, write) -> None:
    seat_cache = SeatCache(members)
    before = await seat_cache.of(NETWORK, TODAY)
    beside = await seat_cache.of(OTHER, TODAY)
    search(before.index("en"), TYPED)
    async with database.transaction(NOW) as tx:
        await write(members, tx)
    after = await seat_cache.of(NETWORK, TODAY)
    assert list(after.by_code.values()) == await members.seats(NETWORK, TODAY)
    assert after.by_code != before.by_code
    fresh = await SeatCache(members).of(NETWORK, TODAY)
    assert after.entries("en") == fresh.entries("en")
    for typed in (TYPED, "Mensah", "Darko", "Gold", "Sarpomg"):
        assert search(after.index("en"), typed) == search(fresh.index("en"), typed)
    assert prepared(after) == prepared(fresh)
    assert await seat_cache.of(OTHER, TODAY) is beside


async def test_what_was_rolled_back_never_shows(database, members) -> None:
    seat_cache = SeatCache(members)
    before = await seat_cache.of(NETWORK, TODAY)

    async def fail_halfway() -> None:
        async with database.transaction(NOW) as tx:
            await by_person(members, tx)
            assert await seat_cache.of(NETWORK, TODAY) is before
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_halfway()
    assert await seat_cache.of(NETWORK, TODAY) is before


async def test_a_new_day_is_read_anew(database, members) -> None:
    async with database.transaction(NOW) as tx:
        await members.change_appointment(tx, NETWORK, 1, ends_on=TODAY)
    seat_cache = SeatCache(members)
    assert (await seat_cache.of(NETWORK, TODAY)).by_code["GH"].holders
    assert not (await seat_cache.of(NETWORK, date(2027, 3, 13))).by_code["GH"].holders


async def test_two_networks_do_not_mix(members) -> None:
    seat_cache = SeatCache(members)
    ours, theirs = await seat_cache.of(NETWORK, TODAY), await seat_cache.of(OTHER, TODAY)
    assert [h.person.name for h in ours.by_code["GH"].holders] == ["Ama Boateng"]
    assert [h.person.name for h in theirs.by_code["GH"].holders] == ["Kofi Owusu"]
    assert "Kofi" not in repr(ours.entries("en"))


async def test_a_name_that_was_erased_is_not_kept(database, members) -> None:
    seat_cache = SeatCache(members)
    search((await seat_cache.of(NETWORK, TODAY)).index("en"), TYPED)
    async with database.transaction(NOW) as tx:
        await by_erasure(members, tx)
    after = await seat_cache.of(NETWORK, TODAY)
    assert "boateng" not in repr(prepared(after))
    assert "Boateng" not in repr([held.value.__dict__ for held in seat_cache._cache._held.values()])


async def test_few_networks_are_held(database, members) -> None:
    async with database.transaction(NOW) as tx:
        for network in range(10, 10 + NETWORKS + 5):
            await members.add_delegation(tx, network, "GH", "state")
    seat_cache = SeatCache(members)
    for network in range(10, 10 + NETWORKS + 5):
        await seat_cache.of(network, TODAY)
    assert [*seat_cache._cache._held] == [*range(15, 15 + NETWORKS)]


async def test_none_is_held_for_long(members) -> None:
    seat_cache = SeatCache(members, seconds=0.05)
    await seat_cache.of(NETWORK, TODAY)
    await asyncio.sleep(0.2)
    assert not seat_cache._cache._held


async def test_many_who_ask_at_once_read_once(members) -> None:
    seat_cache = SeatCache(members)
    found = await asyncio.gather(*(seat_cache.of(NETWORK, TODAY) for _ in range(10)))
    assert len({id(seating) for seating in found}) == 1


def test_as_many_networks_are_held_as_one_process_serves() -> None:
    assert NETWORKS == 64, "docs/scale.md says what they take in memory"


async def test_no_network_waits_while_another_is_read() -> None:
    go_on, asked = asyncio.Event(), list[int]()

    async def version(_: int) -> int:
        return 1

    async def read(guild_id: int, *_: object) -> tuple[int, str]:
        asked.append(guild_id)
        if guild_id == NETWORK:
            await go_on.wait()
        return 1, f"network {guild_id}"

    cache = VersionCache[None, str](version, read)
    slow = [asyncio.create_task(cache.of(NETWORK, None)) for _ in range(3)]
    await asyncio.sleep(0)
    assert await cache.of(OTHER, None) == "network 2"
    go_on.set()
    assert await asyncio.gather(*slow) == ["network 1"] * 3
    assert asked == [NETWORK, OTHER], "each was read once"


class AskedMeanwhile(dict[str, str]):
    """Names which are read while the loop makes ready, of the same seats, what another search needs."""

    def __init__(self, ask) -> None:
        super().__init__(en="Gold Coast")
        self._ask = ask

    def values(self):
        self._ask()
        return super().values()


async def test_seats_are_made_ready_in_a_thread_while_others_search_those_of_before(members) -> None:
    before = await SeatCache(members).of(NETWORK, TODAY)
    before.index("en")
    seat = before.by_code["GH"]
    delegation = replace(seat.delegation, names=AskedMeanwhile(lambda: before.index("es")))
    after = Seating([replace(seat, delegation=delegation)], before)
    assert {*after.made.indexes} == {"en"}
