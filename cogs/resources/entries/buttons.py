import discord

from bot.errors import UserError
from bot.shelf import DuplicateError
from bot.texts import Reader, t
from bot.ui import Context, PersistentButton, stored_view
from cogs.resources.cards import bold_title
from storage.resources.models import Resource


class PutBackButton(PersistentButton, custom_id="shelf:back:{resource_id}"):
    """*Put back*: undoes a removal."""

    resource_id: int

    async def on_press(self, context: Context) -> None:
        """Put the resource back, unless it is back already or the same page was added meanwhile."""
        services = context.services
        resource = await services.shelf.resources.resource(context.guild_id, self.resource_id)
        try:
            async with context.write() as tx:
                if resource is None or not await services.shelf.put_back(tx, resource):
                    raise UserError(t("It is in the library again already; nothing was done a second time."))
        except DuplicateError as error:
            raise UserError(
                t("The same page was added again meanwhile, as {title}.", title=bold_title(error.resource))
            ) from error
        await context.replace(t("{title} is in the library again.", title=bold_title(resource)))


def put_back_view(resource: Resource, reader: Reader) -> discord.ui.View:
    """Return what is offered under a removal."""
    return stored_view([PutBackButton(resource.id).labelled(reader.label(t("Put back")))])
