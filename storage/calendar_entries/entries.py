"""The days that a network prepares for: those that it has added, and those of the bot's own that it has removed."""

import sqlite3
from datetime import UTC, date, datetime

from storage.calendar_entries.models import CalendarEntry, EntryExistsError
from storage.database import Database, Transaction


class CalendarEntriesRepository:
    """The calendar of each network."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading

    async def all(self, guild_id: int) -> list[CalendarEntry]:
        """Return every entry that the network has added, removed ones too, in the order in which they came."""
        rows = await self._database.fetch("SELECT * FROM calendar_entry WHERE guild_id = ? ORDER BY id", (guild_id,))
        return [_entry(row) for row in rows]

    async def removed_days(self, guild_id: int) -> frozenset[str]:
        """Return the keys of the bot's own days that the network has removed."""
        rows = await self._database.fetch("SELECT day_key FROM removed_day WHERE guild_id = ?", (guild_id,))
        return frozenset(row["day_key"] for row in rows)

    # Writing

    async def add(
        self,
        tx: Transaction,
        guild_id: int,
        title: str,
        title_key: str,
        day: date,
        *,
        is_yearly: bool,
        link: str,
        description: str,
    ) -> int:
        """Add an entry and return its id. ``title_key`` is what two spellings of one title share.

        Raises EntryExistsError where the network has an entry of that title on that day, once or each year.
        """
        try:
            added = await tx.insert(
                "INSERT INTO calendar_entry (guild_id, title, title_key, day, is_yearly, link, description)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (guild_id, title, title_key, day.isoformat(), is_yearly, link, description),
            )
        except sqlite3.IntegrityError as error:
            raise EntryExistsError from error
        await tx.audit(guild_id, "add", "calendar_entry", added, ("title", "day", "is_yearly", "link", "description"))
        return added

    async def remove(self, tx: Transaction, guild_id: int, entry_id: int) -> bool:
        """Remove an entry that was added; False when it was removed already."""
        done = await tx.execute(
            "UPDATE calendar_entry SET removed_at = ?, sequence = sequence + 1"
            " WHERE guild_id = ? AND id = ? AND removed_at IS NULL",
            (tx.at, guild_id, entry_id),
        )
        await tx.audit(guild_id, "remove", "calendar_entry", entry_id, ("removed_at",))
        return bool(done)

    async def remove_day(self, tx: Transaction, guild_id: int, day_key: str) -> bool:
        """Remove one of the bot's own days; False when it was removed already."""
        done = await tx.execute(
            "INSERT INTO removed_day (guild_id, day_key, removed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (guild_id, day_key, tx.at),
        )
        await tx.audit(guild_id, "remove", "calendar_entry", None, ("removed_at",))
        return bool(done)


def _entry(row: sqlite3.Row) -> CalendarEntry:
    removed_at = row["removed_at"]
    return CalendarEntry(
        id=row["id"],
        guild_id=row["guild_id"],
        title=row["title"],
        day=date.fromisoformat(row["day"]),
        is_yearly=bool(row["is_yearly"]),
        link=row["link"],
        description=row["description"],
        sequence=row["sequence"],
        removed_at=datetime.fromtimestamp(removed_at, UTC) if removed_at is not None else None,
    )
