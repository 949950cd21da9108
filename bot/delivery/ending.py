"""Writes down how a row ended, or that our code failed, and has the secretariat told where that is a trouble."""

import logging
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.delivery.outcome import backoff
from bot.delivery.secretariat_alerts import alert
from bot.outbox.reasons import in_trouble
from bot.outbox.reference import fault_in_log, in_log
from bot.services import Services
from storage.database import Transaction
from storage.outbox.deliveries import DeliveryRepository
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, Reason

_log: Final = logging.getLogger("bot.outbox")

MAX_FAULTS: Final = 5
"""Times in all that a row is tried which fails because of an error in our code."""


async def end(
    services: Services,
    deliveries: DeliveryRepository,
    tx: Transaction,
    row: OutboxRow,
    state: OutboxState,
    reason: str = Reason.NONE,
    until: datetime | None = None,
) -> None:
    """End the row in ``state``, to be looked at again when ``until`` has passed (None: not by itself)."""
    settled = await deliveries.settle(tx, row, state, reason, until)
    if settled and in_trouble(replace(row, state=state, reason=reason)):
        _log.warning("%s is %s: %s", in_log(row), state, reason)
        await alert(services.outbox, deliveries, tx, row, reason)


async def faulted(
    services: Services, deliveries: DeliveryRepository, tx: Transaction, row: OutboxRow, error: Exception
) -> None:
    """Put a fault of ours into the log and on the row; try it again after a backoff, a few times in all."""
    reason = Reason.FAULT.of(fault_in_log(row, error))
    if row.failures + 1 < MAX_FAULTS:
        at = services.clock.now() + backoff(row.failures + 1)
        await deliveries.back_off(tx, row, at, row.state, reason)
        if in_trouble(replace(row, reason=reason)):
            await alert(services.outbox, deliveries, tx, row, reason)
    elif row.state in {OutboxState.SENT, OutboxState.NOTICE, OutboxState.NOT_REACHED}:
        await deliveries.edited(tx, row)
    else:
        never_sent = row.state is OutboxState.PENDING and row.attempted_at is None
        state = OutboxState.FAILED if never_sent else OutboxState.UNKNOWN
        await end(services, deliveries, tx, row, state, reason)
