from datetime import UTC, datetime

from storage.database import Database


class ActivityRepository:
    """When a delegation last did anything that the audit log has, by any account that has spoken for it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def last(self, guild_id: int) -> dict[int, datetime]:
        """Return the last recorded activity by delegation id; absent where there is none."""
        rows = await self._database.fetch(
            "SELECT a.delegation_id, max(l.at) AS at FROM appointment AS a"
            " JOIN person AS p ON p.guild_id = a.guild_id AND p.id = a.person_id"
            " JOIN audit AS l ON l.guild_id = a.guild_id AND l.account_id = p.account_id"
            " WHERE a.guild_id = ? GROUP BY a.delegation_id",
            (guild_id,),
        )
        return {row["delegation_id"]: datetime.fromtimestamp(row["at"], UTC) for row in rows}
