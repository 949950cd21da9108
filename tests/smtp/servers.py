"""Mail servers of the tests' own: one keeps what it takes, one ends the conversation where it is told to."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as default_policy
from pathlib import Path
from typing import Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.smtp.server import MailServer

CUT = "cut"
SILENT = "silent"


@dataclass(slots=True)
class Taken:
    """An e-mail that a server has taken."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """What it is, parsed by the standard library, which did not write it."""
        return cast(EmailMessage, message_from_bytes(self.content, policy=default_policy))


@dataclass(slots=True)
class Mailbox:
    """A handler of aiosmtpd that keeps what it takes."""

    taken: list[Taken] = field(default_factory=list[Taken])
    sessions: list[Session] = field(default_factory=list[Session])
    after: Callable[[], None] | None = None
    """Called when an e-mail was taken, before the server says so."""

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.sessions.append(session)
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(Taken(envelope.mail_from or "", list(envelope.rcpt_tos), content))
        if self.after is not None:
            self.after()
        return "250 OK"


@asynccontextmanager
async def mailbox(**options: Any) -> AsyncIterator[tuple[MailServer, Mailbox]]:
    """Run a mail server of aiosmtpd on the loopback; ``options`` are those of its SMTP class."""
    box = Mailbox()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(box, enable_SMTPUTF8=True, hostname="mail.test", **options), "127.0.0.1", 0
    )
    try:
        yield _at(server), box
    finally:
        server.close()
        await server.wait_closed()


@dataclass(slots=True)
class Script:
    """What a server answers, by the step that it is at; every other step goes well.

    Steps: connect, EHLO, AUTH, MAIL, RCPT, DATA, content, QUIT. An answer may be "cut" (it hangs up) or "silent".
    """

    replies: Mapping[str, str]
    content: bytes = b""
    """What was handed over in full, with the dot that ends it."""
    before: Callable[[str], Awaitable[None]] | None = None
    """Called with each step before it is answered."""


_USUAL = {"connect": "220 mail.test", "EHLO": "250 mail.test", "DATA": "354 go on", "QUIT": "221 bye"}


@asynccontextmanager
async def scripted(**replies: str) -> AsyncIterator[tuple[MailServer, Script]]:
    """Run a mail server that answers as told."""
    script = Script(replies)
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await _converse(script, reader, writer)
        except asyncio.CancelledError:
            pass  # The test is over.
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield _at(server), script
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _converse(script: Script, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    async def answer(step: str) -> bool:
        if script.before is not None:
            await script.before(step)
        reply = script.replies.get(step, _USUAL.get(step, "250 OK"))
        if reply == SILENT:
            await asyncio.Event().wait()
        if reply == CUT:
            return False
        writer.write(reply.encode() + b"\r\n")
        await writer.drain()
        return True

    go_on = await answer("connect")
    while go_on and (line := await reader.readline()):
        step = line.split()[0].upper().decode()
        go_on = await answer(step)
        if go_on and step == "DATA" and "DATA" not in script.replies:
            script.content = await reader.readuntil(b"\r\n.\r\n")
            go_on = await answer("content")


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for ``name`` that nobody has signed, and the file that makes somebody trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    both = folder / "server.pem"
    both.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context, both


def _at(server: asyncio.Server) -> MailServer:
    port = server.sockets[0].getsockname()[1]
    return MailServer("127.0.0.1", port, is_tls=False, user=None, password=None)
