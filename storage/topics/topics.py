import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from storage.database import Database, Transaction
from storage.topics.models import Topic, TopicFormat, TopicLevel, TopicState

_TOPIC: Final = (
    "SELECT t.*, (SELECT count(*) FROM topic_support AS s WHERE s.guild_id = t.guild_id AND s.topic_id = t.id)"
    " AS support FROM topic AS t"
)


class TopicsRepository:
    """Topics proposed for workshops, and how many delegations support each."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def topic(self, guild_id: int, topic_id: int) -> Topic | None:
        """Return a topic in any state, or None where the network has no such topic."""
        row = await self._database.fetch_one(f"{_TOPIC} WHERE t.guild_id = ? AND t.id = ?", (guild_id, topic_id))
        return _topic(row) if row is not None else None

    async def topics(self, guild_id: int, states: Sequence[TopicState] = ("listed",)) -> list[Topic]:
        """Return the network's topics in these states, the most supported first, then the earliest."""
        marks = ", ".join("?" for _ in states)
        rows = await self._database.fetch(
            f"{_TOPIC} WHERE t.guild_id = ? AND t.state IN ({marks}) ORDER BY support DESC, t.id", (guild_id, *states)
        )
        return [_topic(row) for row in rows]

    async def supported_by(self, guild_id: int, delegation_ids: Iterable[int]) -> set[int]:
        """Return the topics that any of these delegations supports: for showing people their own button."""
        listed = list(delegation_ids)
        if not listed:
            return set()
        marks = ", ".join("?" for _ in listed)
        rows = await self._database.fetch(
            f"SELECT DISTINCT topic_id FROM topic_support WHERE guild_id = ? AND delegation_id IN ({marks})",
            (guild_id, *listed),
        )
        return {row["topic_id"] for row in rows}

    async def proposed_since(self, guild_id: int, delegation_id: int, since: datetime) -> int:
        """Return how many topics a delegation has proposed since then, whatever became of them."""
        row = await self._database.fetch_one(
            "SELECT count(*) AS proposed FROM topic WHERE guild_id = ? AND delegation_id = ? AND proposed_at > ?",
            (guild_id, delegation_id, int(since.timestamp())),
        )
        return row["proposed"] if row is not None else 0

    async def propose(
        self,
        tx: Transaction,
        guild_id: int,
        delegation_id: int,
        person_id: int,
        title: str,
        level: TopicLevel,
        format_: TopicFormat,
        description: str = "",
    ) -> int:
        """Write a proposal down, for the secretariat to approve, and return its id; its delegation supports it."""
        topic_id = await tx.insert(
            "INSERT INTO topic (guild_id, delegation_id, person_id, title, level, format, description, proposed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (guild_id, delegation_id, person_id, title, level, format_, description, tx.at),
        )
        await tx.execute("INSERT INTO topic_support VALUES (?, ?, ?)", (guild_id, topic_id, delegation_id))
        await tx.audit(guild_id, "propose", "topic", topic_id, ("title", "level", "format", "description"))
        return topic_id

    async def decide(
        self, tx: Transaction, guild_id: int, topic_id: int, old: Sequence[TopicState], new: TopicState
    ) -> bool:
        """Bring a topic from one of the states ``old`` to ``new``; False when somebody was quicker."""
        marks = ", ".join("?" for _ in old)
        changed = await tx.execute(
            f"UPDATE topic SET state = ? WHERE guild_id = ? AND id = ? AND state IN ({marks})",
            (new, guild_id, topic_id, *old),
        )
        if changed:
            await tx.audit(guild_id, "change", "topic", topic_id, ("state",))
        return bool(changed)

    async def support(self, tx: Transaction, guild_id: int, topic_id: int, delegation_id: int, *, wanted: bool) -> bool:
        """Let a delegation support a listed topic, or no longer; False when the topic is not listed any more."""
        listed = await tx.fetch(
            "SELECT 1 FROM topic WHERE guild_id = ? AND id = ? AND state = 'listed'", (guild_id, topic_id)
        )
        if not listed:
            return False
        key = (guild_id, topic_id, delegation_id)
        if wanted:
            await tx.execute("INSERT INTO topic_support VALUES (?, ?, ?) ON CONFLICT DO NOTHING", key)
        else:
            await tx.execute("DELETE FROM topic_support WHERE guild_id = ? AND topic_id = ? AND delegation_id = ?", key)
        # Support is a number and never a name, in the audit log too.
        tx.unaudited_by_design()
        return True

    async def merge(self, tx: Transaction, guild_id: int, topic_id: int, into: int) -> bool:
        """Put a topic into another with its support, each delegation once; False when either is not listed."""
        listed = await tx.fetch(
            "SELECT id FROM topic WHERE guild_id = ? AND id IN (?, ?) AND state IN ('listed', 'proposed')",
            (guild_id, topic_id, into),
        )
        if {row["id"] for row in listed} != {topic_id, into} or topic_id == into:
            return False
        await tx.execute(
            "INSERT INTO topic_support SELECT guild_id, ?1, delegation_id FROM topic_support"
            " WHERE guild_id = ?2 AND topic_id = ?3 ON CONFLICT DO NOTHING",
            (into, guild_id, topic_id),
        )
        await tx.execute(
            "UPDATE topic SET state = 'merged', merged_into = ? WHERE guild_id = ? AND id = ?",
            (into, guild_id, topic_id),
        )
        await tx.audit(guild_id, "merge", "topic", topic_id, ("merged_into",))
        return True


def _topic(row: sqlite3.Row) -> Topic:
    return Topic(
        id=row["id"],
        guild_id=row["guild_id"],
        delegation_id=row["delegation_id"],
        person_id=row["person_id"],
        title=row["title"],
        level=row["level"],
        format=row["format"],
        description=row["description"],
        state=row["state"],
        merged_into=row["merged_into"],
        support=row["support"],
    )
