"""What an upgrade would change, tried on a copy."""

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storage.backups.copies import back_up
from storage.errors import unusable
from storage.migrate import migrate, migrations, version_of


@dataclass(frozen=True, slots=True)
class Trial:
    """The schema that was found, the one of this version, and the names of the steps between them."""

    found: int
    known: int
    steps: tuple[str, ...]


def try_upgrade(path: Path) -> Trial:
    """Upgrade a copy of the database at ``path``, in its folder, and remove the copy again.

    Raises DatabaseUnusableError, DatabaseTooNewError and MigrationError as the upgrade itself would.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=f"{path.name}.trial-", dir=path.parent) as folder:
            copy = Path(folder) / path.name
            back_up(path, copy)
            with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
                found = version_of(connection)
                known = migrate(connection)
    except (OSError, sqlite3.Error) as error:
        raise unusable(error) from error
    return Trial(found, known, tuple(step.name for step in migrations() if step.version > found))
