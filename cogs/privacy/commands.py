import io
import json
import logging
from typing import TYPE_CHECKING, Any, Final, cast

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot import retention
from bot.services import Services
from bot.texts import Text, t
from bot.ui import Context, plain_button, stored_view
from cogs.privacy.erase import ask_to_erase, day_before
from cogs.privacy.sentences import as_text

if TYPE_CHECKING:
    from bot.app import Focalbot

_log: Final = logging.getLogger("bot.privacy")
NOTE: Final = "note:show:{}:0"
"""The ``custom_id`` of *Hand-over note*, by network."""


class PrivacyCog(commands.GroupCog, name="privacy", description=locale_str("Take your data with you, or erase it")):
    """``/privacy``: what is held on the person who asks."""

    def __init__(self, bot: "Focalbot") -> None:
        self.services: Services = bot.services
        cast(Any, bot.scheduler).add_job(
            self.erase_expired, "cron", hour=3, minute=20, id="retention", misfire_grace_time=None, coalesce=True
        )

    @app_commands.command(description=locale_str("Receive all the data held about you here"))
    async def export(self, interaction: discord.Interaction) -> None:
        """Answer with two files: one for programs, one to read."""
        context = Context.of(interaction)
        person_id = context.asker.person.id if context.asker.person is not None else None
        held = await self.services.privacy.everything(context.guild_id, person_id, context.account_id)
        document = {"network": context.guild_id, "account": context.account_id, "held": held}
        as_json = json.dumps(document, ensure_ascii=False, indent=1).encode()
        files = [
            discord.File(io.BytesIO(as_json), "my-data.json"),
            discord.File(io.BytesIO(as_text(held, context.reader).encode()), "my-data.txt"),
        ]
        said: Text = t(
            "These are all the data held about you here, in two files: one for programs and one to read. They say"
            " that you cast a secret ballot, never what it says."
        )
        lines = [context.say(said)]
        if context.network.privacy_contact:
            lines.append(context.say(t("Questions of privacy: {contact}", contact=context.network.privacy_contact)))
        # Also a former appointee, who is shown nothing else, deletes a note at any time.
        button = plain_button(NOTE.format(context.guild_id), context.label(t("Hand-over note")))
        view = stored_view([button]) if "handover_note" in held else None
        await context.answer("\n".join(lines), files=files, view=view)

    @app_commands.command(description=locale_str("Have everything about you erased; your delegation's seat stays"))
    async def erase(self, interaction: discord.Interaction) -> None:
        """Say what goes and what stays, and ask."""
        await ask_to_erase(Context.of(interaction))

    async def erase_expired(self) -> None:
        """Erase, in every network, the people whose terms ended long ago, and who never got a post; and notes read."""
        async with self.services.transaction() as tx:
            before = self.services.clock.now() - retention.HANDOVER_NOTES
            await self.services.handover_notes.forget_read(tx, before)
        for guild_id in await self.services.settings.guild_ids():
            network = await self.services.settings.network(guild_id)
            today = self.services.today(network)
            ended_before = today - retention.FORMER_APPOINTEES
            declined_before = self.services.clock.now() - retention.REFUSED_NOMINEES
            gone = await self.services.privacy.long_gone(guild_id, ended_before, declined_before)
            async with self.services.transaction() as tx:
                await self.services.claims.forget(tx, guild_id, self.services.clock.now() - retention.CLAIMS)
                await self.services.emails.forget_addresses(tx, guild_id, self.services.clock.now() - retention.RETURNS)
            for person_id in gone:
                person = await self.services.members.person(guild_id, person_id)
                account_id = person.account_id if person is not None else None
                async with self.services.transaction() as tx:
                    await self.services.privacy.erase(tx, guild_id, person_id, account_id, day_before(today))
            if gone:
                _log.info("the data of %d people whose terms ended long ago was erased", len(gone))
