"""Whether the last backup failed, and why: a file beside the database, so that ``focalbot doctor`` reads it too."""

from enum import StrEnum
from pathlib import Path

from storage.errors import DatabaseDamagedError, DatabaseUnusableError, DiskFullError


class Failure(StrEnum):
    """Why a backup could not be made."""

    NO_ROOM = "no_room"
    DAMAGED = "damaged"
    FOLDER = "folder"
    """Its folder is not there or cannot be written."""

    @classmethod
    def of(cls, error: DatabaseUnusableError) -> "Failure":
        """Return what an error that stopped a backup means."""
        match error:
            case DiskFullError():
                return cls.NO_ROOM
            case DatabaseDamagedError():
                return cls.DAMAGED
            case _:
                return cls.FOLDER


def note_failure(database: Path, failure: Failure) -> bool:
    """Write down that the last backup failed; tell whether the one before it did not. Raises OSError."""
    mark = _mark(database)
    is_first = not mark.exists()
    mark.write_text(failure, "utf-8")
    return is_first


def note_success(database: Path) -> None:
    """Write down that the last backup was made. Raises OSError."""
    _mark(database).unlink(missing_ok=True)


def last_failure(database: Path) -> Failure | None:
    """Return why the last backup failed, or None where it did not. Raises OSError."""
    try:
        return Failure(_mark(database).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def _mark(database: Path) -> Path:
    return database.with_name(f"{database.name}.backup-failed")
