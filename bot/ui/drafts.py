from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

import discord
from discord import ui

from bot.access import Asker, Level
from bot.errors import NotFoundError, UserError
from bot.texts import Text, t
from bot.ui.answers import answer, replace
from bot.ui.buttons import StoredButton, stored_view
from bot.ui.forms import Form, Values, form_of
from bot.ui.guard import host_of
from storage.database import Transaction
from storage.models import Draft


class Confirmation:
    """Something done only after *Confirm*, also after a restart.

    A subclass gives its ``kind`` (unique in the bot), ``level``, and what happens when it is ``confirmed``.
    """

    kind: ClassVar[str]
    level: ClassVar[Level]
    _registered: ClassVar[dict[str, type["Confirmation"]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # What several confirmations share has no kind of its own.
        if "kind" in vars(cls):
            Confirmation._registered[cls.kind] = cls

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Do it, taking the draft with :func:`take` in the same transaction, and say so in place of the question."""
        raise NotImplementedError(type(self).__name__)

    @staticmethod
    def of(kind: str) -> "Confirmation | None":
        """Return the confirmation of that kind, or None when this version has none."""
        found = Confirmation._registered.get(kind)
        return found() if found is not None else None


async def take(interaction: discord.Interaction, tx: Transaction, draft: Draft) -> None:
    """Use the draft up in ``tx``. Raises UserError when it was used already (a double click)."""
    if not await host_of(interaction).services.settings.use_draft(tx, draft):
        raise UserError(t("This was done already; nothing was done a second time."))


async def ask_confirmation(
    interaction: discord.Interaction,
    asker: Asker,
    confirmation: type[Confirmation],
    payload: Mapping[str, object],
    content: str,
    *,
    embed: discord.Embed | None = None,
    files: list[discord.File] | None = None,
    destroys: bool = False,
) -> None:
    """Show what is about to happen with *Confirm* and *Cancel*. ``destroys`` colours *Confirm* as a warning."""
    draft_id = await _keep(interaction, asker, confirmation.kind, payload)
    reader = asker.reader
    style = discord.ButtonStyle.danger if destroys else discord.ButtonStyle.success
    view = stored_view(
        [
            DraftButton("confirm", str(draft_id), label=reader.label(t("Confirm")), style=style),
            DraftButton("cancel", str(draft_id), label=reader.label(t("Cancel"))),
        ]
    )
    await answer(interaction, content, embed=embed, view=view, files=files or [])


async def offer_correction(
    interaction: discord.Interaction, asker: Asker, form: Form, values: Values, problem: Text
) -> None:
    """Say what is wrong with a form and keep what was typed behind *Correct*."""
    button = await correction_button(interaction, asker, form, values)
    await answer(interaction, asker.reader.say(problem), view=stored_view([button]))


async def correction_button(
    interaction: discord.Interaction, asker: Asker, form: Form, values: Values
) -> "DraftButton":
    """Keep what was typed into a form and return *Correct*, which opens the form filled in with it."""
    payload = {"arguments": list(form.arguments), "values": dict(values)}
    draft_id = await _keep(interaction, asker, form.kind, payload)
    label = asker.reader.label(t("Correct"))
    return DraftButton("correct", str(draft_id), label=label, style=discord.ButtonStyle.primary)


async def _keep(interaction: discord.Interaction, asker: Asker, kind: str, payload: Mapping[str, object]) -> int:
    services = host_of(interaction).services
    async with services.transaction(asker.account_id) as tx:
        return await services.settings.keep_draft(tx, asker.guild_id, asker.account_id, kind, dict(payload))


class DraftButton(StoredButton, template=r"draft:(?P<action>confirm|cancel|correct):(?P<draft_id>\d+)"):
    """*Confirm*, *Cancel* and *Correct* under something its owner has typed."""

    level = Level.EVERYBODY

    def __init__(
        self,
        action: str,
        draft_id: str,
        *,
        label: str = "",
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    ) -> None:
        super().__init__(ui.Button[Any](custom_id=f"draft:{action}:{draft_id}", label=label, style=style))
        self.action = action
        self.draft_id = int(draft_id)

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["action"], state["draft_id"])

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Do what the button says with the draft, which its owner alone can reach."""
        services = host_of(interaction).services
        draft = await services.settings.draft(asker.guild_id, asker.account_id, self.draft_id, services.clock.now())
        if draft is None:
            raise NotFoundError(
                t("This was done already, or it lay unconfirmed for more than a day: please start again.")
            )
        match self.action:
            case "correct":
                await self._correct(interaction, asker, draft)
            case "confirm":
                await self._confirm(interaction, asker, draft)
            case _:
                async with services.transaction(asker.account_id) as tx:
                    tx.unaudited_by_design()
                    await services.settings.use_draft(tx, draft)
                await replace(interaction, asker.reader.say(t("Cancelled: nothing was changed.")))

    async def _correct(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        form = form_of(draft.kind, cast(list[str], draft.payload["arguments"]))
        if form is None:
            raise NotFoundError(t("The bot has changed since you typed this: please start again."))
        asker.require(form.level)
        await form.open(interaction, asker.reader, cast(Values, draft.payload["values"]))

    async def _confirm(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        confirmation = Confirmation.of(draft.kind)
        if confirmation is None:
            raise NotFoundError(t("The bot has changed since you typed this: please start again."))
        asker.require(confirmation.level)
        await confirmation.confirmed(interaction, asker, draft)
