from collections.abc import Awaitable, Callable
from typing import Final

import discord

from bot.access import Level
from bot.commands import Command
from bot.errors import NotAllowedError, reply_with_error
from bot.identify import Source, identify, member_of
from bot.languages import language_of_locale
from bot.observation import Kind, Outcome
from bot.texts import Reader, t
from bot.ui.context import Context, bot_of

NOT_IN_NETWORK: Final = t(
    "I answer members of a network, and your account is not linked to one. Ask the secretariat of your network for an"
    " invitation code, then type {command} with it on the network's server. There, everybody can ask me by mentioning"
    " me in a channel.",
    command=Command("member claim"),
)


async def authorise(interaction: discord.Interaction, level: Level, guild_id: int | None = None) -> Context:
    """Work out who asks and raise NotAllowedError unless they are let in at ``level``.

    ``guild_id`` names the network of what stands in direct messages too (None: that of the server); in another
    network's server it is refused, and in direct messages who is neither a member nor on the server.
    """
    network = guild_id or interaction.guild_id
    if network is None:
        raise NotAllowedError(t("This works in the network's server: open it there."))
    if interaction.guild_id not in (None, network):
        raise NotAllowedError(t("This belongs to another network: press it in that network's server."))
    asker = await identify(bot_of(interaction).services, Source.of(interaction), network)
    context = Context.begin(interaction, asker)
    if context.is_direct and not asker.appointments:
        guild = interaction.client.get_guild(network)
        if guild is None or await member_of(guild, interaction.user.id) is None:
            raise NotAllowedError(NOT_IN_NETWORK)
    asker.require(level)
    return context


def reader_for(interaction: discord.Interaction) -> Reader:
    """Return how the person who asks reads, even when they could not be let in."""
    context = Context.known(interaction)
    if context is not None:
        return context.reader
    defaults = bot_of(interaction).services.defaults
    return Reader(language_of_locale(str(interaction.locale)) or defaults.default_language, defaults.default_timezone)


async def acknowledge(interaction: discord.Interaction) -> None:
    """Let Discord know that an answer follows, before it is known who asks: in place of what a button stands under."""
    if interaction.response.is_done():
        return
    if interaction.type is discord.InteractionType.component:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)


async def guarded(
    interaction: discord.Interaction,
    level: Level,
    action: Callable[[Context], Awaitable[None]],
    guild_id: int | None = None,
    *,
    used: tuple[Kind, str],
    at_once: bool = False,
    is_urgent: bool = False,
) -> None:
    """Let the asker in, do ``action``, and answer any error: around everything a button or a form does.

    ``used`` is what was used, by its name in the access table. ``at_once`` acknowledges before anything is read, for
    what hundreds may press in one instant: Discord waits three seconds, and the database serves one after another.
    ``is_urgent``: it is dealt with however many others are in hand, for what counts from a press that must be kept.
    ``guild_id`` names the network for what is pressed in direct messages. What was done without an error is dispatched
    as the event ``answered``, as a command's completion is.
    """
    work = bot_of(interaction).work
    outcome = Outcome.ANSWERED
    try:
        if not work.begin(interaction.id):
            return
        if not is_urgent:
            await work.take_turn(interaction.id, lambda: acknowledge(interaction))
        if at_once:
            await acknowledge(interaction)
        await action(await authorise(interaction, level, guild_id))
        interaction.client.dispatch("answered", interaction)
    except Exception as error:  # noqa: BLE001 - the one place where whatever goes wrong becomes an answer
        outcome = await reply_with_error(interaction, reader_for(interaction), error)
    finally:
        work.end(interaction.id, *used, outcome)
