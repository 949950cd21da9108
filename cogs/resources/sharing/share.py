"""What *Share* does: a resource is shown as it would be posted, then posted. No role of its own: the button's work."""

from typing import Any, cast

import discord
from discord import ui

from bot.errors import UserError
from bot.identify import network_reader
from bot.texts import Markdown, Reader, t
from bot.ui import Confirmation, Context, stored_view
from cogs.resources.cards import bold_title, resource_card
from storage.models import Draft
from storage.resources.models import Resource


async def offer_to_share(context: Context, resource: Resource) -> None:
    """Show the message as it would be posted in this channel, with *Confirm*. Raises UserError where it may not be."""
    _check(context, resource)
    public = network_reader(context.services, context.network)
    where = t(
        "This goes to {channel} and calls nobody. Everyone who reads that channel can read it:",
        channel=Markdown(f"<#{context.interaction.channel_id}>"),
    )
    shown = f"{context.say(where)}\n\n{_sentence(context.interaction, resource, public)}"
    payload = {"resource_id": resource.id, "channel_id": context.interaction.channel_id}
    await context.preview(ConfirmShare.kind, payload, shown, embed=resource_card(resource, public))


class ConfirmShare(Confirmation):
    """A resource about to be posted in the channel where it was asked for."""

    kind = "shelf_share"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Post it, once, as the public answer to the press."""
        services = context.services
        scope = await services.shelf.scope(context.guild_id, for_members=True)
        resource = await services.shelf.visible(scope, cast(int, draft.payload["resource_id"]))
        if draft.payload["channel_id"] != context.interaction.channel_id:
            raise UserError(t("This was meant for another channel: look the resource up here and share it again."))
        _check(context, resource)
        async with context.write() as tx:
            await context.take(tx, draft)
            await tx.audit(context.guild_id, "share", "resource", resource.id)
        public = network_reader(services, context.network)
        await context.replace(t("Shared in this channel."))
        await context.interaction.followup.send(
            _sentence(context.interaction, resource, public),
            embed=resource_card(resource, public),
            view=stored_view([ui.Button[Any](label=public.label(t("Open the link")), url=resource.url)]),
            allowed_mentions=discord.AllowedMentions.none(),
        )


def _sentence(interaction: discord.Interaction, resource: Resource, public: Reader) -> str:
    return public.say(
        t(
            "{name} shares from the library: {title}",
            name=interaction.user.display_name,
            title=bold_title(resource),
        )
    )


def _check(context: Context, resource: Resource) -> None:
    held = context.interaction.permissions
    in_thread = isinstance(context.interaction.channel, discord.Thread)
    if not (held.send_messages_in_threads if in_thread else held.send_messages):
        raise UserError(t("You may not write in this channel: share the resource in one where you may."))
    private = {context.network.members_channel_id, context.network.secretariat_channel_id}
    if resource.visibility == "members" and context.interaction.channel_id not in private:
        raise UserError(t("This resource is for members: share it in the members' channel."))
