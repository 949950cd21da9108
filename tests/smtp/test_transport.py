"""What each end of a conversation with a mail server proves about the e-mail."""

import asyncio
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from bot.smtp.server import MailServer
from bot.smtp.transport import (
    ANSWERS_WITHIN,
    PAUSE,
    Accepted,
    MailTransport,
    NotSetUp,
    NotTaken,
    Outcome,
    Problem,
    Refused,
    Unknown,
)
from tests.patience import ELSEWHERE, PROGRAM, SILENCE
from tests.smtp.servers import CUT, SILENT, certificate, mailbox, scripted

SENDER = "bot@network.example"
RECIPIENT = "ama@ghana.example"


def a_message(body: str = "Good morning") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Réponse demandée"
    message["To"] = RECIPIENT
    message.set_content(body)
    return message


async def sent(
    server: MailServer,
    message: EmailMessage | None = None,
    *,
    go_on: bool = True,
    answers_within: float = ELSEWHERE,
) -> tuple[Outcome | None, int]:
    """Send an e-mail and return what came of it, and how often the content was about to be handed over."""
    asked = 0

    async def before_content() -> bool:
        nonlocal asked
        asked += 1
        return go_on

    transport = MailTransport(server, pause=0, answers_within=answers_within)
    return await transport.send(message or a_message(), SENDER, RECIPIENT, before_content), asked


def patience(*replies: str) -> float:
    return SILENCE if SILENT in replies else ELSEWHERE


async def test_what_arrives_is_what_was_sent() -> None:
    body = "Bonjour Ama,\n\n.une ligne qui commence par un point\n..et une autre\nn’oubliez pas\n"
    async with mailbox() as (server, box):
        assert await sent(server, a_message(body)) == (Accepted(), 1)
    [taken] = box.taken
    assert (taken.sender, taken.recipients) == (SENDER, [RECIPIENT])
    assert taken.message.get_content().replace("\r\n", "\n") == body
    assert taken.message["Subject"] == "Réponse demandée"


@pytest.mark.parametrize("step", ["connect", "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("reply", [CUT, SILENT, "451 later", "421 closing"])
async def test_before_the_content_nothing_is_taken(step: str, reply: str) -> None:
    # Refused EHLO, a client says HELO.
    replies = {"EHLO": reply, "HELO": reply} if step == "EHLO" else {step: reply}
    async with scripted(**replies) as (server, script):
        outcome, asked = await sent(server, answers_within=0.3 if reply == SILENT else ELSEWHERE)
    assert isinstance(outcome, NotTaken)
    assert asked == 0
    assert script.content == b""


@pytest.mark.parametrize("reply", [CUT, SILENT])
async def test_a_content_without_an_answer_may_have_been_taken(reply: str) -> None:
    async with scripted(content=reply) as (server, script):
        assert await sent(server, answers_within=patience(reply)) == (Unknown(), 1)
    assert script.content.endswith(b"\r\n.\r\n")


@pytest.mark.parametrize(
    ("replies", "outcome"),
    [
        ({"RCPT": "550 no such user"}, Refused(550, of_address=True)),
        ({"RCPT": "550 5.1.1 no such user"}, Refused(550, of_address=True)),
        ({"RCPT": "550 5.7.1 relay access denied"}, Refused(550)),
        ({"RCPT": "552 5.2.2 mailbox full"}, Refused(552)),
        ({"RCPT": "554 5.7.1 client host blocked"}, Refused(554)),
        ({"DATA": "554 no"}, Refused(554)),
        ({"content": "552 too large"}, Refused(552)),
        ({"content": "450 busy"}, NotTaken("450")),
        ({"MAIL": "553 not your address"}, NotSetUp(Problem.SENDER)),
        ({"QUIT": CUT}, Accepted()),
        ({"QUIT": SILENT}, Accepted()),
    ],
)
async def test_what_an_answer_proves(replies: dict[str, str], outcome: Outcome) -> None:
    async with scripted(**replies) as (server, _):
        assert (await sent(server, answers_within=patience(*replies.values())))[0] == outcome


async def test_the_content_is_kept_back_where_the_row_has_gone_on() -> None:
    async with scripted() as (server, script):
        assert await sent(server, go_on=False) == (None, 1)
        await asyncio.sleep(0)
    assert script.content == b""


async def test_where_nobody_listens_nothing_is_taken() -> None:
    async with scripted() as (server, _):
        pass
    assert isinstance((await sent(server))[0], NotTaken)


FAR = "127.1"
"""This machine under a name that is not the loopback's: TLS must begin first, with a checked certificate."""


def far(server: MailServer, user: str | None = None, password: str | None = None) -> MailServer:
    return MailServer(FAR, server.port, False, user, password)


async def test_a_server_without_tls_is_given_nothing() -> None:
    async with mailbox() as (server, box):
        assert await sent(far(server, "bot", "secret")) == (NotSetUp(Problem.NO_TLS), 0)
    assert box.taken == []


async def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    context, _ = certificate(tmp_path, FAR)
    async with mailbox(tls_context=context) as (server, box):
        assert await sent(far(server)) == (NotSetUp(Problem.CERTIFICATE), 0)
    assert box.taken == []


async def test_a_certificate_of_another_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, trusted = certificate(tmp_path, "another.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    async with mailbox(tls_context=context) as (server, box):
        assert await sent(far(server)) == (NotSetUp(Problem.CERTIFICATE), 0)
    assert box.taken == []


async def test_with_a_certificate_all_goes_through_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, trusted = certificate(tmp_path, FAR)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    async with mailbox(tls_context=context, authenticator=_knows, auth_required=True) as (server, box):
        assert await sent(far(server, "bot", "right")) == (Accepted(), 1)
        assert await sent(far(server, "bot", "wrong")) == (NotSetUp(Problem.LOGIN), 0)
        assert await sent(far(server)) == (NotSetUp(Problem.SENDER), 0)
    assert len(box.taken) == 1
    assert box.sessions[0].ssl is not None


def _knows(_server: object, _session: object, _envelope: object, _mechanism: str, data: object) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=data.password == b"right", handled=False)


async def test_between_two_e_mails_there_is_a_pause() -> None:
    assert PAUSE == 2.0
    async with mailbox() as (server, box):
        transport = MailTransport(server)
        assert transport.pause == PAUSE
        assert ANSWERS_WITHIN == 60.0
        transport.pause = PROGRAM
        assert await handed_over(transport) == Accepted()
        waiting = asyncio.create_task(handed_over(transport))
        # Without a pause it would be through before another one, which begins after it.
        assert await sent(server) == (Accepted(), 1)
        assert not waiting.done()
        assert len(box.taken) == 2
        waiting.cancel()
        transport = MailTransport(server, pause=0)
        assert [await handed_over(transport) for _ in range(2)] == [Accepted(), Accepted()]


async def handed_over(transport: MailTransport) -> Outcome | None:
    async def before_content() -> bool:
        return True

    return await transport.send(a_message(), SENDER, RECIPIENT, before_content)


async def test_two_e_mails_are_never_on_their_way_at_once() -> None:
    began, goes_on = asyncio.Event(), asyncio.Event()
    begun: list[int] = []

    async def send(number: int) -> None:
        async def before_content() -> bool:
            begun.append(number)
            began.set()
            await goes_on.wait()
            return True

        assert await transport.send(a_message(), SENDER, RECIPIENT, before_content) == Accepted()

    async with mailbox() as (server, box):
        transport = MailTransport(server, pause=0)
        sending = [asyncio.create_task(send(number)) for number in range(3)]
        await began.wait()
        # Of the others, none has come so far as one that was sent meanwhile.
        assert await sent(server) == (Accepted(), 1)
        assert begun == [0]
        goes_on.set()
        await asyncio.gather(*sending)
    assert begun == [0, 1, 2]
    assert len(box.taken) == 4
