"""Numbers that no record has, and records of another network, in whatever a client can send."""

import sqlite3
from collections.abc import AsyncGenerator, Callable, Generator, Iterable
from contextlib import closing, contextmanager
from itertools import product
from typing import Any, TypeAlias

import discord
import pytest

from bot.access import COMMANDS, CONFIRMATIONS, FORMS, Level
from bot.ui import PersistentSelect
from tests.e2e.forging import BEYOND, LARGEST, Forger, answered, custom_ids
from tests.e2e.test_access import ALLOWED, FAULT, filled, is_refused, leaves, roles
from tests.polls.booth import Booth
from tests.resources.shelving import LINK, planned_meeting, shelve
from tests.webinars.staging import scheduled
from tests.world import Server, World, embed_text, said

Numbers: TypeAlias = Callable[[str], list[tuple[str, str]]]

SECRET = "Zanzibar"
"""A word of everything that the other network has, and of nothing in the first."""
SHOWN = "xyz"
"""What stands in the message below which everything is pressed."""
FORGED = "does not belong to anything here"
ELSEWHERE = "belongs to another network"


@contextmanager
def in_the_other_network(world: World) -> Generator[None]:
    """Let what a test's helpers do be done in the other network."""
    world.server, world.other = world.other, world.server
    try:
        yield
    finally:
        world.server, world.other = world.other, world.server


@pytest.fixture
async def beside(world: World) -> World:
    """The first network with nothing in it, beside another whose records have the ids from 1 up."""
    services = world.bot.services
    with in_the_other_network(world):
        server = world.server
        async with services.transaction() as tx:
            general = server.channels["general"].id
            await services.settings.change_network(tx, server.id, members_channel_id=general)
        await scheduled(world, title=SECRET)
        await planned_meeting(world)
        booth = Booth(world)
        await booth.topics(SECRET, f"{SECRET} two")
        await booth.open(question=SECRET, options=f"{SECRET}; Law")
        await shelve(world, {**LINK, "title": SECRET})
        channel = server.channels["general"]
        delegate = next(iter(server.members.values()))
        await delegate.slash(channel, "topic propose", title=f"{SECRET} three", level="national", format="workshop")
        with world.as_bot():
            async with services.transaction() as tx:
                [seat] = await services.members.seats(server.id, world.env.now().date())
                await services.members.change_person(tx, server.id, seat.holders[0].person.id, name=SECRET)
    return world


async def shown_in(world: World, server: Server) -> discord.Message:
    channel = world.bot.get_channel(server.channels["general"].id)
    assert isinstance(channel, discord.TextChannel)
    with world.as_bot():
        return await channel.send(SHOWN)


def patterns(world: World) -> dict[str, Any]:
    registered: dict[Any, Any] = world.bot._connection._view_store._dynamic_items
    return {pattern.pattern: item for pattern, item in registered.items()}


def kinds(world: World) -> dict[str, bool]:
    """Return what a custom_id of each registered button and list looks like, and whether it is a list."""
    registered: dict[Any, Any] = world.bot._connection._view_store._dynamic_items
    return {pattern.pattern: is_list(item) for pattern, item in registered.items()}


def is_list(item: type) -> bool:
    return issubclass(item, PersistentSelect)


async def sent(world: World, server: Server, custom_ids_of: Numbers) -> AsyncGenerator[tuple[str, str, str]]:
    """Press every button and use every list as every role; yield the role, the custom_id and the answer."""
    # Last comes what changes the language in which all is answered.
    for pattern, listed in sorted(kinds(world).items(), key=lambda kind: kind[0].startswith("chat:language")):
        forged = custom_ids_of(pattern)
        shown = await shown_in(world, server)
        forger = Forger(world, shown)
        results = [
            (role, custom_id, forger.choose(actor, custom_id, value) if listed else forger.press(actor, custom_id))
            for custom_id, value in forged
            if len(custom_id) <= 100
            for role, actor in roles(server).items()
        ]
        await world.env.settle()
        for role, custom_id, result in results:
            # Where more people press than are answered at a time, the message stays as it is, and the answer follows.
            yield role, custom_id, answered(result, shown.id).removeprefix(f"{SHOWN}\n")


def with_numbers(numbers: Iterable[str], guild: int) -> Numbers:
    def written(pattern: str) -> list[tuple[str, str]]:
        named = {"guild": str(guild), "guild_id": str(guild)}
        return [(custom_id, number) for number in numbers for custom_id in custom_ids(pattern, number, named)]

    return written


async def test_numbers_that_no_record_has_are_refused_for_every_role(beside: World) -> None:
    server = beside.server
    async for role, custom_id, text in sent(beside, server, with_numbers(BEYOND, server.id)):
        assert FAULT not in text, (role, custom_id, text)
        if any(number in custom_id for number in BEYOND):
            assert FORGED in text or is_refused(text), (role, custom_id, text)


async def test_what_another_network_has_is_not_reached_from_here(beside: World) -> None:
    server = beside.server
    before = rows_of(beside, beside.other.id)
    async for role, custom_id, text in sent(beside, server, with_numbers(("1", "2", "3", LARGEST), server.id)):
        assert FAULT not in text, (role, custom_id, text)
        assert SECRET not in text, (role, custom_id, text)
    assert rows_of(beside, beside.other.id) == before


async def test_buttons_of_another_network_are_refused_here(beside: World) -> None:
    server = beside.server
    before = rows_of(beside, beside.other.id)
    async for role, custom_id, text in sent(beside, server, with_numbers(("1",), beside.other.id)):
        assert FAULT not in text, (role, custom_id, text)
        assert SECRET not in text, (role, custom_id, text)
        if str(beside.other.id) in custom_id:
            assert ELSEWHERE in text, (role, custom_id, text)
    assert rows_of(beside, beside.other.id) == before


async def test_no_message_of_another_network_was_posted_here(beside: World) -> None:
    server = beside.server
    async for _ in sent(beside, server, with_numbers(("1",), server.id)):
        pass
    shown = [m.content + "".join(map(embed_text, m.embeds)) for c in server.channels.values() for m in c.history()]
    assert not [text for text in shown if SECRET in text]


async def test_forms_about_what_there_is_not_are_refused(beside: World) -> None:
    server = beside.server
    shown = await shown_in(beside, server)
    forger = Forger(beside, shown)
    wrong: list[tuple[str, str, str]] = []
    for kind, number in product(FORMS, (*BEYOND, LARGEST, "1", "", "x")):
        results = [
            (role, custom_id, forger.send_form(actor, custom_id, {}))
            for count in range(6)
            if len(custom_id := ":".join(("form", kind, *[number] * count))) <= 100
            for role, actor in roles(server).items()
        ]
        await beside.env.settle()
        answers = [(role, custom_id, answered(result, shown.id)) for role, custom_id, result in results]
        wrong += [answer for answer in answers if not answer[2] or FAULT in answer[2] or SECRET in answer[2]]
    assert wrong == []


async def test_drafts_of_another_network_or_person_are_refused(beside: World) -> None:
    """A draft is reached by its owner alone, in its network alone."""
    server, services = beside.server, beside.bot.services
    shown = await shown_in(beside, server)
    forger = Forger(beside, shown)
    owners = [(beside.other.id, actor.id) for actor in roles(server).values()]
    drafts: list[int] = []
    with beside.as_bot():
        async with services.transaction() as tx:
            for (guild, account), kind in product([*owners, (server.id, 1)], [*CONFIRMATIONS, *FORMS]):
                drafts.append(await services.settings.keep_draft(tx, guild, account, kind, {"title": SECRET}))
    for draft in drafts:
        results = [
            (role, forger.press(actor, f"draft:{action}:{draft}"))
            for action in ("confirm", "correct", "cancel")
            for role, actor in roles(server).items()
        ]
        # A draft at a time: SimCord looks at each of many at once again and again.
        await beside.env.settle()
        for role, result in results:
            assert result.modal is None, role
            assert "please start again" in answered(result, shown.id), role
    kept = await services.database.fetch("SELECT id FROM draft")
    assert {row["id"] for row in kept} >= set(drafts)


async def test_the_refusal_is_in_the_language_of_who_reads_it(beside: World) -> None:
    shown = await shown_in(beside, beside.server)
    forger = Forger(beside, shown)
    async with beside.speaking("es"):
        pressed = forger.press(beside.server.guest, f"webinar:attending:{BEYOND[0]}:{beside.server.id}")
        unknown = forger.press(beside.server.guest, "webinar:nothing:-1")
        form = forger.send_form(beside.server.guest, "form:claim:1", {})
        await beside.env.settle()
    for result in (pressed, unknown, form):
        assert "Esto no corresponde a nada" in answered(result, shown.id)


async def typed_ids(world: World, command: Any, option: str) -> list[str]:
    """Return what no record of the first network is: too large, negative, and what the other network is offered."""
    other = world.other
    offered = await other.secretariat.autocomplete(other.channels["general"], command.qualified_name, option, "")
    return [*BEYOND, LARGEST, "1", *(str(choice["value"]) for choice in offered[:2])]


async def test_every_option_that_takes_an_id_refuses_what_is_not_of_the_network(beside: World) -> None:
    server = beside.server
    before = rows_of(beside, beside.other.id)
    wrong: list[tuple[str, ...]] = []
    for command in leaves(beside):
        if COMMANDS[command.qualified_name] is Level.MANAGE_SERVER:
            continue
        for parameter in command.parameters:
            if not parameter.autocomplete:
                continue
            longest = int(parameter.max_value or 6000)
            for value in [v[:longest] for v in await typed_ids(beside, command, parameter.name)]:
                for role in sorted(ALLOWED[COMMANDS[command.qualified_name]] & {"guest", "member", "secretariat"}):
                    options = filled(command, server) | {parameter.name: value}
                    by = roles(server)[role]
                    result = await by.slash(server.channels["general"], command.qualified_name, **options)
                    text = str(result.modal) if result.modal is not None else said(result)
                    if FAULT in text or SECRET in text:
                        wrong.append((command.qualified_name, parameter.name, value, role, text))
    assert wrong == []
    assert rows_of(beside, beside.other.id) == before


async def test_every_number_of_a_command_is_answered(beside: World) -> None:
    server = beside.server
    wrong: list[tuple[str, ...]] = []
    for command in leaves(beside):
        if COMMANDS[command.qualified_name] is Level.MANAGE_SERVER:
            continue
        for parameter in command.parameters:
            if parameter.type is not discord.AppCommandOptionType.integer:
                continue
            for value in {_most(parameter.max_value, 2**53 - 1), _most(parameter.min_value, -(2**53) + 1)}:
                options = filled(command, server) | {parameter.name: value}
                result = await server.secretariat.slash(server.channels["general"], command.qualified_name, **options)
                if result.modal is None and FAULT in said(result):
                    wrong.append((command.qualified_name, parameter.name, str(value), said(result)))
    assert wrong == []


def _most(bound: float | None, otherwise: int) -> int:
    return int(bound) if bound is not None else otherwise


def rows_of(world: World, guild_id: int) -> dict[str, list[Any]]:
    """Return every row that a network has, but what is kept for the person who asks."""
    with closing(sqlite3.connect(world.settings.database_path)) as connection:
        tables = [name for _, name, kind, *_ in connection.execute("PRAGMA table_list") if kind == "table"]
        found: dict[str, list[Any]] = {}
        for table in tables:
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
            if "guild_id" in columns and table not in ("audit", "draft", "account_setting"):
                found[table] = connection.execute(f'SELECT * FROM "{table}" WHERE guild_id = ?', (guild_id,)).fetchall()
        return found
