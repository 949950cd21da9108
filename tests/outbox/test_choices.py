"""By what somebody is written to, and in which language: theirs, whatever account is linked, and while none is."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.outbox import person
from storage.outbox.states import OutboxState
from tests.members.test_edit import edit, holder_of
from tests.outbox.conftest import Desk
from tests.outbox.posting import settled, switched_on, with_address
from tests.smtp.servers import Mailbox
from tests.world import World, said

Posted = tuple[Desk, Mailbox]


async def link(world: World, code: str, account: Any | None) -> None:
    """Let the secretariat link the delegation's focal point to an account, or with None to none."""
    server, holder = world.server, await holder_of(world, code)
    options = {"user": account} if account is not None else {}
    asked = await server.secretariat.slash(
        server.channels["secretariat"], "member link", delegation=code, person=str(holder.person.id), **options
    )
    if asked.response is not None and account is None:
        await server.secretariat.click(asked.response, label="Confirm")


async def choose(desk: Desk, actor: Any, **options: str) -> None:
    general = desk.server.channels["general"]
    for command, name in (("settings reminders", "channel"), ("settings language", "language")):
        if name in options:
            await actor.slash(general, command, **{name: options[name]})


def plain(box: Mailbox) -> Sequence[str]:
    return [taken.message.get_body(("plain",)).get_content() for taken in box.taken]  # type: ignore[union-attr]


async def test_who_chose_to_be_written_nothing_is_sent_nothing_whatever_account_is_linked(posted: Posted) -> None:
    desk, box = posted
    ghana = await with_address(desk, "GH")
    own = desk.server.members["GH"]
    await choose(desk, own, channel="none")
    await link(desk.world, "GH", None)
    await desk.ask("note", person(ghana.id))
    await settled(desk, OutboxState.NOT_REACHED)
    await link(desk.world, "GH", desk.server.guest)
    await settled(desk, OutboxState.NOTICE)
    assert (await holder_of(desk.world, "GH")).person.channel == "none"
    await link(desk.world, "GH", None)
    await link(desk.world, "GH", own)
    await desk.ask("note", person(ghana.id), subject_id=2)
    await settled(desk, OutboxState.NOTICE, subject_id=2)
    assert box.taken == []


async def test_the_language_and_the_zone_that_somebody_chose_outlast_their_account(posted: Posted) -> None:
    desk, box = posted
    ghana = await with_address(desk, "GH")
    own = desk.server.members["GH"]
    await choose(desk, own, channel="email", language="fr")
    await own.slash(desk.server.channels["general"], "settings timezone", zone="Africa/Nairobi")
    await link(desk.world, "GH", None)
    await desk.ask("note", person(ghana.id))
    await settled(desk, OutboxState.SENT)
    [taken] = box.taken
    assert taken.message["Content-Language"] == "fr"
    assert (await holder_of(desk.world, "GH")).person.timezone == "Africa/Nairobi"
    # What the secretariat then writes down takes its place.
    await edit(desk.world, language="es", email="other@mfa.gov.gh")
    await desk.ask("note", person(ghana.id), subject_id=2)
    await settled(desk, OutboxState.SENT, subject_id=2)
    assert box.taken[-1].message["Content-Language"] == "es"


async def test_what_an_account_chose_before_it_was_linked_becomes_its_persons(posted: Posted) -> None:
    desk, box = posted
    ghana = await with_address(desk, "GH")
    guest = desk.server.guest
    await choose(desk, guest, channel="email")
    services = desk.world.bot.services
    assert (await services.settings.account(desk.guild_id, guest.id)).channel == "email"
    await choose(desk, desk.server.members["GH"], channel="none")
    await link(desk.world, "GH", None)
    assert (await services.settings.account(desk.guild_id, desk.server.members["GH"].id)).channel == "not_asked"
    await link(desk.world, "GH", guest)
    assert (await services.settings.account(desk.guild_id, guest.id)).channel == "email"
    await desk.ask("note", person(ghana.id))
    await settled(desk, OutboxState.SENT)
    assert len(box.taken) == 1


async def test_another_person_is_asked_anew_on_the_account_of_the_one_before(posted: Posted) -> None:
    desk, _ = posted
    own, general = desk.server.members["GH"], desk.server.channels["general"]
    asked = await own.slash(general, "about")
    assert "May the bot" in said(asked)
    await own.click(asked.followups[-1] if asked.followups else asked.response, label="Yes, write to me")
    assert (await holder_of(desk.world, "GH")).person.channel == "direct_message"
    assert "May the bot" not in said(await own.slash(general, "about"))
    await link(desk.world, "GH", None)
    await link(desk.world, "DK", None)
    await link(desk.world, "DK", own)
    assert (await holder_of(desk.world, "DK")).person.channel == "not_asked"
    assert "May the bot" in said(await own.slash(general, "about"))


async def test_the_secretariat_ends_a_stop_only_of_who_has_no_account(posted: Posted) -> None:
    desk, _ = posted
    await with_address(desk, "GH")
    own = desk.server.members["GH"]
    await choose(desk, own, channel="none")
    assert "settings reminders" in said(await edit(desk.world, email_allowed=True))
    assert (await holder_of(desk.world, "GH")).person.channel == "none"
    await link(desk.world, "GH", None)
    assert "how messages come" in said(await edit(desk.world, email_allowed=True))
    assert (await holder_of(desk.world, "GH")).person.takes_emails


@pytest.mark.parametrize("is_linked", [True, False])
async def test_the_choice_is_given_back_and_erased_with_its_person(posted: Posted, is_linked: bool) -> None:
    desk, _ = posted
    ghana = await with_address(desk, "GH")
    own, services = desk.server.members["GH"], desk.world.bot.services
    await choose(desk, own, channel="both", language="fr")
    if not is_linked:
        await link(desk.world, "GH", None)
    account = own.id if is_linked else None
    found = await services.privacy.everything(desk.guild_id, ghana.id, account)
    assert [(row["channel"], row["language"]) for row in found["person"]] == [("both", "fr")]
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.privacy.erase(tx, desk.guild_id, ghana.id, account, desk.now.date())
    gone = await services.members.person(desk.guild_id, ghana.id)
    assert gone is not None
    assert (gone.channel, gone.language, gone.timezone) == ("not_asked", None, None)


async def test_it_lasts_over_a_restart(posted: Posted, tmp_path: Path) -> None:
    desk, box = posted
    ghana = await with_address(desk, "GH", channel="none")
    await link(desk.world, "GH", None)
    await desk.restart()
    await switched_on(desk)
    await desk.ask("note", person(ghana.id))
    await settled(desk, OutboxState.NOT_REACHED)
    assert box.taken == []
