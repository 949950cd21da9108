from typing import Any, Literal

import discord
from discord import ui

from bot.texts import Reader, t
from bot.ui import Context, PersistentButton
from cogs.resources.suggestions.decide import decide, waiting
from cogs.resources.suggestions.forms import DeclineForm
from storage.resources.models import Resource


class DecisionButton(PersistentButton, custom_id="shelf:{verdict}:{resource_id}"):
    """*Approve* and *Decline* under a suggestion in the secretariat's channel."""

    verdict: Literal["approve", "decline"]
    resource_id: int

    async def on_press(self, context: Context) -> None:
        """Put the suggestion on the shelf, or ask why not."""
        if self.verdict == "decline":
            await waiting(context, self.resource_id)
            await DeclineForm(str(self.resource_id)).show(context)
            return
        await decide(context, self.resource_id, None)


def decision_buttons(resource: Resource, reader: Reader) -> list[ui.Item[Any]]:
    """Return the buttons under a suggestion that waits."""
    return [
        DecisionButton("approve", resource.id).labelled(reader.label(t("Approve")), discord.ButtonStyle.success),
        DecisionButton("decline", resource.id).labelled(reader.label(t("Decline"))),
    ]
