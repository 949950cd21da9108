"""What makes the test network as untidy as a real one, beside the delegations of 2011."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from bot.services import Services
from storage.database import Transaction
from tests.people import Person

VACANT: Final = "LV"
"""A delegation whose seat nobody holds."""
UNREACHED: Final = "OAS"
"""An organisation whose only focal point has no account on the server."""
PAIR: Final = "LU"
"""A delegation with two appointees; Discord refuses direct messages to the second."""
LEAVING: Final = "MT"
"""A delegation whose focal point leaves at the end of the year; the successor has no account yet."""
ORGANISATION: Final = "EU"
UNTIDY: Final = (ORGANISATION, PAIR, LEAVING, UNREACHED, VACANT)
SINCE, LEAVES, FOLLOWS = date(2019, 9, 1), date(2026, 12, 31), date(2027, 1, 1)


@dataclass(frozen=True, slots=True)
class Untidy:
    """Those who are unlike the others: two accounts, and two ids of persons without one."""

    refusing: Person
    """Alternate of ``PAIR``: asked for no direct messages, and Discord refuses them."""
    two_posts: Person
    """Adviser of ``ORGANISATION`` and of ``LEAVING`` at once."""
    without_account: int
    """The person who holds the seat of ``UNREACHED``."""
    successor: int
    """The person who follows in ``LEAVING``, from ``FOLLOWS``."""


async def seed_untidy(
    services: Services, tx: Transaction, guild_id: int, members: dict[str, Person], refusing: Person, two_posts: Person
) -> Untidy:
    """Add the untidy delegations. ``members`` speak for ``ORGANISATION``, ``PAIR`` and ``LEAVING``, one each."""
    directory = services.members

    async def person(name: str, account: Person | None = None) -> int:
        return await directory.add_person(tx, guild_id, name, account_id=account.id if account else None)

    async def appoint(code: str, person_id: int, role: str, starts_on: date, ends_on: date | None = None) -> None:
        await directory.appoint(tx, guild_id, seats[code], person_id, cast(Any, role), starts_on, ends_on)

    seats: dict[str, int] = {}
    for code in UNTIDY:
        kind = "organisation" if code in {ORGANISATION, UNREACHED} else "state"
        seats[code] = await directory.add_delegation(tx, guild_id, code, kind, SINCE)
    for code, actor in members.items():
        ends_on = LEAVES if code == LEAVING else None
        await appoint(code, await person(f"Speaker of {code}", actor), "focal_point", SINCE, ends_on)
    await appoint(PAIR, await person("Luc Refuse", refusing), "alternate", SINCE)
    both = await person("Dora Two Posts", two_posts)
    await appoint(ORGANISATION, both, "adviser", SINCE)
    await appoint(LEAVING, both, "adviser", SINCE)
    without_account, successor = await person("Ana Ruiz"), await person("Maria Vella")
    await appoint(UNREACHED, without_account, "mission", SINCE)
    await appoint(LEAVING, successor, "focal_point", FOLLOWS)
    await services.settings.change_account(tx, guild_id, refusing.id, channel="none")
    return Untidy(refusing, two_posts, without_account, successor)
