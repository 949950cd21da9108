from typing import ClassVar, Literal, cast

import discord

from bot.access import CONFIRMATIONS, FORMS, Asker
from bot.errors import NotFoundError, UserError
from bot.texts import t
from bot.ui.buttons import PersistentButton
from bot.ui.context import Context
from bot.ui.forms import Values, form_of
from bot.ui.looks import DRAFT
from storage.models import Draft


class Confirmation:
    """Something done only after *Confirm*, also after a restart. :meth:`Context.preview` asks for it.

    A subclass gives its ``kind`` (unique in the bot), and what happens ``on_confirm``. Who may confirm it is in
    :data:`bot.access.CONFIRMATIONS`, by ``kind``.
    """

    kind: ClassVar[str]
    classes: ClassVar[dict[str, type["Confirmation"]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # What several confirmations share has no kind of its own.
        if "kind" in vars(cls):
            Confirmation.classes[cls.kind] = cls

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Do it, taking the draft (:meth:`Context.take`) in the same transaction; say so in place of the question."""
        await self.confirmed(context.interaction, context.asker, draft)

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Do it: for confirmations not yet written with a :class:`Context`."""
        raise NotImplementedError(type(self).__name__)

    @staticmethod
    def of(kind: str) -> "Confirmation | None":
        """Return the confirmation of that kind, or None when this version has none."""
        found = Confirmation.classes.get(kind)
        return found() if found is not None else None


class DraftButton(PersistentButton, custom_id=DRAFT):
    """*Confirm*, *Cancel* and *Correct* under something its owner has typed."""

    action: Literal["confirm", "cancel", "correct"]
    draft_id: int

    async def on_press(self, context: Context) -> None:
        """Do what the button says with the draft, which its owner alone can reach."""
        services = context.services
        draft = await services.settings.draft(context.guild_id, context.account_id, self.draft_id, services.clock.now())
        if draft is None:
            raise NotFoundError(
                t("This was done already, or it lay unconfirmed for more than a day: please start again.")
            )
        if draft.names_somebody_erased and self.action != "cancel":
            raise UserError(
                t("A person named in this had their data erased since, so nothing was done: start again without them.")
            )
        match self.action:
            case "correct":
                await self._correct(context, draft)
            case "confirm":
                await self._confirm(context, draft)
            case "cancel":
                async with context.write() as tx:
                    tx.unaudited_by_design()
                    await services.settings.use_draft(tx, draft)
                await context.replace(t("Cancelled: nothing was changed."))

    async def _correct(self, context: Context, draft: Draft) -> None:
        form = form_of(draft.kind, cast(list[str], draft.payload["arguments"]))
        if form is None:
            raise NotFoundError(t("The bot has changed since you typed this: please start again."))
        context.asker.require(FORMS[form.kind])
        await form.show(context, cast(Values, draft.payload["values"]))

    async def _confirm(self, context: Context, draft: Draft) -> None:
        confirmation = Confirmation.of(draft.kind)
        if confirmation is None:
            raise NotFoundError(t("The bot has changed since you typed this: please start again."))
        context.asker.require(CONFIRMATIONS[confirmation.kind])
        await confirmation.on_confirm(context, draft)
