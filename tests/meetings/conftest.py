"""A network whose secretariat plans meetings, and what came of it."""

from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from simcord.results import InteractionResult

from storage.meetings.models import Meeting
from storage.outbox.models import OutboxRow
from tests.people import Person
from tests.world import Server, World, as_shown, running_world, said

BRUSSELS = "Europe/Brussels"


class Room:
    """Types the commands of meetings and reads the channels."""

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def server(self) -> Server:
        return self.world.server

    @property
    def now(self) -> datetime:
        return self.world.env.now()

    async def slash(self, command: str, by: Person | None = None, /, **options: str | int) -> InteractionResult:
        actor = by or self.server.secretariat
        return await actor.slash(self.server.channels["general"], f"meeting {command}", **options)

    async def told(self, command: str, by: Person | None = None, /, **options: str | int) -> str:
        return said(await self.slash(command, by, **options))

    async def confirm(self, result: InteractionResult, who: Person | None = None) -> InteractionResult:
        return await (who or self.server.secretariat).click(result.response, label="Confirm")

    async def submit(self, form: InteractionResult, **typed: str) -> InteractionResult:
        """Send a form with what it is filled in with, changed where something is typed."""
        return await self.server.secretariat.submit_modal(form, {**filled(form), **typed})

    def second_secretary(self) -> Person:
        return self.world.add_member(self.server, "second secretary", self.server.secretariat_role)

    @contextmanager
    def pressing_as(self, other: Person) -> Generator[None]:
        """Let what anybody presses come from ``other``, who could not see a private message on a real server."""

        def as_other(payload: dict[str, Any]) -> list[dict[str, Any]]:
            user = {**payload["member"]["user"], "id": str(other.id)}
            return [{**payload, "member": {**payload["member"], "user": user}}]

        with self.world.delivering(as_other):
            yield

    async def plan(self, starts_on: date, days: int = 2, **options: str | int) -> None:
        ends_on = starts_on + timedelta(days=days - 1)
        given = {"city": "Brussels", "country": "Belgium", "hosts": "European Union", "theme": "Prevention", **options}
        shown = await self.slash("plan", starts_on=str(starts_on), ends_on=str(ends_on), **given)
        await self.confirm(shown)

    async def edit(self, **options: str | int) -> None:
        await self.confirm(await self.slash("edit", **options))

    async def until(self, moment: datetime) -> None:
        """Let time pass until the instant."""
        await self.world.travel_to(moment)

    async def meeting(self) -> Meeting:
        (found,) = await self.world.bot.services.meetings.all(self.server.id)
        return found

    async def rows(self, *states: str) -> list[OutboxRow]:
        meeting = await self.meeting()
        rows = await self.world.bot.services.outbox.of(self.server.id, "meeting", meeting.id)
        return [row for row in rows if not states or row.state in states]

    def posted(self, channel: str = "announcements") -> list[tuple[datetime, str]]:
        return [(message.created_at, as_shown(message.content)) for message in self.server.channels[channel].history()]

    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(BRUSSELS)).date()


def filled(form: InteractionResult) -> dict[str, str]:
    """Return what the text fields of a form hold before anybody types."""

    def texts(node: Any) -> dict[str, str]:
        if isinstance(node, list):
            return {key: value for child in node for key, value in texts(child).items()}
        if not isinstance(node, dict):
            return {}
        own = {node["custom_id"]: node.get("value") or ""} if node.get("type") == 4 else {}
        return own | texts(node.get("components")) | texts(node.get("component"))

    assert form.modal is not None, "there is no form"
    return texts(form.modal["components"])


def at(day: date, hour: int, zone: str = BRUSSELS) -> datetime:
    """Return the instant of that hour of the day in the zone."""
    return datetime.combine(day, time(hour), ZoneInfo(zone))


@pytest.fixture
async def room(tmp_path: Path) -> AsyncGenerator[Room]:
    async with running_world(tmp_path / "focalbot.sqlite3") as world:
        yield Room(world)
