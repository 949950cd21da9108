"""What ``focalbot doctor`` finds out about the backups."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.backups import OVERDUE
from bot.clock import Clock
from bot.doctor.finding import Finding
from bot.retention import BACKUPS
from storage.backups.copies import examine
from storage.backups.failures import Failure, last_failure
from storage.backups.folder import Backup, BackupFolder
from storage.errors import DatabaseUnusableError

_REMEDIES: Final = {
    Failure.NO_ROOM: "there was no room: make room on the disk",
    Failure.DAMAGED: "the database is damaged: restore the last good backup with focalbot restore FILE",
    Failure.FOLDER: "the folder could not be written: check that it is there and that the bot's user may write in it",
}


def examine_backups(folder: Path | None, database: Path) -> list[Finding]:
    """Look at the folder of the backups and at the last one, without changing anything."""
    if folder is None:
        return [
            Finding(True, "backups: none are made by themselves; set BACKUP_FOLDER to a folder, best on another disk")
        ]
    return [_unusable(folder) or _kept(folder, database)]


def _unusable(folder: Path) -> Finding | None:
    if not folder.is_dir():
        return Finding(False, f"backups: there is no folder {folder}: make it, or correct BACKUP_FOLDER")
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding(False, f"backups: {folder} cannot be written: give the bot's user the right to")
    return None


def _kept(folder: Path, database: Path) -> Finding:
    try:
        backups = BackupFolder(folder, database, BACKUPS).backups()
        failure = last_failure(database)
    except OSError as error:
        return Finding(False, f"backups: {folder} cannot be read ({error}): check it")
    if failure is not None:
        return Finding(False, f"backups: the last one failed, because {_REMEDIES[failure]}")
    if not backups:
        return Finding(True, f"backups: none yet in {folder}; the bot makes the first one when it starts")
    return _last(backups, folder, database)


def _last(backups: list[Backup], folder: Path, database: Path) -> Finding:
    last = backups[0]
    age = Clock().now() - last.made_at
    try:
        condition = examine(last.path)
    except DatabaseUnusableError as error:
        return Finding(False, f"backups: {last.path} cannot be read ({error}): make another with focalbot backup FILE")
    if condition.problems:
        return Finding(False, f"backups: {last.path} is damaged ({condition.problems[0]}): check the disk")
    if age > OVERDUE:
        return Finding(
            False, f"backups: the last one in {folder} is {age // timedelta(hours=1)} hours old: is the bot running?"
        )
    said = f"backups: {len(backups)} in {folder}, the last one whole and {age // timedelta(hours=1)} hours old"
    if database.exists() and folder.stat().st_dev == database.stat().st_dev:
        said += " (on the disk of the database: a copy elsewhere survives that disk)"
    return Finding(True, said)
