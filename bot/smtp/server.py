"""Which mail server the operator has named, and how the bot is to speak to it. Pure."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import unquote, urlsplit

_FORM: Final = "smtp://user:password@mail.example.org:587 (STARTTLS) or smtps://user:password@mail.example.org:465"
_PORTS: Final = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """One mail server that takes e-mails for delivery.

    ``is_tls`` from the first byte on; else TLS begins with STARTTLS, always with a checked certificate, but on the
    loopback (``is_loopback``), where nobody listens. ``user`` is None where the server asks for no password.
    """

    host: str
    port: int
    is_tls: bool
    user: str | None
    password: str | None

    @property
    def is_loopback(self) -> bool:
        """Whether the server runs on this machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def needs_starttls(self) -> bool:
        """Whether nothing may be said before TLS has begun."""
        return not self.is_tls and not self.is_loopback


def mail_server(url: str) -> MailServer:
    """Read ``SMTP_URL``. Raises ValueError, with a sentence that says what to type and repeats no password."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise ValueError(f"SMTP_URL cannot be read: type it as {_FORM}") from error
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"SMTP_URL cannot be read: type it as {_FORM}")
    if (parts.username is None) != (parts.password is None):
        raise ValueError(f"SMTP_URL names a user or a password and not both: type it as {_FORM}")
    return MailServer(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        is_tls=parts.scheme == "smtps",
        user=unquote(parts.username) if parts.username is not None else None,
        password=unquote(parts.password) if parts.password is not None else None,
    )
