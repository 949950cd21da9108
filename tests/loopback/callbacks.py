"""The routes by which the bot answers an interaction: its callback, edits of the answer, follow-ups."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.loopback.interactions import Answer
from tests.loopback.rest import Arrived, Handler, Refusal, unknown
from tests.loopback.world import Message, Payload

if TYPE_CHECKING:
    from tests.loopback.server import LoopbackDiscord

EPHEMERAL = 1 << 6
MESSAGE, DEFERRED, DEFERRED_EDIT, EDIT, CHOICES, FORM = 4, 5, 6, 7, 8, 9
MOST_CHOICES = 25


class Callbacks:
    """Discord's side of an interaction's answer."""

    def __init__(self, discord: LoopbackDiscord) -> None:
        self.discord = discord
        self.world = discord.world

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Every route by method and path under ``/api/v10``."""
        webhook = "/webhooks/{application}/{token}"
        return {
            ("POST", "/interactions/{interaction}/{token}/callback"): self.callback,
            ("POST", webhook): self.follow_up,
            ("GET", webhook + "/messages/{message}"): self.get,
            ("PATCH", webhook + "/messages/{message}"): self.edit,
            ("DELETE", webhook + "/messages/{message}"): self.delete,
        }

    def _answer(self, arrived: Arrived) -> Answer:
        answer = self.discord.people.answers.get(arrived.text("token"))
        if answer is None:
            raise unknown("Webhook", 10015)
        return answer

    async def callback(self, arrived: Arrived) -> Payload:
        answer = self.discord.people.answers.get(arrived.text("token"))
        elapsed = 0.0 if answer is None else time.monotonic() - answer.asked_at
        if answer is None or elapsed > self.discord.people.answered_within:
            raise unknown("interaction", 10062)
        if answer.kind is not None:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        kind, data = int(arrived.body["type"]), arrived.body.get("data") or {}
        if kind == CHOICES and len(data["choices"]) > MOST_CHOICES:
            raise Refusal(400, 50035, "Must be 25 or fewer in length.")
        answer.kind, answer.data, answer.seconds = kind, data, elapsed
        if kind in (MESSAGE, DEFERRED):
            hidden = bool(int(data.get("flags") or 0) & EPHEMERAL)
            answer.message = self._store(answer, data, arrived, hidden=hidden)
        elif kind in (EDIT, DEFERRED_EDIT):
            answer.message = answer.source
            if kind == EDIT and answer.source is not None:
                self.discord.store.edit(answer.source, data, arrived.files)
        if kind in (MESSAGE, EDIT, CHOICES, FORM):
            answer.finished.set()
        return self._told(answer)

    def _store(self, answer: Answer, data: Payload, arrived: Arrived, *, hidden: bool) -> Message:
        return self.discord.store.store(answer.channel, self.world.bot, data, arrived.files, ephemeral=hidden)

    def _told(self, answer: Answer) -> Payload:
        interaction: Payload = {"id": str(answer.id), "type": 2}
        told: Payload = {"interaction": interaction}
        if answer.message is not None:
            interaction["response_message_id"] = str(answer.message.id)
            interaction["response_message_loading"] = answer.kind == DEFERRED
            interaction["response_message_ephemeral"] = answer.message.ephemeral
            told["resource"] = {"type": answer.kind, "message": answer.message.payload}
        return told

    async def follow_up(self, arrived: Arrived) -> Payload:
        answer = self._answer(arrived)
        if answer.kind is None:
            raise unknown("Webhook", 10015)
        if answer.kind == DEFERRED and not answer.finished.is_set() and answer.message is not None:
            message = self.discord.store.edit(answer.message, arrived.body, arrived.files)
        else:
            hidden = bool(int(arrived.body.get("flags") or 0) & EPHEMERAL)
            message = self._store(answer, arrived.body, arrived, hidden=hidden)
            answer.followups.append(message)
        answer.finished.set()
        return message.payload

    def _message(self, arrived: Arrived) -> Message:
        answer = self._answer(arrived)
        if arrived.text("message") == "@original":
            message = answer.message
        else:
            wanted = arrived.id("message")
            known = [*answer.followups, *([answer.message] if answer.message else [])]
            message = next((m for m in known if m.id == wanted), None)
        if message is None or message.deleted:
            raise unknown("Message", 10008)
        return message

    async def get(self, arrived: Arrived) -> Payload:
        return self._message(arrived).payload

    async def edit(self, arrived: Arrived) -> Payload:
        message = self.discord.store.edit(self._message(arrived), arrived.body, arrived.files)
        self._answer(arrived).finished.set()
        return message.payload

    async def delete(self, arrived: Arrived) -> None:
        self._message(arrived).deleted = True
        self._answer(arrived).finished.set()
