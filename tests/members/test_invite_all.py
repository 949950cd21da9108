"""Codes for everybody without an account, as a file for the secretariat's own mail program."""

import csv
import io
import re

import pytest
from simcord.results import InteractionResult

from tests.members.claiming import claim, invited
from tests.members.test_seats_posts import office
from tests.world import World, said


async def add(world: World, name: str, email: str, *, language: str = "", seat: str = "Ghana") -> None:
    await office(world, "appoint", delegation=seat, name=name, role="adviser")
    with world.as_bot():
        async with world.bot.services.transaction() as tx:
            await tx.execute(
                "UPDATE person SET email = ?, languages = json(?) WHERE name = ?",
                (email, f'["{language}"]' if language else "[]", name),
            )


async def link_set(world: World, *, max_age: int = 0) -> str:
    invite = world.env.backend.create_invite(
        world.server.channels["general"].id, world.server.manager.id, max_age=max_age
    )
    general = world.server.channels["general"]
    await world.server.manager.slash(general, "setup invitation", link=f"https://discord.gg/{invite.code}")
    return f"https://discord.gg/{invite.code}"


async def rows_of(result: InteractionResult) -> list[dict[str, str]]:
    assert result.response is not None
    (file,) = result.response.attachments
    assert re.fullmatch(r"invitations-2025-12-31\.csv", file.filename)
    return list(csv.DictReader(io.StringIO((await file.read()).decode("utf-8-sig"))))


async def made(world: World, **options: object) -> list[dict[str, str]]:
    asked = await office(world, "invite", **options)
    done = await world.server.secretariat.click(asked.response, label="Confirm")
    return await rows_of(done)


async def test_everybody_without_an_account_gets_a_code_that_opens(world: World) -> None:
    link = await link_set(world)
    await add(world, "Ama Mensah", "ama@example.org")
    await add(world, "Yves Bah", "yves@example.org", language="fr")
    await add(world, "No Address", "")
    await add(world, "No Mail", "quiet@example.org")
    with world.as_bot():
        async with world.bot.services.transaction() as tx:
            await tx.execute("UPDATE person SET email_allowed = 0 WHERE name = 'No Mail'")
    asked = await office(world, "invite", delegation="Ghana")
    assert "2 people have no e-mail address" in said(asked)
    first, second = sorted(await made(world, delegation="Ghana"), key=lambda row: row["name"])
    assert [first["email"], second["email"]] == ["ama@example.org", "yves@example.org"]
    assert [first["language"], second["language"]] == ["en", "fr"]
    for row in (first, second):
        assert link in row["body"]
        assert "Global Network of R2P Focal Points" in row["body"]
        assert "/member claim" in row["body"]
    assert "authentique" in second["body"]
    found = re.search(r"\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){4}\b", first["body"])
    assert found is not None
    newcomer = world.add_member(world.server, "ama")
    assert "Ama Mensah" in said(await claim(world, newcomer, found[0]))


async def test_the_preview_shows_no_code_and_replaces_nothing_before_confirm(world: World) -> None:
    old = await invited(world)
    await add(world, "Kofi Addo", "=kofi@example.org")
    with world.as_bot():
        async with world.bot.services.transaction() as tx:
            await tx.execute("UPDATE person SET email = 'ama@example.org' WHERE name = 'Ama Mensah'")
    await office(world, "invite", delegation="Ghana")
    newcomer = world.add_member(world.server, "ama")
    assert "Ama Mensah" in said(await claim(world, newcomer, old))
    rows = await made(world, delegation="Ghana")
    assert "'=kofi@example.org" in [row["email"] for row in rows]
    assert "A newer code" in said(await claim(world, newcomer, old))


async def test_a_link_that_expires_before_the_codes_is_said(world: World) -> None:
    await link_set(world, max_age=3600)
    await add(world, "Ama Mensah", "ama@example.org")
    assert "/setup invitation" in said(await office(world, "invite", delegation="Ghana"))
    await world.travel(7200)
    assert "has expired" in said(await office(world, "invite", delegation="Ghana"))


@pytest.mark.parametrize("link", ["https://example.org/x", "discord.gg/unknown"])
async def test_what_is_not_an_invitation_of_this_server_is_refused(world: World, link: str) -> None:
    general = world.server.channels["general"]
    refused = said(await world.server.manager.slash(general, "setup invitation", link=link))
    assert "invitation" in refused
    assert (await world.bot.services.settings.network(world.server.id)).invitation_link is None


async def test_an_invitation_of_another_server_is_refused(world: World) -> None:
    invite = world.env.backend.create_invite(world.other.channels["general"].id, world.other.manager.id)
    general = world.server.channels["general"]
    refused = said(await world.server.manager.slash(general, "setup invitation", link=f"discord.gg/{invite.code}"))
    assert "another server" in refused


async def test_a_person_needs_a_delegation_and_nobody_left_is_said(world: World) -> None:
    assert "`delegation`" in said(await office(world, "invite", person="Ama Mensah"))
    assert "linked account already" in said(await office(world, "invite", delegation="Ghana"))
