"""Who had their data erased, or left five years ago, is in no file any more; who left lately still is."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot import Settings
from bot.retention import FORMER_APPOINTEES
from tests.life.network import Member

_NIGHTS: Final = timedelta(days=2)
"""For the night in which somebody is forgotten, the backup after it, and the checkpoint."""


def remembered_names(settings: Settings, members: list[Member], now: datetime) -> list[str]:
    """Return the names that a file of the bot's holds and should not, and those that none holds and one should."""
    database = settings.database_path
    folders = [folder for folder in (database.parent, settings.backup_folder) if folder is not None]
    files = {path: path.read_bytes() for folder in folders for path in folder.iterdir() if path.is_file()}
    present = files[database] + files.get(database.with_name(f"{database.name}-wal"), b"")
    wrong: list[str] = []
    for one in members:
        name = one.name.encode()
        gone_for = now.date() - one.left_on if one.left_on is not None else timedelta()
        if one.is_erased or gone_for > FORMER_APPOINTEES + _NIGHTS:
            wrong += [f"{one.name} was erased, and is in {path.name}" for path, held in files.items() if name in held]
        elif gone_for < FORMER_APPOINTEES - _NIGHTS and name not in present:
            wrong.append(f"{one.name} is in no file any more")
    return wrong


def size_of(folder: Path) -> int:
    """Return how many bytes the files in a folder have."""
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
