"""Discord's markdown as plain text, for where only text is read: e-mails. Pure."""

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.texts import Reader, t

_PRIVATE: Final = 0xE000
"""Where escaped characters are put, out of reach of all that markdown means, until the end."""
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_HIDDEN: Final = re.compile("[\ue000-\ue07f]")
_STAMP: Final = re.compile(r"<t:(-?\d+)(?::([tTdDfFR]))?>(?: \(([^()]*)\))?")
_COMMAND: Final = re.compile(r"</([^:>]+):\d+>")
_ACCOUNT: Final = re.compile(r"<@!?\d+>")
_PLACE: Final = re.compile(r"<(?:#|@&)\d+>")
_EMOJI: Final = re.compile(r"<a?(:\w+:)\d+>")
_LINK: Final = re.compile(r"\[([^\]\n]*)\]\((https?://[^\s)]+)\)")
_LINE_START: Final = re.compile(r"^(?:>>> |> |#{1,3} |-# )+", re.MULTILINE)
_EMPHASIS: Final = re.compile(r"\*\*|\*|__|~~|\|\||```\n?|`|(?<!\w)_|_(?!\w)")
_ADDRESS: Final = re.compile(r"https?://\S+")


def plain_text(markdown: str, reader: Reader) -> str:
    """Return what Discord would show of ``markdown``, as text; stamps are written in the reader's zone, named.

    Accounts that are mentioned are not named: text leaves Discord.
    """
    text = _ESCAPED.sub(lambda m: chr(_PRIVATE + ord(m[1])), markdown)
    text = _STAMP.sub(lambda m: _moment(int(m[1]), m[2], m[3], reader), text)
    text = _COMMAND.sub(r"/\1", text)
    text = _ACCOUNT.sub(lambda _: reader.label(t("a colleague")), text)
    text = _PLACE.sub(lambda _: reader.label(t("a channel of the server")), text)
    text = _EMOJI.sub(r"\1", text)
    text = _LINK.sub(lambda m: m[2] if m[1] in m[2] else f"{m[1]} ({m[2]})", text)
    text = _LINE_START.sub("", text)
    text = _outside_addresses(text)
    return _HIDDEN.sub(lambda m: chr(ord(m[0]) - _PRIVATE), text).replace("@\u200b", "@")


def _outside_addresses(text: str) -> str:
    """Take the marks of emphasis away, but not from addresses, in which they are letters as others."""
    parts: list[str] = []
    end = 0
    for address in _ADDRESS.finditer(text):
        parts += [_EMPHASIS.sub("", text[end : address.start()]), address.group()]
        end = address.end()
    return "".join([*parts, _EMPHASIS.sub("", text[end:])])


def _moment(seconds: int, style: str | None, beside: str | None, reader: Reader) -> str:
    instant = datetime.fromtimestamp(seconds, UTC)
    match style:
        case "t" | "T":
            written = reader.time(instant)
        case "d" | "D":
            written = reader.day(instant.astimezone(ZoneInfo(reader.zone)).date())
        case _:
            written = reader.moment(instant)
    # Beside a stamp is the time in the subject's own zone: said once where it is the reader's too.
    return written if beside is None or written.endswith(beside) else f"{written} ({beside})"
