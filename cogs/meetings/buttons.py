"""The buttons under a meeting, and the card that they stand under."""

from datetime import datetime
from typing import Any, Final

import discord
from discord import ui

from bot.access import Level
from bot.commands import Command
from bot.texts import Reader, t
from bot.ui import Context, PersistentButton, Word, stored_view
from cogs.meetings import cards, queries, rules, sentences
from cogs.meetings.agenda.buttons import AgendaPages, calendar_button
from cogs.meetings.queries import meeting_of
from cogs.meetings.registration import answer
from cogs.meetings.registration.forms import ask_who_comes
from storage.meetings.models import Attendance, Meeting

_STYLES: Final[dict[Attendance, discord.ButtonStyle]] = {
    "in_person": discord.ButtonStyle.primary,
    "online": discord.ButtonStyle.primary,
    "not_attending": discord.ButtonStyle.secondary,
}


class AnswerButton(PersistentButton, custom_id="meeting:{attendance}:{guild_id}:{meeting_id}"):
    """*In person*, *Online* and *Not attending*: a delegate's answer in one press."""

    attendance: Attendance
    guild_id: int
    meeting_id: int

    async def on_press(self, context: Context) -> None:
        """Write the answer of the delegation that the presser speaks for."""
        meeting = await meeting_of(context, self.meeting_id)
        prepared = await answer.prepare(context, meeting, None)
        whence = answer.likely_representative(context, prepared)
        said = await answer.write(context, prepared, self.attendance, whence, prepared.comes_so_far)
        more = t("To say who comes and from where, use {command}.", command=Command("meeting register"))
        text = f"{said} {context.say(more)}" if self.attendance != "not_attending" else said
        message = context.interaction.message
        if message is not None and message.flags.ephemeral:
            embed, view = await show(context, meeting)
            await context.replace(text, embed=embed, view=view)
        else:
            await context.answer(text)


class ShowMeetingButton(PersistentButton, custom_id="meeting:show:{meeting_id}"):
    """Leads from elsewhere to a meeting, with what the presser can do next."""

    meeting_id: int

    async def on_press(self, context: Context) -> None:
        """Show it."""
        embed, view = await show(context, await meeting_of(context, self.meeting_id))
        await context.answer(embed=embed, view=view)


class AnswerForButton(PersistentButton, custom_id="meeting:answer:{meeting_id}:{code}"):
    """Leads from elsewhere to a meeting, to answer for one of the delegations that somebody speaks for."""

    meeting_id: int
    code: Word

    async def on_press(self, context: Context) -> None:
        """Show the meeting with the ways to answer, for as long as the delegation may."""
        meeting = await meeting_of(context, self.meeting_id)
        embed, view = await show_for(context, meeting, self.code)
        await context.answer(embed=embed, view=view)


class ConfirmButton(PersistentButton, custom_id="meeting:confirm:{meeting_id}:{code}"):
    """*Confirm* what a predecessor has registered: who travels is asked for, filled in with whom they named."""

    meeting_id: int
    code: Word

    async def on_press(self, context: Context) -> None:
        """Open the form; of a delegation that does not come, show the meeting with the ways to answer."""
        meeting = await meeting_of(context, self.meeting_id)
        prepared = await answer.prepare(context, meeting, self.code)
        if prepared.before is not None and prepared.before.attends:
            await ask_who_comes(context, prepared, prepared.before.attendance)
            return
        embed, view = await show_for(context, meeting, self.code)
        await context.answer(embed=embed, view=view)


class ForDelegationButton(PersistentButton, custom_id="meeting:for:{attendance}:{meeting_id}:{code}"):
    """*In person*, *Online* and *Not attending* for one delegation: a form asks who comes."""

    attendance: Attendance
    meeting_id: int
    code: Word

    async def on_press(self, context: Context) -> None:
        """Write that nobody comes, or open the form for who comes and from where."""
        meeting = await meeting_of(context, self.meeting_id)
        prepared = await answer.prepare(context, meeting, self.code)
        if self.attendance != "not_attending":
            await ask_who_comes(context, prepared, self.attendance)
            return
        said = await answer.write(context, prepared, self.attendance, None, prepared.comes_so_far)
        embed, view = await show_for(context, meeting, self.code)
        await context.replace(said, embed=embed, view=view)


def public_buttons(meeting: Meeting, now: datetime, reader: Reader) -> list[ui.Item[Any]]:
    """Return the buttons under a message about a meeting: answers while delegations register, and the calendar.

    A meeting that is only proposed (id 0) has none.
    """
    items: list[ui.Item[Any]] = []
    if not meeting.id or meeting.tells_year_only:
        return items
    if _takes_answers(meeting, now):
        items += [
            AnswerButton(value, meeting.guild_id, meeting.id).labelled(reader.label(name), _STYLES[value])
            for value, name in sentences.ATTENDANCE.items()
        ]
    return [*items, calendar_button(meeting, reader)]


def _takes_answers(meeting: Meeting, now: datetime) -> bool:
    return meeting.cancelled_at is None and not meeting.is_recorded and rules.registration_closes(meeting) > now


async def show(context: Context, meeting: Meeting) -> tuple[discord.Embed, ui.View]:
    """Return the card of a meeting for the person who asks, with what they can do next."""
    viewer = await queries.viewer_of(context, meeting)
    items = public_buttons(meeting, context.services.clock.now(), context.reader)
    answers = viewer.code is not None and context.asker.is_member
    return await _shown(context, meeting, viewer, items if answers else items[-1:])


async def show_for(context: Context, meeting: Meeting, code: str) -> tuple[discord.Embed, ui.View]:
    """Return the card of a meeting for one of the delegations that the asker speaks for, with what they can do next."""
    reader, now = context.reader, context.services.clock.now()
    viewer = await queries.viewer_for(context, meeting, code)
    items: list[ui.Item[Any]] = []
    if viewer.code is not None and _takes_answers(meeting, now):
        items = [
            ForDelegationButton(value, meeting.id, code).labelled(reader.label(name), _STYLES[value])
            for value, name in sentences.ATTENDANCE.items()
        ]
    return await _shown(context, meeting, viewer, [*items, calendar_button(meeting, reader)])


async def _shown(
    context: Context, meeting: Meeting, viewer: cards.Viewer, items: list[ui.Item[Any]]
) -> tuple[discord.Embed, ui.View]:
    reader, now = context.reader, context.services.clock.now()
    delegations = await queries.delegations_named(context.services, meeting, viewer.code)
    if await context.services.sessions.of_meeting(context.guild_id, meeting.id):
        items = [*items, AgendaPages("=", 0, meeting.id).labelled(reader.label(t("Agenda")))]
    card = cards.meeting_card(meeting, delegations, reader, now, viewer)
    scope = await context.services.shelf.scope(context.guild_id, for_members=context.asker.may(Level.MEMBERS))
    cards.add_documents(card, await context.services.shelf.of_meeting(scope, meeting), reader)
    return card, stored_view(items)
