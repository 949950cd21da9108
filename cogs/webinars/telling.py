"""Telling those concerned by a webinar one by one, after two minutes in which it can be stopped."""

from collections.abc import Mapping
from typing import Any, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.outbox import GRACE, PEOPLE
from bot.services import Services
from bot.texts import Reader, nt, t
from bot.ui import StoredButton, host_of, replace, stored_view
from cogs.webinars.events import SUBJECT
from storage.database import Transaction
from storage.webinar_models import Webinar


async def tell_people(
    services: Services, tx: Transaction, webinar: Webinar, kind: str, payload: Mapping[str, object] | None = None
) -> int:
    """Owe a message to all whom it concerns when it goes out, after the time for *Stop*; return its row's id."""
    return await services.outbox.plan_now(
        tx, webinar.guild_id, SUBJECT, webinar.id, kind, PEOPLE, delay=GRACE, payload=payload
    )


class StopButton(StoredButton, template=r"webinarstop:(?P<action>stop|back):(?P<row>\d+)"):
    """*Stop*, while nothing has gone out, and then *Take back*."""

    level = Level.SECRETARIAT

    def __init__(self, action: str, row_id: int, label: str = "") -> None:
        style = discord.ButtonStyle.danger if action == "stop" else discord.ButtonStyle.secondary
        super().__init__(ui.Button[Any](custom_id=f"webinarstop:{action}:{row_id}", label=label, style=style))
        self.row_id = row_id

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["action"], int(state["row"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Cancel what has not gone out, and delete what has."""
        services = host_of(interaction).services
        async with services.transaction(asker.account_id) as tx:
            taken = await services.outbox.take_back(tx, asker.guild_id, self.row_id)
            await tx.audit(asker.guild_id, "take_back", "outbox", self.row_id)
        said = nt(
            "Stopped: {count} message was held or is taken back; the record stays as it is now.",
            "Stopped: {count} messages were held or are taken back; the record stays as it is now.",
            taken,
        )
        if not taken:
            said = t("Nothing was left to stop or to take back.")
        await replace(interaction, asker.reader.say(said))


def stop_view(row_id: int, reader: Reader) -> ui.View:
    """Return *Stop* and *Take back* for a message to several people."""
    return stored_view(
        [
            StopButton("stop", row_id, reader.label(t("Stop"))),
            StopButton("back", row_id, reader.label(t("Take back"))),
        ]
    )
