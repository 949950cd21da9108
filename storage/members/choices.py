from collections.abc import Sequence

from storage.database import Database, Transaction
from storage.members.models import Choices


class ChoicesRepository:
    """What people chose for themselves, and what counts again where an account was somebody else's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def now_and_before(self, guild_id: int, person_id: int, account_id: int) -> tuple[Choices, Choices] | None:
        """Return what counts for a person, and what did before they got the account.

        None where that is the same, or they have got another account since.
        """
        row = await self._database.fetch_one(
            "SELECT p.channel, p.language, p.timezone, b.channel AS had_channel, b.language AS had_language,"
            " b.timezone AS had_timezone FROM choices_before AS b"
            " JOIN person AS p ON p.guild_id = b.guild_id AND p.id = b.person_id"
            " WHERE b.guild_id = ? AND b.person_id = ? AND b.account_id = ?",
            (guild_id, person_id, account_id),
        )
        if row is None:
            return None
        now = Choices(row["channel"], row["language"], row["timezone"])
        before = Choices(row["had_channel"], row["had_language"], row["had_timezone"])
        return (now, before) if now != before else None

    async def undo(self, tx: Transaction, guild_id: int, person_id: int, account_id: int) -> None:
        """Let what counted before the person got the account count again; nothing where they got another since."""
        changed = await tx.execute(
            "UPDATE person SET channel = b.channel, language = b.language, timezone = b.timezone"
            " FROM choices_before AS b WHERE person.guild_id = ?1 AND person.id = ?2"
            " AND b.guild_id = ?1 AND b.person_id = ?2 AND b.account_id = ?3 AND NOT (person.channel IS b.channel"
            " AND person.language IS b.language AND person.timezone IS b.timezone)",
            (guild_id, person_id, account_id),
        )
        await tx.execute(
            "DELETE FROM choices_before WHERE guild_id = ? AND person_id = ? AND account_id = ?",
            (guild_id, person_id, account_id),
        )
        if changed:
            await tx.audit(guild_id, "change", "person", person_id, ("channel", "language", "timezone"))


async def languages_written(tx: Transaction, guild_id: int, person_ids: Sequence[int]) -> None:
    """Let what the network now knows of people take the place of the language chosen with an account of before."""
    await tx.execute_many(
        "UPDATE person SET language = NULL WHERE guild_id = ? AND id = ? AND account_id IS NULL",
        [(guild_id, person_id) for person_id in person_ids],
    )
    await tx.execute_many(
        "UPDATE choices_before SET language = NULL WHERE guild_id = ? AND person_id = ? AND account_id <> ?",
        [(guild_id, person_id, tx.account_id or 0) for person_id in person_ids],
    )


async def zones_written(tx: Transaction, guild_id: int, zones: Sequence[tuple[int, str | None]]) -> None:
    """Let the zones written for people, by id, stay when what they chose with their account is undone.

    Not where the account itself wrote it: that is a choice made with it.
    """
    await tx.execute_many(
        "UPDATE choices_before SET timezone = ? WHERE guild_id = ? AND person_id = ? AND account_id <> ?",
        [(zone, guild_id, person_id, tx.account_id or 0) for person_id, zone in zones],
    )
