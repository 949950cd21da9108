"""In which language the bot answers, and how one account is two readers in two networks."""

import discord
import pytest

from tests.world import Server, World, labels, said

WORDS = {"en": "regional organisations", "fr": "organisations régionales", "es": "organizaciones regionales"}


async def about(world: World, server: Server, locale: str) -> str:
    async with world.speaking(locale):
        text = said(await server.guest.slash(server.channels["general"], "about"))
    (language,) = [language for language, words in WORDS.items() if words in text]
    return language


async def network_speaks(world: World, language: str | None) -> None:
    services = world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(tx, world.server.id, language=language)


@pytest.mark.parametrize(
    ("locale", "language"),
    [("es-419", "es"), ("es-ES", "es"), ("en-US", "en"), ("en-GB", "en"), ("fr", "fr")],
)
async def test_discords_language_is_followed(world: World, locale: str, language: str) -> None:
    await network_speaks(world, "en" if language != "en" else "fr")
    assert await about(world, world.server, locale) == language


async def test_a_choice_goes_before_discords_language_and_that_before_the_networks(world: World) -> None:
    await network_speaks(world, "fr")
    assert await about(world, world.server, "de") == "fr", "no working language: the network's"
    assert await about(world, world.server, "es-419") == "es"
    await world.server.guest.slash(world.server.channels["general"], "settings language", language="en")
    assert await about(world, world.server, "es-419") == "en"
    assert await about(world, world.server, "de") == "en"
    await world.restart()
    assert await about(world, world.server, "es-ES") == "en"


async def test_without_any_choice_the_bot_speaks_english(world: World) -> None:
    await network_speaks(world, None)
    assert await about(world, world.server, "ja") == "en"


async def test_one_account_is_two_readers_in_two_networks(world: World) -> None:
    user = world.env.create_user("at home in two networks")
    here, there = world.server, world.other
    choices = [(here, "fr", "Accra", "Africa/Accra"), (there, "es", "Tokyo", "Asia/Tokyo")]
    joined = [(server, server.join(user), *chosen) for server, *chosen in choices]
    for server, actor, language, city, _ in joined:
        await actor.slash(server.channels["general"], "settings language", language=language)
        await actor.slash(server.channels["general"], "settings timezone", zone=city)
    await world.restart()
    for server, actor, language, _, zone in joined:
        text = said(await actor.slash(server.channels["general"], "about"))
        assert WORDS[language] in text
        chosen = await world.bot.services.settings.account(server.id, actor.id)
        assert (chosen.language, chosen.timezone) == (language, zone)


GREETING = {"fr": "Bonjour", "es-ES": "¡Hola!", "es-419": "¡Hola!", "de": "Hello"}


@pytest.mark.parametrize("locale", GREETING)
async def test_a_server_is_greeted_in_its_language_where_the_bot_may_write(world: World, locale: str) -> None:
    guild = world.env.create_guild("A third server", preferred_locale=locale)
    silent = discord.PermissionOverwrite(send_messages=False)
    closed = guild.create_text_channel("rules", overwrites={guild.default_role: silent})
    hidden = guild.create_text_channel(
        "hidden", overwrites={guild.default_role: discord.PermissionOverwrite(view_channel=False)}
    )
    lobby = guild.create_text_channel("lobby")
    guild.create_text_channel("another")
    await world.restart()
    assert closed.history() == []
    assert hidden.history() == []
    (greeting,) = lobby.history()
    assert "/setup roles" in greeting.content
    assert greeting.content.startswith(GREETING[locale]), greeting.content


async def test_each_choice_is_said_back_as_a_sentence_says_it(world: World) -> None:
    member, channel = world.server.members["GH"], world.server.channels["general"]
    answer = said(await member.slash(channel, "settings language", language="fr"))
    assert answer.startswith("Désormais, le bot vous répond en français.")
    accepted = said(await member.slash(channel, "settings reminders", channel="direct_message"))
    assert "entre 8\u00a0h et 20\u00a0h (New York)" in accepted
    await member.slash(channel, "settings timezone", zone="Africa/Accra")
    accepted = said(await member.slash(channel, "settings reminders", channel="direct_message"))
    assert "(Accra)" in accepted


async def test_who_types_no_choice_reads_theirs_and_changes_it_with_a_button(world: World) -> None:
    member, channel = world.server.members["GH"], world.server.channels["general"]
    shown = await member.slash(channel, "settings reminders")
    assert "not yet decided" in said(shown)
    assert shown.response is not None
    assert labels(shown.response.message) == ["Yes, write to me", "No, never"]
    assert shown.followups == [], "not asked a second time"
    await member.click(shown.response, label="Yes, write to me")
    assert "by direct message" in said(await member.slash(channel, "settings reminders"))
