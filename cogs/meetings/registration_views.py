"""Who comes, who has not answered, and the request to those alone."""

from io import BytesIO

import discord
from discord import ui

from bot.audience import unanswered
from bot.charts import draw_bars
from bot.outbox import PEOPLE, Request
from bot.outbox.preview import ask_to_send
from bot.texts import nt, t
from bot.ui import (
    Context,
    PageButton,
    PersistentButton,
    page_buttons,
    page_of,
    stored_view,
)
from bot.ui.pages import page_label
from cogs.meetings import cards, desk, results, rules, words
from cogs.meetings.answering import SUBJECT
from cogs.meetings.kinds import Series
from cogs.meetings.views import meeting_of
from storage.meeting_models import Meeting


class RegistrationPages(PageButton, custom_id="meeting:registrations{way}:{meeting_id}:{page}"):
    """*Previous* and *Next* below who comes."""

    meeting_id: int

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        meeting = await meeting_of(context.services, context.asker, self.meeting_id)
        embed, view, _ = await registrations_page(context, meeting, self.page)
        return embed, view


class ChaseButton(PersistentButton, custom_id="meeting:chase:{meeting_id}"):
    """*Ask those who have not answered*: shown first, with how many get it."""

    meeting_id: int

    async def on_press(self, context: Context) -> None:
        """Show the request and whom it goes to, and ask for *Confirm*."""
        services = context.services
        meeting = await meeting_of(services, context.asker, self.meeting_id)
        desk.require_ahead(services, meeting)
        await ask_to_send(context, Request(SUBJECT, meeting.id, Series.CHASED.value, PEOPLE))


async def registrations_page(
    context: Context, meeting: Meeting, number: int
) -> tuple[discord.Embed, ui.View | None, discord.File]:
    """Return a page of who comes, its buttons, and the whole as CSV."""
    reader = context.reader
    answers = await context.services.registrations.of_meeting(context.guild_id, meeting.id)
    seats = await context.services.members.delegations(context.guild_id, on=context.services.today(context.network))
    missing = set[str]() if meeting.is_recorded else unanswered((seat.code for seat in seats), answers)
    delegations = await desk.delegations_of(context.services, context.guild_id)
    page = page_of(results.registration_pages(answers, list(missing), delegations, reader), number, 1)
    card = discord.Embed(
        title=f"{words.heading(meeting, reader)} · {words.city(meeting, reader)}"[:256], colour=cards.BLUE
    )
    counts = rules.report(meeting, answers)
    summary = [
        reader.say(nt("{count} from the capital", "{count} from capitals", counts.from_capital or 0)),
        reader.say(nt("{count} from the mission", "{count} from missions", counts.from_mission or 0)),
        reader.say(nt("{count} has not answered", "{count} have not answered", len(missing))),
    ]
    body = page.items[0] if page.items else reader.say(t("Nobody has answered yet."))
    card.description = f"{' · '.join(summary)}\n\n{body}"
    card.set_footer(text=page_label(page, reader))
    items = page_buttons(page, reader, lambda way, to: RegistrationPages(way, to, meeting.id))
    if missing and meeting.cancelled_at is None and not desk.is_over(context.services, meeting):
        label = reader.label(t("Ask those who have not answered"))
        items.append(ChaseButton(meeting.id).labelled(label, discord.ButtonStyle.primary))
    file = results.registrations_file(answers, list(missing), delegations, reader)
    name = f"registrations-{meeting.starts_on.isoformat()}.csv"
    return card, stored_view(items) if items else None, discord.File(BytesIO(file), filename=name)


async def send_report(context: Context, meeting: Meeting) -> None:
    """Answer with the counts of a meeting as text, CSV and, where delegations are on record, a chart."""
    services = context.services
    # The first chart imports matplotlib, which may take longer than Discord waits.
    await context.interaction.response.defer(ephemeral=True, thinking=True)
    reader = context.reader
    report = rules.report(meeting, await services.registrations.of_meeting(context.guild_id, meeting.id))
    delegations = await desk.delegations_of(services, context.guild_id)
    card = results.report_card(meeting, report, delegations, reader)
    name = f"meeting-{meeting.starts_on.isoformat()}"
    files = [discord.File(BytesIO(results.report_file(report, delegations, reader)), filename=f"{name}.csv")]
    bars = results.report_chart(meeting, report, delegations, reader)
    picture = await draw_bars(bars) if bars is not None else None
    if bars is not None and picture is not None:
        files.append(discord.File(BytesIO(picture), filename=f"{name}.png", description=bars.alt_text))
        card.set_image(url=f"attachment://{name}.png")
    await context.answer(embed=card, files=files)
