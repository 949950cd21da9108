"""``/setup email``: a test to the person who sets e-mails up, and what is still missing."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from storage.members.models import Person
from tests.smtp.servers import Mailbox, mailbox, scripted
from tests.smtp.world import OFFICE, mailing_world
from tests.world import World, running_world, said


@pytest.fixture
async def posted(tmp_path: Path) -> AsyncGenerator[tuple[World, Mailbox]]:
    async with (
        mailbox() as (server, box),
        mailing_world(tmp_path / "focalbot.sqlite3", server.port, is_on=False) as world,
    ):
        yield world, box


async def setup(world: World, command: str = "email", **options: Any) -> str:
    server = world.server
    return said(await server.manager.slash(server.channels["general"], f"setup {command}", **options))


async def person_of_manager(world: World, email: str) -> Person:
    """Give the person who sets the bot up an entry in the directory."""
    services, server = world.bot.services, world.server
    with world.as_bot():
        async with services.transaction() as tx:
            number = await services.members.add_person(tx, server.id, "Ana", email=email)
            await services.members.link_account(tx, server.id, number, server.manager.id)
    found = await services.members.person(server.id, number)
    assert found is not None
    return found


async def test_the_test_goes_to_where_replies_go_where_nothing_else_is_known(posted: tuple[World, Mailbox]) -> None:
    world, box = posted
    answer = await setup(world, enabled=True, reply_to=OFFICE)
    [taken] = box.taken
    assert taken.recipients == [OFFICE]
    assert f"has taken a test e-mail to {OFFICE}" in answer
    assert f"on, replies go to {OFFICE}" in answer


async def test_the_test_goes_to_the_person_who_sets_it_up(posted: tuple[World, Mailbox]) -> None:
    world, box = posted
    await person_of_manager(world, "ana@example.org")
    await setup(world, enabled=True, reply_to=OFFICE)
    [taken] = box.taken
    assert taken.recipients == ["ana@example.org"]
    assert taken.message["Reply-To"].addresses[0].addr_spec == OFFICE
    assert OFFICE in taken.message.get_body(("plain",)).get_content()  # type: ignore[union-attr]


async def test_what_is_missing_is_said(posted: tuple[World, Mailbox]) -> None:
    world, _ = posted
    answer = await setup(world, enabled=True, reply_to=OFFICE)
    assert f"{world.server.people} people in the directory have no e-mail address" in answer
    assert "network.example has SPF, DKIM and DMARC" in answer


@pytest.mark.parametrize(
    ("replies", "part"),
    [({"MAIL": "553 no"}, "refuses the sender"), ({"RCPT": "550 no"}, "550"), ({"connect": "421 no"}, "Try again")],
)
async def test_a_server_that_does_not_take_it_costs_one_sentence(
    tmp_path: Path, replies: dict[str, str], part: str
) -> None:
    async with (
        scripted(**replies) as (server, _),
        mailing_world(tmp_path / "focalbot.sqlite3", server.port, is_on=False) as world,
    ):
        assert part in await setup(world, enabled=True, reply_to=OFFICE)


async def test_without_a_server_it_is_not_switched_on(tmp_path: Path) -> None:
    async with running_world(tmp_path / "focalbot.sqlite3") as world:
        assert "SMTP_URL" in await setup(world, enabled=True, reply_to=OFFICE)
        assert "**E-mail** · off" in await setup(world, "show")
        services = world.bot.services
        with world.as_bot():
            async with services.transaction() as tx:
                await services.settings.change_network(tx, world.server.id, email_enabled=True, email_reply_to=OFFICE)
        # As after a restart without SMTP_URL.
        shown = await setup(world, "show")
        assert "no mail server" in shown
        assert "SMTP_URL and MAIL_FROM" in shown


async def test_what_keeps_all_emails_waiting_is_shown(posted: tuple[World, Mailbox]) -> None:
    world, _ = posted
    await setup(world, enabled=True, reply_to=OFFICE)
    assert "E-mails cannot be sent now" not in await setup(world, "show")
    services = world.bot.services
    with world.as_bot():
        async with services.transaction() as tx:
            row = await services.outbox.plan_now(tx, world.server.id, "message", 1, "written", "secretariat")
            await tx.execute(
                "UPDATE outbox SET email_step = 'queued', reason = 'mail_settings:login', wake_at = wake_at + 900"
                " WHERE id = ?",
                (row,),
            )
    assert "refuses the name or the password" in await setup(world, "show")


@pytest.mark.parametrize("typed", ["nobody", "a@b.example, c@d.example", "a@b.example\nBcc: all@example.org"])
async def test_an_address_that_is_none_is_refused(posted: tuple[World, Mailbox], typed: str) -> None:
    world, box = posted
    assert "is not an e-mail address" in await setup(world, enabled=True, reply_to=typed)
    assert box.taken == []
