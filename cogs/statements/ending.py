"""How a statement closes at its time. No role of its own: all look first whether a statement has closed."""

from bot.outbox import MEMBERS
from bot.services import Services
from cogs.statements.rules import COUNTING, SUBJECT, Kind, is_due
from storage.database import Transaction
from storage.statements.models import Statement


async def close_when_due(services: Services, guild_id: int, statement_id: int) -> None:
    """Close a statement whose time has come; does nothing to any other."""
    async with services.transaction() as tx:
        # Read with the writer held: nobody can close it, or move its time, meanwhile.
        statement = await services.statements.get(guild_id, statement_id, tx)
        if statement is None or not is_due(statement, services.clock.now()):
            return
        await services.statements.step(tx, guild_id, statement_id, "open", "closed")
        await services.outbox.edit(tx, guild_id, SUBJECT, statement_id, *COUNTING)


async def close_now(services: Services, tx: Transaction, statement: Statement) -> bool:
    """Close an open statement before its time, and say so to the members; False when somebody was quicker."""
    about = (statement.guild_id, SUBJECT, statement.id)
    if not await services.statements.step(tx, statement.guild_id, statement.id, "open", "closed"):
        return False
    await services.outbox.plan(tx, *about, [])
    await services.outbox.plan_now(tx, *about, Kind.CLOSED, MEMBERS)
    await services.outbox.edit(tx, *about, *COUNTING)
    return True
