"""*Send test to me*: the message that a preview shows, directly to whoever is about to send it."""

from collections.abc import Mapping
from typing import Any, Self, cast

import discord
from discord import ui

from bot.access import Asker, Level
from bot.errors import NotFoundError
from bot.outbox import account
from bot.texts import t
from bot.ui import StoredButton, answer, host_of
from cogs.webinars.events import SUBJECT


class TestButton(StoredButton, template=r"webinar:test:(?P<draft>\d+)"):
    """The draft's payload names the message: its ``kind``, the ``webinar`` (0: a new one) and its ``fields``."""

    __test__ = False  # pytest takes it for a test otherwise
    level = Level.SECRETARIAT

    def __init__(self, draft: int, label: str = "") -> None:
        super().__init__(ui.Button[Any](custom_id=f"webinar:test:{draft}", label=label))
        self.draft = draft

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(int(state["draft"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Owe the asker the message at once; the preview stays as it is."""
        services = host_of(interaction).services
        draft = await services.settings.draft(asker.guild_id, asker.account_id, self.draft, services.clock.now())
        if draft is None:
            raise NotFoundError(
                t("This was done already, or it lay unconfirmed for more than a day: please start again.")
            )
        payload = {**cast(Mapping[str, object], draft.payload["said"]), "proposed": draft.payload["fields"]}
        webinar_id, kind = cast(int, draft.payload["webinar"]), str(draft.payload["kind"])
        async with services.transaction(asker.account_id) as tx:
            row_id = await services.outbox.plan_now(
                tx, asker.guild_id, SUBJECT, webinar_id, kind, account(asker.account_id), payload=payload
            )
            await tx.audit(asker.guild_id, "test", "outbox", row_id)
        await answer(interaction, asker.reader.say(t("A test is on its way to your direct messages.")))
