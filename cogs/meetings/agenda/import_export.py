"""What ``/meeting session import`` and ``export`` do with the file. No role of its own: the commands' work."""

import asyncio
from io import BytesIO
from typing import Final, cast

import discord

from bot.csvfiles import download, problems_card, problems_found
from bot.errors import UserError
from bot.meeting_names import full_name
from bot.texts import Reader, escaped, nt, t
from bot.ui import Confirmation, Context, Progress, add_lines, colours, worked_out
from cogs.meetings import queries
from cogs.meetings.agenda.cards import session_line
from cogs.meetings.agenda.exchange import SHEET, AgendaPlan, cells_of, planning
from cogs.meetings.events import MeetingEventButton
from storage.meetings.models import Meeting
from storage.models import Draft

_MAX_BYTES: Final = 2_000_000


async def export_agenda(context: Context, meeting: Meeting) -> None:
    """Answer with the sessions of a meeting as a CSV file, links included."""
    sessions = await context.services.sessions.of_meeting(context.guild_id, meeting.id)
    data = SHEET.file_of(cells_of(session, meeting) for session in sessions)
    name = f"agenda-{meeting.starts_on.isoformat()}.csv"
    text = nt(
        "The agenda of the {meeting}, {count} session, with the links that are for members only.",
        "The agenda of the {meeting}, {count} sessions, with the links that are for members only.",
        len(sessions),
        meeting=full_name(meeting, context.reader),
    )
    await context.answer(text, files=[discord.File(BytesIO(data), name)])


async def import_agenda(context: Context, meeting: Meeting, file: discord.Attachment) -> None:
    """Read sessions from a CSV file, all or nothing, and ask before anything is written. Raises UserError."""
    queries.require_ahead(context.services, meeting)
    await context.acknowledge()
    text = await asyncio.to_thread(SHEET.text_of, await download(file, _MAX_BYTES))
    plan = await _work_out(context, meeting, text)
    reader = context.reader
    if plan.problems:
        card, files = await asyncio.to_thread(problems_card, plan.problems, reader)
        await context.answer(problems_found(plan.problems), embed=card, files=files)
        return
    if not plan.added and not plan.changed:
        await context.answer(t("The agenda has all of this already: nothing was changed."))
        return
    question = t(
        "For the {meeting}, this file brings: {summary}. Nothing is written before you confirm.",
        meeting=full_name(meeting, reader),
        summary=_summary(plan, reader),
    )
    payload = {"csv": text, "meeting": meeting.id}
    await context.preview(ImportAgenda.kind, payload, question, embed=_plan_card(plan, meeting, reader))


class ImportAgenda(Confirmation):
    """Sessions about to be written."""

    kind = "meeting_agenda_import"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Write them, worked out anew on the agenda as it is now."""
        await context.acknowledge(in_place=True)
        services, guild_id = context.services, context.guild_id
        meeting = await queries.meeting_of(context, cast(int, draft.payload["meeting"]))
        queries.require_ahead(services, meeting)
        plan = await _work_out(context, meeting, cast(str, draft.payload["csv"]))
        if plan.problems:
            raise UserError(t("The meeting has changed since, and the file no longer fits it: please send it again."))
        async with context.write() as tx:
            await context.take(tx, draft)
            for _, fields in plan.added:
                await services.sessions.add(tx, guild_id, meeting.id, **fields)
            for session, fields in plan.changed:
                await services.sessions.change(tx, guild_id, session.id, **fields)
        done = t("The agenda is up to date: {summary}.", summary=_summary(plan, context.reader))
        await context.replace(done)
        await MeetingEventButton.keep(context, meeting.id)


def _plan_card(plan: AgendaPlan, meeting: Meeting, reader: Reader) -> discord.Embed:
    card = discord.Embed(title=escaped(full_name(meeting, reader))[:256], colour=colours.EVENT)
    for heading, sessions in ((t("New sessions"), plan.added), (t("Changed sessions"), plan.changed)):
        if sessions:
            lines = [session_line(session, meeting, reader) for session, _ in sessions]
            add_lines(card, reader.label(heading), lines, reader)
    if plan.absent:
        stays = nt(
            "{count} session of the agenda is not in this file and stays as it is.",
            "{count} sessions of the agenda are not in this file and stay as they are.",
            plan.absent,
        )
        card.set_footer(text=reader.label(stays))
    return card


def _summary(plan: AgendaPlan, reader: Reader) -> str:
    phrases = [
        (len(plan.added), nt("{count} session added", "{count} sessions added", len(plan.added))),
        (len(plan.changed), nt("{count} session changed", "{count} sessions changed", len(plan.changed))),
        (plan.same, nt("{count} session as it is already", "{count} sessions as they are already", plan.same)),
    ]
    return reader.listing([reader.say(phrase) for count, phrase in phrases if count])


async def _work_out(context: Context, meeting: Meeting, text: str) -> AgendaPlan:
    sessions = await context.services.sessions.of_meeting(context.guild_id, meeting.id)
    rows, problems = await asyncio.to_thread(SHEET.rows_of, text)
    now, progress = context.services.clock.now(), Progress(context, len(rows))
    return await worked_out(planning(rows, problems, meeting, sessions, now, context.reader), progress)
