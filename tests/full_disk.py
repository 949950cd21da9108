"""What disks do: files that can grow no further, for the length of a block, and files that are damaged."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def full_disk(largest_file: int = 65_536) -> Iterator[None]:
    """Let no file of this process grow past ``largest_file`` bytes: what writes more fails as on a full disk.

    The least that lets SQLite open a database is the 32 KiB of its shared memory.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def damage(path: Path) -> None:
    """Spoil a file from its third page on, as a disk that fails does; the header stays readable."""
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
