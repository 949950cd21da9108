"""Which resource and which meeting are meant, by the names that people give them."""

from bot.access import Level
from bot.errors import NotFoundError
from bot.invitations import visible_meetings
from bot.meeting_choice import chosen_meeting
from bot.texts import clipped, t
from bot.ui import Context
from storage.resources.models import Category, Resource
from storage.resources.search import Scope


async def scope_of(context: Context, category: Category | None = None, language: str | None = None) -> Scope:
    """Return what the person who asks may look through."""
    for_members = context.asker.may(Level.MEMBERS)
    return await context.services.shelf.scope(
        context.guild_id, for_members=for_members, category=category, language=language
    )


async def resource_typed(context: Context, typed: str) -> Resource:
    """Return the resource to change: chosen from the list, or its whole title or address. Raises NotFoundError."""
    shelf = context.services.shelf
    named = await shelf.named(await shelf.scope(context.guild_id, for_members=True), typed)
    if named is None:
        raise NotFoundError(
            t(
                "“{typed}” is not a title in the library: type a word of it and choose from the list.",
                typed=clipped(typed, 100),
            )
        )
    return named


async def meeting_typed(context: Context, typed: str) -> int:
    """Return the id of the meeting that is meant. Raises NotFoundError."""
    return chosen_meeting(await visible_meetings(context.services, context.asker), typed).id
