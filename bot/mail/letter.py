"""An e-mail as a mail server is given it: one recipient, text first, simple HTML beside it. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import Final

from bot.calendar import MEDIA_TYPE
from bot.outbox.email_text import EmailText
from bot.smtp.addresses import is_address
from bot.texts import Markdown, Reader, Text, t

_HOW_TO_ANSWER: Final[dict[str, Text]] = {
    "an_answer": t(
        "How to answer: open the network's server on Discord ({server}), or reply to this e-mail; the secretariat then"
        " records your answer."
    ),
    "a_vote": t("How to vote: open the network's server on Discord ({server}). A vote cannot be cast by e-mail."),
    "an_objection": t(
        "How to object, or to ask for more time: open the network's server on Discord ({server}). You can also reply to"
        " this e-mail, early enough for the secretariat to record it before the end: only what is recorded by then"
        " counts."
    ),
}
_STOP: Final = "stop"
_LINK: Final = re.compile(r"https?://[^\s<>“”»]+")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom: ``network`` is the network's name, ``sender`` the one address that all e-mails come from.

    ``reply_to`` is the secretariat's address. ``key`` names the message for ever and is the same at every attempt;
    ``list_key`` names the network, and ``server`` is where it is on Discord.
    """

    network: str
    sender: str
    reply_to: str
    name: str
    address: str
    key: str
    list_key: str
    server: str


def server_url(guild_id: int) -> str:
    """Return where a server is on Discord, for those who are on it."""
    return f"https://discord.com/channels/{guild_id}"


def letter(envelope: Envelope, text: EmailText, reader: Reader, now: datetime) -> EmailMessage:
    """Return the e-mail. Raises ValueError where an address is not one."""
    domain = envelope.sender.rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["From"] = _mailbox(envelope.network, envelope.sender)
    message["To"] = _mailbox(envelope.name, envelope.address)
    message["Reply-To"] = _mailbox("", envelope.reply_to)
    subject = _one_line(reader.label(t("{network}: {subject}", network=envelope.network, subject=text.subject)))
    message["Subject"] = subject
    message["Date"] = now
    message["Message-ID"] = f"<{envelope.key}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["List-Id"] = f"<{envelope.list_key}.{domain}>"
    message["List-Unsubscribe"] = f"<mailto:{envelope.reply_to}?subject={_STOP}>"
    paragraphs = [reader.label(one) for one in (*text.paragraphs, *_answering(text, envelope.server))]
    closing = [reader.label(one) for one in _closing(envelope)]
    message.set_content("\n\n".join([*paragraphs, "-- \n" + "\n".join(closing)]) + "\n")
    message.add_alternative(_html(subject, paragraphs, closing, reader.language), subtype="html")
    if text.calendar is not None:
        maintype, subtype = MEDIA_TYPE.split("/")
        message.add_attachment(
            text.calendar, maintype=maintype, subtype=subtype, filename="event.ics", params={"method": "PUBLISH"}
        )
    # Last: what begins with "Content" goes to the first part as long as the content is put together.
    message["Content-Language"] = reader.language
    return message


def _answering(text: EmailText, server: str) -> list[Text]:
    said = _HOW_TO_ANSWER.get(text.asks)
    return [replace(said, values={"server": Markdown(server)})] if said is not None else []


def _closing(envelope: Envelope) -> list[Text]:
    return [
        t("This e-mail was sent by the bot of {network} for its secretariat.", network=envelope.network),
        t("To stop these e-mails, reply with the word “stop”: the secretariat sees to it."),
    ]


def _html(title: str, paragraphs: list[str], closing: list[str], language: str) -> str:
    # No images, no colours of the text's own: it reads in the dark as in the light, and nothing tells that it was read.
    body = "".join(f"<p>{_lines(one)}</p>" for one in paragraphs)
    end = "<br>".join(escape(one) for one in closing)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"></head>'
        '<body style="font-family: Arial, Helvetica, sans-serif; font-size: 16px; line-height: 1.5; max-width: 38em">'
        f'{body}<hr><p style="font-size: 14px">{end}</p></body></html>'
    )


def _lines(text: str) -> str:
    return "<br>".join(_with_links(line) for line in text.splitlines())


def _with_links(line: str) -> str:
    """Escape a line, and make its addresses ones to press: not every mail program does that by itself."""
    parts: list[str] = []
    end = 0
    for found in _LINK.finditer(line):
        # What ends the sentence does not belong to the address.
        address = found[0].rstrip(".,;:!?)")
        parts += [escape(line[end : found.start()]), f'<a href="{escape(address)}">{escape(address)}</a>']
        end = found.start() + len(address)
    return "".join([*parts, escape(line[end:])])


def _mailbox(name: str, address: str) -> Address:
    # What the library says of a wrong one differs by the version of Python, and quotes it.
    if not is_address(address):
        raise ValueError("an e-mail names something that is not an address")
    return Address(display_name=_one_line(name), addr_spec=address)


def _one_line(text: str) -> str:
    return " ".join(text.split())
