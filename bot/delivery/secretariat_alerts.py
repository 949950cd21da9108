from datetime import UTC, datetime
from typing import ClassVar, Final

import discord

from bot.commands import Command
from bot.outbox import Outbox
from bot.outbox.reasons import described, in_trouble
from bot.outbox.types import Message, RecordlessSubject, Standing
from bot.services import Services
from bot.texts import Reader, Text, clipped, nt, t
from storage.database import Transaction
from storage.outbox.deliveries import ALERTS, DeliveryRepository
from storage.outbox.models import OutboxRow
from storage.outbox.states import Reason, has_reason

CLOCK: Final = "clock"
_SHOWN: Final = 10
GATHERED: Final = 30
"""Seconds in which troubles are gathered into one line to the secretariat."""


async def alert(outbox: Outbox, deliveries: DeliveryRepository, tx: Transaction, row: OutboxRow, reason: str) -> None:
    """Have the secretariat told of a row's new trouble: of a fault once, and never of an alert's own trouble."""
    told = row.alerted and any(
        has_reason(row.reason, one) and has_reason(reason, one) for one in (Reason.FAULT, Reason.MAIL_SETTINGS)
    )
    if row.subject != ALERTS and not told:
        await deliveries.add_to_alert(tx, row, GATHERED)
        outbox.wake(tx, datetime.fromtimestamp(tx.at + GATHERED, UTC))


class SecretariatAlerts(RecordlessSubject):
    """What the outbox itself tells the secretariat: messages that did not arrive, and a clock that was off."""

    name: ClassVar[str] = ALERTS

    def __init__(self, services: Services, deliveries: DeliveryRepository) -> None:
        self._services = services
        self._deliveries = deliveries

    async def standing(self, row: OutboxRow) -> Standing | None:
        """A line about trouble is owed for as long as there is any."""
        return Standing() if row.kind == CLOCK or await self._troubled(row) else None

    async def title(self, row: OutboxRow) -> Text:
        """Name the line in lists."""
        if row.kind == CLOCK:
            return t("To the secretariat: the clock was wrong")
        return t("To the secretariat: messages that did not arrive")

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Say in one sentence what happened, with the messages and what to do about each in the card."""
        if row.kind == CLOCK:
            return Message(
                reader.say(
                    t(
                        "The clock of the machine that runs the bot was wrong; nothing was sent until it was"
                        " corrected, and what was due in the meantime follows now."
                    )
                )
            )
        rows = await self._troubled(row)
        sentence = nt(
            "{count} message did not arrive as it should: {command} says why and what to do.",
            "{count} messages did not arrive as they should: {command} says why and what to do.",
            len(rows),
            command=Command("outbox list"),
        )
        card = discord.Embed(colour=discord.Colour.orange())
        for one in rows[:_SHOWN]:
            title = await self._services.outbox.title(one)
            problem, fix = described(one)
            said = clipped(f"{reader.say(problem)} {reader.say(fix)}", 400)
            card.add_field(name=reader.label(title)[:256], value=said, inline=False)
        return Message(reader.say(sentence), card)

    async def _troubled(self, row: OutboxRow) -> list[OutboxRow]:
        told = await self._deliveries.alerted_in(row.guild_id, row.id)
        return [one for one in told if in_trouble(one)]
