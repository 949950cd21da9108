"""What commands cost in trips to the database, each a wait for another thread: a number without noise, unlike seconds.

*At first* is after something was committed, which forgets what is held of the file in memory; *then* is the same once
more. More trips than these are a decision: raise the number with the change that needs it.
"""

from collections.abc import Awaitable, Callable

import pytest

from storage.database import Database
from tests.hops import Hops, counting
from tests.polls.booth import Booth
from tests.webinars.staging import scheduled
from tests.world import World, said

COMMANDS = {
    # command: (options, trips at first, trips then)
    "help": ({}, 1, 0),
    "about": ({}, 2, 0),
    "member me": ({}, 4, 3),
    "member find": ({"who": "Ghana"}, 2, 0),
    "member list": ({}, 2, 0),
    "webinar list": ({}, 2, 1),
    "webinar show": ({"webinar": "Prevention"}, 5, 3),
    "meeting show": ({}, 3, 1),
    "pending": ({}, 16, 14),
    "resource search": ({"query": "prevention"}, 3, 1),
    "poll list": ({}, 7, 6),
    "topic list": ({}, 3, 2),
}
BY_SECRETARIAT = {"audit": ({}, 8, 5)}
COMPLETIONS = {
    # command, what is typed: (option, trips at first, trips then)
    ("member find", "gha"): ("who", 2, 0),
    ("webinar show", ""): ("webinar", 2, 0),
    ("webinar show", "prev"): ("webinar", 2, 0),
    ("resource show", ""): ("resource", 3, 1),
    ("resource show", "focal"): ("resource", 3, 1),
}


@pytest.fixture
async def furnished(world: World) -> World:
    """A webinar and a poll are there, and nothing is sent meanwhile."""
    with world.as_bot():
        async with world.bot.services.transaction() as tx:
            channel = world.server.channels["general"]
            await world.bot.services.settings.change_network(tx, world.server.id, members_channel_id=channel.id)
    await scheduled(world)
    await Booth(world).open()
    await world.env.settle()
    world.bot.outbox.halt()
    return world


async def commit(world: World) -> None:
    with world.as_bot():
        async with world.bot.services.transaction():
            pass


def database_of(world: World) -> Database:
    return world.bot.services.database


async def trips(world: World, ask: Callable[[], Awaitable[object]]) -> tuple[Hops, Hops]:
    """Return what asking costs at first and then."""
    await ask()
    await commit(world)
    with counting(database_of(world)) as at_first:
        assert await ask()
    with counting(database_of(world)) as then:
        assert await ask()
    return at_first, then


async def test_commands_and_completions_make_few_trips(furnished: World) -> None:
    ama, channel = furnished.server.members["GH"], furnished.server.channels["general"]
    found: dict[str, tuple[Hops, Hops]] = {}
    for name, (options, *_) in COMMANDS.items():
        found[name] = await trips(furnished, lambda n=name, o=options: ama.slash(channel, n, **o))
    staff = furnished.server.secretariat
    for name, (options, *_) in BY_SECRETARIAT.items():
        found[name] = await trips(furnished, lambda n=name, o=options: staff.slash(channel, n, **o))
    for (name, typed), (option, *_) in COMPLETIONS.items():
        asked = await trips(furnished, lambda n=name, o=option, t=typed: ama.autocomplete(channel, n, o, t))
        found[f"completion of {name} {typed}"] = asked
    most = {name: limits for name, (_, *limits) in (COMMANDS | BY_SECRETARIAT).items()}
    most |= {f"completion of {name} {typed}": limits for (name, typed), (_, *limits) in COMPLETIONS.items()}
    assert {name: [hops.writes for hops in each] for name, each in found.items() if any(h.writes for h in each)} == {}
    costly = {name: [hops.reads for hops in each] for name, each in found.items()}
    assert {n: reads for n, reads in costly.items() if reads[0] > most[n][0] or reads[1] > most[n][1]} == {}


async def test_a_ballot_and_an_answer_are_written_in_one_trip(furnished: World) -> None:
    booth, ama = Booth(furnished), furnished.server.members["GH"]
    shown = await booth.ballot(ama, await booth.latest())
    await booth.mark(ama, shown, 1)
    with counting(database_of(furnished)) as ballot:
        await booth.cast(ama, shown)
    announcement = furnished.server.channels["announcements"].history()[-1]
    with counting(database_of(furnished)) as attending:
        assert said(await ama.click(announcement, label="Attending"))
    assert (ballot.writes, attending.writes) == (1, 1)
    assert ballot.reads <= 4
    assert attending.reads <= 2


@pytest.mark.parametrize(
    ("command", "option", "typed"), [("member find", "who", "gha"), ("webinar show", "webinar", "p")]
)
async def test_after_a_change_what_changed_is_read_in_one_trip(
    furnished: World, command: str, option: str, typed: str
) -> None:
    ama, channel, services = (
        furnished.server.members["GH"],
        furnished.server.channels["general"],
        furnished.bot.services,
    )

    async def complete() -> object:
        return await ama.autocomplete(channel, command, option, typed)

    other, _ = await trips(furnished, complete)
    with furnished.as_bot():
        async with services.transaction() as tx:
            [seat, *_] = await services.members.seats(furnished.server.id, services.clock.now().date())
            await services.members.change_person(tx, furnished.server.id, seat.holders[0].person.id, phone="1")
            [webinar] = await services.webinars.all(furnished.server.id)
            await services.webinars.change(tx, furnished.server.id, webinar.id, webinar.sequence, {"title": "Peace"})
    with counting(database_of(furnished)) as related:
        assert await complete()
    assert related.reads <= other.reads + 1


async def test_what_is_counted_is_every_trip(world: World) -> None:
    with world.as_bot(), counting(database_of(world)) as hops:
        await database_of(world).fetch("SELECT 1")
        async with world.bot.services.transaction():
            pass
    assert hops == Hops(reads=1, writes=2)
