"""Which take-over a database file stands for: raised each time that a copy takes the place of what ran before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from storage.database import Database, Transaction
from storage.outbox.models import OutboxRow
from storage.outbox.rows import COLUMNS, instant, row_of

PAUSE: Final = 90
"""Seconds after a take-over in which a copy sends nothing that it owed before: what ran before looks once a minute, and
what it has sent last may arrive a little later."""


@dataclass(frozen=True, slots=True)
class Generation:
    """``number`` is 0 before any take-over; ``holder`` was drawn by lot with it.

    ``claims`` are the messages that say so, by channel. ``is_owed``: the file is a copy that has not taken over yet,
    made just after ``copied_at``. ``checked_at`` is when it was last certain that no other copy had (None: never).
    """

    number: int
    holder: str
    claims: Mapping[int, int]
    is_owed: bool
    copied_at: datetime | None
    checked_at: datetime | None


class GenerationRepository:
    """The generation of a database file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self) -> Generation:
        """Return what the file says."""
        row = await self._database.fetch_one("SELECT * FROM database_file")
        if row is None:
            raise LookupError("the database does not know which file it is")
        claims = {int(channel): int(message) for channel, message in json.loads(row["claims"]).items()}
        return Generation(
            row["generation"],
            row["holder"],
            claims,
            bool(row["take_over_owed"]),
            instant(row["copied_at"]),
            instant(row["checked_at"]),
        )

    async def channels(self) -> dict[int, int | None]:
        """Return the secretariat's channel of each network whose server has the bot (None: none is set)."""
        rows = await self._database.fetch(
            "SELECT guild_id, secretariat_channel_id FROM network WHERE removed_at IS NULL ORDER BY guild_id"
        )
        return {row["guild_id"]: row["secretariat_channel_id"] for row in rows}

    async def taken_over(self, tx: Transaction, number: int, holder: str, claims: Mapping[int, int]) -> None:
        """Note that this file has taken over, and the messages that say so by channel.

        What waits is sent :data:`PAUSE` later at the earliest.
        """
        await tx.execute(
            "UPDATE database_file SET generation = ?, holder = ?, claims = ?, take_over_owed = 0, checked_at = ?",
            (number, holder, json.dumps(claims), tx.at),
        )
        await tx.execute(
            "UPDATE outbox SET wake_at = ?1 + ?2, retrying = 1 WHERE +state = 'pending' AND wake_at < ?1 + ?2",
            (tx.at, PAUSE),
        )

    async def claim_moved(self, tx: Transaction, claims: Mapping[int, int]) -> None:
        """Note other messages that say which generation this is: somebody deleted one."""
        await tx.execute("UPDATE database_file SET claims = ?", (json.dumps(claims),))

    async def render_anew(self, tx: Transaction, since: datetime, direct_since: datetime) -> int:
        """Have messages of the last days shown anew, so that they say what this copy knows; return how many.

        Those in channels settled since ``since``, direct ones since ``direct_since``. One that was taken back in what
        the copy has lost turns out to be gone.
        """
        return await tx.execute(
            "UPDATE outbox SET wake_at = ?1, retrying = 0 WHERE +state = 'sent' AND message_id > 0"
            " AND settled_at >= iif(instr(target, ':') = 0, ?2, ?3)",
            (tx.at, int(since.timestamp()), int(direct_since.timestamp())),
        )

    async def settled_since(self, guild_id: int, since: datetime) -> list[OutboxRow]:
        """Return the rows of a network that were settled since then, or are not settled."""
        rows = await self._database.fetch(
            f"SELECT {COLUMNS} FROM outbox AS o WHERE o.guild_id = ? AND (o.settled_at IS NULL OR o.settled_at >= ?)",
            (guild_id, int(since.timestamp())),
        )
        return [row_of(row) for row in rows]

    async def annotate(self, tx: Transaction, row: OutboxRow, payload: Mapping[str, object]) -> None:
        """Give a row another payload, before it is sent."""
        await tx.execute(
            "UPDATE outbox SET payload = ? WHERE guild_id = ? AND id = ? AND state = 'pending'",
            (json.dumps(dict(payload), ensure_ascii=False), row.guild_id, row.id),
        )
