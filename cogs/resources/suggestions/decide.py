"""What deciding on a suggestion does, once. No role of its own: the work of *Approve*, and of the form of *Decline*."""

from bot.errors import UserError
from bot.reach_sentences import who_is_informed
from bot.shelf import DuplicateError
from bot.texts import t
from bot.ui import Context
from cogs.resources.cards import bold_title
from storage.resources.models import Resource


async def decide(context: Context, resource_id: int, reason: str | None) -> None:
    """Approve a suggestion, or decline it for a ``reason``, and tell the person who made it. Raises UserError."""
    services = context.services
    resource = await waiting(context, resource_id)
    try:
        async with context.write() as tx:
            decided = await (
                services.shelf.approve(tx, resource) if reason is None else services.shelf.decline(tx, resource, reason)
            )
            if not decided:
                raise _decided_before()
            await services.outbox.edit(tx, context.guild_id, "shelf", resource_id, "suggestion")
            if resource.suggested_by is not None:
                await services.outbox.notify(
                    tx, context.guild_id, resource.suggested_by, "shelf", resource_id, "decision"
                )
    except DuplicateError as error:
        raise UserError(
            t("The same page is in the library already, as {title}.", title=bold_title(error.resource))
        ) from error
    approved = t("Approved: {title} is in the library.", title=bold_title(resource))
    declined = t("Declined: {title}.", title=bold_title(resource))
    who = await who_is_informed(services, context.guild_id, [resource.suggested_by], context.reader)
    await context.answer(f"{context.say(approved if reason is None else declined)} {who}".strip())


async def waiting(context: Context, resource_id: int) -> Resource:
    """Return a suggestion that is not decided yet. Raises UserError."""
    resource = await context.services.shelf.resources.resource(context.guild_id, resource_id)
    if resource is None or resource.state != "suggested":
        raise _decided_before()
    return resource


def _decided_before() -> UserError:
    return UserError(t("This suggestion has been decided already; nothing was done a second time."))
