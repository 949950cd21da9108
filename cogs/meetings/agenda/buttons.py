"""The pages of the agenda, and the file for calendars."""

from io import BytesIO

import discord
from discord import ui

from bot.texts import Reader, t
from bot.ui import Context, PageButton, PersistentButton, page_buttons, page_of, stored_view
from cogs.meetings import queries
from cogs.meetings.agenda import cards
from cogs.meetings.calendar import calendar_of
from cogs.meetings.queries import meeting_of
from storage.meetings.models import Meeting


class CalendarButton(PersistentButton, custom_id="meeting:ics:{guild_id}:{meeting_id}"):
    """*Add to calendar*: the meeting and its sessions as a file; links for members only."""

    guild_id: int
    meeting_id: int

    async def on_press(self, context: Context) -> None:
        """Attach the file."""
        services = context.services
        meeting = await meeting_of(context, self.meeting_id)
        background = await queries.background_of(services, meeting)
        sessions = await services.sessions.of_meeting(context.guild_id, meeting.id, with_removed=True)
        viewer = await queries.viewer_of(context, meeting)
        content = calendar_of(meeting, sessions, background, context.reader, with_links=viewer.is_member)
        file = discord.File(BytesIO(content), filename=f"meeting-{meeting.starts_on.isoformat()}.ics")
        text = t("Open the file on your phone or computer to add the meeting and its sessions to your calendar.")
        await context.answer(text, files=[file])


class AgendaPages(PageButton, custom_id="meeting:agenda{way}:{meeting_id}:{page}"):
    """*Agenda*, and *Previous* and *Next* below it."""

    meeting_id: int

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        return await agenda_page(context, await meeting_of(context, self.meeting_id), self.page)

    async def on_press(self, context: Context) -> None:
        """Open the agenda below, or turn its page."""
        embed, view = await self.shown(context)
        await (context.answer if self.way == "=" else context.replace)(embed=embed, view=view)


async def agenda_page(context: Context, meeting: Meeting, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of a meeting's agenda with its buttons."""
    reader = context.reader
    sessions = await context.services.sessions.of_meeting(context.guild_id, meeting.id)
    viewer = await queries.viewer_of(context, meeting)
    pages = cards.agenda_pages(meeting, sessions, reader, viewer)
    page = page_of(pages, number, 1)
    turners = page_buttons(page, reader, lambda way, to: AgendaPages(way, to, meeting.id))
    items = [*turners, *([] if meeting.tells_year_only else [calendar_button(meeting, reader)])]
    return cards.agenda_card(meeting, pages, page.number, reader), stored_view(items)


def calendar_button(meeting: Meeting, reader: Reader) -> CalendarButton:
    """Return *Add to calendar*."""
    return CalendarButton(meeting.guild_id, meeting.id).labelled(reader.label(t("Add to calendar")))
