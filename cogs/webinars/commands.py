"""``/webinar``: put together from the commands of its parts."""

from io import BytesIO
from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str
from discord.ext import commands

from bot.occasions.events import EventListeners
from bot.texts import t
from bot.ui import Context
from cogs.webinars import buttons, calendar, cards, completion, queries
from cogs.webinars.attendees.commands import AttendeeCommands
from cogs.webinars.events import WebinarEvents
from cogs.webinars.planning.commands import PlanningCommands
from cogs.webinars.recording.commands import RecordingCommands
from cogs.webinars.slots.commands import SlotCommands

if TYPE_CHECKING:
    from bot.app import Focalbot

_LISTED = 20
_WHEN = [
    Choice(name=locale_str("Ahead"), value="ahead"),
    Choice(name=locale_str("Past"), value="past"),
]


class WebinarsCog(
    PlanningCommands,
    AttendeeCommands,
    RecordingCommands,
    SlotCommands,
    EventListeners,
    commands.GroupCog,
    name="webinar",
    description=locale_str("Webinars: join, announce, follow up"),
):
    """``/webinar``: from announcement to recording."""

    def __init__(self, bot: "Focalbot") -> None:
        self.listen(bot, WebinarEvents(bot.services))

    @app_commands.command(name="list", description=locale_str("See the webinars ahead, or the past ones"))
    @app_commands.describe(when=locale_str("Those ahead if left out"))
    @app_commands.choices(when=_WHEN)
    async def list_(self, interaction: discord.Interaction, when: Literal["ahead", "past"] = "ahead") -> None:
        """Show the webinars in a card."""
        context = Context.of(interaction)
        webinars, now = context.services.webinars, context.services.clock.now()
        if when == "past":
            found, total = await webinars.past(context.guild_id, now, _LISTED)
            heading, none = t("Past webinars"), t("None so far.")
        else:
            found = await webinars.ahead(context.guild_id, now)
            heading, total = t("Webinars ahead"), len(found)
            none = cards.none_ahead(to_secretariat=context.asker.is_secretariat)
        hidden = max(0, total - _LISTED)
        card = cards.list_card(found[:_LISTED], heading, context.reader, now, hidden=hidden, none=none)
        await context.answer(embed=card)

    @app_commands.command(description=locale_str("See a webinar, say whether you come, put it into your calendar"))
    @app_commands.describe(webinar=completion.WEBINAR)
    async def show(self, interaction: discord.Interaction, webinar: str) -> None:
        """Show one webinar with its buttons."""
        context = Context.of(interaction)
        await buttons.show(context, await queries.webinar_typed(context, webinar))

    @app_commands.command(description=locale_str("Get all webinars ahead as a calendar file"))
    async def calendar(self, interaction: discord.Interaction) -> None:
        """Answer with one .ics file; the links to join are in it for members only."""
        context = Context.of(interaction)
        asker, webinars, now = context.asker, context.services.webinars, context.services.clock.now()
        ahead = await webinars.ahead(context.guild_id, now)
        cancelled = await webinars.cancelled(context.guild_id, now - calendar.STRUCK_OUT_FOR)
        said = [] if ahead else [cards.none_ahead(to_secretariat=asker.is_secretariat)]
        said += [t("Open the file to put all webinars ahead into your calendar.")] if ahead else []
        said += [t("Cancelled webinars are in the file too, so that your calendar removes them.")] if cancelled else []
        with_links = asker.is_member or asker.is_secretariat
        name = context.label(t("Webinars"))
        data = calendar.calendar_of([*ahead, *cancelled], name, context.reader, now, with_links=with_links)
        files = [discord.File(BytesIO(data), "webinars.ics")] if ahead or cancelled else []
        await context.answer(" ".join(map(context.say, said)), files=files)

    show.autocomplete("webinar")(completion.complete_any)
