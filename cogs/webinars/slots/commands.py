"""``/webinar slots``: when in a day the network is at work, awake or asleep."""

from datetime import timedelta
from io import BytesIO
from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot import completion, working_days
from bot.audience import seats_today
from bot.charts.figures import draw
from bot.commands import Command
from bot.errors import UserError
from bot.invitations import invited_seats, visible_meetings
from bot.meeting_choice import chosen_meeting
from bot.texts import t
from bot.timeparse import parse_day, parse_duration
from bot.ui import Context
from cogs.webinars.slots import cards
from cogs.webinars.slots.rules import Comparison, compare
from storage.meetings.models import Meeting

DEFAULT_LENGTH: Final = timedelta(minutes=90)


class SlotCommands(commands.Cog):
    """Find the fairest hour."""

    @app_commands.command(
        description=locale_str("Find the fairest hour of a day for all, or for those whom a meeting invites")
    )
    @app_commands.describe(
        date=locale_str("The day, such as 2027-03-12"),
        duration=locale_str("How long, 90 minutes if left out"),
        meeting=locale_str("For those whom a meeting invites; for all if left out"),
    )
    async def slots(
        self, interaction: discord.Interaction, date: str, duration: str | None = None, meeting: str | None = None
    ) -> None:
        """Show who is at work, awake or asleep: the fairest starts, and a picture of the whole day."""
        context = Context.of(interaction)
        length = parse_duration(duration) if duration else DEFAULT_LENGTH
        meant = chosen_meeting(await visible_meetings(context.services, context.asker), meeting) if meeting else None
        found = await _compared(context, date, length, meant)
        await context.acknowledge()
        card = cards.slots_card(found, context.reader)
        drawn = await draw(cards.heat_map(found, context.reader))
        files: list[discord.File] = []
        if drawn is not None:
            files = [discord.File(BytesIO(drawn), "hours.png", description=cards.in_words(found, context.reader))]
            card.set_image(url="attachment://hours.png")
        await context.answer(embed=card, files=files)

    slots.autocomplete("meeting")(completion.meeting)


async def _compared(context: Context, typed_day: str, length: timedelta, meeting: Meeting | None) -> Comparison:
    services, reader, now = context.services, context.reader, context.services.clock.now()
    day = parse_day(typed_day, now=now, zone=reader.zone, language=reader.language)
    seats = await seats_today(services, context.guild_id)
    if meeting is not None:
        seats = invited_seats(meeting, seats)
    await working_days.load()
    found = compare(day, reader.zone, length, seats, await services.webinars.last(context.guild_id, now), now)
    if not found.offices:
        raise UserError(
            t(
                "No delegation is in the directory yet, so nobody's hours are known: begin with {command}.",
                command=Command("member import"),
            )
        )
    if not found.slots:
        raise UserError(t("{day} has passed: type a day that is still to come.", day=day))
    return found
