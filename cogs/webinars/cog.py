from io import BytesIO
from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str
from discord.ext import commands

from bot.occasions.fields import given as given_options
from bot.occasions.fields import options
from bot.permissions import regained
from bot.scheduled_events import said_by
from bot.texts import t
from bot.timeparse import zone_choices
from bot.ui import Context
from cogs.webinars import buttons, cards, desk, entries, forms, proposals, recordings
from cogs.webinars.attendees import show_attendees
from cogs.webinars.events import EventKeeper
from cogs.webinars.fields import FIELDS
from cogs.webinars.slots import show_slots

if TYPE_CHECKING:
    from bot.app import Focalbot

_LISTED = 20
_WHEN = [
    Choice(name=locale_str("Ahead"), value="ahead"),
    Choice(name=locale_str("Past"), value="past"),
]
_OPTIONS = options(FIELDS)
_WEBINAR = locale_str("The webinar")


class WebinarsCog(commands.GroupCog, name="webinar", description=locale_str("Webinars: join, announce, follow up")):
    """``/webinar``: from announcement to recording."""

    def __init__(self, bot: "Focalbot") -> None:
        self._bot = bot
        self.services = bot.services
        self._events = EventKeeper(bot.services)

    # For everybody

    @app_commands.command(name="list", description=locale_str("See the webinars ahead, or the past ones"))
    @app_commands.describe(when=locale_str("Those ahead if left out"))
    @app_commands.choices(when=_WHEN)
    async def list_(self, interaction: discord.Interaction, when: Literal["ahead", "past"] = "ahead") -> None:
        """Show the webinars in a card."""
        asker, now = Context.of(interaction).asker, self.services.clock.now()
        ahead = await desk.webinars_for(self.services, asker, "ahead")
        found, heading, none = ahead, t("Webinars ahead"), cards.none_ahead(to_secretariat=asker.is_secretariat)
        if when == "past":
            everything = await desk.webinars_for(self.services, asker)
            found = [one for one in everything if one not in ahead]
            heading, none = t("Past webinars"), t("None so far.")
        hidden = max(0, len(found) - _LISTED)
        embed = cards.list_card(found[:_LISTED], heading, asker.reader, now, hidden=hidden, none=none)
        await Context.of(interaction).answer(embed=embed)

    @app_commands.command(description=locale_str("See a webinar, say whether you come, put it into your calendar"))
    @app_commands.describe(webinar=_WEBINAR)
    async def show(self, interaction: discord.Interaction, webinar: str) -> None:
        """Show one webinar with its buttons."""
        asker = Context.of(interaction).asker
        await buttons.show(Context.of(interaction), await desk.webinar_typed(self.services, asker, webinar))

    @app_commands.command(description=locale_str("Get all webinars ahead as a calendar file"))
    async def calendar(self, interaction: discord.Interaction) -> None:
        """Answer with one .ics file; the links to join are in it for members only."""
        asker, now = Context.of(interaction).asker, self.services.clock.now()
        ahead = await self.services.webinars.ahead(asker.guild_id, now)
        cancelled = await self.services.webinars.cancelled(asker.guild_id, now - entries.STRUCK_OUT_FOR)
        said = [] if ahead else [cards.none_ahead(to_secretariat=asker.is_secretariat)]
        said += [t("Open the file to put all webinars ahead into your calendar.")] if ahead else []
        said += [t("Cancelled webinars are in the file too, so that your calendar removes them.")] if cancelled else []
        with_links = asker.is_member or asker.is_secretariat
        name = asker.reader.label(t("Webinars"))
        data = entries.calendar_of([*ahead, *cancelled], name, asker.reader, now, with_links=with_links)
        files = [discord.File(BytesIO(data), "webinars.ics")] if ahead or cancelled else []
        await Context.of(interaction).answer(" ".join(map(asker.reader.say, said)), files=files)

    # For the secretariat

    @app_commands.command(description=locale_str("Announce a webinar; without options, a form opens"))
    @app_commands.describe(**_OPTIONS)
    async def schedule(
        self,
        interaction: discord.Interaction,
        title: str | None = None,
        starts: str | None = None,
        duration: str | None = None,
        timezone: str | None = None,
        link: str | None = None,
        description: str | None = None,
        speakers: str | None = None,
        languages: str | None = None,
        reminders: str | None = None,
    ) -> None:
        """Show the announcement before it goes out."""
        given = given_options(FIELDS, locals())
        await forms.schedule(Context.of(interaction), given)

    @app_commands.command(description=locale_str("Change a webinar; without options, a form opens"))
    @app_commands.describe(webinar=_WEBINAR, **_OPTIONS)
    async def edit(
        self,
        interaction: discord.Interaction,
        webinar: str,
        title: str | None = None,
        starts: str | None = None,
        duration: str | None = None,
        timezone: str | None = None,
        link: str | None = None,
        description: str | None = None,
        speakers: str | None = None,
        languages: str | None = None,
        reminders: str | None = None,
    ) -> None:
        """Show what changes before it does."""
        asker = Context.of(interaction).asker
        given = given_options(FIELDS, locals())
        await forms.edit(Context.of(interaction), await desk.webinar_typed(self.services, asker, webinar), given)

    @app_commands.command(description=locale_str("Cancel a webinar and tell those who were coming"))
    @app_commands.describe(webinar=_WEBINAR, reason=locale_str("Why, for everybody to read"))
    async def cancel(self, interaction: discord.Interaction, webinar: str, reason: str | None = None) -> None:
        """Show what is said before it is cancelled."""
        asker = Context.of(interaction).asker
        found = await desk.webinar_typed(self.services, asker, webinar)
        await proposals.propose_cancel(Context.of(interaction), found, reason or "")

    @app_commands.command(description=locale_str("See who comes, by delegation, with a file for spreadsheets"))
    @app_commands.describe(webinar=_WEBINAR)
    async def attendees(self, interaction: discord.Interaction, webinar: str) -> None:
        """Show who answered what."""
        asker = Context.of(interaction).asker
        found = await desk.webinar_typed(self.services, asker, webinar)
        await show_attendees(interaction, self.services, asker, found)

    @app_commands.command(description=locale_str("Put a webinar's recording on the shelf and send it to who was there"))
    @app_commands.describe(webinar=_WEBINAR, url=locale_str("Where members watch it: it begins with https://"))
    async def recording(self, interaction: discord.Interaction, webinar: str, url: str) -> None:
        """Show what is sent before it is."""
        asker = Context.of(interaction).asker
        found = await desk.webinar_typed(self.services, asker, webinar)
        await recordings.propose_recording(Context.of(interaction), found, url)

    @app_commands.command(description=locale_str("Find the fairest hour of a day for the whole network"))
    @app_commands.describe(
        date=locale_str("The day, such as 2027-03-12"), duration=locale_str("How long, 90 minutes if left out")
    )
    async def slots(self, interaction: discord.Interaction, date: str, duration: str | None = None) -> None:
        """Show who is at work, awake or asleep."""
        await show_slots(interaction, self.services, Context.of(interaction).asker, date, duration)

    # Autocomplete

    @show.autocomplete("webinar")
    @attendees.autocomplete("webinar")
    async def _any(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await desk.complete(self.services, Context.of(interaction).asker, typed, "all")

    @edit.autocomplete("webinar")
    @cancel.autocomplete("webinar")
    async def _ahead(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await desk.complete(self.services, Context.of(interaction).asker, typed, "ahead")

    @recording.autocomplete("webinar")
    async def _begun(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await desk.complete(self.services, Context.of(interaction).asker, typed, "begun")

    @schedule.autocomplete("timezone")
    @edit.autocomplete("timezone")
    async def _zone(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        language = Context.of(interaction).reader.language
        return [
            Choice(name=name[:100], value=zone)
            for name, zone in zone_choices(typed, language, self.services.clock.now())
        ]

    # What happens on Discord by itself

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Make and mend the events that Discord refused, once the permission comes back."""
        if regained(before, after):
            await self._events.check(after.guild)

    @commands.Cog.listener()
    async def on_scheduled_event_update(self, before: discord.ScheduledEvent, after: discord.ScheduledEvent) -> None:
        """Put back what somebody changed by hand; that an event has begun or ended changes nothing that it says."""
        if after.guild is not None and said_by(before) != said_by(after):
            await self._events.look_after(after.guild, after.id)

    @commands.Cog.listener()
    async def on_scheduled_event_delete(self, event: discord.ScheduledEvent) -> None:
        """Notice an event that somebody deleted."""
        await self._events.deleted(event.guild_id, event.id)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Notice what was changed or deleted while the bot was away."""
        for guild in self._bot.guilds:
            if not guild.unavailable:
                await self._events.check(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Notice the same of a server that was out of reach."""
        if self._bot.is_ready():
            await self._events.check(guild)
