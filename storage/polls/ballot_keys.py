"""The key of each open secret poll, in a file of its own beside the database, and in no copy that we make."""

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from storage.files import destroy, flush, write_new

KEY_BYTES: Final = 32
"""For AES-256."""
_SUFFIX: Final = ".key"


class BallotKeys:
    """The keys under which the ballots of open polls are sealed.

    They are read anew each time: a key that has been destroyed is nowhere in memory. Raises OSError where the
    folder cannot be read or written.
    """

    def __init__(self, database: Path) -> None:
        self.folder = database.with_name(f"{database.name}.ballot-keys")

    def make(self, guild_id: int, poll_id: int) -> None:
        """Make the key of a poll and wait until it is on disk; one left by a poll that was never opened is replaced."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(guild_id, poll_id)
        path.unlink(missing_ok=True)
        write_new(path, secrets.token_bytes(KEY_BYTES))

    def key(self, guild_id: int, poll_id: int) -> bytes | None:
        """Return the key of a poll, or None where it is not here: destroyed, or left behind by a copy of the file."""
        try:
            key = self._path(guild_id, poll_id).read_bytes()
        except FileNotFoundError:
            return None
        return key if len(key) == KEY_BYTES else None

    def destroy_all_but(self, open_polls: Iterable[tuple[int, int]]) -> int:
        """Destroy the keys of all polls but these (network and poll) and return how many there were."""
        kept = {self._path(guild_id, poll_id).name for guild_id, poll_id in open_polls}
        gone = [path for path in self.folder.glob(f"*{_SUFFIX}") if path.name not in kept]
        for path in gone:
            destroy(path)
        if gone:
            flush(self.folder)
        return len(gone)

    def _path(self, guild_id: int, poll_id: int) -> Path:
        return self.folder / f"{guild_id}-{poll_id}{_SUFFIX}"
