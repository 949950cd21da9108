import hashlib
import sqlite3
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Final

from storage.database import Database, Transaction
from storage.documents.models import Document

_COLUMNS: Final = (
    "id, guild_id, subject, subject_id, version, language, authoritative, file_name, size, fingerprint,"
    " content IS NOT NULL AS is_kept, added_at"
)
_RECORD: Final = "guild_id = ? AND subject = ? AND subject_id = ?"
_LATEST: Final = f"(SELECT max(version) FROM document WHERE {_RECORD})"


class DocumentAlteredError(RuntimeError):
    """The bytes of a document are not those of its fingerprint: they are never sent."""


class DocumentsRepository:
    """Files of statements and decisions. A file is announced, its bytes arrive, and a record takes it as a version."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def expect(self, tx: Transaction, guild_id: int, language: str, file_name: str, size: int) -> int:
        """Write down that a file is about to arrive, and return its id; it is of no record yet."""
        tx.unaudited_by_design()
        return await tx.insert(
            "INSERT INTO document (guild_id, language, file_name, size, added_at) VALUES (?, ?, ?, ?, ?)",
            (guild_id, language, file_name, size, tx.at),
        )

    async def receive(self, tx: Transaction, guild_id: int, document_id: int, content: bytes) -> bool:
        """Keep the bytes of an expected file with their fingerprint; False when it is not expected any more."""
        tx.unaudited_by_design()
        return bool(
            await tx.execute(
                "UPDATE document SET content = ?, size = ?, fingerprint = ?"
                " WHERE guild_id = ? AND id = ? AND subject = '' AND fingerprint = ''",
                (content, len(content), hashlib.sha256(content).hexdigest(), guild_id, document_id),
            )
        )

    async def document(self, guild_id: int, document_id: int) -> Document | None:
        """Return a file, or None where the network has no such file."""
        row = await self._database.fetch_one(
            f"SELECT {_COLUMNS} FROM document WHERE guild_id = ? AND id = ?", (guild_id, document_id)
        )
        return _document(row) if row is not None else None

    async def latest(
        self, guild_id: int, subject: str, subject_id: int, tx: Transaction | None = None
    ) -> list[Document]:
        """Return the files of the record's latest version, the authoritative one first; read in ``tx`` if given."""
        fetch = tx.fetch if tx is not None else self._database.fetch
        about = (guild_id, subject, subject_id)
        rows = await fetch(
            f"SELECT {_COLUMNS} FROM document WHERE {_RECORD} AND version = {_LATEST}"
            " ORDER BY authoritative DESC, language",
            (*about, *about),
        )
        return [_document(row) for row in rows]

    async def versions(self, guild_id: int, subject: str, subject_id: int) -> list[Document]:
        """Return every file that the record has had, by version."""
        rows = await self._database.fetch(
            f"SELECT {_COLUMNS} FROM document WHERE {_RECORD} ORDER BY version, authoritative DESC, language",
            (guild_id, subject, subject_id),
        )
        return [_document(row) for row in rows]

    async def content(self, document: Document) -> bytes | None:
        """Return the bytes of a file; None where they have not arrived, or are not kept any more.

        Raises DocumentAlteredError where they are not those that arrived.
        """
        row = await self._database.fetch_one(
            "SELECT content FROM document WHERE guild_id = ? AND id = ?", (document.guild_id, document.id)
        )
        content: bytes | None = row["content"] if row is not None else None
        if content is not None and hashlib.sha256(content).hexdigest() != document.fingerprint:
            raise DocumentAlteredError(f"document {document.id} is not what its fingerprint says")
        return content

    async def attach(
        self, tx: Transaction, guild_id: int, subject: str, subject_id: int, ids: Collection[int], authoritative: str
    ) -> int:
        """Make the files with these ``ids`` the record's next version, and return its number.

        Languages that have no file among them keep theirs of the version before. ``authoritative`` is the language
        of the authoritative file. The bytes of the version before are forgotten. Raises LookupError where one of the
        files has not arrived, or is another record's. The caller writes the line of the audit log.
        """
        about = (guild_id, subject, subject_id)
        before = await self.latest(*about, tx)
        version = before[0].version + 1 if before else 1
        marks = ", ".join("?" for _ in ids)
        changed = await tx.execute(
            "UPDATE document SET subject = ?, subject_id = ?, version = ?, authoritative = (language = ?)"
            f" WHERE guild_id = ? AND id IN ({marks}) AND subject = '' AND fingerprint <> ''",
            (subject, subject_id, version, authoritative, guild_id, *ids),
        )
        if changed != len(ids):
            raise LookupError("a file of the version has not arrived")
        await tx.execute(
            "INSERT INTO document (guild_id, subject, subject_id, version, language, authoritative, file_name, size,"
            " fingerprint, content, added_at) SELECT guild_id, subject, subject_id, ?2, language, language = ?3,"
            " file_name, size, fingerprint, content, added_at FROM document AS old WHERE guild_id = ?4"
            " AND subject = ?5 AND subject_id = ?6 AND version = ?1 AND NOT EXISTS (SELECT 1 FROM document AS new"
            " WHERE new.guild_id = ?4 AND new.subject = ?5 AND new.subject_id = ?6 AND new.version = ?2"
            " AND new.language = old.language)",
            (version - 1, version, authoritative, *about),
        )
        await self._forget_bytes(tx, *about, below=version)
        return version

    async def forget_bytes(self, tx: Transaction, guild_id: int, subject: str, subject_id: int) -> None:
        """Forget the bytes of all of the record's files, which nobody may read any more; fingerprints stay.

        The caller writes the line of the audit log.
        """
        await self._forget_bytes(tx, guild_id, subject, subject_id)

    async def forget_unconfirmed(self, tx: Transaction, age: int) -> int:
        """Delete the files that no record took within ``age`` seconds, and return how many there were."""
        deleted = await tx.execute("DELETE FROM document WHERE subject = '' AND added_at <= ?", (tx.at - age,))
        if deleted:
            tx.erase_from_log()
        return deleted

    async def _forget_bytes(
        self, tx: Transaction, guild_id: int, subject: str, subject_id: int, below: int | None = None
    ) -> None:
        condition = f"{_RECORD} AND content IS NOT NULL" + ("" if below is None else " AND version < ?")
        ids: Sequence[int | str] = (guild_id, subject, subject_id, *(() if below is None else (below,)))
        if await tx.execute(f"UPDATE document SET content = NULL WHERE {condition}", ids):
            tx.erase_from_log()


def _document(row: sqlite3.Row) -> Document:
    return Document(
        id=row["id"],
        guild_id=row["guild_id"],
        subject=row["subject"],
        subject_id=row["subject_id"],
        version=row["version"],
        language=row["language"],
        authoritative=bool(row["authoritative"]),
        file_name=row["file_name"],
        size=row["size"],
        fingerprint=row["fingerprint"],
        is_kept=bool(row["is_kept"]),
        added_at=datetime.fromtimestamp(row["added_at"], UTC),
    )
