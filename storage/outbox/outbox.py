import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from storage.database import Database, Transaction
from storage.outbox.message_generation import GENERATION, is_new
from storage.outbox.models import OutboxRow
from storage.outbox.rows import COLUMNS, as_row, instant, row_of, seconds
from storage.outbox.states import OutboxState, Reason, SentBy, among, check_step
from storage.unlisted_messages import IS_LISTED

_NUMBERS_BY_CHANCE: Final = 2**62

MIN_SECONDS_SINCE_ATTEMPT: Final = 60
"""Seconds after which a request has arrived or never will: a search for its message waits for at least that long."""
SECONDS_SINCE_HUNG: Final = 300
"""The same after a request whose end nobody waited for: Discord may still be working on it."""
_SEARCHABLE_AT: Final = f"coalesce(attempted_at, 0) + iif(hung = 1, {SECONDS_SINCE_HUNG}, {MIN_SECONDS_SINCE_ATTEMPT})"

_CANCELLABLE: Final = among(OutboxState.CANCELLED, OutboxState.PENDING, OutboxState.NOTICE)
_TAKEN_BACK: Final = among(OutboxState.CANCELLED, OutboxState.PENDING, OutboxState.NOTICE, OutboxState.NOT_REACHED)
_MOVABLE: Final = among(OutboxState.PENDING, OutboxState.PENDING, OutboxState.CANCELLED)
_WITHDRAWABLE: Final = among(OutboxState.WITHDRAWING, OutboxState.SENDING, OutboxState.SENT, OutboxState.UNKNOWN)
_FAILURES: Final = (OutboxState.FAILED, OutboxState.MISSED, OutboxState.UNKNOWN, OutboxState.NOT_REACHED)
_SENT_AGAIN: Final = among(OutboxState.PENDING, *_FAILURES)
_NOT_ON_DISCORD: Final = f"('{SentBy.EMAIL}', '{SentBy.REPLY}', '{SentBy.SECRETARIAT}')"
_SEEN: Final = among(OutboxState.SENT, OutboxState.UNKNOWN)
_Planned = tuple[str, str, int, datetime]
SUBJECT: Final = "o.guild_id = ? AND o.subject = ? AND o.subject_id = ?"


class OutboxRepository:
    """What is owed: planned, asked for, listed. The engine's own steps are in :mod:`storage.outbox.deliveries`.

    ``+state`` in a condition keeps SQLite from the index by state, so that a step reads the rows of one subject
    and not all that wait.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading

    async def row(self, guild_id: int, row_id: int) -> OutboxRow | None:
        """Return a row of the network as last committed, or None."""
        return as_row(
            await self._database.fetch_one(
                f"SELECT {COLUMNS} FROM outbox AS o WHERE o.guild_id = ? AND o.id = ?", (guild_id, row_id)
            )
        )

    async def rows_of(
        self, guild_id: int, subject: str, subject_id: int, tx: Transaction | None = None
    ) -> list[OutboxRow]:
        """Return every row of a subject, by due time, as last committed or as ``tx`` sees them."""
        rows = await (tx or self._database).fetch(
            f"SELECT {COLUMNS} FROM outbox AS o WHERE {SUBJECT} ORDER BY o.due_at, o.id",
            (guild_id, subject, subject_id),
        )
        return [row_of(row) for row in rows]

    async def page(
        self, guild_id: int, states: Sequence[OutboxState], *, offset: int = 0, limit: int = 10
    ) -> tuple[list[OutboxRow], int]:
        """Return the network's rows in any of ``states``, and how many there are in all.

        What is still owed comes first due first, all else last due first. Of a fan-out: its own row and what failed.
        """
        order = "ASC" if set(states) <= {OutboxState.PENDING, OutboxState.SENDING} else "DESC"
        marks = ", ".join("?" for _ in states)
        condition = (
            f"o.guild_id = ? AND {IS_LISTED} AND o.state IN ({marks})"
            f" AND (o.parent_id IS NULL OR o.state IN ('failed', 'unknown', 'missed', 'not_reached')"
            f" OR o.reason = '{Reason.CLOSED}')"
        )
        rows = await self._database.fetch(
            f"SELECT {COLUMNS} FROM outbox AS o WHERE {condition} ORDER BY o.due_at {order}, o.id LIMIT ? OFFSET ?",
            (guild_id, *states, limit, offset),
        )
        total = await self._database.fetch_one(
            f"SELECT count(*) FROM outbox AS o WHERE {condition}", (guild_id, *states)
        )
        return [row_of(row) for row in rows], total[0] if total is not None else 0

    async def counts(self, guild_id: int) -> dict[OutboxState, int]:
        """Return how many rows of the network are in each state; absent states have none."""
        rows = await self._database.fetch(
            f"SELECT state, count(*) AS number FROM outbox AS o WHERE guild_id = ? AND {IS_LISTED} GROUP BY state",
            (guild_id,),
        )
        return {OutboxState(row["state"]): row["number"] for row in rows}

    async def children_counts(self, guild_id: int, parent_id: int) -> dict[OutboxState, int]:
        """Return how many of a fan-out's messages are in each state; of those that hide their recipients, none."""
        rows = await self._database.fetch(
            "SELECT o.state, count(*) AS number FROM outbox AS o"
            f" WHERE +o.guild_id = ? AND o.parent_id = ? AND {IS_LISTED} GROUP BY +o.state",
            (guild_id, parent_id),
        )
        return {OutboxState(row["state"]): row["number"] for row in rows}

    async def notices(self, guild_id: int, target: str) -> list[OutboxRow]:
        """Return what waits to be shown above the target person's next private answer, the oldest first."""
        rows = await self._database.fetch(
            f"SELECT {COLUMNS} FROM outbox AS o WHERE o.guild_id = ? AND o.state = 'notice' AND o.target = ?"
            " ORDER BY o.due_at, o.id",
            (guild_id, target),
        )
        return [row_of(row) for row in rows]

    async def targets_with_notices(self) -> set[tuple[int, str]]:
        """Return (network, target) of every person who has notices waiting."""
        rows = await self._database.fetch("SELECT DISTINCT guild_id, target FROM outbox WHERE state = 'notice'")
        return {(row["guild_id"], row["target"]) for row in rows}

    async def paused_at(self, guild_id: int) -> datetime | None:
        """Return since when the network's outbox is held, or None when it is not."""
        row = await self._database.fetch_one("SELECT paused_at FROM outbox_network WHERE guild_id = ?", (guild_id,))
        return instant(row["paused_at"]) if row is not None else None

    async def undelivered_alerts(self, guild_id: int) -> list[OutboxRow]:
        """Return the lines to the secretariat that could not be delivered, the last first: for ``/setup show``.

        They make no further line, so this is the only place that tells of them.
        """
        rows = await self._database.fetch(
            f"SELECT {COLUMNS} FROM outbox AS o WHERE o.guild_id = ? AND o.state IN ('failed', 'unknown', 'missed')"
            " AND o.subject = 'outbox' ORDER BY o.due_at DESC, o.id DESC LIMIT 5",
            (guild_id,),
        )
        return [row_of(row) for row in rows]

    # Planning

    async def planned(self, tx: Transaction, guild_id: int, subject: str, subject_id: int) -> list[OutboxRow]:
        """Return what a subject has planned, in every state."""
        rows = await tx.fetch(
            f"SELECT {COLUMNS} FROM outbox AS o WHERE {SUBJECT} AND o.planned = 1", (guild_id, subject, subject_id)
        )
        return [row_of(row) for row in rows]

    async def add_planned(
        self, tx: Transaction, guild_id: int, subject: str, subject_id: int, owed: Iterable[_Planned]
    ) -> None:
        """Add planned rows: each a kind, a target, an occurrence and when it is due."""
        await self._know(tx, guild_id)
        await tx.execute_many(
            "INSERT INTO outbox"
            " (guild_id, subject, subject_id, kind, target, occurrence, due_at, wake_at, planned, generation)"
            f" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, 1, iif(?8, {GENERATION}, 0))",
            [
                (guild_id, subject, subject_id, kind, target, occurrence, seconds(due_at), is_new(tx, subject_id))
                for kind, target, occurrence, due_at in owed
            ],
        )

    async def move(self, tx: Transaction, guild_id: int, due: Mapping[int, datetime]) -> None:
        """Give rows, by id, another due time; cancelled ones are owed again."""
        await tx.execute_many(
            "UPDATE outbox SET due_at = ?1, wake_at = ?1, state = 'pending', reason = '', retrying = 0,"
            f" settled_at = NULL WHERE guild_id = ?2 AND id = ?3 AND state IN {_MOVABLE}",
            [(seconds(due_at), guild_id, row_id) for row_id, due_at in due.items()],
        )

    async def cancel(self, tx: Transaction, guild_id: int, row_ids: Iterable[int], reason: str = "") -> None:
        """Cancel waiting rows by id."""
        await tx.execute_many(
            "UPDATE outbox SET state = 'cancelled', reason = ?, wake_at = NULL, settled_at = ?"
            f" WHERE guild_id = ? AND id = ? AND state IN {_CANCELLABLE}",
            [(reason, tx.at, guild_id, row_id) for row_id in row_ids],
        )

    async def cancel_children(self, tx: Transaction, guild_id: int, parent_ids: Iterable[int]) -> None:
        """Cancel what these fan-outs brought to nobody; what is on its way is not sent again, should it be lost."""
        parent_ids = list(parent_ids)
        await tx.execute_many(
            "UPDATE outbox SET called_off = 1 WHERE guild_id = ? AND parent_id = ? AND +state = 'sending'",
            [(guild_id, parent_id) for parent_id in parent_ids],
        )
        await tx.execute_many(
            "UPDATE outbox SET state = 'cancelled', wake_at = NULL, settled_at = ?"
            f" WHERE guild_id = ? AND parent_id = ? AND +state IN {_TAKEN_BACK}",
            [(tx.at, guild_id, parent_id) for parent_id in parent_ids],
        )

    async def cancel_subject(self, tx: Transaction, guild_id: int, subject: str, subject_id: int) -> int:
        """Cancel everything of a subject that waits, and return how many messages that was."""
        return await tx.execute(
            "UPDATE outbox SET state = 'cancelled', wake_at = NULL, settled_at = ?"
            f" WHERE guild_id = ? AND subject = ? AND subject_id = ? AND +state IN {_CANCELLABLE}",
            (tx.at, guild_id, subject, subject_id),
        )

    async def ask(
        self,
        tx: Transaction,
        guild_id: int,
        subject: str,
        subject_id: int,
        kind: str,
        target: str,
        due_at: datetime,
        *,
        deadline: datetime | None = None,
        payload: Mapping[str, object] | None = None,
        by_chance: bool = False,
    ) -> int:
        """Add a row that no plan makes, as the next occurrence of its kind, and return its id.

        ``by_chance``: the id is by chance and negative, so that it is not between those of rows that have a time.
        """
        if by_chance:
            tx.erase_order_from_log()
        await self._know(tx, guild_id)
        key = (guild_id, subject, subject_id, kind, target)
        return await tx.insert(
            "INSERT INTO outbox"
            " (guild_id, subject, subject_id, kind, target, occurrence, due_at, wake_at, deadline, payload, planned,"
            " id, generation)"
            " SELECT ?1, ?2, ?3, ?4, ?5, coalesce(max(occurrence), 0) + 1, ?6, ?6, ?7, ?8, 0, ?9,"
            f" iif(?10, {GENERATION}, 0) FROM outbox"
            " WHERE guild_id = ?1 AND subject = ?2 AND subject_id = ?3 AND kind = ?4 AND target = ?5",
            (
                *key,
                seconds(due_at),
                seconds(deadline) if deadline is not None else None,
                json.dumps(dict(payload or {}), ensure_ascii=False),
                -1 - secrets.randbelow(_NUMBERS_BY_CHANCE) if by_chance else None,
                is_new(tx, subject_id),
            ),
        )

    async def want_edit(
        self,
        tx: Transaction,
        guild_id: int,
        subject: str,
        subject_id: int,
        kinds: Sequence[str],
        *,
        since: int,
        people_too: bool = False,
    ) -> int:
        """Mark the subject's messages for rendering anew, as wanted ``since`` (not later than now; UTC seconds).

        Of these kinds, or of all when none is named: those in channels, and with ``people_too`` in direct messages.
        What may be on its way is edited once it is known to be there. Returns how many are there already.
        """
        marks = ", ".join("?" for _ in kinds)
        condition = f" AND kind IN ({marks})" if kinds else ""
        where = "" if people_too else " AND instr(target, ':') = 0"
        await tx.execute(
            "UPDATE outbox SET edit_wanted = 1 WHERE guild_id = ? AND subject = ? AND subject_id = ?"
            f" AND +state <> 'sent' AND attempts > 0{where}{condition}",
            (guild_id, subject, subject_id, *kinds),
        )
        return await tx.execute(
            # No wish has the instant of the edit under way; a retry ahead gathers them, a time of its own does not.
            "UPDATE outbox SET wake_at = CASE WHEN wake_at > ?1 AND retrying = 1 THEN wake_at"
            " WHEN wake_at <= ?1 THEN wake_at - 1 ELSE ?2 END"
            " WHERE guild_id = ? AND subject = ? AND subject_id = ? AND +state = 'sent'"
            f" AND message_id IS NOT NULL AND coalesce(sent_by, '') NOT IN {_NOT_ON_DISCORD}{where}{condition}",
            (tx.at, since, guild_id, subject, subject_id, *kinds),
        )

    async def withdraw(self, tx: Transaction, guild_id: int, row_id: int) -> int:
        """Ask for a message, or for all of a fan-out, to be taken back; return how many are concerned.

        What may be on its way is looked for once it has arrived or never will. What cannot be taken back is edited:
        its next edit is not known any more.
        """
        await tx.execute(
            "UPDATE outbox SET state = 'cancelled', wake_at = NULL, settled_at = ?1"
            " WHERE +guild_id = ?2 AND id IN (SELECT ?3 UNION ALL SELECT id FROM outbox WHERE parent_id = ?3)"
            f" AND +state IN {_TAKEN_BACK}",
            (tx.at, guild_id, row_id),
        )
        await tx.execute(
            "UPDATE outbox SET called_off = 1 WHERE +guild_id = ?1 AND (id = ?2 OR parent_id = ?2)"
            " AND +state = 'sending' AND email_step IS NOT NULL",
            (guild_id, row_id),
        )
        return await tx.execute(
            "UPDATE outbox SET state = 'withdrawing', edit_wanted = 1,"
            f" wake_at = iif(state = 'sending', max(?1, {_SEARCHABLE_AT}), ?1)"
            " WHERE +guild_id = ?2 AND id IN (SELECT ?3 UNION ALL SELECT id FROM outbox WHERE parent_id = ?3)"
            f" AND +state IN {_WITHDRAWABLE} AND coalesce(sent_by, '') NOT IN {_NOT_ON_DISCORD}"
            " AND (email_step IS NULL OR state = 'sent')",
            (tx.at, guild_id, row_id),
        )

    async def again(self, tx: Transaction, guild_id: int, row_id: int) -> bool:
        """Owe a failed, missed or unknown message once more, now; False when it is none of these any more."""
        return bool(
            await tx.execute(
                "UPDATE outbox SET state = 'pending', reason = '', wake_at = ?, retrying = 0, called_off = 0,"
                " failures = 0, send_unproven = 1, refused_directly = 0, told_in = NULL, settled_at = NULL"
                f" WHERE guild_id = ? AND id = ? AND state IN {_SENT_AGAIN}",
                (tx.at, guild_id, row_id),
            )
        )

    async def arrived(self, tx: Transaction, guild_id: int, row_id: int) -> bool:
        """Write down that somebody saw an unknown message arrive; False when it is no longer unknown.

        It is edited: its next edit is not known.
        """
        return bool(
            await tx.execute(
                "UPDATE outbox SET state = 'sent', reason = ?1, settled_at = ?2,"
                " wake_at = iif(email_step IS NULL, ?2, NULL), edit_wanted = 0,"
                " sent_by = CASE WHEN instr(target, ':') = 0 THEN NULL"
                f" WHEN email_step IS NULL THEN '{SentBy.DIRECT_MESSAGE}' ELSE '{SentBy.EMAIL}' END,"
                f" message_id = coalesce(message_id, 0) WHERE guild_id = ?3 AND id = ?4 AND state IN {_SEEN}",
                (Reason.SEEN, tx.at, guild_id, row_id),
            )
        )

    async def noticed(
        self, tx: Transaction, row: OutboxRow, state: OutboxState, reason: str = "", *, with_hour: bool = False
    ) -> None:
        """Write down what became of a notice: shown (``sent``), too late, or owed no more.

        Not when, unless ``with_hour``: the answer above which it was shown may have been that to a ballot.
        """
        check_step(OutboxState.NOTICE, state)
        tx.erase_order_from_log()
        by, at = SentBy.REPLY if state is OutboxState.SENT else None, tx.at if with_hour else None
        await tx.execute(
            "UPDATE outbox SET state = ?, reason = ?, sent_by = ?, settled_at = coalesce(?, due_at), wake_at = NULL"
            " WHERE guild_id = ? AND id = ? AND state = 'notice'",
            (state, reason, by, at, row.guild_id, row.id),
        )

    async def notices_left(self, tx: Transaction, guild_id: int, target: str) -> bool:
        """Tell whether the target person has notices waiting."""
        return bool(
            await tx.fetch(
                "SELECT 1 FROM outbox WHERE guild_id = ? AND state = 'notice' AND target = ? LIMIT 1",
                (guild_id, target),
            )
        )

    async def pause(self, tx: Transaction, guild_id: int) -> bool:
        """Hold everything of the network; False when it is held already."""
        await self._know(tx, guild_id)
        return bool(
            await tx.execute(
                "UPDATE outbox_network SET paused_at = ? WHERE guild_id = ? AND paused_at IS NULL", (tx.at, guild_id)
            )
        )

    async def resume(self, tx: Transaction, guild_id: int) -> bool:
        """Let the network's messages go again, and note for how long they were held; False when they were not."""
        await tx.execute(
            "INSERT INTO outbox_pause (guild_id, began_at, ended_at)"
            " SELECT guild_id, paused_at, max(paused_at, ?) FROM outbox_network"
            " WHERE guild_id = ? AND paused_at IS NOT NULL",
            (tx.at, guild_id),
        )
        return bool(
            await tx.execute(
                "UPDATE outbox_network SET paused_at = NULL WHERE guild_id = ? AND paused_at IS NOT NULL", (guild_id,)
            )
        )

    async def _know(self, tx: Transaction, guild_id: int) -> None:
        await tx.execute("INSERT INTO outbox_network (guild_id) VALUES (?) ON CONFLICT DO NOTHING", (guild_id,))
