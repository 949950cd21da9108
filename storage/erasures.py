"""Erasures are remembered beside the database, outside its backups, and made again where a copy has missed them."""

import json
import secrets
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

from storage.files import append_line
from storage.models import ERASED_SINCE
from storage.personal_data import PERSONAL

_NOBODY: Final = -1
_DRAFTS_OF_OTHERS: Final = (
    f"UPDATE draft SET payload = '{{\"{ERASED_SINCE}\": true}}' WHERE guild_id = ?1 AND EXISTS ("
    "SELECT 1 FROM person AS p JOIN json_tree(draft.payload) AS j WHERE p.guild_id = ?1 AND p.id = ?2 AND ("
    "(j.key IN ('person', 'person_id') AND j.atom = p.id)"
    " OR (j.type = 'text' AND length(p.name) > 2 AND instr(lower(j.atom), lower(p.name)))"
    " OR (j.type = 'text' AND p.email <> '' AND instr(lower(j.atom), lower(p.email)))"
    " OR (j.type = 'text' AND p.phone <> '' AND instr(j.atom, p.phone))))"
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """Whose data was erased: ids alone. ``last_day`` (ISO) is the last day that their terms kept."""

    key: str
    guild_id: int
    person_id: int | None
    account_id: int | None
    last_day: str


def new_erasure(guild_id: int, person_id: int | None, account_id: int | None, last_day: date) -> Erasure:
    """Return an erasure that is nowhere remembered yet."""
    return Erasure(secrets.token_hex(16), guild_id, person_id, account_id, last_day.isoformat())


def file_beside(database: Path) -> Path:
    """Return where the erasures of a database are remembered."""
    return database.with_name(f"{database.name}.erasures")


def remember(database: Path, erasure: Erasure) -> None:
    """Write an erasure down beside the database, before it is made: cut off in between, it is made at the start.

    Raises OSError where that cannot be done.
    """
    append_line(file_beside(database), json.dumps(asdict(erasure)))


def remembered(database: Path) -> list[Erasure]:
    """Return every erasure that was ever made in this database, the oldest first."""
    return read(file_beside(database))


def read(path: Path) -> list[Erasure]:
    """Return the erasures that a file remembers, the oldest first; none where there is no file."""
    if not path.exists():
        return []
    # A line that a killed process left half written ends otherwise; its erasure was not made.
    return [Erasure(**json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.endswith("}")]


def bring_over(database: Path, brought: Iterable[Erasure]) -> list[Erasure]:
    """Remember erasures beside the database that were made in another file of it; return all that are remembered.

    Raises OSError where that cannot be done.
    """
    known = {erasure.key for erasure in remembered(database)}
    for erasure in brought:
        if erasure.key not in known:
            remember(database, erasure)
    return remembered(database)


def missed_by(copy: Path, erasures: list[Erasure]) -> bool:
    """Tell whether a copy of the database may hold what one of these has erased since; also where it is unreadable."""
    if not erasures:
        return False
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            done = {row[0] for row in connection.execute("SELECT key FROM erasure")}
    except sqlite3.Error:
        return True
    return any(erasure.key not in done for erasure in erasures)


def statements(erasure: Erasure) -> list[tuple[str, tuple[int | str, ...]]]:
    """Return what makes the erasure, in order: all that is one person's goes, what is the seat's stays."""
    person = erasure.person_id if erasure.person_id is not None else _NOBODY
    account = erasure.account_id if erasure.account_id is not None else _NOBODY
    ids = (erasure.guild_id, person, account)
    mine = (erasure.guild_id, person)
    ending = (
        "UPDATE appointment SET ends_on = ?3 WHERE guild_id = ?1 AND person_id = ?2"
        " AND (ends_on IS NULL OR ends_on > ?3)"
    )
    made: list[tuple[str, tuple[int | str, ...]]] = [
        (_DRAFTS_OF_OTHERS, mine),
        # Somebody had the account before. Not theirs to be given back: the row says what that person had chosen.
        ("DELETE FROM choices_before WHERE guild_id = ? AND account_id = ?", (erasure.guild_id, account)),
        ("DELETE FROM nomination WHERE guild_id = ? AND person_id = ? AND state = 'waiting'", mine),
        ("DELETE FROM appointment WHERE guild_id = ? AND person_id = ? AND starts_on > ?", (*mine, erasure.last_day)),
        (ending, (*mine, erasure.last_day)),
    ]
    for table, held in PERSONAL.items():
        about = f"WHERE guild_id = ?1 AND ({held.mine}) AND ?2 IS ?2 AND ?3 IS ?3"
        if held.erased == "DELETE":
            made.append((f"DELETE FROM {table} {about}", ids))
        elif held.erased:
            made.append((f"UPDATE {table} SET {held.erased} {about}", ids))
    made.append(("INSERT INTO erasure VALUES (?) ON CONFLICT DO NOTHING", (erasure.key,)))
    return made


def make_again(connection: sqlite3.Connection, erasures: list[Erasure]) -> int:
    """Make those erasures that this copy has not been through, in one transaction; return how many they were.

    The connection is in autocommit mode and the copy's schema up to date.
    """
    done = {row[0] for row in connection.execute("SELECT key FROM erasure")}
    missed = [erasure for erasure in erasures if erasure.key not in done]
    connection.execute("PRAGMA secure_delete = ON").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    try:
        for erasure in missed:
            for sql, parameters in statements(erasure):
                connection.execute(sql, parameters)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return len(missed)
