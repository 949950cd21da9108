"""Who asks: what Discord says of them, and what the network has on them, on a real file."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.clock import Clock
from bot.identify import Source, identify, network_reader, reader_of_person
from bot.services import Services
from bot.settings import Settings
from storage.members.models import Person
from tests.empty_database import open_empty
from tests.payloads import guild, interaction, joined, member, role

SERVER, ELSEWHERE, STAFF, ACCOUNT = 7, 8, 11, 55
ROLES = (role(SERVER, "@everyone", 0), role(STAFF, "Secretariat", 1))
HERE, THERE = guild(SERVER, ROLES), guild(ELSEWHERE, (role(ELSEWHERE, "@everyone", 0), role(STAFF, "Secretariat", 1)))
AMA = Source(joined(HERE, ACCOUNT, "ama"), "en-US", SERVER, False)


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    path = tmp_path / "focalbot.sqlite3"
    database = await open_empty(path)
    defaults: Any = {"_env_file": None, "default_language": "es", "default_timezone": "America/Lima"}
    yield Services.over(database, Clock(), Settings(database_path=path, **defaults))
    await database.close()


async def change(services: Services, account: dict[str, str] | None = None, **network: Any) -> None:
    async with services.transaction() as tx:
        if network:
            await services.settings.change_network(tx, SERVER, **network)
        if account:
            await services.settings.change_account(tx, SERVER, ACCOUNT, **account)


def test_what_discord_says_is_read_from_the_interaction() -> None:
    for permissions, manages in ((1 << 5, True), (1 << 3, False)):
        source = Source.of(interaction(HERE, member(ACCOUNT, "ama", STAFF), locale="fr", permissions=permissions))
        assert (source.account.id, source.locale, source.guild_id) == (ACCOUNT, "fr", SERVER)
        assert source.manages_server is manages


def test_a_direct_message_says_who_wrote_it_and_nothing_else() -> None:
    message = cast(discord.Message, SimpleNamespace(author=AMA.account))
    assert Source.of_direct_message(message) == Source(AMA.account, None, None, False)
    assert Source.of_direct_message(message).manages_server is False


async def test_a_stranger_is_nobody_yet_and_reads_as_their_discord(services: Services) -> None:
    asker = await identify(services, replace(AMA, locale="fr"), SERVER)
    assert (asker.guild_id, asker.account_id, asker.person, asker.appointments) == (SERVER, ACCOUNT, None, ())
    assert (asker.is_secretariat, asker.manages_server) == (False, False)
    assert (asker.reader.language, asker.reader.zone) == ("fr", "America/Lima")
    assert asker.reader.command_ids is services.command_ids


async def test_their_locale_is_remembered_as_their_own_change(services: Services) -> None:
    for locale in ("fr", "fr", "es-ES"):
        await identify(services, replace(AMA, locale=locale), SERVER)
        assert (await services.settings.account(SERVER, ACCOUNT)).locale == locale
    assert (await services.settings.account(ELSEWHERE, ACCOUNT)).locale != "es-ES"


@pytest.mark.parametrize(
    ("locale", "own", "network", "language"),
    [
        ("en-US", {"language": "fr"}, "es", "fr"),
        ("fr", {}, "en", "fr"),
        ("ja", {}, "fr", "fr"),
        ("ja", {}, None, "es"),
    ],
)
async def test_a_language_is_their_own_or_their_discords_or_the_networks(
    services: Services, locale: str, own: dict[str, str], network: str | None, language: str
) -> None:
    await change(services, own, language=network)
    assert (await identify(services, replace(AMA, locale=locale), SERVER)).reader.language == language


async def test_a_zone_is_their_own_or_their_entrys_or_the_networks(services: Services) -> None:
    await change(services, timezone="Europe/Paris")
    assert (await identify(services, AMA, SERVER)).reader.zone == "Europe/Paris"
    async with services.transaction() as tx:
        await services.members.add_person(tx, SERVER, "Ama", account_id=ACCOUNT, timezone="Africa/Accra")
    assert (await identify(services, AMA, SERVER)).reader.zone == "Africa/Accra"
    await change(services, {"timezone": "Asia/Seoul"})
    assert (await identify(services, AMA, SERVER)).reader.zone == "Asia/Seoul"


async def test_the_posts_of_today_are_theirs(services: Services) -> None:
    today = services.clock.today("America/Lima")
    async with services.transaction() as tx:
        person = await services.members.add_person(tx, SERVER, "Ama", account_id=ACCOUNT)
        seats = [
            await services.members.add_delegation(tx, SERVER, code, "state", date(2020, 1, 1)) for code in ("GH", "DK")
        ]
        days = (today - timedelta(days=9), today + timedelta(days=9))
        posts = [
            await services.members.appoint(tx, SERVER, seat, person, "adviser", day)
            for seat, day in zip(seats, days, strict=True)
        ]
    asker = await identify(services, AMA, SERVER)
    assert asker.person is not None
    assert asker.person.id == person
    assert [post.id for post in asker.appointments] == posts[:1]


async def test_only_the_role_held_on_this_server_makes_somebody_the_secretariat(services: Services) -> None:
    staff = replace(AMA, account=joined(HERE, ACCOUNT, "ama", STAFF))
    assert not (await identify(services, staff, SERVER)).is_secretariat, "the role has not been named"
    await change(services, secretariat_role_id=STAFF)
    assert (await identify(services, staff, SERVER)).is_secretariat
    assert not (await identify(services, AMA, SERVER)).is_secretariat
    by_message = replace(staff, account=joined(HERE, ACCOUNT, "ama", STAFF)._user, guild_id=None)
    assert not (await identify(services, by_message, SERVER)).is_secretariat
    await change(services, secretariat_role_id=SERVER)
    assert not (await identify(services, staff, SERVER)).is_secretariat, "everybody would be"


async def test_what_somebody_may_on_another_server_counts_for_nothing_here(services: Services) -> None:
    await change(services, secretariat_role_id=STAFF)
    elsewhere = Source(joined(THERE, ACCOUNT, "ama", STAFF), "en-US", ELSEWHERE, True)
    asker = await identify(services, elsewhere, SERVER)
    assert (asker.is_secretariat, asker.manages_server) == (False, False)
    assert asker.reader.command_ids is not services.command_ids
    assert (await identify(services, replace(AMA, manages_server=True), SERVER)).manages_server


async def test_the_network_reads_as_it_chose_or_as_the_operator_did(services: Services) -> None:
    reader = network_reader(services, await services.settings.network(SERVER))
    assert (reader.language, reader.zone) == ("es", "America/Lima")
    await change(services, language="fr", timezone="Europe/Paris")
    reader = network_reader(services, await services.settings.network(SERVER))
    assert (reader.language, reader.zone) == ("fr", "Europe/Paris")
    assert reader.command_ids is services.command_ids


async def test_a_claim_that_nobody_has_confirmed_gives_no_post_yet(services: Services) -> None:
    async with services.transaction() as tx:
        person = await services.members.add_person(tx, SERVER, "Ama", timezone="Africa/Accra")
        seat = await services.members.add_delegation(tx, SERVER, "GH", "state", date(2020, 1, 1))
        post = await services.members.appoint(tx, SERVER, seat, person, "adviser", date(2020, 1, 1))
        assert await services.claims.add(tx, SERVER, person, seat, ACCOUNT, gathered=timedelta(hours=1), at_most=8)
    asker = await identify(services, AMA, SERVER)
    assert (asker.person, asker.appointments, asker.reader.zone) == (None, (), "America/Lima")
    assert [held.id for held in asker.claimed or ()] == [post]
    async with services.transaction() as tx:
        await services.members.link_account(tx, SERVER, person, ACCOUNT)
    asker = await identify(services, AMA, SERVER)
    assert ([held.id for held in asker.appointments], asker.claimed) == ([post], None)


@pytest.mark.parametrize(
    ("account", "languages", "zone", "reads"),
    [
        (None, (), None, ("es", "Europe/Paris")),
        (None, ("da", "fr", "en"), None, ("fr", "Europe/Paris")),
        (None, ("da",), "Africa/Accra", ("es", "Africa/Accra")),
        (ACCOUNT, ("fr",), None, ("en", "Europe/Paris")),
        (ACCOUNT, ("fr",), "Africa/Accra", ("en", "Africa/Accra")),
        (66, ("da",), None, ("es", "Europe/Paris")),
        # An account that has never used the bot.
        (66, ("da", "fr"), None, ("fr", "Europe/Paris")),
    ],
)
async def test_a_person_reads_as_the_account_does_or_the_first_language_that_the_bot_speaks(
    services: Services, account: int | None, languages: tuple[str, ...], zone: str | None, reads: tuple[str, str]
) -> None:
    await change(services, language="es", timezone="Europe/Paris")
    await identify(services, replace(AMA, locale="en-US"), SERVER)
    person = Person(1, SERVER, "Ama", languages=languages, timezone=zone, account_id=account)
    reader = await reader_of_person(services, await services.settings.network(SERVER), person)
    assert (reader.language, reader.zone) == reads


@pytest.mark.parametrize("account", [None, 66])
async def test_what_a_person_once_chose_comes_before_the_languages_of_the_directory(
    services: Services, account: int | None
) -> None:
    await change(services, language="es")
    person = Person(1, SERVER, "Ama", languages=("en",), account_id=account, language="fr")
    reader = await reader_of_person(services, await services.settings.network(SERVER), person)
    assert reader.language == "fr"
