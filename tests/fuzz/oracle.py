"""What must be so after each step, whatever people did."""

import logging
import re
import sqlite3
import traceback
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

import discord
from simcord.backend.errors import BackendError
from simcord.results import InteractionResult

from bot.errors import UserError
from bot.ui import PersistentButton, PersistentSelect
from tests.e2e.test_forged import rows_of
from tests.people import Person
from tests.world import Server, World, embed_text

FAULT: Final = "Something went wrong"
_NONCE: Final = re.compile(r"owed:\d+:\d+:([A-Z2-7]{25})")
SHARED: Final = (":shelf_share",)
"""What answers in public because that is what it is for: a link of the shelf that somebody shares in the channel."""
_MAY_WAIT: Final = 20 * 60
"""Seconds after which each retry of what failed once has been made."""
CALLS: Final = re.compile(r"(?<!`)@(everyone|here)|<@&\d+>")


@dataclass(frozen=True)
class Answer:
    """What one person was answered; ``pressed`` is the message whose button it was (0: none)."""

    by: Person
    server: Server
    what: str
    result: InteractionResult
    pressed: int = 0
    is_direct: bool = False


class _Errors(logging.Handler):
    """Keeps what is logged as an error of ours."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        where = ""
        if record.exc_info and record.exc_info[1] is not None:
            error = getattr(record.exc_info[1], "original", record.exc_info[1])
            where = f" {type(error).__name__}: {str(error)[:200]} in {_frames(error)}"
        self.lines.append(f"{record.name}: {record.getMessage()}{where}")


@dataclass
class Oracle:
    """Looks at the bot from outside: answers, channels, the log and the file."""

    world: World
    marks: dict[int, str]
    """A word that is in all that the people of a network type, by its server."""
    wrong: list[str] = field(default_factory=list[str])
    answers: int = 0
    messages: int = 0

    def __post_init__(self) -> None:
        self._errors = _Errors()
        self._seen: dict[int, int] = {}
        self._nonces: dict[str, int] = {}
        self._cursor = self.world.env.error_cursor
        self._secrets = self._hidden()
        self._others: dict[int, dict[str, list[Any]]] = {}

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self._errors)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self._errors)

    # Before and after a step

    def before(self, acting: Server) -> None:
        """Remember what the other network has, which the step is to leave as it is, and what people hide."""
        self._secrets = self._hidden()
        self._others = {one.id: self._rows(one.id) for one in self._servers() if one is not acting}

    def after(self, answers: Iterable[Answer], *, forgives: bool = False) -> None:
        """Look at what a step has brought; ``forgives`` where the bot was cut off in it."""
        hidden = self._hidden()
        # What was hidden before and after: in between somebody may have shown their own.
        self._secrets = {secret: owner for secret, owner in hidden.items() if self._secrets.get(secret) == owner}
        for answer in answers:
            self._answer(answer, forgives=forgives)
        self._public()
        self._faults(forgives=forgives)
        self._forgotten()
        for guild_id, rows in self._others.items():
            if (now := self._rows(guild_id)) != rows:
                changed = [table for table in rows if rows[table] != now[table]]
                self.wrong.append(f"rows of another network changed: {changed}")
        self._others = {}
        self._file()
        self._secrets = hidden

    # Answers

    def _answer(self, answer: Answer, *, forgives: bool) -> None:
        self.answers += 1
        result = answer.result
        if not result.acknowledged and not forgives:
            self.wrong.append(f"never answered: {answer.what}")
        messages = [m for m in (result.response, *result.followups) if m is not None and m.id != answer.pressed]
        is_meant = answer.is_direct or answer.what.endswith(SHARED)
        if not is_meant and any(not m.ephemeral for m in messages):
            self.wrong.append(f"answered publicly: {answer.what}")
        for message in messages:
            self._read(message, f"the answer to {answer.by.name} ({answer.what})", answer.server, answer.by.id)
        if result.modal is not None:
            self._words(str(result.modal), f"a form for {answer.by.name}", answer.server, answer.by.id)

    def _read(self, message: Any, where: str, server: Server, reader: int | None) -> None:
        text = "\n".join((message.content, *map(embed_text, message.embeds)))
        self._words(f"{text}\n{_labels(message)}", where, server, reader)

    def _words(self, text: str, where: str, server: Server, reader: int | None) -> None:
        if FAULT in text:
            self.wrong.append(f"a fault in {where}")
        for guild_id, mark in self.marks.items():
            if guild_id != server.id and mark in text:
                self.wrong.append(f"a word of another network in {where}: {text[:200]!r}")
        if reader in {server.secretariat.id, server.manager.id}:
            return
        for secret, owner in self._secrets.items():
            if secret in text and owner != reader:
                self.wrong.append(f"somebody's hidden contact in {where}")

    # Channels

    def _public(self) -> None:
        """Read each new message of the bot in the channels and in people's direct messages."""
        bot_id = self.world.bot.user.id if self.world.bot.user is not None else 0
        for server, place, reader in self._places():
            for message in place.history():
                if message.author.id != bot_id or message.id <= self._seen.get(place.id, 0):
                    continue
                self._seen[place.id] = message.id
                self.messages += 1
                where = f"a message in {place.name or 'direct messages'}"
                self._read(message, where, server, reader)
                for nonce in _NONCE.findall(" ".join(_ids(message))):
                    if (earlier := self._nonces.setdefault(nonce, message.id)) != message.id:
                        self.wrong.append(f"sent twice: {earlier} and {message.id} in {place.name}")

    def _places(self) -> Iterator[tuple[Server, Any, int | None]]:
        for server in self._servers():
            for place in server.channels.values():
                yield server, place, server.secretariat.id if place.name == "secretariat" else None
            for person in (*server.members.values(), server.guest, server.secretariat):
                yield server, person.user.dm_channel, person.id

    def _servers(self) -> tuple[Server, Server]:
        return self.world.server, self.world.other

    # The log and the file

    def _faults(self, *, forgives: bool) -> None:
        raised = self.world.env.errors_since(self._cursor)
        self._cursor = self.world.env.error_cursor
        self.world.forgive_faults()
        lines, self._errors.lines = self._errors.lines, []
        if forgives:
            return
        refusals = (UserError, discord.HTTPException)
        faults = [error for error in raised if not isinstance(getattr(error, "original", error), refusals)]
        self.wrong += [f"raised {type(error).__name__}: {str(error)[:300]}" for error in faults]
        self.wrong += [f"logged {line}" for line in lines]

    def _forgotten(self) -> None:
        """Look for buttons and lists that discord.py no longer knows: a press would stay without an answer."""
        store = self.world.bot._connection._view_store  # discord.py names none of this in public
        known = set(store._dynamic_items.values())
        classes = {**PersistentButton.classes, **PersistentSelect.classes}
        self.wrong += [f"no longer answered: {name}" for name, one in classes.items() if one not in known]

    def _file(self) -> None:
        with closing(sqlite3.connect(self.world.settings.database_path)) as connection:
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
            damaged = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            strangers = list(_strangers(connection))
        self.wrong += [f"refers to nothing: {orphan}" for orphan in orphans]
        self.wrong += [f"damaged: {line}" for line in damaged]
        self.wrong += strangers

    def books(self) -> None:
        """Hold the books against the channels, when all that can be retried has been."""
        now = int(self.world.env.now().timestamp())
        with closing(sqlite3.connect(self.world.settings.database_path)) as connection:
            connection.row_factory = sqlite3.Row
            rows = connection.execute(
                "SELECT o.id, o.guild_id, o.subject, o.kind, o.state, o.reason, o.wake_at, o.channel_id, o.message_id,"
                " o.attempted_at, o.sent_by FROM outbox AS o"
                " JOIN outbox_network AS n ON n.guild_id = o.guild_id WHERE n.paused_at IS NULL"
            ).fetchall()
        for row in rows:
            name = f"{row['subject']} {row['kind']} ({row['id']}, {row['state']})"
            if row["wake_at"] is not None and row["wake_at"] < now - _MAY_WAIT:
                self.wrong.append(f"overdue: {name}")
            if row["state"] == "sending" and (row["attempted_at"] or 0) < now - _MAY_WAIT:
                self.wrong.append(f"never settled: {name}")
            if row["state"] == "sent" and row["message_id"] is not None and not self._is_there(row):
                self.wrong.append(f"booked as sent, and not there: {name}")

    def filled(self) -> tuple[list[str], int]:
        """Return the tables that have no row, and how many there are."""
        with closing(sqlite3.connect(self.world.settings.database_path)) as connection:
            listed = connection.execute("PRAGMA table_list").fetchall()
            tables = [name for _, name, kind, *_ in listed if kind == "table" and not name.startswith("sqlite_")]
            empty = [one for one in tables if not connection.execute(f'SELECT 1 FROM "{one}" LIMIT 1').fetchone()]
        return empty, len(tables)

    def _is_there(self, row: sqlite3.Row) -> bool:
        try:
            self.world.env.backend.get_message(row["channel_id"], row["message_id"])
        except BackendError:
            return False
        return True

    def _rows(self, guild_id: int) -> dict[str, list[Any]]:
        return rows_of(self.world, guild_id)

    def _hidden(self) -> dict[str, int | None]:
        """Return each contact that its person shows to nobody but the secretariat, with the person's account."""
        with closing(sqlite3.connect(self.world.settings.database_path)) as connection:
            found = connection.execute(
                "SELECT email, phone, account_id FROM person WHERE visibility = 'secretariat'"
            ).fetchall()
        return {contact: account for *contacts, account in found for contact in contacts if _is_telling(contact)}


def _frames(error: BaseException) -> str:
    """Name the innermost places in our own code that an error came through."""
    ours = [one for one in traceback.extract_tb(error.__traceback__) if "/site-packages/" not in one.filename]
    return " < ".join(f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in ours[:-6:-1])


def _is_telling(contact: str | None) -> bool:
    """Tell whether a contact is one that nobody types by chance."""
    return bool(contact) and "hidden" in str(contact)


def _strangers(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what refers to a row of another network."""
    listed = connection.execute("PRAGMA table_list").fetchall()
    tables = {name: _columns(connection, name) for _, name, kind, *_ in listed if kind == "table"}
    for table, columns in tables.items():
        if "guild_id" not in columns:
            continue
        for key in _references(connection, table):
            other = key[0][0]
            if "guild_id" not in tables.get(other, ()) or any(here == "guild_id" for _, here, _ in key):
                continue
            joined = " AND ".join(f'a."{here}" = b."{there or here}"' for _, here, there in key)
            (count,) = connection.execute(
                f'SELECT count(*) FROM "{table}" AS a JOIN "{other}" AS b ON {joined} WHERE a.guild_id <> b.guild_id'
            ).fetchone()
            if count:
                yield f"{count} rows of {table} refer to {other} of another network"


def _references(connection: sqlite3.Connection, table: str) -> list[list[tuple[str, str, str | None]]]:
    """Return the foreign keys of a table, each as the other table with a column here and its column there."""
    found: dict[int, list[tuple[str, str, str | None]]] = {}
    for number, _, other, here, there, *_ in connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
        found.setdefault(number, []).append((other, here, there))
    return list(found.values())


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]


def _ids(message: discord.Message) -> list[str]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [getattr(part, "custom_id", None) or "" for row in rows for part in row.children]


def _labels(message: Any) -> str:
    """Return all that stands on buttons and in lists."""
    return str([part.to_dict() if hasattr(part, "to_dict") else part for part in message.components])
