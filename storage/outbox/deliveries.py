from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from storage.database import Database, Transaction
from storage.outbox.emails import BY_EMAIL
from storage.outbox.message_generation import GENERATION
from storage.outbox.models import CONCERNED, OutboxRow
from storage.outbox.outbox import SECONDS_SINCE_HUNG
from storage.outbox.rows import COLUMNS, as_row, instant, row_of, seconds
from storage.outbox.states import OutboxState, Reason, SentBy, among, check_step
from storage.unlisted_messages import COLLEAGUE_VOTED

ALERTS: Final = "outbox"
"""The subject of the lines to the secretariat, which the engine writes about its own trouble."""
TROUBLE: Final = "trouble"
_CALLED_OFF: Final = among(OutboxState.CANCELLED, OutboxState.PENDING)
_OWED_AGAIN: Final = among(OutboxState.PENDING, OutboxState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Copied:
    """A file that is a copy, made at ``made_at`` or shortly after, run since ``began_at`` as that ``generation``."""

    made_at: datetime
    began_at: datetime
    generation: int


class DeliveryRepository:
    """The engine's steps, each in a transaction of its own.

    A step starts from the state in which its row was read, and does nothing where the row has gone on since.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # When to look

    async def salt(self) -> bytes:
        """Return what makes this database's nonces its own."""
        row = await self._database.fetch_one("SELECT salt FROM outbox_file")
        if row is None:
            raise LookupError("the database has no salt")
        return row["salt"]

    async def copied(self) -> Copied | None:
        """Return what is known of the file's being a copy of another, or None where it is none."""
        row = await self._database.fetch_one(
            "SELECT o.restored_at, coalesce(f.copied_at, o.restored_at) AS copied_at, f.generation"
            " FROM outbox_file AS o, database_file AS f WHERE o.restored_at IS NOT NULL"
        )
        if row is None:
            return None
        return Copied(_moment(row["copied_at"]), _moment(row["restored_at"]), row["generation"])

    async def due(self, tx: Transaction, limit: int) -> list[OutboxRow]:
        """Return the rows to look at now but for e-mails, the longest due first, of networks that are not held."""
        rows = await tx.fetch(
            # CROSS JOIN keeps the order of the tables: left to itself, SQLite reads every row that waits.
            f"SELECT {COLUMNS} FROM outbox_network AS n CROSS JOIN outbox AS o ON o.guild_id = n.guild_id"
            " WHERE n.paused_at IS NULL AND o.wake_at <= ?"
            f" AND NOT ({BY_EMAIL}) ORDER BY o.wake_at, o.id LIMIT ?",
            (tx.at, limit),
        )
        return [row_of(row) for row in rows]

    async def next_wake(self, tx: Transaction) -> datetime | None:
        """Return when the next row that is not yet due will be, in networks that are not held."""
        rows = await tx.fetch(
            "SELECT min((SELECT o.wake_at FROM outbox AS o WHERE o.guild_id = n.guild_id AND o.wake_at > ?"
            " ORDER BY o.wake_at LIMIT 1)) FROM outbox_network AS n WHERE n.paused_at IS NULL",
            (tx.at,),
        )
        return instant(rows[0][0])

    async def wake_far_retries(self, tx: Transaction, longest: int) -> int:
        """Count retries that lie further ahead than the longest backoff (seconds) as due: the clock was set back."""
        return await tx.execute(
            "UPDATE outbox SET wake_at = ?1 WHERE retrying = 1 AND wake_at > ?1 + ?2", (tx.at, longest)
        )

    async def take_over(self, tx: Transaction) -> int:
        """Note that the process before this one is gone, and return how many of its requests may be on their way.

        It may have repeated a request until its end, long after the claim: only from now on is none made. And Discord
        may have left it without an answer: it was cut off before it could give it up as one that hung.
        """
        return await tx.execute(
            "UPDATE outbox SET in_flight = 0, attempted_at = ?1, hung = 1, retrying = 1,"
            " wake_at = max(coalesce(wake_at, 0), ?1 + ?2) WHERE in_flight = 1",
            (tx.at, SECONDS_SINCE_HUNG),
        )

    # What to look at

    async def row(self, tx: Transaction, row: OutboxRow) -> OutboxRow | None:
        """Return the row as it is now, or None when it is gone or its network is held."""
        rows = await tx.fetch(
            f"SELECT {COLUMNS} FROM outbox_network AS n JOIN outbox AS o ON o.guild_id = n.guild_id"
            " WHERE n.paused_at IS NULL AND o.guild_id = ? AND o.id = ?",
            (row.guild_id, row.id),
        )
        return as_row(rows[0]) if rows else None

    async def alerted_in(self, guild_id: int, line_id: int) -> list[OutboxRow]:
        """Return the rows whose trouble a line to the secretariat tells, the first due first."""
        rows = await self._database.fetch(
            f"SELECT {COLUMNS} FROM outbox AS o WHERE o.guild_id = ? AND o.told_in = ? ORDER BY o.due_at, o.id",
            (guild_id, line_id),
        )
        return [row_of(row) for row in rows]

    # Steps

    async def claim(self, tx: Transaction, row: OutboxRow, channel_id: int, after_id: int, lease: int) -> None:
        """Write down that a request for the row is about to be made; looked at after ``lease`` seconds of silence.

        ``after_id`` of the first attempt stays: whatever any attempt sent is newer.
        """
        check_step(row.state, OutboxState.SENDING)
        await tx.execute(
            "UPDATE outbox SET state = 'sending', reason = '', send_unproven = 0, channel_id = ?1, email_step = NULL,"
            " after_id = CASE WHEN attempts > 0 AND channel_id = ?1 THEN coalesce(after_id, ?2) ELSE ?2 END,"
            " attempts = attempts + 1, attempted_at = ?3, in_flight = 1, hung = 0, wake_at = ?3 + ?4,"
            " retrying = 1, edit_wanted = 0 WHERE guild_id = ?5 AND id = ?6 AND state = ?7",
            (channel_id, after_id, tx.at, lease, row.guild_id, row.id, row.state),
        )

    async def sent(
        self, tx: Transaction, row: OutboxRow, channel_id: int, message_id: int, again: datetime | None = None
    ) -> None:
        """Write down that the message is there; it is rendered anew at ``again`` (None: when somebody wants it).

        At once, where somebody has wanted it since it was rendered.
        """
        check_step(row.state, OutboxState.SENT)
        if row.kind == COLLEAGUE_VOTED:
            tx.erase_order_from_log()
        wake_at = seconds(again) if again is not None else None
        by = SentBy.DIRECT_MESSAGE if row.is_direct else None
        await tx.execute(
            "UPDATE outbox SET state = 'sent', reason = '', channel_id = ?1, message_id = ?2,"
            " wake_at = iif(edit_wanted = 1, ?5, ?3), edit_wanted = 0, sent_by = ?4, retrying = 0, in_flight = 0,"
            " settled_at = ?5 WHERE guild_id = ?6 AND id = ?7 AND state = ?8",
            (channel_id, message_id, wake_at, by, tx.at, row.guild_id, row.id, row.state),
        )

    async def wait(self, tx: Transaction, row: OutboxRow, until: datetime, *, retrying: bool = False) -> None:
        """Look at the row again at ``until``, which is no failure; ``retrying``: or when the clock is set back."""
        await tx.execute(
            "UPDATE outbox SET wake_at = ?, retrying = ? WHERE guild_id = ? AND id = ? AND state = ?",
            (seconds(until), retrying, row.guild_id, row.id, row.state),
        )

    async def decide_anew(self, tx: Transaction, row: OutboxRow) -> None:
        """Have a row that is not there decided on at once, as if it had never been tried."""
        check_step(row.state, OutboxState.PENDING)
        await tx.execute(
            "UPDATE outbox SET state = 'pending', reason = '', wake_at = ?, retrying = 1, in_flight = 0"
            " WHERE guild_id = ? AND id = ? AND state = ?",
            (tx.at, row.guild_id, row.id, row.state),
        )

    async def back_off(self, tx: Transaction, row: OutboxRow, at: datetime, state: OutboxState, reason: str) -> None:
        """Count a failure, and look at the row again at ``at``, in ``state``.

        What was sent, not reached or waits to be shown keeps its reason.
        """
        check_step(row.state, state)
        await tx.execute(
            "UPDATE outbox SET state = ?, reason = iif(state IN ('sent', 'notice', 'not_reached'), reason, ?),"
            " wake_at = ?, retrying = 1,"
            " in_flight = 0, failures = failures + 1"
            " WHERE guild_id = ? AND id = ? AND state = ?",
            (state, reason, seconds(at), row.guild_id, row.id, row.state),
        )

    async def unanswered(self, tx: Transaction, row: OutboxRow, at: datetime, *, hung: bool) -> None:
        """Count a failure, and look for the message at ``at``, whatever is asked of the row: it may have arrived.

        ``hung``: what waited for Discord's answer gave up waiting.
        """
        await tx.execute(
            "UPDATE outbox SET in_flight = 0, attempted_at = ?, hung = ?, wake_at = ?, retrying = 1,"
            " failures = failures + 1 WHERE guild_id = ? AND id = ? AND in_flight = 1",
            (tx.at, hung, seconds(at), row.guild_id, row.id),
        )

    async def settle(
        self, tx: Transaction, row: OutboxRow, state: OutboxState, reason: str = "", until: datetime | None = None
    ) -> bool:
        """End the row in ``state``, to be looked at again when ``until`` has passed (None: not by itself).

        Tell whether it was still as it was read.
        """
        check_step(row.state, state)
        if row.kind == COLLEAGUE_VOTED:
            tx.erase_order_from_log()
        return (
            await tx.execute(
                "UPDATE outbox SET state = ?1, reason = ?2, retrying = 0, in_flight = 0, settled_at = ?4,"
                " wake_at = iif(?1 = 'sent' AND edit_wanted = 1, ?4, ?3),"
                " edit_wanted = iif(?1 = 'sent', 0, edit_wanted),"
                " sent_by = iif(?1 = 'sent', sent_by, NULL) WHERE guild_id = ?5 AND id = ?6 AND state = ?7",
                (state, reason, seconds(until) + 1 if until else None, tx.at, row.guild_id, row.id, row.state),
            )
            > 0
        )

    async def edited(self, tx: Transaction, row: OutboxRow, again: datetime | None = None) -> None:
        """Write down that the message shows its subject as it was when ``row`` was read; a later wish stays.

        It is rendered anew at ``again`` (None: when somebody wants it).
        """
        await tx.execute(
            "UPDATE outbox SET wake_at = ?, retrying = 0 WHERE guild_id = ? AND id = ? AND wake_at = ?",
            (
                seconds(again) if again is not None else None,
                row.guild_id,
                row.id,
                seconds(row.wake_at) if row.wake_at is not None else None,
            ),
        )

    async def expand(self, tx: Transaction, row: OutboxRow, targets: Iterable[str]) -> None:
        """Owe the message to each of ``targets`` in place of the row to people."""
        await tx.execute_many(
            "INSERT INTO outbox (guild_id, subject, subject_id, kind, occurrence, target, parent_id, planned,"
            " payload, due_at, deadline, wake_at, generation)"
            " SELECT guild_id, subject, subject_id, kind, occurrence, ?1, id, 0,"
            f" json_remove(payload, '$.{CONCERNED}'), due_at, deadline, ?2, generation"
            " FROM outbox WHERE guild_id = ?3 AND id = ?4 ON CONFLICT DO NOTHING",
            [(target, tx.at, row.guild_id, row.id) for target in targets],
        )
        await self.settle(tx, row, OutboxState.EXPANDED)

    async def add_to_alert(self, tx: Transaction, row: OutboxRow, delay: int) -> None:
        """Have the secretariat told of a row's trouble, in the line that waits or in a new one in ``delay`` s."""
        waiting = await tx.fetch(
            # "+" keeps SQLite from the index by state, which would read every row that waits.
            "SELECT id FROM outbox WHERE guild_id = ? AND subject = ? AND subject_id = 0 AND kind = ?"
            " AND +state = 'pending' LIMIT 1",
            (row.guild_id, ALERTS, TROUBLE),
        )
        line_id = waiting[0]["id"] if waiting else await self.line(tx, row.guild_id, TROUBLE, delay)
        await tx.execute("UPDATE outbox SET told_in = ? WHERE guild_id = ? AND id = ?", (line_id, row.guild_id, row.id))

    async def line(self, tx: Transaction, guild_id: int, kind: str, delay: int) -> int:
        """Owe a line to the secretariat in ``delay`` seconds and return its id."""
        return await tx.insert(
            "INSERT INTO outbox (guild_id, subject, subject_id, kind, occurrence, target, planned, due_at, wake_at,"
            " generation)"
            " SELECT ?1, ?2, 0, ?3, coalesce(max(occurrence), 0) + 1, 'secretariat', 0, ?4, ?4,"
            f" {GENERATION} FROM outbox"
            " WHERE guild_id = ?1 AND subject = ?2 AND kind = ?3",
            (guild_id, ALERTS, kind, tx.at + delay),
        )

    # Networks that go and come back

    async def networks(self) -> dict[int, bool]:
        """Return every network that owes or owed anything, with whether it is written down as removed."""
        rows = await self._database.fetch(
            "SELECT guild_id, max(removed) AS removed FROM ("
            "SELECT guild_id, removed_at IS NOT NULL AS removed FROM network"
            " UNION ALL SELECT guild_id, 0 FROM outbox_network) GROUP BY guild_id"
        )
        return {row["guild_id"]: bool(row["removed"]) for row in rows}

    async def removed(self, tx: Transaction, guild_id: int) -> None:
        """Cancel all that a network owes, the bot having been removed from its server."""
        await tx.execute(
            "UPDATE network SET removed_at = ? WHERE guild_id = ? AND removed_at IS NULL", (tx.at, guild_id)
        )
        await tx.execute(
            "UPDATE outbox SET state = 'cancelled', reason = ?, wake_at = NULL, settled_at = ?"
            f" WHERE guild_id = ? AND state IN {_CALLED_OFF}",
            (Reason.REMOVED, tx.at, guild_id),
        )

    async def returned(self, tx: Transaction, guild_id: int) -> None:
        """Owe again what was cancelled when the bot was removed and still lies ahead; note for how long it was away."""
        await tx.execute(
            "INSERT INTO outbox_pause (guild_id, began_at, ended_at) SELECT guild_id, removed_at, max(removed_at, ?)"
            " FROM network WHERE guild_id = ? AND removed_at IS NOT NULL",
            (tx.at, guild_id),
        )
        await tx.execute("UPDATE network SET removed_at = NULL WHERE guild_id = ?", (guild_id,))
        await tx.execute(
            "UPDATE outbox SET state = 'pending', reason = '', wake_at = due_at, settled_at = NULL"
            f" WHERE guild_id = ? AND state IN {_OWED_AGAIN} AND reason = ? AND due_at > ?",
            (guild_id, Reason.REMOVED, tx.at),
        )

    async def purge_removed(self, tx: Transaction, age: int) -> list[int]:
        """Delete everything of the networks that the bot was removed from over ``age`` seconds ago; return them."""
        gone = [
            row["guild_id"]
            for row in await tx.fetch("SELECT guild_id FROM network WHERE removed_at <= ?", (tx.at - age,))
        ]
        if not gone:
            return gone
        tx.erase_from_log()
        # Checked when the transaction ends: the tables are emptied in any order.
        await tx.fetch("PRAGMA defer_foreign_keys = ON")
        tables = await tx.fetch(
            "SELECT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c ON c.name = 'guild_id'"
            " WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
        )
        # Twice: emptying the directory lets its triggers write a version of it again.
        for table in (*tables, *tables):
            await tx.execute_many(f'DELETE FROM "{table["name"]}" WHERE guild_id = ?', [(g,) for g in gone])
        return gone


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
