import pytest

from tests.statements.staging import Room
from tests.world import World


@pytest.fixture
async def room(world: World) -> Room:
    """The statements of the network of 2011, in a channel that its members can read."""
    services = world.bot.services
    async with services.transaction() as tx:
        channel = world.server.channels["general"]
        await services.settings.change_network(tx, world.server.id, members_channel_id=channel.id)
    return Room(world)
