"""The folder that the bot keeps backups of its database in: made, checked, made to forget, and removed in time."""

import logging
import re
import shutil
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from storage.backups.copies import back_up, examine
from storage.backups.kept_copies import erase_from
from storage.backups.rotation import Rotation, outdated
from storage.erasures import Erasure, file_beside, missed_by, remembered
from storage.errors import (
    DatabaseDamagedError,
    DatabaseTooNewError,
    DatabaseUnusableError,
    MigrationError,
    unusable,
)
from storage.files import UNFINISHED, destroy, flush
from storage.migrate import newest_version

_log: Final = logging.getLogger("storage")

_INSTANT: Final = "%Y%m%dT%H%M%SZ"
_UNCHECKED: Final = ".unchecked"
"""Ends the name of a backup that is being made: it counts when it has been opened and checked."""
_FORGETTING: Final = ".forgetting"
"""Ends the name of a copy of a backup that somebody is being erased from."""
_BEFORE: Final = ".before"
"""Ends the name of a backup while what forgot takes its place."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup of the database: its file, and when it was made (UTC)."""

    path: Path
    made_at: datetime


class BackupFolder:
    """The backups of one database in one folder, with the erasures that were made in it since.

    The folder is never made: its name may be mistyped, and a disk that is not mounted is not to be written beside.
    Used from several threads: one change at a time.
    """

    def __init__(self, folder: Path, database: Path, rotation: Rotation) -> None:
        self.folder = folder
        self._database = database
        self._rotation = rotation
        # The files of a newer version may be put in place while this process goes on with the schema that it has.
        self._schema = newest_version()
        self._changing = threading.Lock()
        self._named = re.compile(rf"{re.escape(database.stem)}-(\d{{8}}T\d{{6}}Z){re.escape(database.suffix)}")

    def backups(self) -> list[Backup]:
        """Return every backup, the newest first. Raises OSError where the folder cannot be read."""
        found = [
            Backup(path, datetime.strptime(named[1], _INSTANT).replace(tzinfo=UTC))
            for path in self.folder.iterdir()
            if (named := self._named.fullmatch(path.name))
        ]
        return sorted(found, key=lambda backup: backup.made_at, reverse=True)

    def make(self, at: datetime) -> Path:
        """Make the backup of the instant ``at``, check it, and remove those whose time is over; return its file.

        Raises DatabaseUnusableError (DatabaseDamagedError where the copy is not whole, DiskFullError where there is
        no room). No backup is removed then.
        """
        with self._changing:
            target = self.folder / f"{self._database.stem}-{at:{_INSTANT}}{self._database.suffix}"
            unchecked = target.with_name(f"{target.name}{_UNCHECKED}")
            try:
                self._tidy()
                _make_checked(self._database, unchecked, self._schema)
                self._bring_erasures()
                unchecked.replace(target)
                flush(self.folder)
                self._erase_again()
                self._remove_outdated()
            except OSError as error:
                raise unusable(error) from error
        return target

    def forget(self) -> None:
        """Make the erasures that the database remembers in every backup too.

        What cannot be done is logged, and done with the next backup.
        """
        with self._changing:
            try:
                self._tidy()
                self._bring_erasures()
                self._erase_again()
            except OSError as error:
                _log.warning("what was erased could not be erased from the backups in %s: %s", self.folder, error)

    def _remove_outdated(self) -> None:
        backups = {backup.made_at: backup.path for backup in self.backups()}
        for made_at in outdated(backups, self._rotation):
            destroy(backups[made_at])

    def _bring_erasures(self) -> None:
        """Bring what the database remembers of erasures here: a person who restores on another machine needs it."""
        source = file_beside(self._database)
        if not source.exists():
            return
        target = self.folder / source.name
        new = target.with_name(f"{target.name}{_UNCHECKED}")
        shutil.copyfile(source, new)
        flush(new)
        new.replace(target)
        flush(self.folder)

    def _erase_again(self) -> None:
        erasures = remembered(self._database)
        for backup in self.backups():
            if missed_by(backup.path, erasures):
                _erase_from_backup(backup.path, erasures)

    def _tidy(self) -> None:
        """Clear away what a killed process has left half done."""
        for left in _ending(self.folder, _BEFORE):
            backup = left.with_name(left.name.removesuffix(_BEFORE))
            if self._named.fullmatch(backup.name) is None:
                continue
            if backup.exists():
                destroy(left)
            else:
                left.rename(backup)
        for ending in (_UNCHECKED, f"{_UNCHECKED}{UNFINISHED}", f"{_UNCHECKED}{UNFINISHED}-journal", _FORGETTING):
            for left in _ending(self.folder, ending):
                if self._named.fullmatch(left.name.removesuffix(ending)) is not None:
                    destroy(left)


def _ending(folder: Path, ending: str) -> Iterable[Path]:
    return [path for path in folder.iterdir() if path.name.endswith(ending)]


def _make_checked(database: Path, target: Path, schema: int) -> None:
    back_up(database, target)
    try:
        condition = examine(target)
        if condition.problems or condition.version != schema:
            found = condition.problems[0] if condition.problems else f"schema {condition.version}"
            raise DatabaseDamagedError(f"the copy is not whole: {found}")
    except DatabaseUnusableError:
        destroy(target)
        raise


def _erase_from_backup(backup: Path, erasures: list[Erasure]) -> None:
    """Erase from a copy that then takes the backup's place: killed in between, there is always a whole one."""
    forgetting = backup.with_name(f"{backup.name}{_FORGETTING}")
    before = backup.with_name(f"{backup.name}{_BEFORE}")
    destroy(forgetting)
    shutil.copyfile(backup, forgetting)
    try:
        erase_from(forgetting, erasures)
    except (sqlite3.Error, MigrationError, DatabaseTooNewError) as error:
        destroy(forgetting)
        if not isinstance(unusable(error), DatabaseDamagedError):
            _log.warning("%s still holds what was erased since: %s", backup.name, error)
            return
        _log.error("%s is damaged, and nothing can be erased in it: it is destroyed (%s)", backup.name, error)
        destroy(backup)
        return
    flush(forgetting)
    backup.rename(before)
    forgetting.rename(backup)
    flush(backup.parent)
    destroy(before)
