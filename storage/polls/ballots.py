import asyncio
import json
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from storage.database import Database, Transaction
from storage.polls.ballot_keys import BallotKeys
from storage.polls.ballot_seal import SealBrokenError, SealedBallot, seal, unseal
from storage.polls.models import Cast, Caster, CountedBallot, Elector, OwnVote

KEY_BYTES: Final = 16
RECEIPT_BYTES: Final = 10
_AT_ONCE: Final = 500
"""Ballots that are opened without leaving the loop to others."""

_ELECTOR: Final = "guild_id = ? AND poll_id = ? AND delegation_id = ? AND person_id = ?"
_RIGHT: Final = (
    "SELECT e.delegation_id, e.person_id, e.voted, e.sealed, h.id AS holder_id, l.ballot_key, l.caster_id,"
    " l.account_id, l.token,"
    " (SELECT b.choice FROM ballot AS b WHERE b.key = l.ballot_key) AS choice FROM elector AS e"
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


class BallotNotReplaceableError(Exception):
    """The elector's ballot came with a restored copy, without its link: it counts and cannot be changed."""


class KeyLostError(Exception):
    """The ballots of a sealed poll cannot be opened: their key is not on this machine."""


class BallotsRepository:
    """Ballots. Those of an open secret poll are sealed, one value for each elector: :mod:`storage.polls.ballot_seal`.

    A roll-call, and a secret poll from before ballots were sealed, has its ballots in the open and a link from each
    elector to its own. Nothing here raises an error that says a choice, and nothing is logged.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keys = BallotKeys(database.path)

    # Reading

    async def own_votes(self, guild_id: int, poll_id: int, account_id: int, today: date) -> list[OwnVote]:
        """Return the electors that the account may vote for on the day ``today`` (in the network's zone).

        Raises KeyLostError.
        """
        rows = await self._database.fetch(_RIGHT, (guild_id, poll_id, account_id, today.isoformat()))
        found = {(row["delegation_id"], row["person_id"]): row for row in rows}
        return [self._own_vote(guild_id, poll_id, account_id, row) for row in found.values()]

    def _own_vote(self, guild_id: int, poll_id: int, account_id: int, row: sqlite3.Row) -> OwnVote:
        sealed = self._opened(guild_id, poll_id, row)
        choice = sealed.choice if sealed is not None else _read(row["choice"])
        caster = _caster(sealed, row)
        return OwnVote(
            Elector(row["delegation_id"], row["person_id"], bool(row["voted"])),
            cast=choice if caster is not None and caster.is_same(row["holder_id"], account_id) else None,
            can_change=not row["voted"] or row["ballot_key"] is not None or row["sealed"] is not None,
        )

    async def own_receipt(
        self, guild_id: int, poll_id: int, delegation_id: int, person_id: int, account_id: int
    ) -> bytes | None:
        """Return the receipt of the ballot that the person cast with the account, for a delegation.

        None once that is not known. Raises KeyLostError.
        """
        for elector, ballot in await self._all_opened(guild_id, poll_id):
            if elector == delegation_id and ballot.caster.is_same(person_id, account_id):
                return ballot.receipt
        linked = await self._database.fetch_one(
            "SELECT b.receipt FROM ballot_link AS l JOIN ballot AS b ON b.key = l.ballot_key"
            " WHERE l.guild_id = ? AND l.poll_id = ? AND l.delegation_id = ? AND l.account_id = ?"
            " AND l.caster_id IN (0, ?)",
            (guild_id, poll_id, delegation_id, account_id, person_id),
        )
        return linked["receipt"] if linked is not None else None

    async def poll_of_receipt(self, guild_id: int, receipt: bytes) -> int | None:
        """Return the poll in whose box the ballot with that receipt lies; None: replaced, or no such receipt."""
        row = await self._database.fetch_one(
            "SELECT poll_id FROM ballot WHERE guild_id = ? AND receipt = ?", (guild_id, receipt)
        )
        if row is not None:
            return row["poll_id"]
        polls = await self._database.fetch(
            "SELECT id FROM poll WHERE guild_id = ? AND state = 'open' AND sealed = 1", (guild_id,)
        )
        for poll_id in (poll["id"] for poll in polls):
            if self._keys.key(guild_id, poll_id) is None:
                continue
            ballots = await self._all_opened(guild_id, poll_id)
            if any(ballot.receipt == receipt for _, ballot in ballots):
                return poll_id
        return None

    async def counted_ballots(self, guild_id: int, poll_id: int, tx: Transaction | None = None) -> list[CountedBallot]:
        """Return the ballots of a poll, for counting and publishing; with whose they are only in a roll-call.

        Those of an open secret poll come in an order that says nothing. Raises KeyLostError.
        """
        fetch = tx.fetch if tx is not None else self._database.fetch
        rows = await fetch(
            "SELECT b.receipt, b.choice, coalesce(l.delegation_id, 0) AS delegation_id,"
            " coalesce(l.person_id, 0) AS person_id FROM ballot AS b"
            " JOIN poll AS p ON p.guild_id = b.guild_id AND p.id = b.poll_id"
            " LEFT JOIN ballot_link AS l ON p.secret = 0 AND l.ballot_key = b.key"
            # Without the plus, SQLite reads the ballots of all polls, which an index has in this order.
            " WHERE b.guild_id = ? AND b.poll_id = ? ORDER BY +b.receipt",
            (guild_id, poll_id),
        )
        opened = await self._all_opened(guild_id, poll_id, tx)
        unsealed = [CountedBallot(ballot.receipt, ballot.choice) for _, ballot in opened]
        return [_counted(row) for row in rows] + sorted(unsealed, key=lambda ballot: ballot.receipt)

    async def _all_opened(
        self, guild_id: int, poll_id: int, tx: Transaction | None = None
    ) -> list[tuple[int, SealedBallot]]:
        """Return the sealed ballots of a poll, opened, each with its elector's delegation. Raises KeyLostError."""
        fetch = tx.fetch if tx is not None else self._database.fetch
        rows = await fetch(
            "SELECT delegation_id, person_id, sealed FROM elector"
            " WHERE guild_id = ? AND poll_id = ? AND sealed IS NOT NULL",
            (guild_id, poll_id),
        )
        if len(rows) <= _AT_ONCE:
            return self._open(guild_id, poll_id, rows)
        return await asyncio.to_thread(self._open, guild_id, poll_id, rows)

    def _open(self, guild_id: int, poll_id: int, rows: Sequence[sqlite3.Row]) -> list[tuple[int, SealedBallot]]:
        key = self._keys.key(guild_id, poll_id) if rows else b""
        if key is None:
            raise KeyLostError
        electors = [(guild_id, poll_id, row["delegation_id"], row["person_id"]) for row in rows]
        try:
            opened = [unseal(key, elector, row["sealed"]) for elector, row in zip(electors, rows, strict=True)]
        except SealBrokenError as error:
            raise KeyLostError from error
        return [(row["delegation_id"], ballot) for row, ballot in zip(rows, opened, strict=True)]

    def _opened(self, guild_id: int, poll_id: int, row: sqlite3.Row) -> SealedBallot | None:
        if row["sealed"] is None:
            return None
        [(_, ballot)] = self._open(guild_id, poll_id, [row])
        return ballot

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
        again. Raises PollEndedError, NoBallotError, BallotNotReplaceableError, KeyLostError.
        """
        poll = await self._require_open(tx, guild_id, poll_id)
        today = datetime.fromtimestamp(tx.at, UTC).astimezone(ZoneInfo(zone)).date()
        right = await self._require_right(tx, guild_id, poll_id, elector, today)
        put = self._put_sealed if poll["sealed"] else self._put
        cast = await put(tx, guild_id, poll_id, right, tuple(choice), token)
        if cast.repeated:
            tx.unaudited_by_design()
            return cast
        action = "revote" if cast.changed else "vote"
        if not poll["secret"]:
            await tx.audit(guild_id, action, "delegation", elector.delegation_id)
            return cast
        # Of a secret ballot neither who cast it nor the hour, and nothing that says which of two came first.
        tx.unaudited_by_design()
        tx.erase_order_from_log()
        await tx.execute(
            "INSERT OR IGNORE INTO secret_vote_day (guild_id, day, delegation_id, action) VALUES (?, ?, ?, ?)",
            (guild_id, today.isoformat(), elector.delegation_id, action),
        )
        return cast

    async def _require_open(self, tx: Transaction, guild_id: int, poll_id: int) -> sqlite3.Row:
        rows = await tx.fetch(
            "SELECT secret, sealed FROM poll WHERE guild_id = ? AND id = ? AND state = 'open' AND closes_at > ?",
            (guild_id, poll_id, tx.at),
        )
        if not rows:
            raise PollEndedError
        return rows[0]

    async def _require_right(
        self, tx: Transaction, guild_id: int, poll_id: int, elector: Elector, today: date
    ) -> sqlite3.Row:
        rows = await tx.fetch(
            f"{_RIGHT} AND e.delegation_id = ?5 AND e.person_id = ?6",
            (guild_id, poll_id, tx.account_id or 0, today.isoformat(), elector.delegation_id, elector.person_id),
        )
        if not rows:
            raise NoBallotError
        return rows[0]

    async def _put_sealed(
        self, tx: Transaction, guild_id: int, poll_id: int, right: sqlite3.Row, choice: tuple[int, ...], token: str
    ) -> Cast:
        earlier = self._opened(guild_id, poll_id, right)
        if earlier is not None and (earlier.token, earlier.choice) == (token, choice):
            return Cast(earlier.receipt, changed=False, repeated=True)
        key = self._keys.key(guild_id, poll_id)
        if key is None:
            raise KeyLostError
        caster = Caster(right["holder_id"], tx.account_id or 0)
        ballot = SealedBallot(choice, secrets.token_bytes(RECEIPT_BYTES), token, caster)
        elector = (guild_id, poll_id, right["delegation_id"], right["person_id"])
        await tx.execute(
            f"UPDATE elector SET voted = 1, sealed = ? WHERE {_ELECTOR}", (seal(key, elector, ballot), *elector)
        )
        return Cast(ballot.receipt, changed=earlier is not None, repeated=False)

    async def _put(
        self, tx: Transaction, guild_id: int, poll_id: int, right: sqlite3.Row, choice: tuple[int, ...], token: str
    ) -> Cast:
        written = _written(choice)
        earlier: bytes | None = right["ballot_key"]
        if earlier is not None:
            rows = await tx.fetch("SELECT receipt, choice FROM ballot WHERE key = ?", (earlier,))
            if right["token"] == token and rows[0]["choice"] == written:
                return Cast(rows[0]["receipt"], changed=False, repeated=True)
            await tx.execute("DELETE FROM ballot_link WHERE ballot_key = ?", (earlier,))
            await tx.execute("DELETE FROM ballot WHERE key = ?", (earlier,))
        elif right["voted"]:
            raise BallotNotReplaceableError
        key, receipt = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(RECEIPT_BYTES)
        await tx.execute("INSERT INTO ballot VALUES (?, ?, ?, ?, ?)", (key, guild_id, poll_id, receipt, written))
        elector = (guild_id, poll_id, right["delegation_id"], right["person_id"])
        await tx.execute(f"UPDATE elector SET voted = 1 WHERE {_ELECTOR}", elector)
        await tx.execute(
            "INSERT INTO ballot_link (guild_id, poll_id, delegation_id, person_id, ballot_key, caster_id, account_id,"
            " token) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*elector, key, right["holder_id"], tx.account_id or 0, token),
        )
        return Cast(receipt, changed=earlier is not None, repeated=False)

    async def void(self, tx: Transaction, guild_id: int, person_id: int, account_id: int) -> list[int]:
        """Take the ballots that an account cast as that person out of every open poll, and return the polls.

        Their electors have not voted then. The ballots of a sealed poll whose key is lost stay.
        """
        electors = await tx.fetch(
            # The open polls first: the other way round SQLite reads the electors of all polls.
            "SELECT e.poll_id, e.delegation_id, e.person_id, e.sealed, l.ballot_key, l.caster_id, l.account_id"
            " FROM poll AS p"
            " CROSS JOIN elector AS e ON e.guild_id = p.guild_id AND e.poll_id = p.id"
            " LEFT JOIN ballot_link AS l ON l.guild_id = e.guild_id AND l.poll_id = e.poll_id"
            " AND l.delegation_id = e.delegation_id AND l.person_id = e.person_id"
            " WHERE p.guild_id = ? AND p.state = 'open' AND e.voted = 1",
            (guild_id,),
        )
        voided: list[int] = []
        for row in electors:
            try:
                caster = _caster(self._opened(guild_id, row["poll_id"], row), row)
            except KeyLostError:
                continue
            if caster is None or not caster.is_same(person_id, account_id):
                continue
            if row["ballot_key"] is not None:
                await tx.execute("DELETE FROM ballot_link WHERE ballot_key = ?", (row["ballot_key"],))
                await tx.execute("DELETE FROM ballot WHERE key = ?", (row["ballot_key"],))
            await tx.execute(
                f"UPDATE elector SET voted = 0, sealed = NULL WHERE {_ELECTOR}",
                (guild_id, row["poll_id"], row["delegation_id"], row["person_id"]),
            )
            voided.append(row["poll_id"])
        if voided:
            tx.erase_order_from_log()
        return voided

    async def publish(
        self, tx: Transaction, guild_id: int, poll_id: int, ballots: Sequence[CountedBallot], *, with_choices: bool
    ) -> None:
        """Write the ballots of a sealed poll that closes: their receipts, and their choices only ``with_choices``.

        They get new keys and come in an order by chance: nothing leads from here to an elector.
        """
        shuffled = partial(_shuffled, ballots, with_choices=with_choices)
        rows = shuffled() if len(ballots) <= _AT_ONCE else await asyncio.to_thread(shuffled)
        await tx.execute_many(
            "INSERT INTO ballot (guild_id, poll_id, key, receipt, choice) VALUES (?, ?, ?, ?, ?)",
            ((guild_id, poll_id, *row) for row in rows),
        )


def _caster(sealed: SealedBallot | None, row: sqlite3.Row) -> Caster | None:
    if sealed is not None:
        return sealed.caster
    return Caster(row["caster_id"], row["account_id"]) if row["account_id"] is not None else None


def _shuffled(ballots: Iterable[CountedBallot], *, with_choices: bool) -> list[tuple[bytes, bytes, str | None]]:
    rows = [
        (secrets.token_bytes(KEY_BYTES), one.receipt, _written(one.choice or ()) if with_choices else None)
        for one in ballots
    ]
    secrets.SystemRandom().shuffle(rows)
    return rows


def _written(choice: Sequence[int]) -> str:
    return json.dumps(list(choice), separators=(",", ":"))


def _read(written: str | None) -> tuple[int, ...] | None:
    return tuple(json.loads(written)) if written is not None else None


def _counted(row: sqlite3.Row) -> CountedBallot:
    return CountedBallot(row["receipt"], _read(row["choice"]), row["delegation_id"], row["person_id"])
