"""What happens when something breaks: a reference for the person, its cause in the log, and the bot goes on."""

import logging
import re
import sqlite3
from contextlib import closing
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.errors import explain, outcome_of
from bot.logs import DiscreetFormatter
from bot.observation import Outcome
from tests.e2e.test_access import filled, leaves
from tests.world import World, said, twice

NAME = "Jane Doe of the Ministry"


def break_a_row(world: World) -> None:
    """Write what no version of the bot ever wrote: a person's name where a day belongs."""
    with closing(sqlite3.connect(world.settings.database_path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE steering_term SET starts_on = ?", (NAME,))
        assert connection.total_changes >= 1, "nothing was broken"


async def test_a_fault_has_a_reference_that_the_log_knows_and_the_bot_goes_on(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    server = world.server
    channel = server.channels["general"]
    await server.secretariat.slash(channel, "member steering", delegation="DK")
    break_a_row(world)
    with caplog.at_level(logging.DEBUG):
        told = said(await server.members["GH"].slash(channel, "member history", delegation="DK"))
    reference = re.search(r": ([0-9A-F]{8})$", told, re.MULTILINE)
    assert reference is not None, told
    (record,) = [r for r in caplog.records if reference[1] in r.getMessage()]
    logged = DiscreetFormatter().format(record)
    assert "ValueError" in logged
    assert "storage/members/members.py" in logged
    assert NAME not in logged, "what somebody typed is no business of the log"
    assert "Ghana" in said(await server.members["GH"].slash(channel, "member me")), "the bot goes on"
    world.forgive_faults()


async def test_a_closed_reader_is_answered_too(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    await world.bot.services.database._reader.close()
    told = said(await server.guest.slash(channel, "about"))
    assert re.search(r": [0-9A-F]{8}$", told, re.MULTILINE)
    pressed = await server.guest.autocomplete(channel, "settings timezone", "zone", "Acc")
    assert pressed == []
    world.forgive_faults()


async def test_what_is_delivered_twice_is_done_once(world: World, caplog: pytest.LogCaptureFixture) -> None:
    server = world.server
    channel = server.channels["secretariat"]
    _, before = await world.bot.services.audit.page(server.id)
    with world.delivering(twice):
        named = {"delegation": "CZ", "language": "en", "name": "Czech Lands"}
        answer = await server.secretariat.slash(channel, "member name", **named)
        assert "Czech Lands" in said(answer)
        asked = await server.secretariat.slash(channel, "member steering", delegation="DK", starts_on="2021-05-11")
        asked = await server.secretariat.slash(channel, "member steering", delegation="DK", ends_on="2025-12-30")
        confirmed = await server.secretariat.click(asked.response, label="Confirm")
    assert "to 30 December 2025" in said(confirmed)
    _, after = await world.bot.services.audit.page(server.id)
    assert after - before == 3
    assert [r for r in caplog.records if r.levelno >= logging.WARNING] == []


async def test_the_longest_texts_are_answered(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    for command in leaves(world):
        values = filled(command, server)
        for parameter in command.parameters:
            if parameter.type is discord.AppCommandOptionType.string and not parameter.choices:
                values[parameter.name] = "_*" * (int(parameter.max_value or 6000) // 2)
        actor = server.manager if command.qualified_name.startswith("setup") else server.secretariat
        result = await actor.slash(channel, command.qualified_name, **values)
        if result.modal is not None:
            continue
        text = said(result)
        assert "Something went wrong" not in text, command.qualified_name
        assert all(len(m.content) <= 2000 for m in (result.response, *result.followups) if m), command.qualified_name


def test_a_log_keeps_where_and_what_kind_but_not_what_was_typed() -> None:
    with pytest.raises(app_commands.CommandInvokeError) as caught:
        _ask_for_a_number(NAME)
    raised = caught.value
    formatted = DiscreetFormatter().formatException((type(raised), raised, raised.__traceback__))
    assert NAME not in formatted
    assert "ValueError" in formatted
    assert "CommandInvokeError" in formatted
    assert "test_faults.py" in formatted


def test_a_log_keeps_what_the_database_and_discord_say() -> None:
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("SELECT x FROM nowhere")
    raised = caught.value
    formatted = DiscreetFormatter().formatException((type(raised), raised, raised.__traceback__))
    assert "no such table: nowhere" in formatted


def _ask_for_a_number(typed: str) -> int:
    try:
        return int(typed)
    except ValueError as error:
        raise app_commands.CommandInvokeError(_command(), error) from error


def _command() -> Any:
    @app_commands.command(name="x", description="x")
    async def command(interaction: discord.Interaction) -> None:
        """Do nothing."""

    return command


def test_a_line_of_the_log_is_one_line_whatever_stands_in_it() -> None:
    forged = "shut\r\n2026-01-01 CRITICAL bot.app: forged\u2028again\x1b[2J\x85"
    record = logging.LogRecord("bot", logging.WARNING, __file__, 1, "named %s", (forged,), None)
    formatter = DiscreetFormatter("%(levelname)s %(name)s: %(message)s")
    logged = formatter.format(record)
    assert len(logged.splitlines()) == 1
    assert logged == r"WARNING bot: named shut\r\n2026-01-01 CRITICAL bot.app: forged\u2028again\x1b[2J\x85"
    raised = OSError(5, forged)
    assert len(formatter.formatException((OSError, raised, None)).splitlines()) == 1


async def test_a_broken_connection_to_discord_is_no_fault_of_ours(world: World) -> None:
    """What breaks beneath aiohttp is not one of its errors: found by random people (tests/fuzz)."""
    assert [outcome_of(error) for error in (ConnectionResetError(), BrokenPipeError(), OSError("disk"))] == [
        Outcome.DISCORD_FAILED,
        Outcome.DISCORD_FAILED,
        Outcome.FAULT,
    ]
    assert "Discord did not respond" in explain(ConnectionResetError()).singular
