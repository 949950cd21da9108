"""Why a database file cannot be used."""

import errno
import sqlite3
from typing import Final

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_WRITTEN: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC})
_UNREADABLE: Final = frozenset({sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ})
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PRIMARY: Final = 0xFF
"""The bits of SQLite's extended result codes that hold the primary one."""


DriverError: Final = sqlite3.Error
"""Whatever the driver raises, for those outside that go on without what they wanted."""
NotWrittenError: Final = sqlite3.OperationalError
"""What the driver raises where nothing can be written down: no room on the disk, or a file that is in use."""


class DatabaseUnusableError(Exception):
    """The file cannot be opened, written or read as a database; the message says which and why."""


class DatabaseDamagedError(DatabaseUnusableError):
    """What the file holds is no whole database."""


class DiskFullError(DatabaseUnusableError):
    """There is no room on the disk for what was to be written, or it can no longer be written at all."""


class DatabaseTooNewError(Exception):
    """The file was written by a newer version of the bot; ``found`` and ``known`` are schema versions."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(f"schema version {found}, this code knows {known}")
        self.found = found
        self.known = known


class MigrationError(Exception):
    """The migration ``name`` could not be applied; the file is as it was. The cause says why."""

    def __init__(self, name: str, cause: Exception) -> None:
        super().__init__(f"{name}: {cause}")
        self.name = name


def cause_in_the_file(error: BaseException) -> DatabaseUnusableError | None:
    """Return what ``error``, or what it follows from, says of the disk or the file; None: it says nothing of them."""
    cause: BaseException | None = error
    while cause is not None:
        if (found := _said_by(cause)) is not None:
            return found
        cause = cause.__cause__ or cause.__context__
    return None


def unusable(error: Exception) -> DatabaseUnusableError:
    """Return the error of a file that raised ``error``, as exactly as it is known why."""
    return cause_in_the_file(error) or DatabaseUnusableError(str(error))


def _said_by(error: BaseException) -> DatabaseUnusableError | None:
    match error:
        case DatabaseUnusableError():
            return error
        case OSError() if error.errno in _NO_ROOM:
            return DiskFullError(str(error))
        # Those of a connection name no file.
        case OSError() if error.filename is not None:
            return DatabaseUnusableError(str(error))
        case sqlite3.Error():
            # Errors that the driver raises by itself have no code.
            code = int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK))
            if code in _NOT_WRITTEN:
                return DiskFullError(str(error))
            if code in _UNREADABLE or code & _PRIMARY in _DAMAGED:
                return DatabaseDamagedError(str(error))
        case _:
            pass
    return None
