import pytest

from bot.smtp.server import MailServer, mail_server


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", MailServer("mail.example.org", 587, False, None, None)),
        ("smtps://mail.example.org", MailServer("mail.example.org", 465, True, None, None)),
        ("smtp://u:p@mail.example.org:25", MailServer("mail.example.org", 25, False, "u", "p")),
        (
            " smtps://bot%40example.org:p%40ss%3A%2F@mail.example.org ",
            MailServer("mail.example.org", 465, True, "bot@example.org", "p@ss:/"),
        ),
        ("smtp://127.0.0.1:1025", MailServer("127.0.0.1", 1025, False, None, None)),
    ],
)
def test_what_smtp_url_names(url: str, server: MailServer) -> None:
    assert mail_server(url) == server


@pytest.mark.parametrize(
    ("host", "is_tls", "needs"),
    [
        ("mail.example.org", False, True),
        ("mail.example.org", True, False),
        ("127.0.0.1", False, False),
        ("::1", False, False),
        ("localhost", False, False),
        ("10.0.0.1", False, True),
        ("localhost.example.org", False, True),
    ],
)
def test_tls_is_needed_but_on_the_loopback(host: str, is_tls: bool, needs: bool) -> None:
    assert MailServer(host, 25, is_tls, None, None).needs_starttls is needs


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org:587",
        "http://mail.example.org",
        "smtp://",
        "smtp://u:secret@mail.example.org:port",
        "smtp://u:secret@mail.example.org:99999",
        "smtp://u:secret@mail.example.org/inbox",
        "smtp://u:secret@mail.example.org?tls=no",
        "smtp://onlyuser@mail.example.org",
    ],
)
def test_a_mistyped_url_says_how_to_type_it_and_repeats_no_password(url: str) -> None:
    with pytest.raises(ValueError, match=r"smtp://user:password@mail\.example\.org:587") as raised:
        mail_server(url)
    assert "secret" not in str(raised.value)
