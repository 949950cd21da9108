from storage.database import Database
from storage.outbox.outbox import IS_LISTED


class UnreachedRepository:
    """What nothing brought to its person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def people(self, guild_id: int) -> int:
        """Return how many people of the network there are whom nothing brought at least one message."""
        row = await self._database.fetch_one(
            "SELECT count(DISTINCT target) FROM outbox AS o WHERE guild_id = ? AND state = 'not_reached'"
            f" AND {IS_LISTED}",
            (guild_id,),
        )
        return row[0] if row is not None else 0
