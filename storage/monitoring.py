"""What is watched of the database while the bot runs: whether it can be written, and what is owed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from storage.database import Database
from storage.outbox.states import OutboxState
from storage.unlisted_messages import IS_LISTED

_ALL: Final = "outbox_network AS n CROSS JOIN outbox AS o ON o.guild_id = n.guild_id"
"""CROSS JOIN as in :mod:`storage.outbox.deliveries`: by the indexes of each network."""
_LISTED: Final = f"{_ALL} AND {IS_LISTED}"
"""Without what is listed nowhere: that many people are reminded of a statement says who has not joined."""
_DUE: Final = f"{_ALL} WHERE n.paused_at IS NULL AND o.wake_at <= ?"
"""A network that is held sends nothing, and that is not late."""


@dataclass(frozen=True, slots=True)
class OutboxFigures:
    """All networks' messages by state, people whom something did not reach, and since when the first one is due."""

    states: dict[OutboxState, int]
    unreached_people: int
    due_since: datetime | None


class MonitoringRepository:
    """Asks what an operator's monitoring wants to know: numbers, never of whom or of which network."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write_something(self, at: datetime) -> None:
        """Write to the disk, without changing anything. Raises what SQLite raises where that cannot be done."""
        async with self._database.transaction(at) as tx:
            await tx.execute("UPDATE database_file SET generation = generation")

    async def due_since(self, at: datetime) -> datetime | None:
        """Return since when the message is due that is due longest and not settled; None where none is."""
        row = await self._database.fetch_one(f"SELECT min(o.wake_at) FROM {_DUE}", (int(at.timestamp()),))
        return datetime.fromtimestamp(row[0], UTC) if row is not None and row[0] is not None else None

    async def outbox(self, at: datetime) -> OutboxFigures:
        """Count the messages of all networks."""
        rows = await self._database.fetch(f"SELECT o.state, count(*) AS number FROM {_LISTED} GROUP BY o.state")
        people = await self._database.fetch_one(
            f"SELECT count(*) FROM (SELECT DISTINCT o.guild_id, o.target FROM {_LISTED} AND o.state = 'not_reached')"
        )
        counted = {OutboxState(row["state"]): int(row["number"]) for row in rows}
        return OutboxFigures(
            {state: counted.get(state, 0) for state in OutboxState},
            int(people[0]) if people is not None else 0,
            await self.due_since(at),
        )
