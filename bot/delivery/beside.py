"""An e-mail beside a direct message, for who wants both; or in its place, where Discord refuses to bring it."""

from dataclasses import replace

from bot.delivery.assess import ByEmail, Emailed, Settle, Wait, assess
from bot.services import Services
from storage.database import Transaction
from storage.outbox.deliveries import DeliveryRepository
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState


async def email_too(services: Services, tx: Transaction, row: OutboxRow) -> None:
    """Owe an e-mail beside the row, whenever the row itself goes."""
    await services.emails.add(tx, row)
    services.outbox.wake(tx, services.clock.now())


async def email_instead(services: Services, deliveries: DeliveryRepository, row: OutboxRow, reason: str) -> bool:
    """Have what Discord refused to bring to a person decided on anew, where not only the next answer can bring it.

    Tell whether that is so. ``reason`` is that of the refusal. Raises what the row's subject raises.
    """
    async with services.transaction() as tx:
        fresh = await deliveries.row(tx, row)
        if fresh is None or fresh.state is not row.state:
            return False
        verdict = await assess(services, replace(fresh, refused_directly=True), services.clock.now())
        is_over = isinstance(verdict, Settle) and verdict.state is OutboxState.NOT_OWED
        if not is_over and not isinstance(verdict, ByEmail | Emailed | Wait):
            return False
        await services.emails.instead(tx, fresh, reason)
        services.outbox.wake(tx, services.clock.now())
    return True
