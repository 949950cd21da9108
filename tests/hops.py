"""Counts the trips to the database that something costs: each is a wait for another thread."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import aiosqlite
import pytest

from storage.database import Database


@dataclass
class Hops:
    """Trips to the connection that reads, and to the one that writes."""

    reads: int = 0
    writes: int = 0


@contextmanager
def counting(database: Database) -> Generator[Hops]:
    """Count the trips that are made in the block."""
    hops = Hops()
    made = aiosqlite.Connection._execute

    async def counted(connection: aiosqlite.Connection, *arguments: Any, **named: Any) -> Any:
        hops.writes += connection is database._writer
        hops.reads += connection is not database._writer
        return await made(connection, *arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aiosqlite.Connection, "_execute", counted)
        yield hops
