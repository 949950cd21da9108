"""The demo's own mail server, and what of it each person sees."""

import asyncio
import smtplib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.demo.example_network import example_network
from bot.demo.mailbox import Mailbox
from bot.mail.letter import Envelope, letter
from bot.outbox import EmailText
from bot.texts import Reader, t
from tests.demo.conftest import OpenDemo, opened
from tests.patience import looks, moment

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


async def mails(demo: OpenDemo, name: str) -> dict[str, Any]:
    async with demo.session.get("/demo/mails", params={"who": demo.people[name]}) as response:
        return await response.json()


async def test_who_has_not_accepted_direct_messages_reads_the_reminder_as_mail(tmp_path: Path) -> None:
    async with opened(example_network(tmp_path)) as demo:
        arrived: list[Any] = []
        for _ in range(20):
            arrived = [one for one in (await demo.travel("reminder"))["arrived"] if one["place"] == "mail"]
            if arrived:
                break
        assert demo.people["Benin"] in {one["who"] for one in arrived}
        mail = (await mails(demo, "Benin"))["mails"][0]
        assert (await demo.now("Benin"))["newest"]["mail"] == mail["number"]
        # In the language of somebody who has never used the bot.
        assert "Porto-Novo" in mail["text"]
        assert "ces courriels" in mail["text"]
        async with demo.session.get(
            f"/demo/mails/{mail['number']}/html", params={"who": demo.people["Benin"]}
        ) as response:
            assert "ces courriels" in await response.text()
            assert "sandbox" in response.headers["Content-Security-Policy"]
        # Denmark has accepted direct messages; nobody reads another person's mail.
        assert (await mails(demo, "Denmark"))["mails"] == []
        async with demo.session.get(
            f"/demo/mails/{mail['number']}/html", params={"who": demo.people["Denmark"]}
        ) as response:
            assert response.status == 404
        assert (await demo.now("Guest"))["newest"]["mail"] is None
    async with opened(example_network(tmp_path)) as demo:
        assert (await mails(demo, "Benin"))["mails"][0]["number"] == mail["number"]


async def test_the_secretariat_reads_the_test_of_setup_email(tmp_path: Path) -> None:
    async with opened(example_network(tmp_path)) as demo:
        manager = await demo.visit("secretariat", "Secretariat")
        await manager.slash("setup email", enabled=True)
        for _ in looks():
            if (await mails(demo, "Secretariat"))["mails"]:
                break
            await manager.look()
            await moment()
        found = await mails(demo, "Secretariat")
        assert found["address"] == "secretariat@network.example"
        assert len(found["mails"]) == 1


async def test_an_attachment_is_named_with_its_content() -> None:
    box = Mailbox()
    port = int((await box.open()).rpartition(":")[2])
    box.keep_in([], lambda: NOW)
    envelope = Envelope(
        "The network", "bot@n.example", "office@n.example", "Ama", "Ama@m.example", "A", "n", "https://discord.com"
    )
    text = EmailText(t("x"), [t("y")], "nothing", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    message = letter(envelope, text, Reader("en", "UTC"), NOW)

    def send() -> None:
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.send_message(message)
            client.send_message(message)

    await asyncio.to_thread(send)
    box.close()
    newest, oldest = box.of("ama@m.example")
    assert newest.number > oldest.number
    assert [(name, media_type) for name, media_type, _ in newest.attachments()] == [("event.ics", "text/calendar")]
    assert newest.attachments()[0][2].startswith(b"BEGIN:VCALENDAR")
