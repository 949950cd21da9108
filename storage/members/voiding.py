"""What an account did for a seat, and how it is undone when the account turns out to be somebody else's.

The one list: a test wants every table with data about people here, among what is undone or among what is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from storage.database import Database, Transaction
from storage.members.models import Claim
from storage.polls.ballots import BallotsRepository


@dataclass(frozen=True, slots=True)
class Act:
    """Acts of one kind: rows of a table, by what ``column`` holds the id of their subject in the outbox.

    ``mine`` is the condition for an account's: ?1 is the network, ?2 the person's id, ?3 the account's, ?4 the instant
    of the claim. ``undone`` is "DELETE", or what a row is SET to: ?5 is now, ?6 the reason in words.
    """

    column: str
    subject: str
    mine: str
    undone: str


ACTS: Final[Mapping[str, Act]] = {
    "registration": Act(
        "meeting_id", "meeting", "account_id = ?3 AND changed_at >= ?4 AND source = 'delegation'", "DELETE"
    ),
    "topic": Act(
        "id",
        "topic",
        "person_id = ?2 AND proposed_at >= ?4 AND state IN ('proposed', 'listed')",
        "state = 'withdrawn'",
    ),
    "nomination": Act(
        "id",
        "nomination",
        "nominated_by = ?2 AND created_at >= ?4 AND state = 'waiting'",
        "state = 'declined', decided_at = ?5, reason = ?6",
    ),
    "resource": Act(
        "id",
        "shelf",
        "suggested_by = ?2 AND added_at >= ?4 AND state = 'suggested'",
        "state = 'declined', reason = ?6",
    ),
    "statement_joining": Act(
        "statement_id",
        "statement",
        "account_id = ?3 AND joined_at >= ?4 AND by_secretariat = 0 AND EXISTS (SELECT 1 FROM statement AS s"
        " WHERE s.guild_id = ?1 AND s.id = statement_id AND s.state IN ('open', 'closed'))",
        "DELETE",
    ),
    "webinar_answer": Act("webinar_id", "webinar", "account_id = ?3 AND answered_at >= ?4", "DELETE"),
}
"""What is undone row by row; ballots in open polls beside it, by :meth:`BallotsRepository.void`."""

BALLOTS: Final = ("ballot_link", "elector")

LEFT: Final[Mapping[str, str]] = {
    "person": "what was changed in the entry was overwritten; the secretariat is asked to look at it",
    "appointment": "written by the secretariat, or as part of the entry",
    "invitation": "written by the secretariat",
    "claim": "what is decided",
    "account_setting": "the account's own",
    "choices_before": "what counts again once the account's choices are undone",
    "claim_attempt": "the account's own",
    "role_grant": "follows the link by itself",
    "draft": "nothing was done yet",
    "audit": "what was done is not forgotten",
    "outbox": "what was sent to the person",
    "message": "written by the secretariat",
    "objection_press": "nothing is published before it is confirmed, which an account without a seat cannot",
    "statement_mark": "the person's own, and nobody's act",
    "handover_note": "read by the delegation alone, whose people can delete it",
}
"""What stays, and why. Support of topics has no name anywhere, so nobody can tell whose it was."""


class VoidingRepository:
    """Undoes what an account did."""

    def __init__(self, database: Database, ballots: BallotsRepository) -> None:
        self._database = database
        self._ballots = ballots

    async def void(self, tx: Transaction, claim: Claim, reason: str) -> dict[tuple[str, str], list[int]]:
        """Undo what the account of a claim did since, and return the ids by table and subject in the outbox.

        ``reason`` is kept with what is declined. Ballots are under "ballot"; of which a secretariat reads nothing.
        """
        account_id = claim.account_id
        if account_id is None:
            return {}
        values = (claim.guild_id, claim.person_id, account_id, int(claim.claimed_at.timestamp()), tx.at, reason)
        found: dict[tuple[str, str], list[int]] = {}
        for table, act in ACTS.items():
            where = f"WHERE guild_id = ?1 AND {act.mine} AND ?2 IS ?2 AND ?3 IS ?3 AND ?5 IS ?5 AND ?6 IS ?6"
            rows = await tx.fetch(f"SELECT {act.column} AS number FROM {table} {where}", values)
            if not rows:
                continue
            undo = f"DELETE FROM {table}" if act.undone == "DELETE" else f"UPDATE {table} SET {act.undone}"
            await tx.execute(f"{undo} {where}", values)
            found[table, act.subject] = [row["number"] for row in rows]
        polls = await self._ballots.void(tx, claim.guild_id, claim.person_id, account_id)
        if polls:
            found["ballot", "poll"] = polls
        audited = {table: ids for (table, _), ids in found.items() if table != "ballot"}
        for table, ids in audited.items():
            await tx.audit_many(claim.guild_id, [("void", _AUDITED.get(table, table), one, ()) for one in ids])
        return found


_AUDITED: Final[Mapping[str, str]] = {
    "registration": "meeting",
    "webinar_answer": "webinar",
    "statement_joining": "statement",
}
