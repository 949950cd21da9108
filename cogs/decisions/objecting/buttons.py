"""What a delegation can press under a proposal. The state is in the ``custom_id``: it works after any restart."""

from collections.abc import Sequence
from typing import Any, Literal

import discord
from discord import ui

from bot.errors import NotAllowedError
from bot.names.delegation_names import with_code
from bot.texts import Reader, t
from bot.ui import Context, PersistentButton, stored_view
from cogs.decisions.ending import current_decision
from cogs.decisions.objecting.forms import ask_reasons
from cogs.decisions.objecting.objection import press, say_seen, wish_for_time
from cogs.decisions.queries import own_seats
from storage.decisions.models import Decision
from storage.members.models import Delegation

Wish = Literal["time", "object"]


Action = Literal["seen", "time", "object"]


class DecisionButton(PersistentButton, custom_id="decision:{action}:{guild_id}:{decision_id}"):
    """*I have seen it*, *Ask for more time* and *Object* under a proposal."""

    action: Action
    guild_id: int
    decision_id: int

    def is_urgent(self) -> bool:
        """An objection counts from the press."""
        return self.action == "object"

    async def on_press(self, context: Context) -> None:
        """Do what the button says for the delegation that the presser acts for."""
        if self.action == "object":
            # Before anything that takes time: this is the hour that counts.
            await press(context, self.decision_id)
        decision = await current_decision(context, self.decision_id)
        own = await own_seats(context, decision)
        if self.action == "seen":
            await say_seen(context, decision, own)
        elif len(own) == 1:
            await _act(context, self.action, decision, own[0])
        else:
            await _ask_for_which(context, self.action, decision, own)


class DecisionForButton(PersistentButton, custom_id="decision:for:{wish}:{decision_id}:{delegation_id}"):
    """One of several delegations that somebody acts for."""

    wish: Wish
    decision_id: int
    delegation_id: int

    def is_urgent(self) -> bool:
        """An objection counts from the press."""
        return self.wish == "object"

    async def on_press(self, context: Context) -> None:
        """Go on for that delegation."""
        decision = await current_decision(context, self.decision_id)
        own = await own_seats(context, decision)
        delegation = next((one for one in own if one.id == self.delegation_id), None)
        if delegation is None:
            raise NotAllowedError(t("You do not speak for that delegation any more: nothing was changed."))
        await _act(context, self.wish, decision, delegation)


async def _act(context: Context, wish: Wish, decision: Decision, delegation: Delegation) -> None:
    if wish == "time":
        await wish_for_time(context, decision, delegation)
    else:
        await ask_reasons(context, decision, delegation)


async def _ask_for_which(context: Context, wish: Wish, decision: Decision, own: Sequence[Delegation]) -> None:
    buttons = [
        DecisionForButton(wish, decision.id, delegation.id).labelled(with_code(delegation, context.reader.language))
        for delegation in own[:25]
    ]
    await context.answer(t("You speak for several delegations: for which one?"), view=stored_view(buttons))


def buttons_of(decision: Decision, reader: Reader) -> list[ui.Item[Any]]:
    """Return what delegations can press while a procedure is open."""
    if decision.state != "open":
        return []

    def button(action: Action) -> DecisionButton:
        return DecisionButton(action, decision.guild_id, decision.id)

    return [
        button("seen").labelled(reader.label(t("I have seen it")), discord.ButtonStyle.primary),
        button("time").labelled(reader.label(t("Ask for more time"))),
        button("object").labelled(reader.label(t("Object")), discord.ButtonStyle.danger),
    ]
