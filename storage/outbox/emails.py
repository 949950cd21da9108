"""The steps of a message that goes by e-mail, each in a transaction of its own."""

from datetime import datetime
from typing import Final

from storage.database import Database, Transaction
from storage.outbox.models import BOTH, OutboxRow
from storage.outbox.rows import COLUMNS, as_row, row_of, seconds
from storage.outbox.states import OutboxState, Reason, SentBy, check_step

BY_EMAIL: Final = "o.email_step IS NOT NULL AND o.state IN ('pending', 'sending')"
"""What is on its way by e-mail, and nothing to do with Discord's lanes."""


class EmailsRepository:
    """What waits to be sent by e-mail, and how far each e-mail is.

    As every step of the outbox, these start from the state in which their row was read, and do nothing where it has
    gone on since.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, tx: Transaction, limit: int) -> list[OutboxRow]:
        """Return the e-mails to look at now, the longest due first, of networks that are not held."""
        rows = await tx.fetch(
            f"SELECT {COLUMNS} FROM outbox AS o JOIN outbox_network AS n ON n.guild_id = o.guild_id"
            f" WHERE {BY_EMAIL} AND o.wake_at <= ? AND n.paused_at IS NULL ORDER BY o.wake_at, o.id LIMIT ?",
            (tx.at, limit),
        )
        return [row_of(row) for row in rows]

    async def held_up(self, guild_id: int, reason: Reason) -> str | None:
        """Return why an e-mail of the network waits, with its detail, where ``reason`` is why; else None."""
        row = await self._database.fetch_one(
            "SELECT reason FROM outbox WHERE guild_id = ? AND email_step = 'queued' AND state = 'pending'"
            " AND instr(reason, ?) = 1 ORDER BY wake_at DESC LIMIT 1",
            (guild_id, f"{reason}:"),
        )
        return row["reason"] if row is not None else None

    async def beside(self, row: OutboxRow) -> OutboxRow | None:
        """Return the other row of a message that goes twice, of the direct message or of the e-mail; None: no other."""
        other = row.target.removesuffix(BOTH) if row.is_second_copy else f"{row.target}{BOTH}"
        return as_row(
            await self._database.fetch_one(
                f"SELECT {COLUMNS} FROM outbox AS o WHERE o.guild_id = ? AND o.subject = ? AND o.subject_id = ?"
                " AND o.kind = ? AND o.target = ? AND o.occurrence = ?",
                (row.guild_id, row.subject, row.subject_id, row.kind, other, row.occurrence),
            )
        )

    async def add(self, tx: Transaction, row: OutboxRow) -> None:
        """Owe an e-mail beside a direct message, to a person who wants both; once, however often it is tried."""
        await tx.execute(
            "INSERT INTO outbox (guild_id, subject, subject_id, kind, occurrence, target, parent_id, planned, payload,"
            " due_at, deadline, wake_at, generation)"
            " SELECT guild_id, subject, subject_id, kind, occurrence, target || ?1, parent_id, 0, payload, due_at,"
            " deadline, ?2, generation FROM outbox WHERE guild_id = ?3 AND id = ?4 ON CONFLICT DO NOTHING",
            (BOTH, tx.at, row.guild_id, row.id),
        )

    async def queue(self, tx: Transaction, row: OutboxRow, at: datetime) -> None:
        """Have an owed row sent by e-mail when it is its turn, from ``at`` on."""
        await tx.execute(
            "UPDATE outbox SET email_step = 'queued', wake_at = ?, retrying = 0 WHERE guild_id = ? AND id = ?"
            " AND state = 'pending'",
            (seconds(at), row.guild_id, row.id),
        )

    async def dequeue(self, tx: Transaction, row: OutboxRow) -> None:
        """Have an owed row decided on at once without e-mail: its person is reached otherwise by now."""
        await tx.execute(
            "UPDATE outbox SET email_step = NULL, wake_at = ?, retrying = 1 WHERE guild_id = ? AND id = ?"
            " AND state = 'pending'",
            (tx.at, row.guild_id, row.id),
        )

    async def instead(self, tx: Transaction, row: OutboxRow, reason: str) -> None:
        """Have a row that Discord refused to bring to its person decided on at once, without a direct message."""
        check_step(row.state, OutboxState.PENDING)
        await tx.execute(
            "UPDATE outbox SET state = 'pending', reason = ?, refused_directly = 1, wake_at = ?, retrying = 1,"
            " in_flight = 0 WHERE guild_id = ? AND id = ? AND state = ?",
            (reason, tx.at, row.guild_id, row.id, row.state),
        )

    async def brought(self, tx: Transaction, row: OutboxRow, copy: OutboxRow) -> None:
        """Write down that the e-mail beside a direct message, the ``copy``, has brought what Discord refused to."""
        check_step(row.state, OutboxState.SENT)
        await tx.execute(
            "UPDATE outbox SET state = 'sent', reason = '', sent_by = ?, email_step = NULL, wake_at = NULL,"
            " retrying = 0, in_flight = 0, settled_at = ? WHERE guild_id = ? AND id = ? AND state = ?",
            (
                SentBy.EMAIL,
                seconds(copy.settled_at) if copy.settled_at is not None else tx.at,
                row.guild_id,
                row.id,
                row.state,
            ),
        )

    async def claim(self, tx: Transaction, row: OutboxRow, lease: int, address: str) -> None:
        """Write down that the mail server is about to be asked; looked at after ``lease`` seconds of silence.

        ``address`` is where the e-mail goes.
        """
        check_step(row.state, OutboxState.SENDING)
        await tx.execute(
            "UPDATE outbox SET state = 'sending', reason = '', email_step = 'asked', attempts = attempts + 1,"
            " attempted_at = ?1, in_flight = 1, hung = 0, channel_id = NULL, message_id = NULL, wake_at = ?1 + ?2,"
            " retrying = 1, address = ?6 WHERE guild_id = ?3 AND id = ?4 AND state = ?5",
            (tx.at, lease, row.guild_id, row.id, row.state, address),
        )

    async def hand_over(self, tx: Transaction, row: OutboxRow) -> bool:
        """Write down that the content is about to be handed over; False where the row was called off meanwhile."""
        return bool(
            await tx.execute(
                "UPDATE outbox SET email_step = 'handed_over' WHERE guild_id = ? AND id = ? AND state = 'sending'"
                " AND email_step = 'asked' AND called_off = 0",
                (row.guild_id, row.id),
            )
        )

    async def sent(self, tx: Transaction, row: OutboxRow) -> None:
        """Write down that the mail server has taken the e-mail."""
        check_step(row.state, OutboxState.SENT)
        await tx.execute(
            "UPDATE outbox SET state = 'sent', reason = '', sent_by = ?, wake_at = NULL, retrying = 0, in_flight = 0,"
            " settled_at = ? WHERE guild_id = ? AND id = ? AND state = ?",
            (SentBy.EMAIL, tx.at, row.guild_id, row.id, row.state),
        )

    async def address_refused(self, tx: Transaction, row: OutboxRow, address: str) -> None:
        """Put out of use the ``address`` that the mail server does not know, unless the person has another by now."""
        changed = await tx.execute(
            "UPDATE person SET email_returned_at = ? WHERE guild_id = ? AND id = ? AND email = ?",
            (tx.at, row.guild_id, row.person_id, address),
        )
        if changed:
            await tx.audit(row.guild_id, "returned", "person", row.person_id, ("email",))

    async def forget_addresses(self, tx: Transaction, guild_id: int, before: datetime) -> None:
        """Forget where e-mails went that were sent, or given up, before an instant: none comes back any more."""
        tx.unaudited_by_design()
        await tx.execute(
            "UPDATE outbox SET address = '' WHERE guild_id = ? AND address <> '' AND settled_at < ?",
            (guild_id, seconds(before)),
        )

    async def not_taken(self, tx: Transaction, row: OutboxRow, at: datetime, reason: str = Reason.NONE) -> None:
        """Count a failure and try again at ``at``: the mail server has proven not to have the e-mail."""
        check_step(row.state, OutboxState.PENDING)
        await tx.execute(
            "UPDATE outbox SET state = 'pending', reason = ?, email_step = 'queued', wake_at = ?, retrying = 1,"
            " in_flight = 0, failures = failures + 1 WHERE guild_id = ? AND id = ? AND state = ?",
            (reason, seconds(at), row.guild_id, row.id, row.state),
        )
