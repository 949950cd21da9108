"""Silence procedures as people open them and act in them, on SimCord."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import discord
from simcord.results import InteractionResult

from storage.decisions.models import Decision, DecisionSeat
from storage.members.models import Delegation
from storage.takeover.identity import open_database
from tests.people import Person
from tests.polls.booth import ids_of
from tests.world import Server, World, new_bot, said

BEGINS = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday, ten o'clock in Brussels."""
ENDS = datetime(2026, 3, 5, 16, tzinfo=UTC)
"""The earliest expiry of what is opened then."""
NEVER = timedelta(days=3650)
DECIDING = ("DK", "GH", "CR")
"""The steering group, all of whom accept direct messages."""


@dataclass
class Floor:
    """One network's silence procedures."""

    world: World

    @property
    def server(self) -> Server:
        return self.world.server

    @property
    def general(self) -> Any:
        return self.server.channels["general"]

    async def propose(self, **options: Any) -> InteractionResult:
        filled = {"title": "The agenda of 2027", "url": "https://example.org/agenda", "audience": "steering"} | options
        given = {name: value for name, value in filled.items() if value is not None}
        return await self.server.secretariat.slash(self.server.channels["secretariat"], "decision open", **given)

    async def open(self, **options: Any) -> Decision:
        shown = await self.propose(**options)
        done = await self.server.secretariat.click(shown.response, label="Confirm")
        assert "under silence procedure now" in said(done), said(done)
        # The messages to people leave two minutes later.
        await self.world.travel(timedelta(minutes=3))
        return await self.latest()

    async def latest(self) -> Decision:
        found = await self.world.bot.services.decisions.decisions(self.server.id)
        return max(found, key=lambda one: one.id)

    async def now(self, decision: Decision) -> Decision:
        found = await self.world.bot.services.decisions.decision(decision.guild_id, decision.id)
        assert found is not None
        return found

    async def seat(self, decision: Decision, code: str) -> DecisionSeat:
        seats = await self.world.bot.services.decisions.seats(decision.guild_id, decision.id)
        delegation = await self.delegation(code)
        return next(seat for seat in seats if seat.delegation_id == delegation.id)

    async def delegation(self, code: str) -> Delegation:
        found = await self.world.bot.services.members.delegation(self.server.id, code)
        assert found is not None
        return found

    def public(self) -> list[discord.Message]:
        return list(self.general.history())

    def message_of(self, decision: Decision) -> discord.Message:
        wanted = f"decision:object:{self.server.id}:{decision.id}"
        return next(m for m in self.public() if wanted in ids_of(m))

    def to_secretariat(self) -> list[str]:
        return [message.content for message in self.server.channels["secretariat"].history()]

    async def press(self, who: Person, decision: Decision, label: str) -> InteractionResult:
        return await who.click(self.message_of(decision), label=label)

    async def fill_in(self, who: Person, form: InteractionResult, **values: Any) -> InteractionResult:
        return await who.submit_modal(form, {"reason": "", "amendment": "", "named": ["no"]} | values)

    async def object(self, who: Person, decision: Decision, **values: Any) -> InteractionResult:
        form = await self.press(who, decision, "Object")
        shown = await self.fill_in(who, form, **values)
        return await who.click(shown.response, label="Confirm")

    async def hand_over(self, code: str, last_day: date) -> Person:
        """Let the seat change hands after ``last_day``; return the successor, who accepts direct messages."""
        services, server = self.world.bot.services, self.server
        successor = self.world.add_member(server, f"successor of {code}")
        delegation = await self.delegation(code)
        post = next(held.appointment for held in await services.members.holders(server.id, delegation.id))
        async with services.transaction() as tx:
            await services.members.change_appointment(tx, server.id, post.id, ends_on=last_day)
            person = await services.members.add_person(tx, server.id, "Ida Holm", account_id=successor.id)
            await services.members.appoint(
                tx, server.id, delegation.id, person, "focal_point", last_day + timedelta(days=1), None
            )
            await services.settings.change_account(
                tx, server.id, successor.id, channel="direct_message", timezone="Europe/Brussels"
            )
        return successor

    async def be_away(self, span: timedelta) -> None:
        """Let the bot be away for a while."""
        await self.leave()
        await self.world.travel(span)
        await self.come_back()

    async def leave(self) -> None:
        """Close the bot, which notes when it last heard of Discord."""
        # By SimCord's clock; its next note is years away.
        self.world.bot.heartbeat = NEVER
        with self.world.as_bot():
            await self.world.bot.close()

    async def come_back(self) -> None:
        """Start a bot again on the same database."""
        self.world.bot = new_bot(self.world.settings)
        self.world.bot.heartbeat = NEVER
        await self.world.env.restart_bot(self.world.bot)
        await self.world.travel(timedelta(seconds=1))

    async def fail_to_start(self) -> None:
        """Start a bot that goes down again before it has reached Discord."""
        database, _ = await open_database(self.world.settings.database_path, self.world.env.now())
        await database.close()
