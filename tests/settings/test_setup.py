from tests.world import World, said


async def test_a_server_without_settings_is_greeted_once(world: World) -> None:
    guild = world.env.create_guild("A third server")
    channel = guild.create_text_channel("lobby")
    await world.restart()
    await world.restart()
    greetings = [m for m in channel.history() if "/setup roles" in m.content]
    assert len(greetings) == 1


async def test_setup_keeps_what_is_left_out(world: World) -> None:
    server = world.server
    answer = await server.manager.slash(
        server.channels["general"], "setup channels", members=server.channels["general"]
    )
    assert "All is in order" not in said(answer)
    network = await world.bot.services.settings.network(server.id)
    assert network.members_channel_id == server.channels["general"].id
    assert network.announcements_channel_id == server.channels["announcements"].id


async def test_language_speaks_at_once(world: World) -> None:
    server = world.server
    answer = await server.guest.slash(server.channels["general"], "settings language", language="fr")
    assert "en français" in said(answer)


async def test_show_names_what_is_set(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        answer = await server.manager.slash(server.channels["general"], "setup show")
    assert "Secretariat role" in said(answer)


async def test_the_country_of_the_secretariat_is_that_of_its_zone_until_it_is_named(world: World) -> None:
    server, channel = world.server, world.server.channels["general"]
    await server.manager.slash(channel, "setup defaults", timezone="Brussels")
    assert "Belgium" in said(await server.manager.slash(channel, "setup show"))
    refused = await server.manager.slash(channel, "setup defaults", country="Atlantis")
    assert "Atlantis" in said(refused)
    assert "Denmark" in said(await server.manager.slash(channel, "setup defaults", country="Danemark"))
    assert (await world.bot.services.settings.network(server.id)).country == "DK"
