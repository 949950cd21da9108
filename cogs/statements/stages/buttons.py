"""*Final*, *Open for joining*, *Close* and *Delivered*: the secretariat takes a statement to its next state."""

from typing import Final, Literal

import discord
from discord import ui

from bot.texts import Reader, Text, t
from bot.ui import Context, PersistentButton, stored_view
from cogs.statements import queries
from cogs.statements.stages import proposals
from storage.statements.models import Statement
from storage.statements.states import StatementState

Stage = Literal["final", "open", "close", "delivered"]
_LABELS: Final[dict[Stage, Text]] = {
    "final": t("Final"),
    "open": t("Open for joining"),
    "close": t("Close"),
    "delivered": t("Delivered"),
}
_NEXT: Final[dict[StatementState, Stage]] = {
    "draft": "final",
    "final": "open",
    "open": "close",
    "closed": "delivered",
}


class StageButton(PersistentButton, custom_id="statement:{stage}:{statement_id}"):
    """What comes next for a statement, shown before it is done."""

    stage: Stage
    statement_id: int

    async def on_press(self, context: Context) -> None:
        """Show what happens, and ask for *Confirm*."""
        statement = await queries.statement_of(context, self.statement_id)
        match self.stage:
            case "final":
                await proposals.propose_final(context, statement)
            case "open":
                await proposals.propose_opening(context, statement)
            case "close":
                await proposals.propose_closing(context, statement)
            case "delivered":
                await proposals.propose_delivery(context, statement)


def stage_button(statement: Statement, reader: Reader) -> StageButton | None:
    """Return the button for what comes next; None where nothing does."""
    stage = _NEXT.get(statement.state)
    if stage is None:
        return None
    style = discord.ButtonStyle.danger if stage == "close" else discord.ButtonStyle.primary
    return StageButton(stage, statement.id).labelled(reader.label(_LABELS[stage]), style)


def stage_buttons(statement: Statement, reader: Reader) -> ui.View | None:
    """Return that button as a view."""
    button = stage_button(statement, reader)
    return stored_view([button]) if button is not None else None
