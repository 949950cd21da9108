"""What the secretariat presses below its list of claims."""

from collections.abc import Sequence
from typing import Any, Final, Literal

import discord
from discord import ui

from bot.texts import Reader, t
from bot.ui import Context, PersistentButton, stored_view
from cogs.members.claims.cards import list_card
from cogs.members.claims.decide import ask_to_refuse, confirm
from cogs.members.claims.queries import claim_of, claimed_seats, claims_in
from cogs.members.claims.rules import AT_MOST, IN_A_ROW, REVOCABLE, ClaimedSeat
from cogs.members.claims.sentences import NONE_LEFT, listed

_LAST_ROW: Final = 4


class ClaimButton(PersistentButton, custom_id="claim:{action}:{claim_id}"):
    """*Confirm* and *Not this person* for one claim."""

    action: Literal["confirm", "refuse"]
    claim_id: int

    async def on_press(self, context: Context) -> None:
        """Link the account, or ask whether it is somebody else's."""
        claim = await claim_of(context, self.claim_id)
        if self.action == "confirm":
            await confirm(context, [claim])
        else:
            await ask_to_refuse(context, claim)


class ConfirmAllButton(PersistentButton, custom_id="claims:{list_id}"):
    """*Confirm all*: what of the list waits."""

    list_id: int

    async def on_press(self, context: Context) -> None:
        """Link every account of the list that waits."""
        claims = await claims_in(context, self.list_id)
        await confirm(context, [claim for claim in claims if claim.state == "waiting"] or claims[:1])


class WaitingClaimsButton(PersistentButton, custom_id="claims-waiting"):
    """Leads from elsewhere to the claims that nobody has decided on."""

    async def on_press(self, context: Context) -> None:
        """Show the oldest of them, as many as one list holds."""
        waiting = await context.services.claims.waiting(context.guild_id)
        seats = await claimed_seats(context.services, waiting[:AT_MOST])
        if not seats:
            await context.answer(NONE_LEFT)
            return
        view = stored_view(list_buttons(seats, context.reader))
        await context.answer(listed(len(waiting)), embed=list_card(seats, context.reader), view=view)


def list_buttons(seats: Sequence[ClaimedSeat], reader: Reader) -> list[ui.Item[Any]]:
    """Return the buttons of a list: those of each claim under its number, where there are several."""
    items: list[ui.Item[Any]] = []
    is_one = len(seats) == 1
    for place, seat in enumerate(seats):
        row = place // IN_A_ROW
        if seat.claim.state == "waiting":
            label = reader.label(t("Confirm") if is_one else t("Confirm {number}", number=place + 1))
            button = ClaimButton("confirm", seat.claim.id)
            items.append(button.labelled(label, discord.ButtonStyle.success, row=row))
        if seat.claim.state in REVOCABLE:
            label = reader.label(t("Not this person") if is_one else t("Not this person {number}", number=place + 1))
            items.append(ClaimButton("refuse", seat.claim.id).labelled(label, row=row))
    is_one_list = len({seat.claim.list_id for seat in seats}) == 1
    if is_one_list and sum(seat.claim.state == "waiting" for seat in seats) > 1:
        button = ConfirmAllButton(seats[0].claim.list_id)
        items.append(button.labelled(reader.label(t("Confirm all")), discord.ButtonStyle.primary, row=_LAST_ROW))
    return items
