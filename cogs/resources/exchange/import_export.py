"""What ``/resource import`` and ``export`` do with the file. No role of its own: the commands' work."""

import asyncio
from io import BytesIO
from typing import Final, cast

import discord

from bot.csvfiles import download, problems_card, problems_found
from bot.errors import UserError
from bot.shelf import DuplicateError, cells_of, comparison_key
from bot.texts import Reader, nt, t
from bot.ui import Confirmation, Context, Progress, worked_out
from cogs.resources.cards import bold_title
from cogs.resources.exchange.exchange import SHEET, Plan, meeting_cell, planning
from storage.models import Draft

_MAX_BYTES: Final = 2_000_000


async def export_shelf(context: Context) -> None:
    """Answer with everything on the shelf as a CSV file, what is for members included."""
    services = context.services
    await context.acknowledge()
    await services.shelf.scope(context.guild_id, for_members=True)
    resources = await services.shelf.resources.shelved(context.guild_id)
    days = {m.id: meeting_cell(m) for m in await services.meetings.all(context.guild_id)}
    rows = [(*cells_of(r).values(), days.get(r.meeting_id or 0, "")) for r in resources]
    data = await asyncio.to_thread(SHEET.file_of, rows)
    name = f"shelf-{services.today(context.network).isoformat()}.csv"
    text = nt(
        "The library, {count} link, with what is for members only.",
        "The library, {count} links, with what is for members only.",
        len(rows),
    )
    await context.answer(text, files=[discord.File(BytesIO(data), name)])


async def import_shelf(context: Context, file: discord.Attachment) -> None:
    """Read links from a CSV file, all or nothing, and ask before anything is written. Raises UserError."""
    await context.acknowledge()
    text = await asyncio.to_thread(SHEET.text_of, await download(file, _MAX_BYTES))
    plan = await _work_out(context, text)
    reader = context.reader
    if plan.problems:
        card, files = await asyncio.to_thread(problems_card, plan.problems, reader)
        await context.answer(problems_found(plan.problems), embed=card, files=files)
        return
    if not plan.added and not plan.changed:
        await context.answer(t("The library has all of this already: nothing was changed."))
        return
    question = t("This file brings: {summary}. Nothing is written before you confirm.", summary=_summary(plan, reader))
    await context.preview(ConfirmImport.kind, {"csv": text}, question)


class ConfirmImport(Confirmation):
    """An import about to be written."""

    kind = "shelf_import"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Write it, worked out anew on the shelf as it is now."""
        await context.acknowledge(in_place=True)
        services = context.services
        plan = await _work_out(context, cast(str, draft.payload["csv"]))
        if plan.problems:
            raise UserError(t("The library has changed since, and the file no longer fits it: please send it again."))
        try:
            async with context.write() as tx:
                await context.take(tx, draft)
                for new in plan.added:
                    await services.shelf.add(tx, context.guild_id, new)
                for resource, fields in plan.changed:
                    await services.shelf.change(tx, resource, fields)
        except DuplicateError as error:
            raise UserError(
                t("The same page was added again meanwhile, as {title}.", title=bold_title(error.resource))
            ) from error
        done = t("The library is up to date: {summary}.", summary=_summary(plan, context.reader))
        await context.replace(done)


def _summary(plan: Plan, reader: Reader) -> str:
    phrases = [
        (len(plan.added), nt("{count} link added", "{count} links added", len(plan.added))),
        (len(plan.changed), nt("{count} link changed", "{count} links changed", len(plan.changed))),
        (plan.same, nt("{count} link as it is already", "{count} links as they are already", plan.same)),
    ]
    return reader.listing([reader.say(phrase) for count, phrase in phrases if count])


async def _work_out(context: Context, text: str) -> Plan:
    services = context.services
    await services.shelf.scope(context.guild_id, for_members=True)
    there = {comparison_key(r.url): r for r in await services.shelf.resources.shelved_or_suggested(context.guild_id)}
    # A cancelled meeting gives way to the one that took its place on the same day.
    meetings = sorted(await services.meetings.all(context.guild_id), key=lambda m: m.cancelled_at is None)
    days = {meeting_cell(m): m.id for m in meetings}
    rows, problems = await asyncio.to_thread(SHEET.rows_of, text)
    progress = Progress(context, len(rows))
    return await worked_out(planning(rows, problems, there, days), progress)
