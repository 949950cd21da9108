"""The link to join reaches members alone, however it is spelled and whenever a message is read."""

from datetime import timedelta

import pytest

from tests.people import Person
from tests.webinars import staging
from tests.world import World, said

MOVED = "https://meet.example.org/another-room"


@pytest.mark.parametrize(
    ("link", "spelled"),
    [
        ("https://Meet.Example.org/r2p-room", "https://Meet.Example.org/r2p-room"),
        (staging.LINK, "HTTPS://MEET.EXAMPLE.ORG/r2p-room"),
        (
            "https://meet.example.org/j/7?utm_source=mail&pwd=s3cret",
            "https://meet.example.org/j/7?utm_source=mail&pwd=s3cret",
        ),
        ("https://meet.example.org/#room=7", "https://meet.example.org/#room=7"),
    ],
)
async def test_a_link_in_the_description_is_refused_in_any_spelling(world: World, link: str, spelled: str) -> None:
    answer = await staging.schedule(world, link=link, description=f"Join us at {spelled} in time.")
    assert "take it out there" in said(answer)


async def test_a_reason_with_the_link_is_refused(world: World) -> None:
    webinar = await staging.scheduled(world)
    answer = await staging.command(world, "cancel", webinar=f"#{webinar.id}", reason=f"See you at {staging.LINK}")
    assert "take it out there" in said(answer)


async def end_of_term(world: World, member: Person) -> None:
    """Let the terms of a member end yesterday."""
    services = world.bot.services
    yesterday = world.env.now().date() - timedelta(days=2)
    async with services.transaction() as tx:
        for held in await services.members.appointments_of_account(world.server.id, member.id):
            await services.members.change_appointment(tx, world.server.id, held.id, ends_on=yesterday)


async def test_details_of_an_old_message_do_not_give_a_former_member_the_new_link(world: World) -> None:
    webinar = await staging.scheduled(world)
    await staging.accept_direct_messages(world, "DK")
    member = world.server.members["DK"]
    await member.click(staging.posted(world)[0], label="Attending")
    await staging.until(world, staging.STARTS_AT - timedelta(hours=23))
    [message] = staging.inbox(member)
    assert staging.LINK in message.content
    assert staging.LINK in said(await member.user.click(message, label="Details"))
    await end_of_term(world, member)
    services = world.bot.services
    async with services.transaction() as tx:
        await services.webinars.change(tx, world.server.id, webinar.id, webinar.sequence, {"link": MOVED})
    shown = said(await member.user.click(message, label="Details"))
    assert MOVED not in shown
    assert "no post in the directory today" in shown


async def test_a_notice_that_waits_does_not_give_a_former_member_the_link(world: World) -> None:
    await staging.scheduled(world)
    member = world.server.members["DK"]
    await member.click(staging.posted(world)[0], label="Attending")
    await staging.until(world, staging.STARTS_AT - timedelta(hours=23))
    await end_of_term(world, member)
    shown = await member.slash(world.server.channels["general"], "about")
    assert staging.LINK not in said(shown)
