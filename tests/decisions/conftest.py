from datetime import date

import pytest

from tests.decisions.floor import BEGINS, DECIDING, Floor
from tests.world import World


@pytest.fixture
async def floor(world: World) -> Floor:
    """The silence procedures of the network of 2011, whose secretariat works in Brussels, on a Monday morning."""
    services, server = world.bot.services, world.server
    async with services.transaction() as tx:
        channel = server.channels["general"]
        await services.settings.change_network(
            tx, server.id, members_channel_id=channel.id, timezone="Europe/Brussels", country=None
        )
        for code in DECIDING:
            delegation = await services.members.delegation(server.id, code)
            assert delegation is not None
            await services.members.set_steering_term(tx, server.id, delegation.id, date(2020, 1, 1), None)
            await services.settings.change_account(
                tx, server.id, server.members[code].id, channel="direct_message", timezone="Europe/Brussels"
            )
    await world.travel_to(BEGINS)
    return Floor(world)
