from storage.database import Database
from storage.members.models import Appointment
from storage.members.rows import appointment_of_row


class PostsRepository:
    """The posts of one person, with what they are posts of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_person(self, guild_id: int, person_id: int) -> list[tuple[str, Appointment]]:
        """Return every post that a person holds, held or is to hold, each with its delegation's code, latest first."""
        rows = await self._database.fetch(
            "SELECT a.*, d.code FROM appointment AS a"
            " JOIN delegation AS d ON d.guild_id = a.guild_id AND d.id = a.delegation_id"
            " WHERE a.guild_id = ? AND a.person_id = ? ORDER BY a.starts_on DESC, a.id DESC",
            (guild_id, person_id),
        )
        return [(row["code"], appointment_of_row(row)) for row in rows]
