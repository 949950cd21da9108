"""What people type and choose is in no log and in no metric; for the token see tests/loopback/test_monitoring.py."""

import io
import json
import logging
from collections.abc import Generator

import pytest

from bot.logs import DiscreetFormatter, JsonFormatter
from bot.monitoring.endpoint import Endpoint, _figures
from tests.chat.chatting import mention, write
from tests.polls.booth import Booth
from tests.world import World, said

MESSAGE = "Quetzalcoatl"
BALLOT = "Popocatepetl"
ADDRESS = "xochimilco@example.org"
MARKERS = (MESSAGE, BALLOT, "xochimilco")


class Log:
    """All that is logged, at the lowest levels that a setting allows, in both formats."""

    def __init__(self) -> None:
        self.text, self.json = io.StringIO(), io.StringIO()
        self.handlers = [logging.StreamHandler(self.text), logging.StreamHandler(self.json)]
        self.handlers[0].setFormatter(DiscreetFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self.handlers[1].setFormatter(JsonFormatter())

    def records(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.json.getvalue().splitlines()]


@pytest.fixture
def log() -> Generator[Log]:
    log = Log()
    loggers = {name: logging.getLogger(name) for name in ("", "bot", "cogs", "storage", "discord")}
    levels = {name: one.level for name, one in loggers.items()}
    for handler in log.handlers:
        loggers[""].addHandler(handler)
    for name, one in loggers.items():
        one.setLevel(logging.INFO if name in ("", "discord") else logging.DEBUG)
    yield log
    for name, one in loggers.items():
        one.setLevel(levels[name])
    for handler in log.handlers:
        loggers[""].removeHandler(handler)


async def live(world: World) -> None:
    """Let people type the markers wherever something can go wrong with them, and cast a ballot for one."""
    server, office = world.server, world.server.secretariat
    channel, general = server.channels["secretariat"], server.channels["general"]
    member = server.members["DK"]
    for address in (ADDRESS, f"{ADDRESS}@@"):
        await office.slash(channel, "member edit", delegation="LU", person="Luc Refuse", email=address)
    await member.slash(general, "topic propose", title=MESSAGE, level="global", format="workshop")
    await member.slash(general, "settings timezone", zone=MESSAGE)
    await member.slash(general, "resource search", query=MESSAGE)
    await office.slash(channel, "webinar schedule", title=MESSAGE, starts=MESSAGE)
    sent = await office.slash(channel, "message send", audience="all", text=MESSAGE)
    await office.click(sent.response, label="Confirm")
    await write(member, f"who is {MESSAGE}")
    await mention(world, member, MESSAGE)
    with world.as_bot():
        async with world.bot.services.transaction() as tx:
            await world.bot.services.settings.change_network(tx, server.id, members_channel_id=general.id)
    booth = Booth(world)
    poll = await booth.open(question=MESSAGE, options=f"{BALLOT}; Law")
    await booth.vote(server.members["GH"], poll, 1)
    await world.travel(3600)


async def fail(world: World) -> str:
    """Let what people type meet a fault of ours whose message quotes it, and return what the person is told."""
    with world.as_bot():
        async with world.bot.services.transaction() as tx:
            await tx.execute(
                "CREATE TRIGGER quotes BEFORE INSERT ON topic BEGIN SELECT json_extract('{}', NEW.title); END"
            )
    options = {"title": f"{MESSAGE} again", "level": "global", "format": "workshop"}
    answer = await world.server.members["GH"].slash(world.server.channels["general"], "topic propose", **options)
    world.forgive_faults()
    return said(answer)


async def test_what_people_type_is_neither_logged_nor_measured(world: World, log: Log) -> None:
    endpoint = Endpoint(1)
    world.bot.work.observe = endpoint.metrics.observe
    await live(world)
    told = await fail(world)
    with world.as_bot():
        metrics = endpoint.metrics.written(await _figures(world.bot, is_ready=True)).decode()
    assert 'name="topic propose",outcome="fault"' in metrics
    for written in (log.text.getvalue(), log.json.getvalue(), metrics):
        assert written
        lines = written.lower().splitlines()
        assert [line for line in lines if any(marker.lower() in line for marker in MARKERS)] == []
    # The reference that the person was told leads to the line, in both formats.
    faults = [record for record in log.records() if "reference" in record]
    assert len(faults) == 1
    assert faults[0]["reference"] in told
    assert faults[0]["reference"] in log.text.getvalue()
    assert "traceback" in faults[0]


def test_a_record_is_one_json_object_a_line(log: Log) -> None:
    logging.getLogger("bot.test").warning("two\nlines with \x1b[31m %s", "é")
    (record,) = log.records()
    assert record["message"] == "two\\nlines with \\x1b[31m é"
    assert (record["level"], record["logger"]) == ("WARNING", "bot.test")
    assert record["time"].endswith("+00:00")
    assert "reference" not in record
