"""What each network's digests owe. No role of its own: rows of the outbox, planned at the start and by settings."""

from collections.abc import Sequence
from typing import Final

from bot import working_days
from bot.outbox import MEMBERS, PEOPLE, SECRETARIAT, Owed
from bot.services import Services
from bot.workplaces import Workplace, workplace_of_secretariat
from cogs.digests.rules import SUBJECT, months, weeks
from storage.models import Network

NETWORK: Final = 0
"""The subject id of the digests: there is one plan for each network."""


def workplace_of_network(services: Services, network: Network) -> Workplace:
    """Return where a network's secretariat works."""
    return workplace_of_secretariat(services.zone(network), network.country)


def owed_by(services: Services, network: Network) -> Sequence[Owed]:
    """Return the digests of the time around now, as the network has chosen. The holidays have been read."""
    now = services.clock.now()
    owed: list[Owed] = []
    if network.weekly_digest and network.secretariat_channel_id is not None:
        owed += [Owed(kind, due, SECRETARIAT) for kind, due in weeks(now, services.zone(network))]
    if network.monthly_digest:
        for kind, due in months(now, workplace_of_network(services, network)):
            owed += [Owed(kind, due, MEMBERS), Owed(kind, due, PEOPLE)]
    return owed


async def plan_all(services: Services) -> None:
    """Owe the digests of every network, at each start."""
    for guild_id in await services.settings.networks_with_digests():
        await plan_network(services, guild_id)


async def plan_network(services: Services, guild_id: int) -> None:
    """Owe a network's digests, from what they are now."""
    await working_days.load()
    async with services.transaction() as tx:
        await services.outbox.plan_again(tx, guild_id, SUBJECT)
