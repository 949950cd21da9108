import asyncio
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from storage.database import Database, Transaction
from storage.local_times import POLL_CLOSE, POLL_OPTION, keep_local
from storage.polls.ballot_keys import BallotKeys
from storage.polls.models import Elector, Poll, PollOption, PollPlan, PollState, Publish

_POLL: Final = (
    "SELECT p.*, (SELECT count(*) FROM elector AS e WHERE e.guild_id = p.guild_id AND e.poll_id = p.id AND e.voted = 1)"
    " AS turnout FROM poll AS p"
)


class PollsRepository:
    """Polls, their options and their electorates. Ballots are in :mod:`storage.polls.ballots`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keys = BallotKeys(database.path)

    # Reading

    async def poll(self, guild_id: int, poll_id: int, tx: Transaction | None = None) -> Poll | None:
        """Return a poll, as last committed or as ``tx`` sees it; None where the network has no such poll."""
        found = await self._polls(tx, "p.guild_id = ? AND p.id = ?", (guild_id, poll_id))
        return found[0] if found else None

    async def polls(
        self,
        guild_id: int,
        states: Sequence[PollState] = ("open", "closed", "cancelled"),
        tx: Transaction | None = None,
    ) -> list[Poll]:
        """Return the network's polls in these states: open ones first, the first to close first; then the latest.

        As last committed, or as ``tx`` sees them.
        """
        marks = ", ".join("?" for _ in states)
        found = await self._polls(tx, f"p.guild_id = ? AND p.state IN ({marks})", (guild_id, *states))
        opened = sorted((p for p in found if p.state == "open"), key=lambda p: (p.plan.closes_at, p.id))
        ended = sorted((p for p in found if p.state != "open"), key=lambda p: (p.ended_at or p.opened_at, p.id))
        return opened + ended[::-1]

    async def electors(self, guild_id: int, poll_id: int) -> list[Elector]:
        """Return the electorate, in the order of the delegations' ids."""
        rows = await self._database.fetch(
            "SELECT delegation_id, person_id, voted, name FROM elector WHERE guild_id = ? AND poll_id = ?",
            (guild_id, poll_id),
        )
        return [Elector(row["delegation_id"], row["person_id"], bool(row["voted"]), row["name"]) for row in rows]

    async def _polls(self, tx: Transaction | None, condition: str, parameters: Sequence[int | str]) -> list[Poll]:
        fetch = tx.fetch if tx is not None else self._database.fetch
        rows = await fetch(f"{_POLL} WHERE {condition}", parameters)
        options: dict[int, list[PollOption]] = defaultdict(list)
        for row in await fetch(
            # The polls first: the other way round SQLite reads the options of all polls.
            "SELECT o.* FROM poll AS p CROSS JOIN poll_option AS o ON o.guild_id = p.guild_id AND o.poll_id = p.id"
            f" WHERE {condition} ORDER BY o.poll_id, o.number",
            parameters,
        ):
            options[row["poll_id"]].append(_option(row))
        return [_poll(row, tuple(options[row["id"]])) for row in rows]

    # Writing

    async def open(self, tx: Transaction, guild_id: int, plan: PollPlan, electors: Iterable[Elector]) -> int:
        """Open a poll with its electorate, which is thereby fixed, and return its id."""
        listed = list(electors)
        poll_id = await tx.insert(
            "INSERT INTO poll (guild_id, question, method, voters, audience, region, secret, publish, seats, quorum,"
            " electorate, timezone, reminders, opened_at, closes_at, sealed, abstain, majority)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                guild_id,
                plan.question,
                plan.method,
                plan.voters,
                plan.audience,
                plan.region,
                int(plan.secret),
                plan.publish,
                plan.seats,
                plan.quorum,
                len(listed),
                plan.timezone,
                plan.reminders,
                tx.at,
                _seconds(plan.closes_at),
                int(plan.secret),
                int(plan.abstain),
                plan.majority,
            ),
        )
        await tx.execute_many(
            "INSERT INTO poll_option (guild_id, poll_id, number, text, at, topic_id) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (guild_id, poll_id, o.number, o.text, _seconds(o.at) if o.at is not None else None, o.topic_id)
                for o in plan.options
            ],
        )
        await tx.execute_many(
            "INSERT INTO elector (guild_id, poll_id, delegation_id, person_id) VALUES (?, ?, ?, ?)",
            [(guild_id, poll_id, elector.delegation_id, elector.person_id) for elector in listed],
        )
        for time in (POLL_CLOSE, POLL_OPTION):
            await keep_local(tx, time, guild_id, poll_id)
        if plan.secret:
            # On disk before the poll is: a poll without its key could take no ballot.
            await asyncio.to_thread(self._keys.make, guild_id, poll_id)
        await tx.audit(guild_id, "open", "poll", poll_id)
        return poll_id

    async def move(self, tx: Transaction, guild_id: int, poll_id: int, closes_at: datetime) -> bool:
        """Give an open poll another closing time; False when it has closed meanwhile."""
        moved = await tx.execute(
            "UPDATE poll SET closes_at = ?1, sequence = sequence + 1"
            " WHERE guild_id = ?2 AND id = ?3 AND state = 'open' AND closes_at > ?4",
            (_seconds(closes_at), guild_id, poll_id, tx.at),
        )
        if moved:
            await keep_local(tx, POLL_CLOSE, guild_id, poll_id)
            await tx.audit(guild_id, "change", "poll", poll_id, ("closes_at",))
        return bool(moved)

    async def close(
        self, tx: Transaction, guild_id: int, poll_id: int, result: Mapping[str, object], published: Publish
    ) -> None:
        """Write what was counted and end the poll; where only totals are published, the choices are erased.

        In a secret poll the link from each voter to its ballot is erased in this transaction, and then from the
        write-ahead log. Of a roll-call it is written down what the persons who voted are called.
        """
        await tx.execute(
            "UPDATE elector SET name = (SELECT h.name FROM person AS h WHERE h.guild_id = ?1 AND h.id = person_id)"
            " WHERE guild_id = ?1 AND poll_id = ?2 AND voted = 1 AND person_id <> 0"
            " AND EXISTS (SELECT 1 FROM poll WHERE guild_id = ?1 AND id = ?2 AND secret = 0)",
            (guild_id, poll_id),
        )
        await tx.execute(
            "DELETE FROM ballot_link WHERE guild_id = ?1 AND poll_id = ?2"
            " AND EXISTS (SELECT 1 FROM poll WHERE guild_id = ?1 AND id = ?2 AND secret = 1)",
            (guild_id, poll_id),
        )
        tx.erase_from_log()
        await self._forget_sealed(tx, guild_id, poll_id)
        if published == "totals":
            await tx.execute(
                "UPDATE ballot SET choice = NULL WHERE guild_id = ?1 AND poll_id = ?2"
                " AND EXISTS (SELECT 1 FROM poll WHERE guild_id = ?1 AND id = ?2 AND secret = 1)",
                (guild_id, poll_id),
            )
        await tx.execute(
            "UPDATE poll SET state = 'closed', ended_at = ?, result = ?, published = ?"
            " WHERE guild_id = ? AND id = ? AND state = 'open'",
            (tx.at, json.dumps(result), published, guild_id, poll_id),
        )
        await tx.audit(guild_id, "close", "poll", poll_id)

    async def cancel(self, tx: Transaction, guild_id: int, poll_id: int, *, key_lost: bool = False) -> bool:
        """End an open poll without counting and erase its ballots; False when it has ended already.

        ``key_lost``: because its ballots cannot be opened any more.
        """
        cancelled = await tx.execute(
            "UPDATE poll SET state = 'cancelled', ended_at = ?, key_lost = ?, sequence = sequence + 1"
            " WHERE guild_id = ? AND id = ? AND state = 'open'",
            (tx.at, int(key_lost), guild_id, poll_id),
        )
        if cancelled:
            tx.erase_from_log()
            await self._forget_sealed(tx, guild_id, poll_id)
            await tx.execute("DELETE FROM ballot_link WHERE guild_id = ? AND poll_id = ?", (guild_id, poll_id))
            await tx.execute("DELETE FROM ballot WHERE guild_id = ? AND poll_id = ?", (guild_id, poll_id))
            await tx.audit(guild_id, "cancel", "poll", poll_id)
        return bool(cancelled)

    async def destroy_keys(self, tx: Transaction) -> None:
        """Destroy the key of each poll that is not open: after a poll has ended, at each start and each night.

        ``tx`` is a transaction of its own, so that the end of the poll is committed and no poll is being opened.
        """
        rows = await tx.fetch("SELECT guild_id, id FROM poll WHERE state = 'open' AND sealed = 1")
        await asyncio.to_thread(self._keys.destroy_all_but, [(row["guild_id"], row["id"]) for row in rows])

    def can_be_counted(self, poll: Poll) -> bool:
        """Tell whether the ballots of an open poll can be opened: the key is here, or it needs none."""
        return not poll.sealed or self._keys.key(poll.guild_id, poll.id) is not None

    async def that_cannot_be_counted(self) -> list[Poll]:
        """Return the open polls, of all networks, whose ballots are sealed under a key that is not here."""
        return [
            p for p in await self._polls(None, "p.state = 'open' AND p.sealed = 1", ()) if not self.can_be_counted(p)
        ]

    async def _forget_sealed(self, tx: Transaction, guild_id: int, poll_id: int) -> None:
        await tx.execute(
            "UPDATE elector SET sealed = NULL WHERE guild_id = ? AND poll_id = ? AND sealed IS NOT NULL",
            (guild_id, poll_id),
        )


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _instant(at: int | None) -> datetime | None:
    return datetime.fromtimestamp(at, UTC) if at is not None else None


def _option(row: sqlite3.Row) -> PollOption:
    return PollOption(row["number"], row["text"], _instant(row["at"]), row["topic_id"])


def _poll(row: sqlite3.Row, options: tuple[PollOption, ...]) -> Poll:
    plan = PollPlan(
        question=row["question"],
        method=row["method"],
        options=options,
        closes_at=datetime.fromtimestamp(row["closes_at"], UTC),
        timezone=row["timezone"],
        voters=row["voters"],
        audience=row["audience"],
        region=row["region"],
        secret=bool(row["secret"]),
        publish=row["publish"],
        seats=row["seats"],
        quorum=row["quorum"],
        reminders=row["reminders"],
        abstain=bool(row["abstain"]),
        majority=row["majority"],
    )
    return Poll(
        id=row["id"],
        guild_id=row["guild_id"],
        plan=plan,
        electorate=row["electorate"],
        turnout=row["turnout"],
        opened_at=datetime.fromtimestamp(row["opened_at"], UTC),
        state=row["state"],
        ended_at=_instant(row["ended_at"]),
        result=json.loads(row["result"]) if row["result"] is not None else None,
        published=row["published"],
        sealed=bool(row["sealed"]),
        key_lost=bool(row["key_lost"]),
        sequence=row["sequence"],
    )
