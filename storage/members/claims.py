import sqlite3
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Final

from storage.database import Database, Transaction
from storage.members.members import PERSON
from storage.members.models import Claim, ClaimState, OwnPosts
from storage.members.rows import appointment_of_row, person_of_row
from storage.models import AccountSettings, Network
from storage.settings import NETWORK_AND_ACCOUNT, network_and_account_of

# The account is looked for in each of the two by itself: with OR, no index would serve.
_OWN_POSTS: Final = (
    "SELECT h.guild_id, h.id AS holder_id, h.name, h.email, h.phone, h.languages, h.expertise, h.timezone,"
    " h.visibility, h.account_id, h.email_returned_at, h.email_allowed, h.channel, h.language,"
    " a.id, a.delegation_id, a.person_id, a.role, a.title, a.ministry, a.starts_on, a.ends_on, a.place"
    f" FROM ({PERSON} WHERE p.guild_id = ?1 AND p.id IN ("
    "SELECT o.id FROM person AS o WHERE o.guild_id = ?1 AND o.account_id = ?2"
    " UNION ALL SELECT c.person_id FROM claim AS c WHERE c.guild_id = ?1 AND c.account_id = ?2"
    " AND c.state = 'waiting')) AS h"
    " LEFT JOIN appointment AS a ON a.guild_id = h.guild_id AND a.person_id = h.id"
    " ORDER BY a.starts_on DESC, a.id DESC"
)
_WAITING: Final[tuple[ClaimState, ...]] = ("waiting",)
_ACTIONS: Final[dict[ClaimState, str]] = {"confirmed": "confirm", "refused": "refuse", "withdrawn": "unclaim"}
"""What the audit log calls a decision. A claim is replaced by linking, which has a line of its own."""


class ClaimsRepository:
    """Seats claimed with a code, each account until the secretariat has confirmed it, gathered into lists."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, guild_id: int, claim_id: int) -> Claim | None:
        """Return a claim of the network, or None."""
        found = await self._claims("guild_id = ?1 AND id = ?2", guild_id, claim_id)
        return found[0] if found else None

    async def in_list(self, guild_id: int, list_id: int) -> list[Claim]:
        """Return the claims of a list, in every state, the oldest first."""
        return await self._claims("guild_id = ?1 AND list_id = ?2", guild_id, list_id)

    async def waiting(self, guild_id: int) -> list[Claim]:
        """Return the network's claims that nobody has decided on, the oldest first."""
        return await self._claims("guild_id = ?1 AND state = 'waiting' AND ?2 IS NULL", guild_id, None)

    async def of_person(self, guild_id: int, person_id: int) -> Claim | None:
        """Return the claim that waits for a person, or None."""
        found = await self._claims("guild_id = ?1 AND person_id = ?2 AND state = 'waiting'", guild_id, person_id)
        return found[0] if found else None

    async def asker(self, guild_id: int, account_id: int) -> tuple[Network, AccountSettings, OwnPosts]:
        """Return the network, the account in it, and whom that is linked to or has claimed to be, with their posts.

        In one trip: every interaction begins with it.
        """
        asked = (guild_id, account_id)
        [row], rows = await self._database.fetch_held_each((NETWORK_AND_ACCOUNT, asked), (_OWN_POSTS, asked))
        person = person_of_row(rows[0], rows[0]["holder_id"]) if rows else None
        own = OwnPosts(
            person,
            tuple(appointment_of_row(row) for row in rows if row["id"] is not None),
            is_claimed=person is not None and person.account_id != account_id,
        )
        return *network_and_account_of(guild_id, account_id, row), own

    async def _claims(self, condition: str, *values: int | None) -> list[Claim]:
        rows = await self._database.fetch(f"SELECT * FROM claim WHERE {condition} ORDER BY id", values)
        return [_claim(row) for row in rows]

    async def add(
        self,
        tx: Transaction,
        guild_id: int,
        person_id: int,
        delegation_id: int,
        account_id: int,
        *,
        gathered: timedelta,
        at_most: int,
    ) -> Claim | None:
        """Write a claim down; None where the person or the account has another, or is linked already.

        It joins the last list, if that has begun less than ``gathered`` ago and holds fewer than ``at_most``;
        else it begins the next: its own claim is then the first in it.
        """
        lists = await tx.fetch(
            "SELECT list_id, count(*) AS held, min(claimed_at) AS began FROM claim WHERE guild_id = ?"
            " GROUP BY list_id ORDER BY list_id DESC LIMIT 1",
            (guild_id,),
        )
        list_id = 1
        if lists:
            last = lists[0]
            is_open = last["held"] < at_most and last["began"] > tx.at - int(gathered.total_seconds())
            list_id = last["list_id"] + (not is_open)
        added = await tx.execute(
            "INSERT INTO claim (guild_id, person_id, delegation_id, account_id, list_id, claimed_at)"
            " SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM person WHERE guild_id = ?1"
            " AND (account_id = ?4 OR (id = ?2 AND account_id IS NOT NULL))) ON CONFLICT DO NOTHING",
            (guild_id, person_id, delegation_id, account_id, list_id, tx.at),
        )
        if not added:
            return None
        await tx.audit(guild_id, "claim", "person", person_id, ("account_id",))
        rows = await tx.fetch(
            "SELECT * FROM claim WHERE guild_id = ? AND person_id = ? AND state = 'waiting'", (guild_id, person_id)
        )
        return _claim(rows[0])

    async def decide(
        self, tx: Transaction, claim: Claim, new: ClaimState, *, old: Collection[ClaimState] = _WAITING
    ) -> bool:
        """Bring a claim from one of the states ``old`` to ``new``; False when somebody was quicker."""
        marks = ", ".join("?" for _ in old)
        decided = await tx.execute(
            f"UPDATE claim SET state = ? WHERE guild_id = ? AND id = ? AND state IN ({marks})",
            (new, claim.guild_id, claim.id, *old),
        )
        if decided:
            await tx.audit(claim.guild_id, _ACTIONS[new], "person", claim.person_id)
        return bool(decided)

    async def forget(self, tx: Transaction, guild_id: int, made_before: datetime) -> None:
        """Delete decided claims that were made before an instant."""
        await tx.execute(
            "DELETE FROM claim WHERE guild_id = ? AND state <> 'waiting' AND claimed_at < ?",
            (guild_id, int(made_before.timestamp())),
        )
        tx.unaudited_by_design()


def _claim(row: sqlite3.Row) -> Claim:
    return Claim(
        id=row["id"],
        guild_id=row["guild_id"],
        person_id=row["person_id"],
        delegation_id=row["delegation_id"],
        account_id=row["account_id"],
        list_id=row["list_id"],
        claimed_at=datetime.fromtimestamp(row["claimed_at"], UTC),
        state=row["state"],
    )
