"""What was announced as a local time is kept as that.

The instant follows from it, and is worked out again when the rules of a time zone change. So far only the instants were
kept. The local times are worked out from them with the data that made them, the system's: newer ones would move what
was announced.
"""

import os
import sqlite3
import sysconfig
import zoneinfo
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

COLUMNS = """
-- _local: as a clock on the wall shows it, in ISO 8601. _fold: 1 for the second of two equal times.
ALTER TABLE webinar ADD COLUMN starts_at_local TEXT;
ALTER TABLE webinar ADD COLUMN starts_at_fold INTEGER NOT NULL DEFAULT 0 CHECK (starts_at_fold IN (0, 1));
ALTER TABLE meeting ADD COLUMN register_by_local TEXT;
ALTER TABLE meeting ADD COLUMN register_by_fold INTEGER NOT NULL DEFAULT 0 CHECK (register_by_fold IN (0, 1));
ALTER TABLE meeting_session ADD COLUMN starts_at_local TEXT;
ALTER TABLE meeting_session ADD COLUMN starts_at_fold INTEGER NOT NULL DEFAULT 0 CHECK (starts_at_fold IN (0, 1));
ALTER TABLE poll ADD COLUMN closes_at_local TEXT;
ALTER TABLE poll ADD COLUMN closes_at_fold INTEGER NOT NULL DEFAULT 0 CHECK (closes_at_fold IN (0, 1));
ALTER TABLE poll_option ADD COLUMN at_local TEXT;
ALTER TABLE poll_option ADD COLUMN at_fold INTEGER NOT NULL DEFAULT 0 CHECK (at_fold IN (0, 1));

-- The time zone data that the instants follow from, empty where their version is unknown.
CREATE TABLE zone_data (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version TEXT NOT NULL
) STRICT
"""

TIMES = (
    ("webinar", "starts_at", ("id",), "t.timezone", "1"),
    ("meeting", "register_by", ("id",), "t.timezone", "1"),
    (
        "meeting_session",
        "starts_at",
        ("id",),
        "(SELECT m.timezone FROM meeting AS m WHERE m.guild_id = t.guild_id AND m.id = t.meeting_id)",
        "1",
    ),
    # A poll that has ended does not change any more, and neither do its options.
    ("poll", "closes_at", ("id",), "t.timezone", "t.state = 'open'"),
    (
        "poll_option",
        "at",
        ("poll_id", "number"),
        "(SELECT p.timezone FROM poll AS p WHERE p.guild_id = t.guild_id AND p.id = t.poll_id)",
        "(SELECT p.state FROM poll AS p WHERE p.guild_id = t.guild_id AND p.id = t.poll_id) = 'open'",
    ),
)


def migrate(connection: sqlite3.Connection) -> None:
    """Add the columns, fill them, and note with which data."""
    for statement in COLUMNS.split(";"):
        connection.execute(statement)
    zones: dict[str, zoneinfo.ZoneInfo] = {}
    for table, instant, keys, zone, which in TIMES:
        where = " AND ".join(f"{key} = ?" for key in ("guild_id", *keys))
        rows = connection.execute(
            f"SELECT t.guild_id, {', '.join(keys)}, t.{instant}, {zone} FROM {table} AS t"
            f" WHERE t.{instant} IS NOT NULL AND {which}"
        ).fetchall()
        for *key, seconds, name in rows:
            if name not in zones:
                zones[name] = system_zone(name)
            local = datetime.fromtimestamp(seconds, UTC).astimezone(zones[name])
            connection.execute(
                f"UPDATE {table} SET {instant}_local = ?, {instant}_fold = ? WHERE {where}",
                (local.replace(tzinfo=None, fold=0).isoformat(), local.fold, *key),
            )
    connection.execute("INSERT INTO zone_data VALUES (1, ?)", (system_version(),))


def system_zone(name: str) -> zoneinfo.ZoneInfo:
    """Return a zone as ``zoneinfo`` found it by itself: in the system's data, else in the package's."""
    for folder in system_folders():
        if (folder / name).is_file():
            with (folder / name).open("rb") as file:
                return zoneinfo.ZoneInfo.from_file(file, key=name)
    with (files("tzdata") / "zoneinfo" / name).open("rb") as file:
        return zoneinfo.ZoneInfo.from_file(file, key=name)


def system_version() -> str:
    """Return the version of the system's data, of the package's where there are none, empty where unknown."""
    folder = next((folder for folder in system_folders() if (folder / "UTC").is_file()), None)
    if folder is None:
        return (files("tzdata") / "zoneinfo" / "tzdata.zi").read_text("utf-8").split("\n", 1)[0].split()[-1]
    try:
        return (folder / "tzdata.zi").read_text("utf-8").split("\n", 1)[0].split()[-1]
    except (OSError, IndexError):
        return ""


def system_folders() -> list[Path]:
    """Return the folders in which ``zoneinfo`` looks by itself."""
    named = os.environ.get("PYTHONTZPATH", sysconfig.get_config_var("TZPATH")) or ""
    return [Path(folder) for folder in named.split(os.pathsep) if folder]
