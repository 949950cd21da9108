"""A network to be measured: delegations with their people, webinars, a meeting, and a shelf of links."""

from datetime import date, timedelta
from typing import Any, Final, cast

from bot.services import Services
from bot.shelf.words import search_text
from storage.database import Transaction
from storage.resources.models import NewResource

GUILD, CHANNEL, ROLE, ACCOUNT, MEMBER_ROLE = 1, 2, 3, 4, 5
DAY: Final = 86_400
_TITLES: Final = 40
"""Titles of links that differ in more than their number."""


async def furnish(services: Services, seats: int, webinars: int, links: int) -> None:
    """Fill the network: ``seats`` delegations of three people each, so many webinars and links, and a meeting."""
    async with services.transaction() as tx:
        await services.settings.change_network(tx, GUILD, secretariat_role_id=ROLE, member_role_id=MEMBER_ROLE)
        # A person who has not chosen is asked after the first answer: a message that is not measured.
        await services.settings.change_account(tx, GUILD, ACCOUNT, channel="none")
        await _seat(services, tx, seats)
    async with services.transaction() as tx:
        now = int(services.clock.now().timestamp())
        await tx.execute_many(
            "INSERT INTO webinar (guild_id, created_at, title, starts_at, minutes, timezone, link, reminders)"
            " VALUES (?, 0, ?, ?, 60, 'UTC', 'https://example.org', '')",
            # Ten are ahead; every fourth day there was one.
            [(GUILD, f"Webinar {n} on prevention", now + (10 - n) * 4 * DAY + 60) for n in range(webinars)],
        )
        await _plan_meeting(services, tx)
        if links:
            await _shelve(services, tx, links)


async def _seat(services: Services, tx: Transaction, seats: int) -> None:
    codes = [f"{a}{b}{c}" for a in "ABCDEFGHIJ" for b in "ABCDEFGHIJ" for c in "ABCDEFGHIJ"][: seats - 1]
    for number, code in enumerate(["GH", *codes]):
        seat = await services.members.add_delegation(tx, GUILD, code, "organisation")
        for role in ("focal_point", "alternate", "mission"):
            account = ACCOUNT if (number, role) == (0, "focal_point") else None
            skills = ("early warning", "mediation", f"subject {number % 40}")
            person = await services.members.add_person(
                tx, GUILD, f"Person {code} {role}", account_id=account, languages=("en", "fr"), expertise=skills
            )
            await services.members.appoint(
                tx, GUILD, seat, person, cast(Any, role), date(2011, 5, 17), ministry=f"Ministry {number}"
            )


async def _plan_meeting(services: Services, tx: Transaction) -> None:
    first = services.clock.now().date() + timedelta(days=90)
    planned: dict[str, Any] = {"number": 14, "starts_on": first, "ends_on": first + timedelta(days=1)}
    await services.meetings.add(tx, GUILD, city="Accra", country="GH", timezone="Africa/Accra", **planned)


async def _shelve(services: Services, tx: Transaction, links: int) -> None:
    # Their words are worked out once for each title: that takes longer than all that is measured.
    titles = [f"Report of part {part} on the prevention of atrocities" for part in range(_TITLES)]
    texts = [search_text(NewResource("https://example.org", title, "research", year=2020)) for title in titles]
    shelved = (
        (
            NewResource(f"https://example.org/{n}", f"{titles[n % _TITLES]}, {n}", "research", year=2000 + n % 27),
            f"example.org/{n}",
            texts[n % _TITLES],
        )
        for n in range(links)
    )
    await services.shelf.resources.open_shelf(tx, GUILD, shelved)
