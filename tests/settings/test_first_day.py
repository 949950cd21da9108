"""The first day of a network: nothing is there yet, and every answer says what comes next."""

import pytest

from tests.members.spreadsheet import focal_point, sheet
from tests.world import Server, World, build_server, said


@pytest.fixture
async def newcomers(world: World) -> Server:
    """A server that the bot has just joined, with its roles, channels and contact named."""
    server = build_server(world.env, "A new network")
    await world.restart()
    async with world.bot.services.transaction() as tx:
        await world.bot.services.settings.change_network(
            tx,
            server.id,
            secretariat_role_id=server.secretariat_role.id,
            member_role_id=server.member_role.id,
            announcements_channel_id=server.channels["announcements"].id,
            members_channel_id=server.channels["members"].id,
            secretariat_channel_id=server.channels["secretariat"].id,
            privacy_contact="privacy@example.org",
        )
    return server


async def asked(server: Server, command: str, **options: str) -> str:
    return said(await server.secretariat.slash(server.channels["general"], command, **options))


async def test_a_server_that_is_set_up_is_told_to_fill_its_directory(world: World, newcomers: Server) -> None:
    shown = said(await newcomers.manager.slash(newcomers.channels["general"], "setup show"))
    assert "There is nothing to put right" in shown
    for command in ("/member import", "/member appoint", "/member invite"):
        assert command in shown
    settled = said(await world.server.manager.slash(world.server.channels["general"], "setup show"))
    assert "/member import" not in settled


async def test_an_empty_directory_says_how_to_fill_it(newcomers: Server) -> None:
    for command in ("member list", "member overview"):
        shown = await asked(newcomers, command)
        assert "The directory is empty" in shown
        for way in ("/member export", "/member import", "/member appoint"):
            assert way in shown
        assert "No delegation matches" not in shown
        assert "Every seat is filled" not in shown


async def test_empty_lists_tell_the_secretariat_how_to_begin(newcomers: Server) -> None:
    assert "/webinar schedule" in await asked(newcomers, "webinar list")
    assert "/webinar schedule" in await asked(newcomers, "webinar calendar")
    assert "/poll create" in await asked(newcomers, "poll list")
    assert "members propose one with `/topic propose`" in await asked(newcomers, "topic list")


async def test_guests_are_not_told_to_announce_a_webinar(newcomers: Server) -> None:
    for command in ("webinar list", "webinar calendar"):
        shown = said(await newcomers.guest.slash(newcomers.channels["general"], command))
        assert "No webinar is planned yet." in shown
        assert "/webinar schedule" not in shown


async def test_where_there_is_none_yet_nobody_is_sent_to_a_list(newcomers: Server) -> None:
    assert "There is no webinar yet" in await asked(newcomers, "webinar show", webinar="prevention")
    assert "There is no poll yet" in await asked(newcomers, "poll results", poll="prevention")


async def test_a_seat_read_in_today_is_not_quiet(newcomers: Server) -> None:
    file = ("directory.csv", sheet(focal_point("GH", "Ama Owusu")))
    read = said(await newcomers.secretariat.slash(newcomers.channels["general"], "member import", file=file))
    assert "1 term added" in read
    shown = await asked(newcomers, "member overview")
    assert "People without a linked account: 1" in shown
    assert "No recorded activity" not in shown
