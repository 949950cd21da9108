from collections.abc import Mapping
from typing import ClassVar, Literal, cast

from bot.access import CONFIRMATIONS, FORMS
from bot.errors import NotFoundError, UserError
from bot.texts import t
from bot.ui.buttons import PersistentButton
from bot.ui.context import FORMS_KEPT, VALUES_KEPT, Context
from bot.ui.forms import Form, Values, form_of
from bot.ui.plain_buttons import DRAFT, DRAFT_CHOICE
from bot.ui.state import Word
from storage.models import Draft


class Confirmation:
    """Something done only after *Confirm*, also after a restart. :meth:`Context.preview` asks for it.

    A subclass gives its ``kind`` (unique in the bot), and what happens ``on_confirm``. Who may confirm it is in
    :data:`bot.access.CONFIRMATIONS`, by ``kind``. ``is_urgent``: it does not wait until others are answered.
    """

    kind: ClassVar[str]
    is_urgent: ClassVar[bool] = False
    classes: ClassVar[dict[str, type["Confirmation"]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # What several confirmations share has no kind of its own.
        if "kind" in vars(cls):
            Confirmation.classes[cls.kind] = cls

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Do it, taking the draft (:meth:`Context.take`) in the same transaction; say so in place of the question."""
        raise NotImplementedError(type(self).__name__)

    @staticmethod
    def of(kind: str) -> "Confirmation | None":
        """Return the confirmation of that kind, or None when this version has none."""
        found = Confirmation.classes.get(kind)
        return found() if found is not None else None


class _DraftButton(PersistentButton):
    """What the buttons of a draft share: its owner alone can reach it."""

    async def correct(self, context: Context, draft: Draft, kind: str) -> None:
        """Open the form of that kind, filled in with what was typed so far."""
        _require_nobody_erased(draft)
        form = form_of(kind, _arguments(draft, kind))
        if form is None:
            raise _changed()
        context.asker.require(FORMS[form.kind])
        form.draft_id = draft.id
        await form.show(context, typed_in(draft))

    async def confirm(self, context: Context, draft: Draft, kind: str) -> None:
        """Do what the confirmation of that kind does."""
        _require_nobody_erased(draft)
        confirmation = Confirmation.of(kind)
        if confirmation is None:
            raise _changed()
        context.asker.require(CONFIRMATIONS[confirmation.kind])
        await confirmation.on_confirm(context, draft)


class DraftChoiceButton(_DraftButton, custom_id=DRAFT_CHOICE):
    """One of the ways to confirm or to correct what a draft keeps: ``which`` is the kind of it."""

    action: Literal["confirm", "correct"]
    draft_id: int
    which: Word

    def is_urgent(self) -> bool:
        """Tell whether what it confirms, or corrects, is."""
        found = Confirmation.classes.get(self.which) if self.action == "confirm" else Form.classes.get(self.which)
        return found is not None and found.is_urgent

    async def on_press(self, context: Context) -> None:
        """Go that way."""
        draft = await context.kept_draft(self.draft_id)
        await (self.correct if self.action == "correct" else self.confirm)(context, draft, self.which)


class DraftButton(_DraftButton, custom_id=DRAFT):
    """*Cancel* under something its owner has typed; *Confirm* and *Correct* where there is only one way."""

    action: Literal["confirm", "cancel", "correct"]
    draft_id: int

    async def on_press(self, context: Context) -> None:
        """Do what the button says with the draft."""
        draft = await context.kept_draft(self.draft_id)
        match self.action:
            case "correct":
                await self.correct(context, draft, draft.kind)
            case "confirm":
                await self.confirm(context, draft, draft.kind)
            case "cancel":
                async with context.write() as tx:
                    tx.unaudited_by_design()
                    await context.services.settings.use_draft(tx, draft)
                await context.replace(t("Cancelled: nothing was changed."))


def _require_nobody_erased(draft: Draft) -> None:
    if draft.names_somebody_erased:
        raise UserError(
            t("A person named in this had their data erased since, so nothing was done: start again without them.")
        )


def _changed() -> NotFoundError:
    return NotFoundError(t("The bot has changed since you typed this: please start again."))


def _arguments(draft: Draft, kind: str) -> list[str]:
    forms = cast(Mapping[str, list[str]], draft.payload.get(FORMS_KEPT, {}))
    # The bot's first version kept one form in a draft, with its arguments beside what was typed.
    return forms[kind] if kind in forms else cast(list[str], draft.payload.get("arguments", []))


def typed_in(draft: Draft) -> Values:
    """Return all that was typed when the draft was kept, by field."""
    return cast(Values, draft.payload.get(VALUES_KEPT, {}))
