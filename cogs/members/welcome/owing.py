"""Owes the welcome to a person who gets a post or an account. No role of its own: for every way in."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.services import Services
from cogs.members.welcome.rules import SUBJECT, UNDONE, WELCOME, undone_at
from storage.database import Transaction
from storage.outbox.states import OutboxState

_STILL_OWED: Final = frozenset(
    {OutboxState.PENDING, OutboxState.SENDING, OutboxState.NOTICE, OutboxState.NOT_REACHED, OutboxState.EXPANDED}
)
"""States in which a message is on its way, or comes by itself once the person has an account."""


async def owe_welcome(
    services: Services,
    tx: Transaction,
    guild_id: int,
    person_id: int,
    appointment_id: int,
    starts_on: date,
    kind: str = "appointed",
    payload: Mapping[str, object] | None = None,
) -> None:
    """Owe somebody the news of their post, with the welcome once it has begun, and the reminder of what is undone.

    For everybody who gets a post, with an account or without, and for everybody who gets an account. What is owed
    already is not owed twice. ``kind`` is that of the news: "appointed", or "succeeds" at a hand-over.
    """
    outbox, now = services.outbox, services.clock.now()
    zone = ZoneInfo(services.zone(await services.settings.network(guild_id)))
    begins = datetime.combine(starts_on, time(), zone)
    news = await outbox.of(guild_id, "appointment", appointment_id)
    if any(row.kind in ("appointed", "succeeds") and row.state in _STILL_OWED for row in news):
        # What nothing brought to the person is looked at again once they have an account.
        outbox.wake(tx, now)
    else:
        await outbox.notify(tx, guild_id, person_id, "appointment", appointment_id, kind, payload=payload)
    ahead = [(UNDONE, undone_at(now, begins))]
    if begins > now:
        ahead.append((WELCOME, begins))
    owed = {row.kind for row in await outbox.of(guild_id, SUBJECT, appointment_id) if row.state in _STILL_OWED}
    for what, due_at in ahead:
        if what not in owed:
            target = f"person:{person_id}"
            await outbox.plan_now(tx, guild_id, SUBJECT, appointment_id, what, target, delay=due_at - now)
