"""A database that Litestream replicates to another place: brought back from there."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

_PROGRAM: Final = "litestream"
_PATIENCE: Final = 600.0
"""Seconds in which a replica is brought here."""


class ReplicaError(Exception):
    """A replica could not be brought here; the message says why, in one line."""


def is_replicated(database: Path) -> bool:
    """Tell whether Litestream has replicated the database: it keeps its state beside it."""
    return _state_of(database).is_dir()


def replicated_at(database: Path) -> datetime | None:
    """Return when Litestream last took up what was written in the database; None: it never has.

    Whether it has also arrived in its other place, only Litestream knows.
    """
    try:
        times = [path.stat().st_mtime for path in _state_of(database).rglob("*")]
    except OSError:
        # It removes files while they are listed.
        times = [_state_of(database).stat().st_mtime] if is_replicated(database) else []
    return datetime.fromtimestamp(max(times), UTC) if times else None


def _state_of(database: Path) -> Path:
    return database.with_name(f".{database.name}-litestream")


def fetch(url: str, target: Path) -> None:
    """Write the newest state that the replica at ``url`` has to the new file ``target``.

    Raises ReplicaError; then there is no file.
    """
    beside = Path(sys.executable).with_name(_PROGRAM)
    program = shutil.which(_PROGRAM) or (str(beside) if beside.exists() else None)
    if program is None:
        raise ReplicaError("the program litestream is not installed: see https://litestream.io/install")
    try:
        done = subprocess.run(  # noqa: S603 - what the operator names is an argument, not a command
            [program, "restore", "-o", str(target), url], capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        target.unlink(missing_ok=True)
        raise ReplicaError(str(error)) from error
    if done.returncode:
        target.unlink(missing_ok=True)
        said = (done.stderr or done.stdout).strip().splitlines()
        raise ReplicaError(said[-1] if said else f"litestream ended with {done.returncode}")
