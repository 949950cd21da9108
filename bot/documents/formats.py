"""Which files may be posted as a text of the network. Pure."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from bot.errors import UserError
from bot.texts import Listing, clipped, seen, t

MAX_BYTES: Final = 8_000_000
"""Of one file: three of them fit into one message, in any server."""
_ZIP: Final = b"PK\x03\x04"
FORMATS: Final[Mapping[str, bytes]] = {".pdf": b"%PDF-", ".docx": _ZIP, ".odt": _ZIP}
"""The endings of files that are taken, each with what its bytes begin with. No macros, no pages that run."""
_LONGEST_NAME: Final = 100


def file_name_of(typed: str) -> str:
    """Return the name by which a file is kept and posted: without a folder, on one line, its ending kept."""
    name = " ".join(seen(PurePath(typed.replace("\\", "/")).name).split())
    ending = PurePath(name).suffix
    return f"{name[: _LONGEST_NAME - len(ending)].removesuffix(ending)}{ending}" if len(name) > _LONGEST_NAME else name


def require_named(file_name: str, size: int) -> None:
    """Raise UserError for a file of a kind that is not taken, that is empty, or that is larger than MAX_BYTES."""
    if PurePath(file_name).suffix.lower() not in FORMATS:
        raise _wrong_kind(file_name)
    if size > MAX_BYTES:
        raise UserError(
            t(
                "“{file}” is larger than {size} megabytes: save it with smaller pictures and attach it again.",
                file=clipped(file_name),
                size=MAX_BYTES // 1_000_000,
            )
        )
    if size <= 0:
        raise UserError(t("“{file}” is empty: attach the file again.", file=clipped(file_name)))


def require_content(file_name: str, content: bytes) -> None:
    """Raise UserError where the bytes are not of the kind that the file's name says."""
    require_named(file_name, len(content))
    if not content.startswith(FORMATS[PurePath(file_name).suffix.lower()]):
        raise _wrong_kind(file_name)


def _wrong_kind(file_name: str) -> UserError:
    return UserError(
        t(
            "“{file}” is not a file of one of these kinds: {kinds}. Save the text as one of them and attach it again.",
            file=clipped(file_name),
            kinds=Listing(ending.removeprefix(".").upper() for ending in FORMATS),
        )
    )
