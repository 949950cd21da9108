"""Presses every button of the messages that a database does not know, and counts those that act on another thing."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.outbox.reference import PREFIX
from tests.loopback.focalbot import FocalbotWorkload
from tests.loopback.notes import SENTENCE
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Message


class LostButtons:
    """People come back to what a lost machine has said to them, and press what is under it."""

    def __init__(self, discord: LoopbackDiscord, workload: FocalbotWorkload) -> None:
        self.discord = discord
        self.workload = workload
        self.pressed = 0
        self.acted_on_another: list[str] = []
        self._seen: set[int] = set()

    async def press_all(self, database: Path) -> None:
        """Press the buttons of all messages that the running bot's ``database`` does not know, each once in a run."""
        known = {entry.reference for entry in self.workload.books(database)}
        for message in list(self.discord.world.messages):
            reference = self.workload.reference(message)
            if reference is None or reference in known or message.id in self._seen or not message.can_be_seen:
                continue
            self._seen.add(message.id)
            for custom_id in message.custom_ids():
                await self._press(database, message, custom_id)

    async def _press(self, database: Path, message: Message, custom_id: str) -> None:
        person = message.channel.recipient or self.workload.appointees[2].user
        before = _answers(database)
        answer = await self.discord.people.press(person, message, custom_id)
        self.pressed += 1
        shown = answer.message.content if answer.message is not None else ""
        changed = {city for city, answers in _answers(database).items() if before.get(city) != answers}
        said = message.content + json.dumps(message.embeds)
        wrong = [city for city in changed if city not in said]
        if custom_id.startswith(f"{PREFIX}:") and shown.startswith(SENTENCE):
            wrong += [shown] if shown.splitlines()[0] != message.content.splitlines()[0] else []
        if wrong:
            self.acted_on_another.append(f"{custom_id} under {message.content[:60]!r}: {wrong}")


def _answers(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return who has answered what, by the city of the meeting: each meeting of a run has a city of its own."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with closing(sqlite3.connect(database)) as connection:
        cities = dict(connection.execute("SELECT id, city FROM meeting").fetchall())
        for meeting_id, *answer in connection.execute("SELECT meeting_id, * FROM registration").fetchall():
            found.setdefault(cities[meeting_id], []).append(tuple(answer))
    return found
