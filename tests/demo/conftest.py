import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import aiohttp
import pytest

from bot.demo.serving import Demo, listen, serve
from bot.demo.world import World
from tests.demo.counting_bot import CountingBot
from tests.patience import looks, moment


class Visitor:
    """One person in one place, as SimCord's page speaks for them."""

    def __init__(self, session: aiohttp.ClientSession, place: str, user_id: str) -> None:
        self.session = session
        self.headers = {"X-Simcord-Capability": f"{place}.{user_id}"}
        self.sequence = 0

    async def open(self) -> "Visitor":
        async with self.session.post("/api/pages", json={}, headers=self.headers) as response:
            self.page = await response.json()
        self.headers["X-Simcord-Context"] = self.page["context"]["id"]
        return self

    async def look(self) -> dict:
        async with self.session.get("/api/state", headers=self.headers) as response:
            self.page = await response.json()
        return self.page

    async def messages(self) -> list[dict]:
        page = await self.look()
        return [page["messages"][key] for key in page["timeline"]]

    async def sees(self, label: str) -> bool:
        """Wait, as a person does, until the page shows a button with that label by itself."""
        for _ in looks():
            if f'"label": "{label}"' in json.dumps(await self.look()):
                return True
            await moment()
        return False

    async def act(self, kind: str, **body: object) -> dict:
        self.sequence += 1
        envelope = {
            "protocol_version": 3,
            "kind": kind,
            "sequence": self.sequence,
            "request_id": f"{id(self)}-{self.sequence}",
            "generation": self.page["context"]["generation"],
            "bot_generation": self.page["botGeneration"],
            "published_revision": self.page["publishedRevision"],
        }
        async with self.session.post("/api/action", json={**envelope, **body}, headers=self.headers) as response:
            receipt = await response.json()
        self.sequence -= receipt["rejected"]
        return receipt

    async def slash(self, command: str, **options: object) -> dict:
        async with self.session.get("/api/commands", headers=self.headers) as response:
            entries = (await response.json())["entries"]
        entry = next(entry for entry in entries if entry["invocation"] == command)
        return await self.act(
            "run_command",
            command_id=entry["commandId"],
            path=entry["path"],
            schema_fingerprint=entry["schemaFingerprint"],
            options=options,
        )

    async def click(self, message: dict) -> dict:
        button = message["components"][0]["components"][0]
        return await self.act("click", target_id=message["id"], control_key=button["control_key"])


class OpenDemo:
    """A demo that is open, as a browser meets it."""

    def __init__(self, session: aiohttp.ClientSession, address: str, world: dict) -> None:
        self.session = session
        self.address = address
        self.people = {person["name"]: person["id"] for person in world["people"]}
        self.world = world

    async def visit(self, place: str, name: str) -> Visitor:
        return await Visitor(self.session, place, self.people[name]).open()

    async def now(self, name: str) -> dict:
        async with self.session.get("/demo/now", params={"who": self.people[name]}) as response:
            return await response.json()

    async def travel(self, to: str) -> dict:
        async with self.session.post("/demo/travel", json={"to": to}) as response:
            return await response.json()


@asynccontextmanager
async def opened(demo: Demo) -> AsyncIterator[OpenDemo]:
    listener = listen(0)
    stop, address = asyncio.Event(), asyncio.get_running_loop().create_future()
    served = asyncio.create_task(serve(demo, listener, address.set_result, stop))
    try:
        await asyncio.wait({served, address}, return_when=asyncio.FIRST_COMPLETED)
        if served.done():
            served.result()
        async with aiohttp.ClientSession(address.result()) as session, session.get("/demo/world") as response:
            yield OpenDemo(session, address.result(), await response.json())
    finally:
        stop.set()
        await served


@pytest.fixture
def counting_demo(tmp_path: Path) -> Demo:
    async def furnish(world: World) -> None:
        (tmp_path / "database").write_text(str(world.guild_id))

    return Demo(
        lambda _smtp_url: CountingBot(),
        furnish,
        tmp_path / "database",
        tmp_path / "discord.pickle",
        next_reminder=lambda bot: cast(CountingBot, bot).next_reminder,
        explain=str,
    )
