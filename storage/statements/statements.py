import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, cast

from storage.database import Database, Transaction
from storage.local_times import STATEMENT_CLOSE, keep_local
from storage.statements.models import Joining, Mark, Statement, StatementValue
from storage.statements.states import STATEMENT_STATES, StatementState, check_step
from storage.unlisted_messages import WITHOUT_RECIPIENTS

_STATEMENT: Final = (
    "SELECT s.*, (SELECT coalesce(max(d.version), 0) FROM document AS d WHERE d.guild_id = s.guild_id"
    " AND d.subject = 'statement' AND d.subject_id = s.id) AS version, (SELECT count(*) FROM statement_joining AS j"
    " WHERE j.guild_id = s.guild_id AND j.statement_id = s.id) AS joined FROM statement AS s"
)
_KEY: Final = "guild_id = ? AND statement_id = ?"
_PLAIN: Final = ("title", "url", "authoritative", "audience", "region", "show_count", "closes_at", "timezone")
_PARTS: Final = {"penholders": "penholder", "chosen": "audience"}
_REACHED: Final[dict[StatementState, str]] = {
    "open": "opened_at",
    "closed": "closed_at",
    "delivered": "delivered_at",
    "cancelled": "cancelled_at",
}
"""The column that keeps when a statement came to a state."""


class StatementsRepository:
    """Statements, the delegations that draft and join them, and what persons asked of their reminders."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading

    async def get(self, guild_id: int, statement_id: int, tx: Transaction | None = None) -> Statement | None:
        """Return a statement, as last committed or as ``tx`` sees it; None where the network has no such statement."""
        found = await self._statements(tx, "s.guild_id = ? AND s.id = ?", (guild_id, statement_id))
        return found[0] if found else None

    async def statements(
        self,
        guild_id: int,
        states: Sequence[StatementState] = STATEMENT_STATES,
        tx: Transaction | None = None,
    ) -> list[Statement]:
        """Return the network's statements in these states, the next to close first, then those that have closed."""
        marks = ", ".join("?" for _ in states)
        found = await self._statements(tx, f"s.guild_id = ? AND s.state IN ({marks})", (guild_id, *states))
        ahead = [one for one in found if one.state in ("draft", "final", "open")]
        return [*ahead, *[one for one in found if one not in ahead][::-1]]

    async def joinings(self, guild_id: int, statement_id: int, tx: Transaction | None = None) -> list[Joining]:
        """Return the delegations that have joined, in no order that says anything (that of their ids)."""
        rows = await (tx or self._database).fetch(
            f"SELECT * FROM statement_joining WHERE {_KEY} ORDER BY delegation_id", (guild_id, statement_id)
        )
        return [_joining(row) for row in rows]

    async def marks(self, guild_id: int, statement_id: int) -> dict[int, Mark]:
        """Return what persons, by their ids, asked of their reminders of a statement."""
        rows = await self._database.fetch(f"SELECT * FROM statement_mark WHERE {_KEY}", (guild_id, statement_id))
        return {row["person_id"]: row["mark"] for row in rows}

    async def _statements(
        self, tx: Transaction | None, condition: str, parameters: Sequence[int | str]
    ) -> list[Statement]:
        fetch = (tx or self._database).fetch
        rows = await fetch(f"{_STATEMENT} WHERE {condition} ORDER BY s.closes_at, s.id", parameters)
        if not rows:
            return []
        parts: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        for row in await fetch(
            "SELECT p.statement_id, p.part, p.delegation_id FROM statement AS s JOIN statement_delegation AS p"
            f" ON p.guild_id = s.guild_id AND p.statement_id = s.id WHERE {condition}",
            parameters,
        ):
            parts[row["statement_id"], row["part"]].append(row["delegation_id"])
        return [_statement(row, parts) for row in rows]

    # Writing

    async def add(self, tx: Transaction, guild_id: int, values: Mapping[str, StatementValue]) -> int:
        """Write a draft down and return its id; ``values`` are fields of :class:`Statement`."""
        stored = _stored(values)
        marks = ", ".join("?" for _ in stored)
        added = await tx.insert(
            f"INSERT INTO statement (guild_id, created_at, {', '.join(stored)}) VALUES (?, ?, {marks})",
            (guild_id, tx.at, *stored.values()),
        )
        await self._write_parts(tx, guild_id, added, values)
        await keep_local(tx, STATEMENT_CLOSE, guild_id, added)
        await tx.audit(guild_id, "add", "statement", added, sorted(values))
        return added

    async def change(
        self, tx: Transaction, guild_id: int, statement_id: int, sequence: int, values: Mapping[str, StatementValue]
    ) -> bool:
        """Set the named fields; False when somebody changed it since it had that ``sequence``, or it is over."""
        stored = _stored(values)
        assignments = "".join(f"{column} = ?, " for column in stored)
        done = await tx.execute(
            f"UPDATE statement SET {assignments}sequence = sequence + 1"
            " WHERE guild_id = ? AND id = ? AND sequence = ? AND state IN ('draft', 'final', 'open', 'closed')",
            (*stored.values(), guild_id, statement_id, sequence),
        )
        if done:
            await self._write_parts(tx, guild_id, statement_id, values)
            await keep_local(tx, STATEMENT_CLOSE, guild_id, statement_id)
            await tx.audit(guild_id, "change", "statement", statement_id, sorted(values))
        return bool(done)

    async def step(
        self,
        tx: Transaction,
        guild_id: int,
        statement_id: int,
        before: StatementState,
        after: StatementState,
        *,
        reason: str = "",
    ) -> bool:
        """Take a statement from one state to the next; False when it is not in ``before`` any more.

        ``reason`` is why it was cancelled. Raises IllegalStatementStepError.
        """
        check_step(before, after)
        reached = _REACHED.get(after)
        at = f", {reached} = ?1" if reached is not None else ""
        done = await tx.execute(
            f"UPDATE statement SET state = ?2, cancel_reason = ?3, sequence = sequence + 1{at}"
            " WHERE guild_id = ?4 AND id = ?5 AND state = ?6 AND ?1 IS ?1",
            (tx.at, after, reason, guild_id, statement_id, before),
        )
        if done:
            await tx.audit(guild_id, _ACTIONS.get(after, "change"), "statement", statement_id, ("state",))
        return bool(done)

    async def join(
        self,
        tx: Transaction,
        guild_id: int,
        statement: Statement,
        delegation_id: int,
        *,
        by_secretariat: bool = False,
        reference: str = "",
    ) -> bool:
        """Let a delegation join the text as it is now; False when it has joined already."""
        joined = await tx.execute(
            "INSERT INTO statement_joining (guild_id, statement_id, delegation_id, version, joined_at, is_late,"
            " by_secretariat, reference, account_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                guild_id,
                statement.id,
                delegation_id,
                statement.version,
                tx.at,
                int(statement.state == "closed"),
                int(by_secretariat),
                reference,
                tx.account_id,
            ),
        )
        if joined:
            await tx.audit(guild_id, "join", "statement", statement.id)
        return bool(joined)

    async def withdraw(self, tx: Transaction, guild_id: int, statement_id: int, delegation_id: int) -> bool:
        """Let a delegation no longer join it; False when it had not joined, or the text is delivered.

        Not in the audit log, which does not say who did not join.
        """
        tx.unaudited_by_design()
        withdrawn = await tx.execute(
            f"DELETE FROM statement_joining WHERE {_KEY} AND delegation_id = ? AND EXISTS (SELECT 1 FROM statement AS s"
            " WHERE s.guild_id = ?1 AND s.id = ?2 AND s.state IN ('open', 'closed'))",
            (guild_id, statement_id, delegation_id),
        )
        if withdrawn:
            await self._forget_who_joined(tx, guild_id, statement_id)
        return bool(withdrawn)

    async def void_joinings(self, tx: Transaction, guild_id: int, statement_id: int) -> list[int]:
        """Void all joinings, because the text is another one; return the ids of the delegations that had joined.

        The caller writes the line of the audit log.
        """
        joined = [one.delegation_id for one in await self.joinings(guild_id, statement_id, tx)]
        await tx.execute(f"DELETE FROM statement_joining WHERE {_KEY}", (guild_id, statement_id))
        await self._forget_who_joined(tx, guild_id, statement_id)
        return joined

    async def mark(self, tx: Transaction, guild_id: int, statement_id: int, person_id: int, mark: Mark) -> None:
        """Keep what a person asks of their reminders; it takes the place of what they asked before."""
        tx.unaudited_by_design()
        await tx.execute(
            "INSERT INTO statement_mark VALUES (?, ?, ?, ?)"
            " ON CONFLICT (guild_id, statement_id, person_id) DO UPDATE SET mark = excluded.mark",
            (guild_id, statement_id, person_id, mark),
        )

    async def forget_all_but_joinings(self, tx: Transaction, guild_id: int, statement_id: int) -> None:
        """Delete whatever could say who did not join: marks, whom reminders went to, who withdrew or was asked again.

        Called in the transaction that delivers or cancels the statement, which writes the line of the audit log.
        """
        tx.erase_from_log()
        key = (guild_id, statement_id)
        await tx.execute(f"DELETE FROM statement_mark WHERE {_KEY}", key)
        marks = ", ".join("?" for _ in WITHOUT_RECIPIENTS)
        series = "iif(instr(kind, ':'), substr(kind, 1, instr(kind, ':') - 1), kind)"
        about = "guild_id = ? AND subject = 'statement' AND subject_id = ?"
        await tx.execute(f"DELETE FROM outbox WHERE {about} AND {series} IN ({marks})", (*key, *WITHOUT_RECIPIENTS))
        # So would what told colleagues that a delegation had joined which is not among those that have.
        await tx.execute(
            f"DELETE FROM outbox WHERE {about} AND kind = 'colleague_joined' AND json_extract(payload, '$.delegation')"
            " NOT IN (SELECT j.delegation_id FROM statement_joining AS j WHERE j.guild_id = ?1"
            " AND j.statement_id = ?2)",
            key,
        )
        # And what is shown before a joining or a withdrawal, which somebody may never have confirmed.
        await tx.execute(
            "DELETE FROM draft WHERE guild_id = ? AND kind IN ('statement_join', 'statement_withdraw')"
            " AND json_extract(payload, '$.statement') = ?",
            key,
        )
        await self._forget_who_joined(tx, guild_id, statement_id)

    async def _forget_who_joined(self, tx: Transaction, guild_id: int, statement_id: int) -> None:
        """Delete from the audit log who joined and no longer does, each time but the one that counts."""
        tx.erase_from_log()
        await tx.execute(
            "DELETE FROM audit WHERE guild_id = ? AND subject = 'statement' AND subject_id = ? AND action = 'join'"
            " AND NOT EXISTS (SELECT 1 FROM statement_joining AS j WHERE j.guild_id = ?1 AND j.statement_id = ?2"
            " AND j.joined_at = audit.at AND coalesce(j.account_id, 0) = coalesce(audit.account_id, 0))",
            (guild_id, statement_id),
        )

    async def _write_parts(
        self, tx: Transaction, guild_id: int, statement_id: int, values: Mapping[str, StatementValue]
    ) -> None:
        for field, part in _PARTS.items():
            if field not in values:
                continue
            key = (guild_id, statement_id, part)
            await tx.execute(f"DELETE FROM statement_delegation WHERE {_KEY} AND part = ?", key)
            ids = cast(tuple[int, ...], values[field])
            await tx.execute_many("INSERT INTO statement_delegation VALUES (?, ?, ?, ?)", [(*key, one) for one in ids])


_ACTIONS: Final[dict[StatementState, str]] = {"open": "open", "closed": "close", "cancelled": "cancel"}


def _stored(values: Mapping[str, StatementValue]) -> dict[str, str | int | None]:
    stored: dict[str, str | int | None] = {}
    for name in _PLAIN:
        if name in values:
            value = values[name]
            stored[name] = int(value.timestamp()) if isinstance(value, datetime) else cast(str | int | None, value)
    return stored


def _instant(at: int | None) -> datetime | None:
    return datetime.fromtimestamp(at, UTC) if at is not None else None


def _statement(row: sqlite3.Row, parts: Mapping[tuple[int, str], Sequence[int]]) -> Statement:
    same: dict[str, Any] = {name: row[name] for name in ("id", "guild_id", "title", "url", "authoritative", "timezone")}
    same |= {name: row[name] for name in ("audience", "region", "state", "version", "sequence", "joined")}
    instants: dict[str, Any] = {name: _instant(row[name]) for name in _REACHED.values()}
    return Statement(
        **same,
        **instants,
        closes_at=datetime.fromtimestamp(row["closes_at"], UTC),
        penholders=tuple(parts.get((row["id"], "penholder"), ())),
        chosen=tuple(parts.get((row["id"], "audience"), ())),
        show_count=bool(row["show_count"]),
        cancel_reason=row["cancel_reason"],
    )


def _joining(row: sqlite3.Row) -> Joining:
    return Joining(
        delegation_id=row["delegation_id"],
        version=row["version"],
        joined_at=datetime.fromtimestamp(row["joined_at"], UTC),
        is_late=bool(row["is_late"]),
        by_secretariat=bool(row["by_secretariat"]),
        reference=row["reference"],
    )
