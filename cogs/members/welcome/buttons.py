"""The buttons under a welcome: they name their network, and so work in direct messages."""

from typing import Any, Final, Literal

import discord
from discord import ui

from bot.audience import region_of
from bot.delegations import own_delegations
from bot.texts import Reader, t
from bot.ui import Context, PersistentButton, plain_button
from bot.ui.plain_buttons import in_network
from cogs.members.notes.buttons import note_button
from cogs.members.welcome.cards import manuals_card, neighbours_card
from cogs.members.welcome.queries import neighbours_of
from cogs.members.welcome.rules import Welcome

_MANUALS: Final = 5


class WelcomeButton(PersistentButton, custom_id="welcome:{what}:{guild_id}"):
    """*Colleagues in my region* and *Manual*."""

    what: Literal["region", "manual"]
    guild_id: int

    async def on_press(self, context: Context) -> None:
        """Show them."""
        if self.what == "manual":
            scope = await context.services.shelf.scope(context.guild_id, for_members=True, category="manual")
            manuals = (await context.services.shelf.browse(scope)).resources
            await context.answer(embed=manuals_card(manuals[:_MANUALS], context.reader))
            return
        cards: list[discord.Embed] = []
        for delegation in await own_delegations(context.services, context.asker):
            region = region_of(delegation.code)
            near = await neighbours_of(context.services, context.guild_id, delegation.code)
            if region is not None:
                cards.append(neighbours_card(region, near, context.reader))
        if cards:
            await context.answer(embeds=cards)
        else:
            await context.answer(t("Your delegation is in no regional group."))


def welcome_buttons(welcome: Welcome, reader: Reader) -> list[ui.Item[Any]]:
    """Return what leads on from a welcome: what awaits, one's own data, colleagues, the manual."""
    guild_id = welcome.delegation.guild_id
    items = [
        _elsewhere(guild_id, "do:pending", reader.label(t("What awaits my delegation")), discord.ButtonStyle.primary),
        _elsewhere(guild_id, "me:card", reader.label(t("My data"))),
    ]
    items.append(note_button(guild_id, reader))
    if welcome.region is not None:
        items.append(WelcomeButton("region", guild_id).labelled(reader.label(t("Colleagues in my region"))))
    items.append(WelcomeButton("manual", guild_id).labelled(reader.label(t("Manual"))))
    return items


def pending_button(guild_id: int, reader: Reader) -> ui.Item[Any]:
    """Return *What awaits my delegation*."""
    label = reader.label(t("What awaits my delegation"))
    return _elsewhere(guild_id, "do:pending", label, discord.ButtonStyle.primary)


def _elsewhere(
    guild_id: int, custom_id: str, label: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> ui.Item[Any]:
    return plain_button(in_network(guild_id, custom_id) or custom_id, label, style)
