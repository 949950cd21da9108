"""Files of what the network agrees on: versions, fingerprints, and the bytes while they are needed."""

import hashlib
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.documents import MAX_BYTES, described, file_name_of, require_content, require_named
from bot.errors import UserError
from bot.languages import Language
from bot.texts import Reader
from storage.database import Database, Transaction
from storage.documents.documents import DocumentAlteredError, DocumentsRepository
from storage.documents.models import Document

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
PDF = b"%PDF-1.7 the words"
OTHER = b"%PDF-1.7 other words"
RECORD = (1, "statement", 7)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database]:
    opened = await Database.open(tmp_path / "focalbot.sqlite3")
    yield opened
    await opened.close()


async def arrived(documents: DocumentsRepository, tx: Transaction, language: str, content: bytes = PDF) -> int:
    document_id = await documents.expect(tx, 1, language, f"text-{language}.pdf", len(content))
    assert await documents.receive(tx, 1, document_id, content)
    return document_id


async def test_a_new_version_keeps_the_languages_that_did_not_change_and_forgets_the_bytes_before(
    database: Database,
) -> None:
    documents = DocumentsRepository(database)
    async with database.transaction(NOW) as tx:
        first = [await arrived(documents, tx, "en"), await arrived(documents, tx, "fr")]
        assert await documents.attach(tx, *RECORD, first, "en") == 1
    async with database.transaction(NOW) as tx:
        assert await documents.attach(tx, *RECORD, [await arrived(documents, tx, "en", OTHER)], "en") == 2
    latest = await documents.latest(*RECORD)
    assert [(d.language, d.authoritative, d.version) for d in latest] == [("en", True, 2), ("fr", False, 2)]
    assert [await documents.content(d) for d in latest] == [OTHER, PDF]
    assert [d.fingerprint for d in latest] == [hashlib.sha256(c).hexdigest() for c in (OTHER, PDF)]
    versions = await documents.versions(*RECORD)
    assert [(d.version, d.is_kept) for d in versions] == [(1, False), (1, False), (2, True), (2, True)]
    assert await documents.content(versions[0]) is None


async def test_bytes_that_are_not_those_of_the_fingerprint_are_never_given(database: Database) -> None:
    documents = DocumentsRepository(database)
    async with database.transaction(NOW) as tx:
        await documents.attach(tx, *RECORD, [await arrived(documents, tx, "")], "")
        await tx.execute("UPDATE document SET content = ?", (OTHER,))
    (document,) = await documents.latest(*RECORD)
    assert document.authoritative
    with pytest.raises(DocumentAlteredError):
        await documents.content(document)


async def test_only_what_has_arrived_and_is_nobody_elses_becomes_a_version(database: Database) -> None:
    documents = DocumentsRepository(database)
    async with database.transaction(NOW) as tx:
        missing = await documents.expect(tx, 1, "en", "text.pdf", 5)
        taken = await arrived(documents, tx, "en")
        await documents.attach(tx, 1, "decision", 3, [taken], "en")
        foreign = await documents.expect(tx, 2, "en", "text.pdf", 5)
        for document_id in (missing, taken, foreign):
            with pytest.raises(LookupError):
                await documents.attach(tx, *RECORD, [document_id], "en")
        assert not await documents.receive(tx, 1, taken, OTHER)
    assert await documents.latest(*RECORD) == []
    assert await documents.document(2, taken) is None


async def test_what_nobody_confirms_goes_and_what_a_record_has_stays(database: Database) -> None:
    documents = DocumentsRepository(database)
    async with database.transaction(NOW) as tx:
        await documents.attach(tx, *RECORD, [await arrived(documents, tx, "en")], "en")
        await arrived(documents, tx, "en", OTHER)
    async with database.transaction(NOW + timedelta(hours=23)) as tx:
        assert await documents.forget_unconfirmed(tx, 86_400) == 0
    async with database.transaction(NOW + timedelta(hours=24)) as tx:
        assert await documents.forget_unconfirmed(tx, 86_400) == 1
    assert OTHER not in database.path.read_bytes()
    assert len(await documents.latest(*RECORD)) == 1
    async with database.transaction(NOW) as tx:
        await documents.forget_bytes(tx, *RECORD)
    assert PDF not in database.path.read_bytes()
    assert [d.fingerprint for d in await documents.latest(*RECORD)] == [hashlib.sha256(PDF).hexdigest()]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text.exe", PDF),
        ("text", PDF),
        ("text.docm", b"PK\x03\x04"),
        ("text.pdf", b"<html>"),
        ("text.docx", PDF),
        ("text.pdf", b""),
        ("text.pdf", PDF + b" " * MAX_BYTES),
    ],
)
def test_files_that_are_refused(name: str, content: bytes) -> None:
    with pytest.raises(UserError):
        require_content(name, content)


def test_files_that_are_taken() -> None:
    for name, content in (("a.pdf", PDF), ("A.PDF", PDF), ("a.docx", b"PK\x03\x04..."), ("a.odt", b"PK\x03\x04...")):
        require_content(name, content)
    require_named("a.pdf", MAX_BYTES)
    with pytest.raises(UserError):
        require_named("a.pdf", MAX_BYTES + 1)
    assert MAX_BYTES == 8_000_000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/text.pdf", "text.pdf"),
        ("C:\\Users\\x\\text.pdf", "text.pdf"),
        ("a\u202efdp.pdf", "afdp.pdf"),
        ("two\n lines.pdf", "two lines.pdf"),
        ("x" * 200 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_file_is_kept_by_a_name_on_one_line(typed: str, kept: str) -> None:
    assert file_name_of(typed) == kept


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("en", ("French: texte.pdf", "version 2", "26 November 2026")),
        ("fr", ("Français", "version 2", "26 novembre 2026")),
        ("es", ("Francés", "versión 2", "26 de noviembre de 2026")),
    ],
)
def test_people_read_version_day_and_name_and_never_the_fingerprint(language: Language, parts: tuple[str, ...]) -> None:
    document = Document(1, 1, "statement", 7, 2, "fr", True, "texte.pdf", 5, "ab" * 32, True, NOW)
    reader = Reader(language, "Europe/Paris")
    said = reader.label(described(document, reader))
    assert all(part in said for part in parts)
    assert "abab" not in said
    alone = replace(document, language="")
    assert reader.label(described(alone, reader)).startswith("texte.pdf")
