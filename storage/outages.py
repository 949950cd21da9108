"""When nobody could act: the bot was away, or a network held its messages."""

from datetime import UTC, datetime

from storage.database import Database, Transaction
from storage.decisions.models import Interruption


class OutagesRepository:
    """The times in which the bot did not run or could not be reached, and the pauses of each network."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def heard_at(self) -> datetime | None:
        """Return when a bot last heard of Discord; None: none ever did."""
        row = await self._database.fetch_one("SELECT heard_at FROM database_file")
        return _instant(row["heard_at"]) if row is not None and row["heard_at"] is not None else None

    async def note_heard(self, tx: Transaction, at: datetime) -> None:
        """Write down that the bot hears of Discord."""
        tx.unaudited_by_design()
        await tx.execute("UPDATE database_file SET heard_at = ?", (int(at.timestamp()),))

    async def note(self, tx: Transaction, began_at: datetime, ended_at: datetime) -> None:
        """Write down an outage, which is about every network."""
        tx.unaudited_by_design()
        began, ended = int(began_at.timestamp()), int(ended_at.timestamp())
        if ended > began:
            await tx.execute("INSERT INTO outage (began_at, ended_at) VALUES (?, ?)", (began, ended))

    async def since(self, guild_id: int, since: datetime, tx: Transaction) -> list[Interruption]:
        """Return what interrupted the network after ``since``, the first one first; a pause that lasts ends now.

        That the bot was removed from the server counts as a pause.
        """
        parameters = (guild_id, int(since.timestamp()), tx.at)
        rows = await tx.fetch(
            "SELECT began_at, ended_at, 0 AS is_pause FROM outage WHERE ended_at > ?2 AND ?1 IS ?1 AND ?3 IS ?3"
            " UNION ALL SELECT began_at, ended_at, 1 FROM outbox_pause WHERE guild_id = ?1 AND ended_at > ?2"
            " UNION ALL SELECT paused_at, ?3, 1 FROM outbox_network WHERE guild_id = ?1 AND paused_at < ?3"
            " UNION ALL SELECT removed_at, ?3, 1 FROM network WHERE guild_id = ?1 AND removed_at < ?3"
            " ORDER BY 1",
            parameters,
        )
        return [Interruption(_instant(row[0]), _instant(row[1]), bool(row[2])) for row in rows]

    async def forget(self, tx: Transaction, before: datetime) -> None:
        """Delete what ended before then: no procedure that began later asks for it."""
        at = int(before.timestamp())
        await tx.execute("DELETE FROM outage WHERE ended_at < ?", (at,))
        await tx.execute("DELETE FROM outbox_pause WHERE ended_at < ?", (at,))


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
