"""A process that starts one bot after the other, as ``run`` does and these tests do, keeps none that is closed."""

import gc

from tests.world import World


async def test_a_bot_takes_nothing_out_of_the_collectors_rounds(world: World) -> None:
    imported = gc.get_freeze_count()
    await world.restart()
    assert gc.get_freeze_count() <= imported
