"""An e-mail as others read it: its bytes parsed again, also by a library that has nothing to do with Python's own."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest
from fast_mail_parser import parse_email

from bot.languages import LANGUAGES, Language
from bot.mail.letter import Envelope, letter
from bot.outbox import EmailText
from bot.texts import Markdown, Reader, t

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
ENVELOPE = Envelope(
    network="Global Network of R2P Focal Points",
    sender="bot@network.example",
    reply_to="secretariat@network.example",
    name="Ama Testah",
    address="ama@mfa.gov.gh",
    key="ABC",
    list_key="network-7",
    server="https://discord.com/channels/7",
)
TEXT = EmailText(
    t("reply requested by {day}", day=datetime(2027, 3, 12, tzinfo=UTC).date()),
    [t("Please answer <b>by {when}</b> & tell us.", when="12 March")],
    "an_answer",
    b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
)


def parsed(envelope: Envelope = ENVELOPE, text: EmailText = TEXT, language: Language = "en") -> EmailMessage:
    reader = Reader(language, "Africa/Accra")
    content = letter(envelope, text, reader, NOW).as_bytes()
    return cast(EmailMessage, message_from_bytes(content, policy=default))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["Ama Testah", "Testah, Ama", 'Ama "Té" Testah', "Éléonore Ñandú", "وفاء", ""])
def test_another_library_reads_what_was_written(language: Language, name: str) -> None:
    written = parsed(replace(ENVELOPE, name=name), language=language)
    read = parse_email(written.as_bytes())
    assert read.subject == written["Subject"]
    # Base64 or quoted-printable, folded headers and the boundaries of the parts: its own code.
    for texts, content_type in ((read.text_plain, "text/plain"), (read.text_html, "text/html")):
        assert [text.splitlines() for text in texts] == [part(written, content_type).get_content().splitlines()]
    assert [(one.address, one.display_name or "") for one in read.to] == [("ama@mfa.gov.gh", name)]
    assert read.from_.address == "bot@network.example"
    assert [one.address for one in read.reply_to] == ["secretariat@network.example"]
    [calendar] = read.attachments
    assert (calendar.filename, calendar.mimetype, calendar.content) == ("event.ics", "text/calendar", TEXT.calendar)
    assert read.headers["Message-ID"] == ["<ABC@network.example>"]
    assert read.warnings == []


def part(message: EmailMessage, content_type: str) -> EmailMessage:
    [found] = [one for one in message.walk() if one.get_content_type() == content_type]
    return cast(EmailMessage, found)


def test_its_headers_say_who_writes_to_whom_and_how_to_stop() -> None:
    message = parsed()
    assert message["From"].addresses[0].addr_spec == "bot@network.example"
    assert message["From"].addresses[0].display_name == "Global Network of R2P Focal Points"
    assert [one.addr_spec for one in message["To"].addresses] == ["ama@mfa.gov.gh"]
    assert message["Reply-To"].addresses[0].addr_spec == "secretariat@network.example"
    assert message["Message-ID"] == "<ABC@network.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message["List-Id"] == "<network-7.network.example>"
    assert message["List-Unsubscribe"] == "<mailto:secretariat@network.example?subject=stop>"
    assert message["Subject"].endswith("reply requested by 12 March 2027")


def test_text_comes_first_and_html_shows_the_same() -> None:
    message = parsed()
    types = [one.get_content_type() for one in message.walk() if not one.is_multipart()]
    assert types == ["text/plain", "text/html", "text/calendar"]
    text, html = part(message, "text/plain").get_content(), part(message, "text/html").get_content()
    assert "Please answer <b>by 12 March</b> & tell us." in text
    assert "&lt;b&gt;by 12 March&lt;/b&gt; &amp; tell us." in html
    assert "<img" not in html
    assert part(message, "text/calendar").get_param("method") == "PUBLISH"


def test_the_way_to_answer_and_to_stop_is_said_in_the_readers_language() -> None:
    text = part(parsed(language="fr"), "text/plain").get_content()
    assert "stop" in text
    assert "How to answer" not in text


def test_addresses_can_be_pressed_and_nothing_else_becomes_html() -> None:
    text = EmailText(t("x"), [t("See {link}.", link=Markdown("https://example.org/?a=1&b='2'"))], "an_answer")
    html = part(parsed(text=text), "text/html").get_content()
    assert '<a href="https://example.org/?a=1&amp;b=&#x27;2&#x27;">' in html
    assert "&#x27;2&#x27;</a>." in html
    assert '(<a href="https://discord.com/channels/7">https://discord.com/channels/7</a>)' in html


@pytest.mark.parametrize("field", ["network", "name"])
def test_a_line_break_makes_no_header(field: str) -> None:
    message = parsed(replace(ENVELOPE, **{field: "Ama\r\nBcc: everybody@example.org"}))
    assert message["Bcc"] is None


@pytest.mark.parametrize("field", ["address", "reply_to", "sender"])
@pytest.mark.parametrize("address", ["ama@mfa.gov.gh\r\nBcc: everybody@example.org", "nobody", ""])
def test_what_is_no_address_is_refused(field: str, address: str) -> None:
    with pytest.raises(ValueError, match="not an address") as refused:
        parsed(replace(ENVELOPE, **{field: address}))
    assert not address or address not in str(refused.value)
