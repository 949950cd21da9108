"""Files that hold what matters: written whole or not at all, and destroyed so that the disk does not keep them."""

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

UNFINISHED: Final = ".unfinished"
_BLOCK: Final = 1 << 20


@contextmanager
def written_whole(target: Path) -> Generator[Path]:
    """Yield where to write what becomes the new file ``target`` at the end of the block; an error leaves nothing.

    Raises FileExistsError when ``target`` exists, and NotADirectoryError when its folder does not: a folder is not
    made, because its name may be mistyped.
    """
    if target.exists():
        raise FileExistsError(target)
    if not target.parent.is_dir():
        raise NotADirectoryError(target.parent)
    unfinished = target.with_name(f"{target.name}{UNFINISHED}")
    remove_unfinished(target)
    # A copy of the database, or an export, is for the person who made it alone, whatever their umask.
    unfinished.touch(mode=0o600, exist_ok=False)
    try:
        yield unfinished
        flush(unfinished)
        unfinished.rename(target)
    except BaseException:
        remove_unfinished(target)
        raise
    flush(target.parent)


def remove_unfinished(target: Path) -> None:
    """Remove what a process that was killed while it wrote ``target`` has left."""
    unfinished = target.with_name(f"{target.name}{UNFINISHED}")
    for path in (unfinished, unfinished.with_name(f"{unfinished.name}-journal")):
        path.unlink(missing_ok=True)


def destroy(path: Path) -> None:
    """Remove a file, overwritten first: what is only removed can be read from the disk. No file is no error.

    A file that has another name too is kept under that, as it is.
    """
    # Where it cannot be overwritten (a full disk that writes elsewhere), to remove it is the most that can be done.
    with suppress(OSError), path.open("r+b") as file:
        found = os.fstat(file.fileno())
        left = found.st_size if found.st_nlink == 1 else 0
        while left > 0:
            left -= file.write(bytes(min(left, _BLOCK)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink(missing_ok=True)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file and wait until it is on disk: all of it or, after an error, nothing.

    Half a line that a killed process has left is closed first, so that it spoils no other.
    """
    with path.open("ab+", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n":
                line = f"\n{line}"
        try:
            _write_all(file.fileno(), f"{line}\n".encode())
            os.fsync(file.fileno())
        except BaseException:
            file.truncate(size)
            raise


def write_new(path: Path, content: bytes) -> None:
    """Make a file that only its owner can read and wait until it is on disk; after an error there is none.

    Raises FileExistsError.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        _write_all(handle, content)
        os.fsync(handle)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)
    flush(path.parent)


def _write_all(handle: int, content: bytes) -> None:
    # A write that fills the disk may take a part and raise nothing; the next one raises.
    while content:
        content = content[os.write(handle, content) :]


def flush(path: Path) -> None:
    """Wait until a file, or which files a folder has, is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
