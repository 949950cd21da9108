"""A network on a real file without a bot, for what is worked out from its rows alone."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.clock import Clock
from bot.services import Services
from bot.settings import Settings
from tests.empty_database import open_empty

NETWORK: Final = 7
START: Final = date(2020, 1, 1)
ZONE: Final = "Pacific/Pago_Pago"
"""The network's own: its day is never that of the operator's zone."""


@asynccontextmanager
async def plain_network(folder: Path, codes: Sequence[str]) -> AsyncIterator[Services]:
    """The services of a network with these states, none of which has anybody appointed."""
    path = folder / "focalbot.sqlite3"
    database = await open_empty(path)
    defaults: Any = {"_env_file": None, "default_timezone": "Pacific/Kiritimati"}
    services = Services.over(database, Clock(), Settings(database_path=path, **defaults))
    async with services.transaction() as tx:
        await services.settings.change_network(tx, NETWORK, timezone=ZONE)
        for code in codes:
            await services.members.add_delegation(tx, NETWORK, code, "state", START)
    yield services
    await database.close()
