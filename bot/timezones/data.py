"""Which time zone data are in force in this process: the newer of the system's and the package tzdata's.

``zoneinfo`` reads the system's first, however old they are: a government that changed its clocks since would be an hour
off. Importing :mod:`bot` puts the newer data in force, before any zone is read.
"""

import re
import zoneinfo
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import tzdata

_VERSION: Final = re.compile(r"\b(\d{4})([a-z]+)\b")
_NAMED_IN: Final = ("tzdata.zi", "+VERSION", "version")
"""Where a folder of zone data names its version: Linux, macOS and BSD, others."""
SYSTEM_PATH: Final = zoneinfo.TZPATH
"""The folders of the system's zone data, or those that PYTHONTZPATH names."""


@dataclass(frozen=True, slots=True)
class ZoneData:
    """Time zone data. ``version`` is IANA's ("2026f"), empty where unknown; ``path`` the folders to read them from."""

    source: Literal["system", "package"]
    version: str
    path: tuple[str, ...] = ()

    @property
    def age(self) -> tuple[int, int, str]:
        """What tells which of two is newer: 2025z comes before 2025za, and an unknown version before all."""
        named = _VERSION.fullmatch(self.version)
        return (int(named.group(1)), len(named.group(2)), named.group(2)) if named else (0, 0, "")


def of_package() -> ZoneData:
    """Return the data of the package tzdata, which is always installed."""
    return ZoneData("package", tzdata.IANA_VERSION)


def of_system(path: Sequence[str] = SYSTEM_PATH) -> ZoneData | None:
    """Return the data of the first folder of ``path`` that has any, or None where there are none."""
    folder = next((Path(folder) for folder in path if (Path(folder) / "UTC").is_file()), None)
    return ZoneData("system", _version_in(folder), tuple(path)) if folder is not None else None


def newest(path: Sequence[str] = SYSTEM_PATH) -> ZoneData:
    """Return the newer of the system's data, in the folders of ``path``, and the package's."""
    system, package = of_system(path), of_package()
    return system if system is not None and system.age > package.age else package


def put_in_force(data: ZoneData) -> None:
    """Let every zone read from now on come from ``data``."""
    global _in_force  # noqa: PLW0603 - as zoneinfo's own path, one for the process
    zoneinfo.reset_tzpath(to=data.path)
    zoneinfo.ZoneInfo.clear_cache()
    _in_force = data


def in_force() -> ZoneData:
    """Return the data that zones are read from."""
    return _in_force


def _version_in(folder: Path) -> str:
    for name in _NAMED_IN:
        with suppress(OSError, UnicodeDecodeError), (folder / name).open(encoding="utf-8") as file:
            if named := _VERSION.search(file.readline(200)):
                return named.group()
    return ""


_in_force = newest()
put_in_force(_in_force)
