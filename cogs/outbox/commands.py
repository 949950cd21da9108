from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot import completion
from bot.commands import Command
from bot.labels import REGIONS
from bot.presence import ENDED
from bot.search.choosing import choices, offered
from bot.services import Services
from bot.texts import t
from bot.ui import Context
from cogs.outbox.buttons import list_page
from cogs.outbox.forms import LONGEST, MessageForm
from cogs.outbox.queries import meeting_in_words
from cogs.outbox.sentences import AUDIENCES, LIST_NAMES, ListName
from cogs.outbox.unreached.buttons import show_unreached
from cogs.outbox.unreached.proposals import ask_returned
from cogs.outbox.unreached.queries import last_sent, sent_to

_LISTS: Final = choices(LIST_NAMES)
_AUDIENCES: Final = choices(AUDIENCES)
_REGIONS: Final = choices(REGIONS)


class OutboxCog(
    commands.GroupCog, name="outbox", description=locale_str("What is owed, sent, late, missed or failed (secretariat)")
):
    """``/outbox``: every message that the bot owes or sent, and a way to hold them all."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command(name="list", description=locale_str("See what is owed, what was sent and what went wrong"))
    @app_commands.describe(state=locale_str("Which messages; those still owed if left out"))
    @app_commands.choices(state=_LISTS)
    async def list_(self, interaction: discord.Interaction, state: ListName | None = None) -> None:
        """Show the first page of one of the outbox's lists."""
        context = Context.of(interaction)
        card, view = await list_page(context, state or "owed", 0)
        await context.answer(embed=card, view=view)

    @app_commands.command(description=locale_str("See whom nothing reached, with a file for your own mail program"))
    @app_commands.describe(returned=locale_str("Whose e-mail came back to your mailbox: a name or an address"))
    async def unreached(self, interaction: discord.Interaction, returned: str | None = None) -> None:
        """Show who was not reached by what and why, with the file for a mail merge; or book what came back."""
        context = Context.of(interaction)
        if returned is not None:
            await ask_returned(context, (await sent_to(context, returned)).row_ids)
            return
        # The file may take longer than Discord waits.
        await context.acknowledge()
        card, view, files = await show_unreached(context, "unreached")
        await context.answer(embed=card, view=view, files=files)

    @unreached.autocomplete("returned")
    async def _returned(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        sent = await last_sent(Context.of(interaction))
        return offered(sent, typed, lambda one: one.key, lambda one: one.label)

    @app_commands.command(description=locale_str("Pause every message of this server until you resume them"))
    async def pause(self, interaction: discord.Interaction) -> None:
        """Hold everything."""
        context = Context.of(interaction)
        async with context.write() as tx:
            held = await self.services.outbox.rows.pause(tx, context.guild_id)
            await tx.audit(context.guild_id, "pause", "outbox", None)
        said = t("Sending is paused: nothing goes out until {command}.", command=Command("outbox resume"))
        already = t("Sending was paused already: {command} resumes it.", command=Command("outbox resume"))
        await context.answer(said if held else already)

    @app_commands.command(description=locale_str("Send messages again; those that are now too late are not sent"))
    async def resume(self, interaction: discord.Interaction) -> None:
        """Let everything go that still makes sense."""
        context = Context.of(interaction)
        async with context.write() as tx:
            resumed = await self.services.outbox.resume(tx, context.guild_id)
            await tx.audit(context.guild_id, "resume", "outbox", None)
        said = t("Sending has resumed. Messages that came too late are listed as missed.")
        context.dispatch(ENDED, context.guild_id)
        await context.answer(said if resumed else t("Sending was not paused: messages go out."))


class MessageCog(
    commands.GroupCog, name="message", description=locale_str("Write to several people at once (secretariat)")
):
    """``/message``: the secretariat writes to an audience, having seen first what goes to whom."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command(description=locale_str("Write to an audience; you see first what goes to whom"))
    @app_commands.describe(
        audience=locale_str("Who receives it, one by one"),
        text=locale_str("What to say; a form opens if left out"),
        region=locale_str("Which group, for the audience of a regional group"),
        meeting=locale_str("Which meeting, for those coming to one or without an answer to it"),
    )
    @app_commands.choices(audience=_AUDIENCES, region=_REGIONS)
    async def send(
        self,
        interaction: discord.Interaction,
        audience: str,
        text: app_commands.Range[str, 1, LONGEST] | None = None,
        region: str | None = None,
        meeting: str | None = None,
    ) -> None:
        """Show the preview of the text, or open the form for it."""
        context = Context.of(interaction)
        form, values = MessageForm(), {"audience": audience, "region": region or "", "text": text or ""}
        values["meeting"] = await meeting_in_words(context, meeting or "")
        if text is None:
            await form.show(context, values)
            return
        await form.submit(context, values)

    send.autocomplete("meeting")(completion.meeting)
