"""The conversation with the mail server, command by command, so that each way in which it ends proves something."""

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from enum import StrEnum
from typing import Final

import aiosmtplib

from bot.smtp.server import MailServer, mail_server

ANSWERS_WITHIN: Final = 60.0
"""Seconds that the mail server is given for each answer."""
PAUSE: Final = 2.0
"""Seconds between two e-mails: Exchange Online takes 30 a minute (Microsoft, "Exchange Online limits")."""
_READY_FOR_CONTENT: Final = 354
_ACCEPTED: Final = range(200, 300)
_NOT_NOW: Final = range(400, 500)
_OF_ADDRESS: Final = (550, 551, 553)
_NOT_OF_ADDRESS: Final = re.compile(r"\b5\.[2-7]\.\d")
"""A full mailbox, or what the server has against the sender or the client (RFC 3463): the address may well be right."""


class Problem(StrEnum):
    """What keeps every e-mail from being sent, until the operator mends it."""

    NO_TLS = "no_tls"
    CERTIFICATE = "certificate"
    LOGIN = "login"
    SENDER = "sender"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server has taken the e-mail; whether it reaches its mailbox is for a later notice by e-mail to say."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Proven not taken, with the server's ``code`` (5xx), which trying again would not mend.

    ``of_address``: it refuses the recipient, not what was written.
    """

    code: int
    of_address: bool = False


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Proven not taken, now: no connection, a 4xx answer, a cut before the content."""

    why: str


@dataclass(frozen=True, slots=True)
class NotSetUp:
    """Proven not taken, and no other e-mail would be: the operator has to mend the settings. ``problem`` says what."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Unknown:
    """The content was on its way when the answer stayed out: the server may have taken it."""


Outcome = Accepted | Refused | NotTaken | NotSetUp | Unknown


class MailTransport:
    """Takes one e-mail at a time to one server: one connection for each, with a pause between them."""

    def __init__(self, server: MailServer, *, pause: float = PAUSE, answers_within: float = ANSWERS_WITHIN) -> None:
        self._server = server
        self.pause = pause
        """Seconds between two e-mails."""
        self._answers_within = answers_within
        self._one_at_a_time = asyncio.Lock()
        self._free_at = 0.0

    async def send(
        self, message: EmailMessage, sender: str, recipient: str, before_content: Callable[[], Awaitable[bool]]
    ) -> Outcome | None:
        """Hand over ``message`` for the one address ``recipient``, and return what came of it.

        ``before_content`` is called when the server waits for the content: until then nothing of the e-mail is with
        it. Where it answers False, the conversation ends there, and None is returned. ``sender`` and ``recipient`` are
        plain addresses.
        """
        async with self._one_at_a_time:
            loop = asyncio.get_running_loop()
            await asyncio.sleep(max(self._free_at - loop.time(), 0))
            client = self._client()
            try:
                return await self._converse(client, message, sender, recipient, before_content)
            finally:
                client.close()
                self._free_at = loop.time() + self.pause

    async def examine(self) -> Outcome | None:
        """Connect, begin TLS and log in, without sending anything; None where that works, else what is in the way."""
        client = self._client()
        try:
            failed = await self._greet(client)
            if failed is None:
                await _quit(client)
            return failed
        finally:
            client.close()

    def _client(self) -> aiosmtplib.SMTP:
        server = self._server
        return aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.is_tls,
            # On the loopback a certificate would prove nothing; everywhere else it is checked.
            start_tls=False,
            validate_certs=not server.is_loopback,
            timeout=self._answers_within,
        )

    async def _converse(
        self,
        client: aiosmtplib.SMTP,
        message: EmailMessage,
        sender: str,
        recipient: str,
        before_content: Callable[[], Awaitable[bool]],
    ) -> Outcome | None:
        failed = await self._greet(client) or await self._address(client, sender, recipient)
        if failed is not None:
            return failed
        if not await before_content():
            return None
        try:
            code = await self._hand_over(client, message.as_bytes(policy=SMTP_POLICY))
        except (aiosmtplib.SMTPException, OSError):
            return Unknown()
        outcome = _of_answer(code)
        if outcome is None:
            await _quit(client)
            return Accepted()
        return outcome

    async def _hand_over(self, client: aiosmtplib.SMTP, content: bytes) -> int:
        """Send the content and return the server's answer to it.

        ``SMTP.data`` would send DATA too, and raise the same error for a cut before the content and after it.
        """
        if client.protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("the connection is closed")
        client.protocol.write(_dotted(content) + b".\r\n")
        response = await client.protocol.read_response(timeout=self._answers_within)
        return response.code

    async def _greet(self, client: aiosmtplib.SMTP) -> Outcome | None:
        """Connect, begin TLS and log in; None when all of it has worked."""
        try:
            await client.connect()
            if self._server.needs_starttls:
                await client.ehlo()
                if not client.supports_extension("starttls"):
                    return NotSetUp(Problem.NO_TLS)
                await client.starttls()
            if self._server.user is not None:
                await client.login(self._server.user, self._server.password or "")
        except aiosmtplib.SMTPAuthenticationError as error:
            return NotTaken("login") if error.code in _NOT_NOW else NotSetUp(Problem.LOGIN)
        except aiosmtplib.SMTPNotSupported:
            # It takes no password, or none in a way that is known here.
            return NotSetUp(Problem.LOGIN)
        except (aiosmtplib.SMTPException, OSError) as error:
            if _is_of_certificate(error):
                return NotSetUp(Problem.CERTIFICATE)
            return NotTaken(type(error).__name__)
        return None

    async def _address(self, client: aiosmtplib.SMTP, sender: str, recipient: str) -> Outcome | None:
        """Name the sender and the recipient, and ask to send the content; None when the server waits for it."""
        try:
            await client.mail(sender)
        except aiosmtplib.SMTPSenderRefused as error:
            return NotTaken("sender") if error.code in _NOT_NOW else NotSetUp(Problem.SENDER)
        except (aiosmtplib.SMTPException, OSError) as error:
            return NotTaken(type(error).__name__)
        try:
            await client.rcpt(recipient)
            code, _ = await client.execute_command(b"DATA")
        except aiosmtplib.SMTPRecipientRefused as error:
            if error.code in _NOT_NOW:
                return NotTaken(str(error.code))
            is_unknown = error.code in _OF_ADDRESS and _NOT_OF_ADDRESS.search(error.message) is None
            return Refused(error.code, of_address=is_unknown)
        except (aiosmtplib.SMTPException, OSError) as error:
            return NotTaken(type(error).__name__)
        return None if code == _READY_FOR_CONTENT else _of_answer(code) or NotTaken(str(code))


def transport_of(url: str) -> MailTransport:
    """Return what takes e-mails to the server that ``SMTP_URL`` names. Raises ValueError where it cannot be read."""
    return MailTransport(mail_server(url))


def _of_answer(code: int) -> Outcome | None:
    """Return what an answer other than an acceptance proves; None for an acceptance."""
    if code in _ACCEPTED:
        return None
    return NotTaken(str(code)) if code in _NOT_NOW else Refused(code)


def _dotted(content: bytes) -> bytes:
    """Return ``content``, whose lines end with CRLF, with each dot that begins a line doubled (RFC 5321, 4.5.2)."""
    dotted = content.replace(b"\r\n.", b"\r\n..")
    return (b"." if dotted.startswith(b".") else b"") + dotted


def _is_of_certificate(error: BaseException) -> bool:
    links: list[BaseException] = [error]
    while (further := links[-1].__cause__ or links[-1].__context__) is not None and further not in links:
        links.append(further)
    return any(isinstance(one, ssl.SSLError) for one in links)


async def _quit(client: aiosmtplib.SMTP) -> None:
    # It has taken the e-mail: how it says good-bye does not matter.
    with suppress(aiosmtplib.SMTPException, OSError):
        await client.quit(timeout=1)
