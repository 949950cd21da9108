"""What ``/resource suggest`` does. No role of its own: the work of the command and of its form."""

from collections.abc import Mapping

from bot.errors import UserError
from bot.limits import SUGGESTIONS_WAITING, require_below_limit
from bot.outbox import SECRETARIAT
from bot.shelf import DuplicateError, entry
from bot.texts import t
from bot.ui import Context
from cogs.resources.entries.actions import show_duplicate


async def suggest(context: Context, cells: Mapping[str, str]) -> None:
    """Bring a link before the secretariat; show the one that is there where it is the same page. Raises UserError."""
    services = context.services
    if context.network.secretariat_channel_id is None:
        raise UserError(
            t("The secretariat has not named a channel for suggestions yet: please send it the link yourself.")
        )
    new = entry(cells)
    person_id = context.asker.person.id if context.asker.person is not None else None
    try:
        async with context.write() as tx:
            require_below_limit(await _waiting(context), SUGGESTIONS_WAITING)
            added = await services.shelf.suggest(tx, context.guild_id, new, person_id)
            await services.outbox.plan_now(tx, context.guild_id, "shelf", added, "suggestion", SECRETARIAT)
    except DuplicateError as error:
        await show_duplicate(context, error.resource)
        return
    said = t("The secretariat will look at {title}, and you will receive its decision.", title=new.title)
    await context.answer(said)


async def _waiting(context: Context) -> int:
    """Count what the people who hold a post of the asker's delegations have suggested and waits."""
    services, asker = context.services, context.asker
    people = {asker.person.id} if asker.person is not None else set[int]()
    for delegation_id in asker.delegation_ids:
        people |= {holder.person.id for holder in await services.members.holders(asker.guild_id, delegation_id)}
    standing = await services.shelf.resources.shelved_or_suggested(asker.guild_id)
    return sum(resource.state == "suggested" and resource.suggested_by in people for resource in standing)
