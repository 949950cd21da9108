"""The monthly digest for members: in their channel, and by e-mail to those who ask for it."""

from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.digests.conftest import add_day, at, choose, monthlies, rows, set_network, shown
from tests.patience import looks, moment
from tests.people import Person
from tests.resources.shelving import LINK, shelve
from tests.smtp.servers import Mailbox, mailbox
from tests.world import World, running_world, said

A_DAY = timedelta(days=1)
"""After it, January's digest has had its time."""
FEBRUARY = datetime(2026, 2, 2, 14, tzinfo=UTC)
"""09:00 in New York on the first working day of February."""
PREVENTION = "International Day of Commemoration"


async def slash(world: World, command: str, actor: Person | None = None, **options: Any) -> Any:
    server = world.server
    return await (actor or server.secretariat).slash(server.channels["general"], command, **options)


async def plan_meeting(world: World, guild_id: int, city: str, starts_on: date) -> None:
    services = world.bot.services
    with world.as_bot():
        async with services.transaction() as tx:
            await services.meetings.add(
                tx,
                guild_id,
                starts_on=starts_on,
                ends_on=starts_on + timedelta(days=1),
                city=city,
                country="BE",
                timezone="Europe/Brussels",
            )


async def test_it_is_shown_first_and_says_what_is_ahead_and_what_is_new_to_members(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        await world.travel(A_DAY)
        await slash(world, "resource list")
        asked = await slash(world, "setup digests", server.manager, monthly=True)
        assert "calls nobody" in said(asked)
        await world.restart()
        await server.manager.click(asked.response, label="Confirm")
        await world.travel(60)
        await shelve(world, {**LINK, "visibility": "members"})
        await plan_meeting(world, server.id, "Brussels", date(2026, 9, 3))
        options: dict[str, Any] = {
            "question": "Which month suits?",
            "options": "May; June",
            "closes": "2026-02-20 12:00",
        }
        poll = await slash(world, "poll create", **options)
        await server.secretariat.click(poll.response, label="Confirm")
        await world.travel_to(FEBRUARY + timedelta(minutes=1))
        (digest,) = monthlies(world)
        pressed = await server.members["GH"].click(digest, label="Open the calendar")
        assert "Brussels" in said(pressed)
    text = shown(digest)
    for part in ("February 2026", "Brussels", "3–4 September 2026", "Which month suits?", "Zebra handbook"):
        assert part in text
    assert PREVENTION not in text, "it is ten months away"
    assert text.index("Brussels") < text.index("Which month suits?") < text.index("Zebra handbook")
    assert not digest.role_mentions
    assert not monthlies(world, "announcements")


async def test_over_a_year_each_month_that_has_something_to_say_has_one_digest(world: World) -> None:
    server = world.server
    chance = Random(19)  # noqa: S311 - a test's choice
    await choose(world, monthly=True)
    await add_day(world, server.id, "Spring consultation", date(2026, 4, 20))
    for month in range(2, 13):
        if chance.random() < 0.5:
            await world.restart()
        await world.travel_to(at(date(2026, month, 1), 0))
        for day in (2, 4, 9):
            await world.travel_to(at(date(2026, month, day), chance.random() * 24))
            if chance.random() < 0.3:
                await world.restart()
        if month == 6:
            await slash(world, "setup defaults", server.manager, timezone="Tokyo")
        if month == 8:
            await choose(world, monthly=False)
            await choose(world, monthly=True)
    await world.travel_to(at(date(2027, 1, 20), 0))
    titles = [message.embeds[0].title or "" for message in reversed(monthlies(world))]
    expected = ["March 2026", "April 2026", "November 2026", "December 2026"]
    assert sorted(titles) == sorted(f"What is ahead: {month}" for month in expected)
    by_title = {message.embeds[0].title: shown(message) for message in monthlies(world)}
    assert "Spring consultation" in by_title["What is ahead: April 2026"]
    assert PREVENTION in by_title["What is ahead: December 2026"]
    kinds = [(row.kind, row.target) for row in await rows(world, server.id)]
    assert len(kinds) == len(set(kinds))


async def test_without_a_members_channel_it_says_only_what_everybody_may_read(world: World) -> None:
    server = world.server
    await world.travel(A_DAY)
    await set_network(world, server.id, members_channel_id=None, monthly_digest=True)
    async with world.speaking("en"):
        await slash(world, "resource list")
        await world.travel(60)
        await shelve(world, {**LINK, "visibility": "members"})
        await shelve(world, {**LINK, "url": "https://example.org/okapi", "title": "Okapi handbook"})
        await plan_meeting(world, server.id, "Brussels", date(2026, 9, 3))
        await world.travel_to(FEBRUARY + timedelta(minutes=1))
    (digest,) = monthlies(world, "announcements")
    text = shown(digest)
    assert "Okapi" in text
    assert "Brussels" in text
    assert "Zebra" not in text
    assert "Registration closes" not in text


async def test_the_network_reads_it_in_its_own_language(world: World) -> None:
    await world.travel(A_DAY)
    await set_network(world, world.server.id, language="fr", monthly_digest=True)
    await plan_meeting(world, world.server.id, "Brussels", date(2026, 9, 3))
    await world.travel_to(FEBRUARY + timedelta(minutes=1))
    (digest,) = [m for m in world.server.channels["members"].history() if m.embeds]
    assert "Bruxelles" in shown(digest)
    assert "février 2026" in (digest.embeds[0].title or "")


async def test_somebody_who_may_not_read_it_turns_it_on_without_seeing_it(world: World) -> None:
    async with world.speaking("en"):
        await plan_meeting(world, world.server.id, "Brussels", date(2026, 9, 3))
        asked = await slash(world, "setup digests", world.server.manager, monthly=True)
    assert "Brussels" not in said(asked)


@pytest.fixture
async def posted(tmp_path: Path) -> AsyncGenerator[tuple[World, Mailbox]]:
    async with mailbox() as (server, box):
        options: dict[str, Any] = {"smtp_url": f"smtp://127.0.0.1:{server.port}", "mail_from": "bot@network.example"}
        async with running_world(tmp_path / "focalbot.sqlite3", **options) as world:
            mail = world.bot.services.mail
            assert mail is not None
            mail.pause = 0
            await world.travel(A_DAY)
            reply_to = "secretariat@network.example"
            await set_network(world, world.server.id, email_enabled=True, email_reply_to=reply_to, monthly_digest=True)
            yield world, box


async def give_address(world: World, code: str) -> None:
    services = world.bot.services
    person = await services.members.person_of_account(world.server.id, world.server.members[code].id)
    assert person is not None
    with world.as_bot():
        async with services.transaction() as tx:
            await services.members.change_person(tx, world.server.id, person.id, email=f"{code.lower()}@mfa.example")


async def delivered(world: World, box: Mailbox, count: int) -> None:
    """Wait, in real time, until so many e-mails are there: a mail server does not follow SimCord's clock."""
    for _ in looks():
        await world.env.settle()
        if len(box.taken) >= count:
            return
        await moment()
    raise AssertionError(len(box.taken))


async def test_by_e_mail_it_comes_to_those_who_ask_in_their_own_language_once(posted: tuple[World, Mailbox]) -> None:
    world, box = posted
    server = world.server
    for code in ("GH", "DK", "CR"):
        await give_address(world, code)
    async with world.speaking("en"):
        assert "first working day" in said(await slash(world, "settings reminders", server.members["GH"], monthly=True))
    async with world.speaking("fr"):
        both = await slash(world, "settings reminders", server.members["DK"], channel="direct_message", monthly=True)
        assert "premier jour ouvrable" in said(both)
        await slash(world, "settings reminders", server.members["CR"], channel="none", monthly=True)
    await plan_meeting(world, server.id, "Brussels", date(2026, 9, 3))
    await shelve(world, {**LINK, "visibility": "members"})
    await world.travel_to(FEBRUARY + timedelta(minutes=1))
    await world.restart()
    mail = world.bot.services.mail
    assert mail is not None
    mail.pause = 0
    await world.travel(timedelta(minutes=30))
    await delivered(world, box, 2)
    await world.travel(timedelta(days=5))
    texts = {taken.recipients[0]: taken.message.get_body(("plain",)) for taken in box.taken}
    assert len(box.taken) == 2
    assert texts.keys() == {"gh@mfa.example", "dk@mfa.example"}
    english, french = (texts[f"{code}@mfa.example"].get_content() for code in ("gh", "dk"))  # type: ignore[union-attr]
    assert "Brussels" in english
    assert "Bruxelles" in french
    for text in (english, french):
        assert "example.org" not in text, "links may be for members only"
        assert "/settings reminders" in text


async def test_whoever_asks_reads_what_stands_in_the_way(world: World) -> None:
    server = world.server

    async def asked(actor: Person, **options: Any) -> str:
        return said(await slash(world, "settings reminders", actor, **options))

    async with world.speaking("en"):
        assert "sends no e-mails yet" in await asked(server.members["GH"], monthly=True)
        assert "no longer receive the monthly e-mail" in await asked(server.members["GH"], monthly=False)
        assert "This is for members" in await asked(server.guest, monthly=True)


async def test_a_meeting_that_does_not_invite_all_is_told_only_to_those_whom_it_invites(
    posted: tuple[World, Mailbox],
) -> None:
    world, box = posted
    server, services = world.server, world.bot.services
    for code in ("GH", "DK"):
        await give_address(world, code)
        await slash(world, "settings reminders", server.members[code], monthly=True)
    days = {"starts_on": date(2026, 9, 3), "ends_on": date(2026, 9, 4), "timezone": "Europe/Ljubljana"}
    with world.as_bot():
        async with services.transaction() as tx:
            await services.meetings.add(
                tx,
                server.id,
                **days,
                city="Ljubljana",
                country="SI",
                kind="regional",
                region="europe",
                invited=("DK",),
                is_public=False,
            )
    await plan_meeting(world, server.id, "Brussels", date(2026, 10, 3))
    await world.travel_to(FEBRUARY + timedelta(minutes=30))
    await delivered(world, box, 2)
    (digest,) = monthlies(world)
    assert "Brussels" in shown(digest)
    assert "Ljubljana" not in shown(digest)
    texts = {taken.recipients[0]: taken.content.decode() for taken in box.taken}
    assert "Ljubljana" in texts["dk@mfa.example"]
    assert "Ljubljana" not in texts["gh@mfa.example"]
    async with world.speaking("en"):
        assert "Ljubljana" in said(await slash(world, "calendar show", server.members["DK"]))
        assert "Ljubljana" not in said(await slash(world, "calendar show", server.members["GH"]))
        assert "Ljubljana" not in said(await slash(world, "calendar show", server.guest))
        assert "Ljubljana" in said(await slash(world, "calendar show"))
