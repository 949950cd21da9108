"""What ``focalbot doctor`` looks at: one finding for each thing that an installation needs."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from filelock import FileLock, Timeout
from pydantic import ValidationError

from bot.doctor.backups import examine_backups
from bot.doctor.finding import Finding
from bot.doctor.mail import examine_mail
from bot.doctor.monitoring import examine_monitoring
from bot.run import CannotStartError, check_token, remedy
from bot.settings import Settings
from bot.timezones import data as zone_data
from storage.backups.copies import examine
from storage.backups.replica import is_replicated
from storage.checkpoints import is_overdue
from storage.errors import DatabaseUnusableError

ROOM_NEEDED: Final = 16 << 20
"""Bytes: what the database, its log and its copies may grow by, at least."""
_PROBE: Final = 1 << 20
_MIB: Final = 1 << 20
ZONES_NEEDED: Final = ("America/New_York", "Europe/Brussels", "Pacific/Apia")


def explain_settings(error: ValidationError) -> str:
    """Return in one line which settings cannot be used and why; never their values."""
    found = error.errors(include_input=False, include_url=False)
    wrong = [f"{str(e['loc'][0]).upper()}: {e['msg'].removeprefix('Value error, ')}" for e in found]
    return f"settings (environment or .env): {'; '.join(wrong)}"


def examine_installation() -> list[Finding]:
    """Look at everything, without changing anything or asking Discord."""
    try:
        settings = Settings()
    except ValidationError as error:
        return [Finding(False, explain_settings(error)), _zones()]
    found = [Finding(True, f"settings: DATABASE_PATH={settings.database_path}, LOG_LEVEL={settings.log_level}")]
    path = settings.database_path
    return [
        *found,
        _token(settings),
        _folder(path),
        *_database(path),
        *examine_backups(settings.backup_folder, path),
        examine_mail(settings),
        *examine_monitoring(settings, is_running=_is_locked(path)),
        _zones(),
    ]


def _token(settings: Settings) -> Finding:
    try:
        check_token(settings)
    except CannotStartError as error:
        return Finding(False, str(error))
    return Finding(True, "token: set, and has the form of one (whether Discord accepts it shows at the start)")


def _folder(path: Path) -> Finding:
    folder = path.absolute().parent
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return Finding(
            False, f"folder: {folder} cannot be written: give the bot's user the right to, or move DATABASE_PATH"
        )
    return _room(folder, path)


def _room(folder: Path, path: Path) -> Finding:
    """Look whether the disk takes what the bot writes, and a copy of the database before an upgrade."""
    files = (path, path.with_name(f"{path.name}-wal"))
    needed = ROOM_NEEDED + sum(file.stat().st_size for file in files if file.exists())
    free = shutil.disk_usage(folder).free
    try:
        # A quota or a read-only disk shows only in writing. The file has no name and is gone at once.
        with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            file.write(bytes(_PROBE))
            file.write(b"more than a part of it")
    except OSError as error:
        return Finding(False, f"folder: nothing can be written in {folder} ({error}): make room on the disk")
    if free < needed:
        return Finding(
            False,
            f"folder: {free // _MIB} MiB are free in {folder}, and {needed // _MIB} MiB are needed so that the"
            " database can grow and be copied: make room on the disk",
        )
    return Finding(True, f"folder: {folder} can be written, {free // _MIB} MiB are free")


def _database(path: Path) -> list[Finding]:
    if not path.exists():
        return [Finding(True, f"database: {path} does not exist yet; the first start makes it")]
    try:
        condition = examine(path)
    except DatabaseUnusableError as error:
        return [Finding(False, f"database: {path} cannot be read: {remedy(error)}")]
    schema = f"schema {condition.version} of {condition.known}"
    if condition.version > condition.known:
        return [Finding(False, f"database: written by a newer focalbot ({schema}): install that version again")]
    if condition.problems:
        shown = "; ".join(condition.problems[:3])
        return [Finding(False, f"database: damaged ({shown}): restore the last good backup")]
    return [Finding(True, f"database: whole, {schema}"), *_log_of(path), _lock(path)]


def _log_of(path: Path) -> list[Finding]:
    if not is_overdue(path):
        return []
    if is_replicated(path):
        return [
            Finding(
                True,
                f"erasure: Litestream keeps {path.name}-wal open and overwrites it from the beginning; what was erased"
                " stays there until it is overwritten, or until Litestream is stopped for two minutes",
            )
        ]
    return [
        Finding(
            False,
            f"erasure: what was erased may still be in {path.name}-wal, because another program keeps the database"
            " open for reading: close that program, and the bot removes it within a minute",
        )
    ]


def _lock(path: Path) -> Finding:
    try:
        with FileLock(f"{path}.lock", blocking=False):
            return Finding(True, "process: no bot is running on this database")
    except Timeout:
        return Finding(True, "process: a bot is running on this database")
    except OSError as error:
        return Finding(False, f"process: {path}.lock cannot be taken ({error}): check its permissions")


def _is_locked(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        with FileLock(f"{path}.lock", blocking=False):
            return False
    except (Timeout, OSError):
        return True


def _zones() -> Finding:
    data = zone_data.in_force()
    try:
        for name in ZONES_NEEDED:
            ZoneInfo(name)
    except ZoneInfoNotFoundError as error:
        return Finding(False, f"time zones: {error}: install the Python package tzdata")
    system = zone_data.of_system()
    of_system = (system.version or "of unknown age") if system is not None else "none"
    return Finding(
        True,
        f"time zones: {len(available_timezones())} known, from data {data.version or 'of unknown age'} of the"
        f" {data.source} (system: {of_system}, package: {zone_data.of_package().version})",
    )
