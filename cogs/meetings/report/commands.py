"""``/meeting report``: the counts of a meeting as text, file and chart."""

from io import BytesIO

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot import completion
from bot.charts.figures import draw
from bot.request_reach import RequestReach
from bot.ui import Context
from cogs.meetings import queries
from cogs.meetings.report import cards, exchange, rules
from storage.meetings.models import Meeting


async def send_report(context: Context, meeting: Meeting) -> None:
    """Answer with the counts of a meeting as text, CSV and, where delegations are on record, a chart."""
    services = context.services
    # The first chart imports matplotlib, which may take longer than Discord waits.
    await context.acknowledge()
    reader = context.reader
    report = rules.report(meeting, await services.registrations.of_meeting(context.guild_id, meeting.id))
    delegations = await queries.delegations_of(services, context.guild_id)
    is_open = not meeting.is_recorded and meeting.cancelled_at is None and not queries.is_over(services, meeting)
    missing = await queries.reach_of_unanswered(services, meeting) if is_open else RequestReach()
    card = cards.report_card(meeting, report, missing, delegations, reader)
    name = f"meeting-{meeting.starts_on.isoformat()}"
    files = [discord.File(BytesIO(exchange.report_file(report, delegations, reader)), filename=f"{name}.csv")]
    bars = cards.report_chart(meeting, report, delegations, reader)
    picture = await draw(bars) if bars is not None else None
    if bars is not None and picture is not None:
        files.append(discord.File(BytesIO(picture), filename=f"{name}.png", description=bars.alt_text))
        card.set_image(url=f"attachment://{name}.png")
    await context.answer(embed=card, files=files)


class ReportCommands(commands.Cog):
    """Count who took part."""

    @app_commands.command(description=locale_str("Count who took part, as text, file and chart"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"))
    async def report(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Report the counts of a meeting."""
        context = Context.of(interaction)
        await send_report(context, await queries.meeting_typed(context, meeting))

    report.autocomplete("meeting")(completion.meeting)
