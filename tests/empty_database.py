"""An empty database of the present schema, migrated once in each process: to migrate one costs 0.1 s."""

import asyncio
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.database import Database
from storage.upgrade import upgrade


@cache
def _content() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite3"
        upgrade(path)
        return path.read_bytes()


async def put_empty(path: Path) -> None:
    """Make an empty database at ``path``, unless there is one. All of a process have the same salt."""
    await asyncio.to_thread(_put, path)


def _put(path: Path) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_content())


async def open_empty(path: Path) -> Database:
    """Make an empty database at ``path`` and open it. All of a process have the same salt."""
    await put_empty(path)
    return await Database.open(path)
