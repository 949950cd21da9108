"""A member's suggestion: the secretariat decides once, the member is told."""

from collections.abc import Sequence
from typing import Any, Literal

import discord
from discord import ui

from bot.access import Level
from bot.errors import UserError
from bot.informed import informed
from bot.services import Services
from bot.shelf import DuplicateError
from bot.texts import Reader, t
from bot.ui import Context, Field, Form, PersistentButton, Values
from cogs.resources.cards import named
from storage.resource_models import Resource

Verdict = Literal["approve", "decline"]


class DecideButton(PersistentButton, custom_id="shelf:{verdict}:{resource_id}"):
    """*Approve* and *Decline* under a suggestion in the secretariat's channel."""

    verdict: Literal["approve", "decline"]
    resource_id: int

    async def on_press(self, context: Context) -> None:
        """Put the suggestion on the shelf, or ask why not."""
        services = context.services
        if self.verdict == "decline":
            await _undecided(services, context.guild_id, self.resource_id)
            await DeclineForm(str(self.resource_id)).show(context)
            return
        await _decide(context, self.resource_id, None)


class DeclineForm(Form):
    """Asks for the reason, which the member is told; its argument is the suggestion's id."""

    kind = "shelf_decline"
    takes = (int,)
    level = Level.SECRETARIAT
    title = t("Decline a suggestion")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the line is the same for every reader
        """Return the one line."""
        return (Field("reason", t("Reason, as the member will read it"), long=True, max_length=500),)

    async def on_submit(self, context: Context, values: Values) -> None:
        """Decline it."""
        reason = " ".join(values["reason"].split())
        if not reason:
            raise UserError(t("A suggestion is declined with a reason: write one sentence."))
        await _decide(context, self.number(0), reason)


def decision_buttons(resource: Resource, reader: Reader) -> list[ui.Item[Any]]:
    """Return the buttons under a suggestion that waits."""
    return [
        DecideButton("approve", resource.id).labelled(reader.label(t("Approve")), discord.ButtonStyle.success),
        DecideButton("decline", resource.id).labelled(reader.label(t("Decline"))),
    ]


async def _decide(context: Context, resource_id: int, reason: str | None) -> None:
    services = context.services
    resource = await _undecided(services, context.guild_id, resource_id)
    try:
        async with context.write() as tx:
            decided = await (
                services.shelf.approve(tx, resource) if reason is None else services.shelf.decline(tx, resource, reason)
            )
            if not decided:
                raise _decided_before()
            await services.outbox.edit(tx, context.guild_id, "shelf", resource_id, "suggestion")
            if resource.suggested_by is not None:
                await services.outbox.tell(
                    tx, context.guild_id, resource.suggested_by, "shelf", resource_id, "decision"
                )
    except DuplicateError as error:
        raise UserError(t("The same page is on the shelf already, as {title}.", title=named(error.resource))) from error
    approved = t("Approved: {title} is on the shelf.", title=named(resource))
    declined = t("Declined: {title}.", title=named(resource))
    who = await informed(services, context.guild_id, [resource.suggested_by], context.reader)
    await context.answer(f"{context.say(approved if reason is None else declined)} {who}".strip())


async def _undecided(services: Services, guild_id: int, resource_id: int) -> Resource:
    resource = await services.shelf.resources.resource(guild_id, resource_id)
    if resource is None or resource.state != "suggested":
        raise _decided_before()
    return resource


def _decided_before() -> UserError:
    return UserError(t("This suggestion was decided before; nothing was done a second time."))
