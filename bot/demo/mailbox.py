"""The demo's own mail server, on the loopback: it keeps what the bot sends, and passes nothing on."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Final, cast

import discord
from aiosmtpd.smtp import SMTP, Envelope, Session

SENDER: Final = "bot@network.example"
OFFICE: Final = "secretariat@network.example"
"""Where replies go; the mailbox that the secretariat of the demo reads."""


@dataclass(frozen=True, slots=True)
class KeptMail:
    """An e-mail as it arrived: ``number`` grows with the bot's clock, as the ids of Discord's messages do."""

    number: int
    address: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """The e-mail, parsed."""
        return message_from_bytes(self.content, policy=default)

    def part(self, subtype: str) -> str:
        """Return its text ("plain") or its HTML ("html"); empty where it has none."""
        found = self.message.get_body((subtype,))
        return str(found.get_content()) if found is not None else ""

    def attachments(self) -> list[tuple[str, str, bytes]]:
        """Return the name, the media type and the content of each attachment."""
        parts = cast(Iterable[EmailMessage], self.message.iter_attachments())
        return [
            (part.get_filename() or "?", part.get_content_type(), cast(bytes, part.get_payload(decode=True)))
            for part in parts
        ]


class Mailbox:
    """All mailboxes of the demo's people: what arrives at the loopback is kept by its address."""

    def __init__(self) -> None:
        self.kept: list[KeptMail] = []
        """All that has arrived, the oldest first."""
        self._now: Callable[[], datetime] = discord.utils.utcnow
        self._server: asyncio.Server | None = None

    async def open(self) -> str:
        """Begin to listen, and return the address as SMTP_URL has it."""
        self._server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(self, enable_SMTPUTF8=True, hostname="demo.invalid"), "127.0.0.1", 0
        )
        return f"smtp://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def keep_in(self, mails: list[KeptMail], now: Callable[[], datetime]) -> None:
        """Keep in ``mails`` what arrives from now on, at the instants of the clock ``now``."""
        self.kept, self._now = mails, now

    def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()

    def of(self, address: str) -> list[KeptMail]:
        """Return what has arrived for an address, the newest first."""
        return [mail for mail in reversed(self.kept) if mail.address == address.lower()]

    def since(self, number: int) -> list[KeptMail]:
        """Return what has arrived after the e-mail with that number, for anybody."""
        return [mail for mail in self.kept if mail.number > number]

    @property
    def newest(self) -> int:
        """The number of the newest e-mail; 0 where there is none."""
        return self.kept[-1].number if self.kept else 0

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep an e-mail for each of its recipients."""
        for address in envelope.rcpt_tos:
            number = max(self.newest + 1, discord.utils.time_snowflake(self._now()))
            self.kept.append(KeptMail(number, address.lower(), cast(bytes, envelope.content)))
        return "250 OK"
