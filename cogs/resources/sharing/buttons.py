from bot.ui import Context, PersistentButton
from cogs.resources.sharing.share import offer_to_share


class ShareButton(PersistentButton, custom_id="shelf:share:{resource_id}"):
    """*Share*: offers to put a resource into the channel where the button was pressed."""

    resource_id: int

    async def on_press(self, context: Context) -> None:
        """Show what would be posted, and where."""
        shelf = context.services.shelf
        resource = await shelf.visible(await shelf.scope(context.guild_id, for_members=True), self.resource_id)
        await offer_to_share(context, resource)
