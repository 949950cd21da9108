import json
import secrets
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from storage.database import Database, Transaction
from storage.poll_models import Cast, CountedBallot, Elector, OwnVote

KEY_BYTES: Final = 16
RECEIPT_BYTES: Final = 10
_DAY: Final = 86_400

_RIGHT: Final = (
    "SELECT e.delegation_id, e.person_id, e.voted, l.ballot_key, l.account_id, l.token FROM elector AS e"
    # A person's ballot is theirs while they hold any post; a delegation's is its appointees'.
    " JOIN appointment AS a ON a.guild_id = e.guild_id"
    " AND (a.delegation_id = e.delegation_id OR a.person_id = e.person_id)"
    " AND a.starts_on <= ?4 AND coalesce(a.ends_on, '9999-12-31') >= ?4"
    " JOIN person AS h ON h.guild_id = a.guild_id AND h.id = a.person_id AND h.account_id = ?3"
    " LEFT JOIN ballot_link AS l ON l.guild_id = e.guild_id AND l.poll_id = e.poll_id"
    " AND l.delegation_id = e.delegation_id AND l.person_id = e.person_id"
    " WHERE e.guild_id = ?1 AND e.poll_id = ?2 AND e.person_id IN (0, h.id)"
)


class PollEndedError(Exception):
    """The poll takes no ballots any more, or never did."""


class NoBallotError(Exception):
    """The account does not speak for that elector now."""


class BallotStandsError(Exception):
    """The elector's ballot came with a restored copy, without its link: it counts and cannot be changed."""


class BallotsRepository:
    """Ballots, and while a poll is open the link from each elector to its own.

    Nothing here raises an error that says a choice, and nothing is logged.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading

    async def own_votes(self, guild_id: int, poll_id: int, account_id: int, today: date) -> list[OwnVote]:
        """Return the electors that the account may vote for on the day ``today`` (in the network's zone)."""
        rows = await self._database.fetch(_RIGHT, (guild_id, poll_id, account_id, today.isoformat()))
        found = {(row["delegation_id"], row["person_id"]): row for row in rows}
        return [
            OwnVote(
                Elector(row["delegation_id"], row["person_id"], bool(row["voted"])),
                is_caster=row["account_id"] == account_id,
                can_change=not row["voted"] or row["ballot_key"] is not None,
            )
            for row in found.values()
        ]

    async def own_receipt(self, guild_id: int, poll_id: int, delegation_id: int, account_id: int) -> bytes | None:
        """Return the receipt of the ballot that the account cast for a delegation; None once the link is erased."""
        row = await self._database.fetch_one(
            "SELECT b.receipt FROM ballot_link AS l JOIN ballot AS b ON b.key = l.ballot_key"
            " WHERE l.guild_id = ? AND l.poll_id = ? AND l.delegation_id = ? AND l.account_id = ?",
            (guild_id, poll_id, delegation_id, account_id),
        )
        return row["receipt"] if row is not None else None

    async def poll_of_receipt(self, guild_id: int, receipt: bytes) -> int | None:
        """Return the poll in whose box the ballot with that receipt lies; None: replaced, or no such receipt."""
        row = await self._database.fetch_one(
            "SELECT poll_id FROM ballot WHERE guild_id = ? AND receipt = ?", (guild_id, receipt)
        )
        return row["poll_id"] if row is not None else None

    async def in_the_box(self, guild_id: int, poll_id: int, tx: Transaction | None = None) -> list[CountedBallot]:
        """Return the ballots of a poll, for counting and publishing; with whose they are only in a roll-call."""
        fetch = tx.fetch if tx is not None else self._database.fetch
        rows = await fetch(
            "SELECT b.receipt, b.choice, coalesce(l.delegation_id, 0) AS delegation_id,"
            " coalesce(l.person_id, 0) AS person_id FROM ballot AS b"
            " JOIN poll AS p ON p.guild_id = b.guild_id AND p.id = b.poll_id"
            " LEFT JOIN ballot_link AS l ON p.secret = 0 AND l.ballot_key = b.key"
            " WHERE b.guild_id = ? AND b.poll_id = ? ORDER BY b.receipt",
            (guild_id, poll_id),
        )
        return [_counted(row) for row in rows]

    # Writing

    async def cast(
        self,
        tx: Transaction,
        guild_id: int,
        poll_id: int,
        elector: Elector,
        choice: Sequence[int],
        *,
        token: str,
        zone: str,
    ) -> Cast:
        """Put a ballot in the box for ``elector``, in the place of an earlier one; ``tx`` names the account.

        The right to vote is decided here and now: the poll takes ballots, and the account's appointment is current
        on this day in the network's ``zone``. The same choice from the same opened ballot (``token``) is not cast
        again. Raises PollEndedError, NoBallotError, BallotStandsError.
        """
        account_id = tx.account_id or 0
        secret = await self._require_open(tx, guild_id, poll_id)
        right = await self._require_right(tx, guild_id, poll_id, elector, account_id, zone)
        written = json.dumps(list(choice), separators=(",", ":"))
        earlier: bytes | None = right["ballot_key"]
        if earlier is not None:
            rows = await tx.fetch("SELECT receipt, choice FROM ballot WHERE key = ?", (earlier,))
            if right["token"] == token and rows[0]["choice"] == written:
                tx.unaudited_by_design()
                return Cast(rows[0]["receipt"], changed=False, repeated=True)
            await tx.execute("DELETE FROM ballot_link WHERE ballot_key = ?", (earlier,))
            await tx.execute("DELETE FROM ballot WHERE key = ?", (earlier,))
        elif right["voted"]:
            raise BallotStandsError
        receipt = await self._put(tx, guild_id, poll_id, elector, written, token)
        await self._write_down(tx, guild_id, elector, secret=secret, changed=earlier is not None)
        return Cast(receipt, changed=earlier is not None, repeated=False)

    async def _require_open(self, tx: Transaction, guild_id: int, poll_id: int) -> bool:
        rows = await tx.fetch(
            "SELECT secret FROM poll WHERE guild_id = ? AND id = ? AND state = 'open' AND closes_at > ?",
            (guild_id, poll_id, tx.at),
        )
        if not rows:
            raise PollEndedError
        return bool(rows[0]["secret"])

    async def _require_right(
        self, tx: Transaction, guild_id: int, poll_id: int, elector: Elector, account_id: int, zone: str
    ) -> sqlite3.Row:
        today = datetime.fromtimestamp(tx.at, UTC).astimezone(ZoneInfo(zone)).date()
        rows = await tx.fetch(
            f"{_RIGHT} AND e.delegation_id = ?5 AND e.person_id = ?6",
            (guild_id, poll_id, account_id, today.isoformat(), elector.delegation_id, elector.person_id),
        )
        if not rows:
            raise NoBallotError
        return rows[0]

    async def _put(
        self, tx: Transaction, guild_id: int, poll_id: int, elector: Elector, written: str, token: str
    ) -> bytes:
        key, receipt = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(RECEIPT_BYTES)
        await tx.execute("INSERT INTO ballot VALUES (?, ?, ?, ?, ?)", (key, guild_id, poll_id, receipt, written))
        whose = (guild_id, poll_id, elector.delegation_id, elector.person_id)
        await tx.execute(
            "INSERT INTO ballot_link VALUES (?, ?, ?, ?, ?, ?, ?)", (*whose, key, tx.account_id or 0, token)
        )
        await tx.execute(
            "UPDATE elector SET voted = 1 WHERE guild_id = ? AND poll_id = ? AND delegation_id = ? AND person_id = ?",
            whose,
        )
        return receipt

    async def _write_down(
        self, tx: Transaction, guild_id: int, elector: Elector, *, secret: bool, changed: bool
    ) -> None:
        """Write in the audit log that the delegation voted; of a secret ballot neither who cast it nor the hour."""
        action = "revote" if changed else "vote"
        if not secret:
            await tx.audit(guild_id, action, "delegation", elector.delegation_id)
            return
        tx.unaudited_by_design()
        await tx.execute(
            "INSERT INTO audit (guild_id, at, account_id, action, subject, subject_id) VALUES (?, ?, NULL, ?, ?, ?)",
            (guild_id, tx.at - tx.at % _DAY, action, "delegation", elector.delegation_id),
        )


def _counted(row: sqlite3.Row) -> CountedBallot:
    choice = tuple(json.loads(row["choice"])) if row["choice"] is not None else None
    return CountedBallot(row["receipt"], choice, row["delegation_id"], row["person_id"])
