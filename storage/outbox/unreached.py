"""What nothing brought to its person: listed, sent by the secretariat instead, and come back to it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from storage.database import Database, Transaction
from storage.outbox.models import BOTH, OutboxRow
from storage.outbox.rows import COLUMNS, row_of, seconds
from storage.outbox.states import OutboxState, Reason, SentBy, among
from storage.unlisted_messages import IS_LISTED

_SENT_BY_HAND: Final = among(OutboxState.SENT, OutboxState.NOT_REACHED, OutboxState.NOTICE)
_CAME_BACK: Final = among(OutboxState.NOT_REACHED, OutboxState.SENT)
_NOT_RETURNED: Final = among(OutboxState.SENT, OutboxState.NOT_REACHED)
_OUTSIDE_DISCORD: Final = f"('{SentBy.SECRETARIAT}', '{SentBy.EMAIL}')"
_FOR_A_PERSON: Final = f"o.guild_id = ? AND instr(o.target, 'person:') = 1 AND o.called_off = 0 AND {IS_LISTED}"
_TO_A_PERSON: Final = f"{_FOR_A_PERSON} AND o.target NOT LIKE '%{BOTH}'"
"""Not the e-mail beside a direct message: a person who is sent both is reached by the other."""
_PRESENT_ADDRESS: Final = (
    "coalesce((SELECT p.email FROM person AS p WHERE p.guild_id = outbox.guild_id"
    f" AND 'person:' || p.id = replace(outbox.target, '{BOTH}', '')), '')"
)
_TROUBLES: Final = ", ".join(f"'{one}'" for one in (OutboxState.FAILED, OutboxState.MISSED, OutboxState.UNKNOWN))


class UnreachedRepository:
    """What nothing brought to its person, and what the secretariat sent in its place.

    Never what tells somebody that a colleague voted, nor who is reminded of a statement: nobody is to hear of that.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def rows(self, guild_id: int, *, waiting_too: bool = False) -> list[OutboxRow]:
        """Return what nothing brought to its person, the first due first; with ``waiting_too`` also unread notices."""
        states = [OutboxState.NOT_REACHED, *([OutboxState.NOTICE] if waiting_too else [])]
        marks = ", ".join("?" for _ in states)
        rows = await self._database.fetch(
            f"SELECT {COLUMNS} FROM outbox AS o WHERE {_TO_A_PERSON} AND o.state IN ({marks}) ORDER BY o.due_at, o.id",
            (guild_id, *states),
        )
        return [row_of(row) for row in rows]

    async def troubles_since(self, guild_id: int, since: datetime) -> dict[OutboxState, int]:
        """Return how many messages have failed, were missed, or may not have arrived since then, by state."""
        rows = await self._database.fetch(
            f"SELECT o.state, count(*) AS number FROM outbox AS o WHERE o.guild_id = ? AND {IS_LISTED}"
            f" AND o.state IN ({_TROUBLES}) AND o.settled_at >= ? GROUP BY o.state",
            (guild_id, seconds(since)),
        )
        return {OutboxState(row["state"]): row["number"] for row in rows}

    async def sent_outside_discord(self, guild_id: int, since: datetime) -> list[OutboxRow]:
        """Return what has been sent since then by e-mail or by the secretariat's own means, the last first.

        Its return is known to the secretariat's mailbox only, and may come days later.
        """
        rows = await self._database.fetch(
            f"SELECT {COLUMNS} FROM outbox AS o WHERE {_FOR_A_PERSON} AND o.state = '{OutboxState.SENT}'"
            f" AND o.sent_by IN {_OUTSIDE_DISCORD} AND o.settled_at >= ? ORDER BY o.settled_at DESC, o.id",
            (guild_id, seconds(since)),
        )
        return [row_of(row) for row in rows]

    async def states(
        self, guild_id: int, subject: str, subject_id: int, series: Sequence[str]
    ) -> dict[int, set[OutboxState]]:
        """Return what became of a record's messages to people of some ``series``, by the persons' ids.

        A series is a kind of message, or a kind with its lead ("deadline" of "deadline:14d").
        """
        marks = ", ".join("?" for _ in series)
        rows = await self._database.fetch(
            f"SELECT {COLUMNS} FROM outbox AS o WHERE {_FOR_A_PERSON} AND o.subject = ? AND o.subject_id = ?"
            f" AND iif(instr(o.kind, ':'), substr(o.kind, 1, instr(o.kind, ':') - 1), o.kind) IN ({marks})",
            (guild_id, subject, subject_id, *series),
        )
        found: defaultdict[int, set[OutboxState]] = defaultdict(set)
        for row in map(row_of, rows):
            if row.person_id is not None:
                found[row.person_id].add(row.state)
        return dict(found)

    async def senders(self, guild_id: int, parent_id: int) -> dict[SentBy, int]:
        """Return how many of a fan-out's messages were sent by what; of those that hide their recipients, none."""
        rows = await self._database.fetch(
            "SELECT o.sent_by, count(*) AS number FROM outbox AS o WHERE o.guild_id = ? AND o.parent_id = ?"
            f" AND o.state = 'sent' AND o.sent_by IS NOT NULL AND {IS_LISTED} GROUP BY o.sent_by",
            (guild_id, parent_id),
        )
        return {SentBy(row["sent_by"]): row["number"] for row in rows}

    async def book_sent(
        self, tx: Transaction, guild_id: int, row_ids: Iterable[int], *, again: bool = False
    ) -> list[int]:
        """Write down that the secretariat has sent these; return those of which it was to be written down.

        The others were delivered, called off or erased meanwhile. The reason why they had to be sent so stays.
        ``again``: as it was before :meth:`book_returned`, to the address of then; else to the person's present one.
        """
        return await self._booked(
            tx,
            guild_id,
            row_ids,
            "SET state = 'sent', sent_by = 'secretariat', wake_at = NULL, retrying = 0, settled_at = ?1,"
            f" reason = iif(state = 'notice' AND reason = '', '{Reason.LATE}', reason),"
            f" address = {'address' if again else _PRESENT_ADDRESS}"
            f" WHERE guild_id = ?2 AND id = ?3 AND state IN {_SENT_BY_HAND}",
        )

    async def book_unreturned(self, tx: Transaction, guild_id: int, row_ids: Iterable[int]) -> list[int]:
        """Take :meth:`book_returned` back for e-mails of the bot; return those that were so booked.

        One that has become a notice, or was sent again, in the meantime stays what it is.
        """
        return await self._booked(
            tx,
            guild_id,
            row_ids,
            f"SET state = 'sent', sent_by = '{SentBy.EMAIL}', reason = '', wake_at = NULL, retrying = 0,"
            f" settled_at = ?1 WHERE guild_id = ?2 AND id = ?3 AND state IN {_NOT_RETURNED}"
            f" AND reason = '{Reason.RETURNED}'",
        )

    async def book_unsent(self, tx: Transaction, guild_id: int, row_ids: Iterable[int]) -> list[int]:
        """Take :meth:`book_sent` back: what becomes of them is decided anew; return those that were so booked."""
        return await self._booked(
            tx,
            guild_id,
            row_ids,
            "SET state = 'not_reached', sent_by = NULL, wake_at = ?1, settled_at = NULL, address = ''"
            f" WHERE guild_id = ?2 AND id = ?3 AND state IN {_CAME_BACK} AND sent_by = '{SentBy.SECRETARIAT}'",
        )

    async def book_returned(
        self, tx: Transaction, guild_id: int, row_ids: Iterable[int]
    ) -> tuple[list[int], list[int]]:
        """Write down that what was sent outside of Discord came back, and put the addresses out of use.

        An address that was corrected since stays in use. Return of which rows it was to be written down, and the ids
        of the persons whose address is out of use now.
        """
        returned = await self._booked(
            tx,
            guild_id,
            row_ids,
            f"SET state = 'not_reached', sent_by = NULL, reason = '{Reason.RETURNED}', wake_at = ?1, settled_at = ?1"
            f" WHERE guild_id = ?2 AND id = ?3 AND state IN {_CAME_BACK} AND sent_by IN {_OUTSIDE_DISCORD}",
        )
        people: dict[int, None] = {}
        for row_id in returned:
            found = await tx.fetch(
                "SELECT p.id FROM outbox AS o JOIN person AS p ON p.guild_id = o.guild_id"
                f" AND 'person:' || p.id = replace(o.target, '{BOTH}', '')"
                " WHERE o.guild_id = ? AND o.id = ? AND p.email <> '' AND o.address IN ('', p.email)",
                (guild_id, row_id),
            )
            people |= {row["id"]: None for row in found}
        await tx.execute_many(
            "UPDATE person SET email_returned_at = ? WHERE guild_id = ? AND id = ?",
            [(tx.at, guild_id, person_id) for person_id in people],
        )
        return returned, list(people)

    async def use_addresses_again(self, tx: Transaction, guild_id: int, person_ids: Sequence[int]) -> None:
        """Put the addresses of persons in use again: nothing comes back from them after all."""
        await tx.execute_many(
            "UPDATE person SET email_returned_at = NULL WHERE guild_id = ? AND id = ?",
            [(guild_id, person_id) for person_id in person_ids],
        )
        await tx.execute_many(
            "UPDATE outbox SET wake_at = ?1 WHERE guild_id = ?2 AND target = 'person:' || ?3 AND state = 'not_reached'",
            [(tx.at, guild_id, person_id) for person_id in person_ids],
        )

    @staticmethod
    async def _booked(tx: Transaction, guild_id: int, row_ids: Iterable[int], change: str) -> list[int]:
        return [row_id for row_id in row_ids if await tx.execute(f"UPDATE outbox {change}", (tx.at, guild_id, row_id))]
