"""Putting a resource into a channel, on purpose: shown first, then posted as a public answer."""

from typing import Any, cast

import discord
from discord import ui

from bot.access import Asker, Level
from bot.errors import UserError
from bot.identify import network_reader
from bot.texts import Markdown, Reader, t
from bot.ui import Confirmation, ask_confirmation, host_of, replace, stored_view, take
from cogs.resources.cards import named, resource_card
from storage.models import Draft
from storage.resource_models import Resource


async def offer_to_share(interaction: discord.Interaction, asker: Asker, resource: Resource) -> None:
    """Show the message as it would be posted in this channel, with *Confirm*. Raises UserError where it may not be."""
    _check(interaction, asker, resource)
    public = network_reader(host_of(interaction).services, asker.network)
    where = t(
        "This goes to {channel} and calls nobody; whoever reads that channel can read it:",
        channel=Markdown(f"<#{interaction.channel_id}>"),
    )
    shown = f"{asker.reader.say(where)}\n\n{_sentence(interaction, resource, public)}"
    payload = {"resource_id": resource.id, "channel_id": interaction.channel_id}
    await ask_confirmation(interaction, asker, Share, payload, shown, embed=resource_card(resource, public))


class Share(Confirmation):
    """A resource about to be posted in the channel where it was asked for."""

    kind = "shelf_share"
    level = Level.MEMBERS

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Post it, once, as this interaction's public answer."""
        services = host_of(interaction).services
        scope = await services.shelf.scope(asker.guild_id, for_members=True)
        resource = await services.shelf.visible(scope, cast(int, draft.payload["resource_id"]))
        if draft.payload["channel_id"] != interaction.channel_id:
            raise UserError(t("This was meant for another channel: look the resource up here and share it again."))
        _check(interaction, asker, resource)
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            await tx.audit(asker.guild_id, "share", "resource", resource.id)
        public = network_reader(services, asker.network)
        await replace(interaction, asker.reader.say(t("Shared in this channel.")))
        await interaction.followup.send(
            _sentence(interaction, resource, public),
            embed=resource_card(resource, public),
            view=stored_view([ui.Button[Any](label=public.label(t("Open the link")), url=resource.url)]),
            allowed_mentions=discord.AllowedMentions.none(),
        )


def _sentence(interaction: discord.Interaction, resource: Resource, public: Reader) -> str:
    return public.say(
        t("{name} shares from the shelf: {title}", name=interaction.user.display_name, title=named(resource))
    )


def _check(interaction: discord.Interaction, asker: Asker, resource: Resource) -> None:
    held = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    if not (held.send_messages_in_threads if in_thread else held.send_messages):
        raise UserError(t("You may not write in this channel: share the resource in one where you may."))
    private = {asker.network.members_channel_id, asker.network.secretariat_channel_id}
    if resource.visibility == "members" and interaction.channel_id not in private:
        raise UserError(t("This resource is for members: share it in the members' channel."))
