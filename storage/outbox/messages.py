from storage.database import Database, Transaction
from storage.outbox.models import WrittenMessage


class MessagesRepository:
    """The texts of the secretariat's messages, for as long as the outbox refers to them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        tx: Transaction,
        guild_id: int,
        audience: str,
        region: str | None,
        text: str,
        meeting_id: int | None = None,
    ) -> int:
        """Keep a text and return its id; it is sent only when its preview is confirmed."""
        added = await tx.insert(
            "INSERT INTO message (guild_id, account_id, audience, region, text, created_at, meeting_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (guild_id, tx.account_id, audience, region, text, tx.at, meeting_id),
        )
        await tx.audit(guild_id, "write", "message", added, ("audience", "text"))
        return added

    async def get(self, guild_id: int, message_id: int) -> WrittenMessage | None:
        """Return a text of the network, or None."""
        row = await self._database.fetch_one(
            "SELECT id, guild_id, account_id, audience, region, text, meeting_id FROM message"
            " WHERE guild_id = ? AND id = ?",
            (guild_id, message_id),
        )
        return WrittenMessage(**row) if row is not None else None
