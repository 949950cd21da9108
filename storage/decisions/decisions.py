import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Final

from storage.database import Database, Transaction
from storage.decisions.models import Decision, DecisionSeat, DecisionState, Objection, ReachedBy
from storage.local_times import DECISION_EXPIRY, keep_local

ACTING: Final = ("focal_point", "alternate", "mission")
"""The roles in which somebody acts for a delegation; an adviser does not."""
_ALL: Final[tuple[DecisionState, ...]] = ("open", "unreached", "adopted", "broken", "not_valid", "cancelled")


class DecisionsRepository:
    """Silence procedures, their electorates, and whom each has reached."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading

    async def decision(self, guild_id: int, decision_id: int, tx: Transaction | None = None) -> Decision | None:
        """Return a decision, as last committed or as ``tx`` sees it; None where the network has no such decision."""
        fetch = tx.fetch if tx is not None else self._database.fetch
        rows = await fetch("SELECT * FROM decision WHERE guild_id = ? AND id = ?", (guild_id, decision_id))
        return _decision(rows[0]) if rows else None

    async def decisions(
        self, guild_id: int, states: Sequence[DecisionState] = _ALL, tx: Transaction | None = None
    ) -> list[Decision]:
        """Return the network's decisions in these states: those under way first, the first to expire first."""
        fetch = tx.fetch if tx is not None else self._database.fetch
        marks = ", ".join("?" for _ in states)
        rows = await fetch(
            f"SELECT * FROM decision WHERE guild_id = ? AND state IN ({marks})"
            " ORDER BY ended_at IS NOT NULL, iif(ended_at IS NULL, expires_at, -ended_at), id",
            (guild_id, *states),
        )
        return [_decision(row) for row in rows]

    async def under_way(self, tx: Transaction) -> list[Decision]:
        """Return every decision, of all networks, that has not ended."""
        return [_decision(row) for row in await tx.fetch("SELECT * FROM decision WHERE ended_at IS NULL ORDER BY id")]

    async def seats(self, guild_id: int, decision_id: int, tx: Transaction | None = None) -> list[DecisionSeat]:
        """Return the electorate with its vacant seats, in the order of the delegations' ids."""
        fetch = tx.fetch if tx is not None else self._database.fetch
        rows = await fetch(
            "SELECT * FROM decision_seat WHERE guild_id = ? AND decision_id = ? ORDER BY delegation_id",
            (guild_id, decision_id),
        )
        return [_seat(row) for row in rows]

    async def first_press(
        self, guild_id: int, decision_id: int, account_id: int, tx: Transaction | None = None
    ) -> datetime | None:
        """Return when the account first pressed *Object*; None: it did not, or that is too long ago."""
        fetch = tx.fetch if tx is not None else self._database.fetch
        rows = await fetch(
            "SELECT pressed_at FROM objection_press WHERE guild_id = ? AND decision_id = ? AND account_id = ?",
            (guild_id, decision_id, account_id),
        )
        return _instant(rows[0]["pressed_at"]) if rows else None

    async def last_press(self, guild_id: int, decision_id: int, before: datetime, tx: Transaction) -> datetime | None:
        """Return the last press of *Object* before then that nobody has confirmed yet."""
        rows = await tx.fetch(
            "SELECT max(pressed_at) AS pressed_at FROM objection_press"
            " WHERE guild_id = ? AND decision_id = ? AND pressed_at < ?",
            (guild_id, decision_id, _seconds(before)),
        )
        return _instant(rows[0]["pressed_at"]) if rows and rows[0]["pressed_at"] is not None else None

    # Writing

    async def open(self, tx: Transaction, decision: Decision, seats: Iterable[DecisionSeat]) -> int:
        """Open a procedure with its electorate, which is thereby fixed, and return its id."""
        listed = list(seats)
        decision_id = await tx.insert(
            "INSERT INTO decision (guild_id, title, url, audience, region, timezone, seats, opened_at, expires_at,"
            " made_up_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                decision.guild_id,
                decision.title,
                decision.url,
                decision.audience,
                decision.region,
                decision.timezone,
                len(listed),
                tx.at,
                _seconds(decision.expires_at),
                tx.at,
            ),
        )
        await tx.execute_many(
            "INSERT INTO decision_seat (guild_id, decision_id, delegation_id, is_vacant) VALUES (?, ?, ?, ?)",
            [(decision.guild_id, decision_id, seat.delegation_id, int(seat.is_vacant)) for seat in listed],
        )
        await keep_local(tx, DECISION_EXPIRY, decision.guild_id, decision_id)
        await tx.audit(decision.guild_id, "open", "decision", decision_id)
        return decision_id

    async def move(self, tx: Transaction, decision: Decision, expires_at: datetime, *, made_up: bool) -> bool:
        """Give a decision under way a later expiry and open it again; False when it has ended or moved meanwhile.

        ``made_up``: it moves because of what interrupted it until now.
        """
        moved = await tx.execute(
            "UPDATE decision SET state = 'open', expires_at = ?1, made_up_at = iif(?2, ?3, made_up_at)"
            " WHERE guild_id = ?4 AND id = ?5 AND ended_at IS NULL AND expires_at = ?6 AND expires_at < ?1",
            (
                _seconds(expires_at),
                int(made_up),
                tx.at,
                decision.guild_id,
                decision.id,
                _seconds(decision.expires_at),
            ),
        )
        if moved:
            await keep_local(tx, DECISION_EXPIRY, decision.guild_id, decision.id)
            await tx.audit(decision.guild_id, "change", "decision", decision.id, ("expires_at",))
        return bool(moved)

    async def waits_for_extension(self, tx: Transaction, decision: Decision) -> bool:
        """Write down that its time is over and not all were reached; False when it was not open any more."""
        await tx.audit(decision.guild_id, "not_reached", "decision", decision.id)
        return bool(
            await tx.execute(
                "UPDATE decision SET state = 'unreached' WHERE guild_id = ? AND id = ? AND state = 'open'",
                (decision.guild_id, decision.id),
            )
        )

    async def adopt(self, tx: Transaction, decision: Decision, year: int) -> int:
        """Adopt an open decision, with the next number of the ``year``, and return the number."""
        rows = await tx.fetch(
            "SELECT coalesce(max(number), 0) + 1 AS number FROM decision WHERE guild_id = ? AND year = ?",
            (decision.guild_id, year),
        )
        number: int = rows[0]["number"]
        await self._forget_wishes(tx, decision)
        await tx.execute(
            "UPDATE decision SET state = 'adopted', ended_at = ?, year = ?, number = ?"
            " WHERE guild_id = ? AND id = ? AND state = 'open'",
            (tx.at, year, number, decision.guild_id, decision.id),
        )
        await tx.audit(decision.guild_id, "adopt", "decision", decision.id)
        return number

    async def end(self, tx: Transaction, decision: Decision, state: DecisionState) -> bool:
        """End a decision under way as ``not_valid`` or ``cancelled``; False when it has ended already."""
        await self._forget_wishes(tx, decision)
        ended = await tx.execute(
            "UPDATE decision SET state = ?, ended_at = ? WHERE guild_id = ? AND id = ? AND ended_at IS NULL",
            (state, tx.at, decision.guild_id, decision.id),
        )
        if ended:
            is_called_off = state == "cancelled"
            await tx.audit(decision.guild_id, "cancel" if is_called_off else "lapse", "decision", decision.id)
        return bool(ended)

    async def break_silence(self, tx: Transaction, decision: Decision, objection: Objection) -> bool:
        """End an open decision by an objection; False when it has ended already.

        Nothing is kept of who objected but what ``objection`` publishes: the caller writes with a transaction
        that names no account, where the objection is a delegation's own. When each was reached goes, too: what was
        shown above the answer to an objection would say whose it is.
        """
        await self._forget_wishes(tx, decision)
        await self._forget_reached(tx, decision)
        tx.erase_from_log()
        ended = await tx.execute(
            "UPDATE decision SET state = 'broken', ended_at = ?, objection_reason = ?, objection_amendment = ?,"
            " objector_id = ? WHERE guild_id = ? AND id = ? AND state = 'open'",
            (
                tx.at,
                objection.reason,
                objection.amendment,
                objection.delegation_id,
                decision.guild_id,
                decision.id,
            ),
        )
        if ended:
            await tx.audit(decision.guild_id, "break", "decision", decision.id)
        return bool(ended)

    async def press(self, tx: Transaction, decision: Decision, account_id: int, at: datetime, since: datetime) -> None:
        """Keep ``at`` as when the account last pressed *Object*; presses before ``since`` are forgotten."""
        tx.unaudited_by_design()
        about = (decision.guild_id, decision.id)
        await tx.execute(
            "DELETE FROM objection_press WHERE guild_id = ? AND decision_id = ? AND pressed_at < ?",
            (*about, _seconds(since)),
        )
        await tx.execute(
            "INSERT INTO objection_press VALUES (?, ?, ?, ?) ON CONFLICT (guild_id, decision_id, account_id)"
            " DO UPDATE SET pressed_at = max(pressed_at, excluded.pressed_at)",
            (*about, account_id, _seconds(at)),
        )

    async def reach(
        self, tx: Transaction, decision: Decision, delegation_ids: Iterable[int], by: ReachedBy, at: datetime
    ) -> list[int]:
        """Write down that these delegations of an open decision were reached; return those of which that is new.

        That somebody has seen it takes the place of a message, which can be taken back.
        """
        return [
            delegation_id
            for delegation_id in delegation_ids
            if await tx.execute(
                "UPDATE decision_seat SET reached_at = ?1, reached_by = ?2 WHERE guild_id = ?3 AND decision_id = ?4"
                " AND delegation_id = ?5 AND is_vacant = 0 AND (reached_at IS NULL"
                " OR (?2 = 'seen' AND reached_by IN ('direct_message', 'reply')))",
                (_seconds(at), by, decision.guild_id, decision.id, delegation_id),
            )
        ]

    async def unreach(
        self, tx: Transaction, decision: Decision, delegation_ids: Iterable[int], by: Sequence[ReachedBy]
    ) -> list[int]:
        """Take back that these were reached, where that was by one of ``by``; return those of which it was."""
        marks = ", ".join("?" for _ in by)
        return [
            delegation_id
            for delegation_id in delegation_ids
            if await tx.execute(
                "UPDATE decision_seat SET reached_at = NULL, reached_by = NULL WHERE guild_id = ? AND decision_id = ?"
                f" AND delegation_id = ? AND reached_by IN ({marks})",
                (decision.guild_id, decision.id, delegation_id, *by),
            )
        ]

    async def delivered(
        self, tx: Transaction, decision: Decision, kinds: Sequence[str]
    ) -> list[tuple[int, ReachedBy, datetime, date, date | None]]:
        """Return what reached a person who acts for a delegation of the electorate, before it expires.

        Each is the delegation, by what, when, and from when to when the person's term is. A message counts where it was
        delivered directly, or shown above an answer; an e-mail does not.
        """
        marks = ", ".join("?" for _ in kinds)
        roles = ", ".join("?" for _ in ACTING)
        rows = await tx.fetch(
            "SELECT a.delegation_id, o.sent_by, o.settled_at, a.starts_on, a.ends_on FROM outbox AS o"
            " JOIN appointment AS a ON a.guild_id = o.guild_id AND o.target = 'person:' || a.person_id"
            " WHERE o.guild_id = ? AND o.subject = 'decision' AND o.subject_id = ? AND o.state = 'sent'"
            f" AND o.sent_by IN ('direct_message', 'reply') AND o.settled_at < ? AND a.role IN ({roles})"
            f" AND iif(instr(o.kind, ':'), substr(o.kind, 1, instr(o.kind, ':') - 1), o.kind) IN ({marks})"
            " ORDER BY o.settled_at",
            (decision.guild_id, decision.id, _seconds(decision.expires_at), *ACTING, *kinds),
        )
        return [
            (
                row["delegation_id"],
                row["sent_by"],
                _instant(row["settled_at"]),
                date.fromisoformat(row["starts_on"]),
                date.fromisoformat(row["ends_on"]) if row["ends_on"] is not None else None,
            )
            for row in rows
        ]

    async def taken_back(self, tx: Transaction, decision: Decision) -> set[int]:
        """Return the delegations of which somebody's message about the decision was taken back."""
        rows = await tx.fetch(
            "SELECT a.delegation_id FROM outbox AS o"
            " JOIN appointment AS a ON a.guild_id = o.guild_id AND o.target = 'person:' || a.person_id"
            " WHERE o.guild_id = ? AND o.subject = 'decision' AND o.subject_id = ?"
            " AND o.state IN ('withdrawing', 'withdrawn')",
            (decision.guild_id, decision.id),
        )
        return {row["delegation_id"] for row in rows}

    async def wish_for_time(self, tx: Transaction, decision: Decision, delegation_id: int) -> bool:
        """Keep that a delegation asks for more time, until the procedure ends; False when it has asked already."""
        tx.unaudited_by_design()
        return bool(
            await tx.execute(
                "UPDATE decision_seat SET wants_time = 1 WHERE guild_id = ? AND decision_id = ? AND delegation_id = ?"
                " AND wants_time = 0",
                (decision.guild_id, decision.id, delegation_id),
            )
        )

    async def _forget_reached(self, tx: Transaction, decision: Decision) -> None:
        about = (decision.guild_id, decision.id)
        await tx.execute(
            "UPDATE decision_seat SET reached_at = NULL, reached_by = NULL WHERE guild_id = ? AND decision_id = ?",
            about,
        )
        await tx.execute(
            "UPDATE outbox SET settled_at = due_at WHERE guild_id = ? AND subject = 'decision' AND subject_id = ?"
            " AND +state = 'sent' AND sent_by = 'reply'",
            about,
        )

    async def _forget_wishes(self, tx: Transaction, decision: Decision) -> None:
        about = (decision.guild_id, decision.id)
        await tx.execute("DELETE FROM objection_press WHERE guild_id = ? AND decision_id = ?", about)
        await tx.execute(
            "UPDATE decision_seat SET wants_time = 0 WHERE guild_id = ? AND decision_id = ? AND wants_time = 1", about
        )


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _decision(row: sqlite3.Row) -> Decision:
    return Decision(
        id=row["id"],
        guild_id=row["guild_id"],
        title=row["title"],
        url=row["url"],
        audience=row["audience"],
        region=row["region"],
        timezone=row["timezone"],
        opened_at=_instant(row["opened_at"]),
        expires_at=_instant(row["expires_at"]),
        made_up_at=_instant(row["made_up_at"]),
        state=row["state"],
        ended_at=_instant(row["ended_at"]) if row["ended_at"] is not None else None,
        year=row["year"],
        number=row["number"],
        objection=Objection(row["objection_reason"], row["objection_amendment"], row["objector_id"]),
    )


def _seat(row: sqlite3.Row) -> DecisionSeat:
    return DecisionSeat(
        row["delegation_id"],
        bool(row["is_vacant"]),
        _instant(row["reached_at"]) if row["reached_at"] is not None else None,
        row["reached_by"],
        bool(row["wants_time"]),
    )
