"""What ``focalbot doctor`` finds out about the mail server."""

import asyncio
from typing import Final

from bot.doctor.finding import Finding
from bot.settings import Settings
from bot.smtp.server import mail_server
from bot.smtp.transport import MailTransport, NotSetUp, Outcome, Problem

_WITHIN: Final = 10.0
"""Seconds that the mail server is given for each answer."""
_REMEDIES: Final = {
    Problem.NO_TLS: "offers no encryption (STARTTLS): ask for one that does, or use smtps:// in SMTP_URL",
    Problem.CERTIFICATE: "has a certificate that is not valid for its name: correct the name in SMTP_URL, or have the"
    " certificate renewed",
    Problem.LOGIN: "refuses the user or the password: correct them in SMTP_URL (%40 for @, %3A for :, %2F for /)",
    Problem.SENDER: "refuses the address of MAIL_FROM: name one that the user may send from",
}


def examine_mail(settings: Settings) -> Finding:
    """Connect to the mail server and log in, without sending anything."""
    if settings.smtp_url is None:
        return Finding(True, "e-mail: none is sent; set SMTP_URL and MAIL_FROM to change that (docs/email.md)")
    server = mail_server(settings.smtp_url.get_secret_value())
    outcome = asyncio.run(MailTransport(server, answers_within=_WITHIN).examine())
    where = f"e-mail: {server.host}:{server.port}"
    if outcome is not None:
        return Finding(False, f"{where} {_wrong(outcome)}")
    domain = (settings.mail_from or "").rpartition("@")[2]
    return Finding(
        True,
        f"{where} takes e-mails from {settings.mail_from}; see to it that {domain} has SPF, DKIM and DMARC records"
        " (docs/email.md)",
    )


def _wrong(outcome: Outcome) -> str:
    if isinstance(outcome, NotSetUp):
        return _REMEDIES[outcome.problem]
    return "does not answer: check the name and the port in SMTP_URL, and whether a firewall is in the way"
