"""The list of decisions and one of them, with what can be pressed there."""

from io import BytesIO
from typing import Any, Final, Self

import discord
from discord import ui

from bot.documents.files import files_of
from bot.texts import Reader, t
from bot.ui import Context, PageButton, PersistentButton, page_buttons, page_of, stored_view
from cogs.decisions import cards
from cogs.decisions.ending import current_decision, note_reached
from cogs.decisions.exchange import record_of
from cogs.decisions.moving.buttons import ManageButton
from cogs.decisions.objecting.buttons import buttons_of
from cogs.decisions.queries import delegations_of, objector_of
from cogs.decisions.rules import SUBJECT, number_of
from storage.decisions.models import Decision

PAGE: Final = 5


class ShowDecisionButton(PersistentButton, custom_id="decision:show:{decision_id}"):
    """Shows one decision privately, from wherever it is named."""

    decision_id: int

    @classmethod
    def of(cls, decision: Decision, reader: Reader) -> Self:
        """Return the button for a decision."""
        return cls(decision.id).labelled(reader.label(t("Show: {title}", title=decision.title[:60])))

    async def on_press(self, context: Context) -> None:
        """Show it as it is now."""
        await show(context, await current_decision(context, self.decision_id))


class DecisionPages(PageButton, custom_id="decision:page:{way}:{page}"):
    """*Previous* and *Next* below the list of decisions."""

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        return await list_page(context, self.page)


async def list_page(context: Context, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the decisions, with a button that shows each."""
    reader, decisions = context.reader, context.services.decisions
    for decision in await decisions.decisions(context.guild_id, ("open", "unreached")):
        await current_decision(context, decision.id)
    page = page_of(await decisions.decisions(context.guild_id), number, PAGE)
    items: list[ui.Item[Any]] = [ShowDecisionButton.of(decision, reader) for decision in page.items]
    items += page_buttons(page, reader, DecisionPages, row=1)
    card = cards.list_card(page, reader, to_secretariat=context.asker.is_secretariat)
    return card, stored_view(items) if items else None


async def show(context: Context, decision: Decision) -> None:
    """Answer with one decision: the secretariat sees whom it has not reached, members the record once it is adopted."""
    services, reader = context.services, context.reader
    is_secretariat = context.asker.is_secretariat
    if is_secretariat and decision.is_under_way:
        async with services.transaction() as tx:
            await note_reached(services, tx, decision)
    seats = await services.decisions.seats(context.guild_id, decision.id)
    documents = await services.documents.latest(context.guild_id, SUBJECT, decision.id)
    delegations = await delegations_of(services, context.guild_id)
    with_text = not context.is_direct
    card = cards.decision_card(
        decision,
        seats,
        reader,
        documents=documents,
        objector=await objector_of(services, decision),
        with_text=with_text,
    )
    if decision.state == "adopted" or is_secretariat:
        cards.add_record(card, decision, seats, delegations, reader)
    if is_secretariat and decision.is_under_way:
        cards.add_unreached(card, decision, seats, delegations, reader)
    files = await files_of(services, documents) if with_text else []
    if decision.state == "adopted":
        name = f"decision-{number_of(decision).replace('/', '-')}.csv"
        files.append(discord.File(BytesIO(record_of(decision, seats, documents, delegations, reader.language)), name))
    items = buttons_of(decision, reader) if context.asker.is_member else []
    if is_secretariat and decision.is_under_way:
        items += ManageButton.both(decision, reader)
    await context.answer(embed=card, view=stored_view(items) if items else None, files=files)
