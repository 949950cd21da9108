"""``/member import`` and ``/member export``: the whole directory as a file, in and out."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from datetime import timedelta
from io import BytesIO
from typing import Final, cast

import discord

from bot.access import Asker, Level
from bot.clock import Clock
from bot.csvfiles import problems_told
from bot.errors import UserError
from bot.services import Services
from bot.texts import nt, t
from bot.ui import Confirmation, answer, ask_confirmation, asker_of, host_of, replace, take
from cogs.members.directory_csv import SHEET, all_values
from cogs.members.import_cards import changes_told, summary
from cogs.members.import_plan import Plan, planning
from cogs.members.posts import announce_change
from storage.models import Directory, Draft

MAX_BYTES: Final = 8_000_000
LONG_FILE: Final = 2_000
"""Rows after which the reader is told how far the reading has come."""
_BREATH: Final = 100
"""Pieces of work between which others get their turn."""
_BETWEEN_LINES: Final = timedelta(seconds=2)

Say = Callable[..., Awaitable[None]]


async def export_directory(interaction: discord.Interaction, services: Services) -> None:
    """Answer with the whole directory as a CSV file, contact details that only the secretariat sees included."""
    asker = asker_of(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    directory = await services.directory.read(asker.guild_id)
    rows: list[tuple[str, ...]] = []
    for row in all_values(directory):
        rows.append(row)
        if len(rows) % _BREATH == 0:
            await asyncio.sleep(0)
    name = f"directory-{services.today(asker.network).isoformat()}.csv"
    text = nt(
        "The directory, {count} row. It holds contact details that only the secretariat may see: keep it among you.",
        "The directory, {count} rows. It holds contact details that only the secretariat may see: keep it among you.",
        len(rows),
    )
    await answer(interaction, asker.reader.say(text), files=[discord.File(BytesIO(SHEET.file_of(rows)), name)])


async def import_directory(
    interaction: discord.Interaction, services: Services, file: discord.Attachment, dry_run: bool = False
) -> None:
    """Read the directory from a CSV file, all or nothing; with ``dry_run`` only say what it would change.

    What ends a term or erases something is done only after *Confirm*. Raises UserError for a file that cannot be read.
    """
    asker = asker_of(interaction)
    if file.size > MAX_BYTES:
        raise UserError(
            t("This file is larger than {size} megabytes: divide it, and send the parts.", size=MAX_BYTES // 1_000_000)
        )
    await interaction.response.defer(ephemeral=True, thinking=True)
    text = SHEET.text_of(await file.read())
    plan, directory = await _work_out(interaction, services, asker, text)
    if plan.problems or dry_run or not plan.changes:
        await _tell(answer, interaction, asker, plan, directory)
    elif plan.consequences:
        await _ask(interaction, asker, text, plan, directory)
    else:
        await _carry_out(interaction, services, asker, text, None)


class ImportConfirmation(Confirmation):
    """An import that ends terms or erases something, asked about first."""

    kind = "directory_import"
    level = Level.SECRETARIAT

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Import the file, worked out anew on the directory as it is now."""
        await interaction.response.defer()
        await _carry_out(interaction, host_of(interaction).services, asker, cast(str, draft.payload["csv"]), draft)


async def _carry_out(
    interaction: discord.Interaction, services: Services, asker: Asker, text: str, draft: Draft | None
) -> None:
    say = answer if draft is None else replace
    agreed = frozenset(cast(list[str], draft.payload["consequences"]) if draft else [])
    written = False
    plan = None
    while not written:
        plan, directory = await _work_out(interaction, services, asker, text)
        if plan.problems or not plan.changes:
            await _tell(say, interaction, asker, plan, directory)
            return
        if not plan.consequences <= agreed:
            if draft is not None:
                moved = t("The directory has changed since: please look again at what this file does to it.")
                await replace(interaction, asker.reader.say(moved))
            await _ask(interaction, asker, text, plan, directory)
            return
        async with services.transaction(asker.account_id) as tx:
            # Somebody may have written while this was being worked out: then it is worked out again.
            written = await services.directory.is_still(tx, asker.guild_id, plan.version)
            if written:
                if draft is not None:
                    await take(interaction, tx, draft)
                await services.directory.apply(tx, asker.guild_id, plan.writes)
        announce_change(interaction, asker.guild_id)
    if plan is not None:
        done = t("The directory is up to date: {summary}.", summary=summary(plan, asker.reader))
        await say(interaction, asker.reader.say(done))


async def _tell(say: Say, interaction: discord.Interaction, asker: Asker, plan: Plan, directory: Directory) -> None:
    reader = asker.reader
    if plan.problems:
        text = nt(
            "{count} problem was found and nothing was written: put it right and send the file again.",
            "{count} problems were found and nothing was written: put them right and send the file again.",
            len(plan.problems),
        )
        card, files = problems_told(plan.problems, reader)
    elif not plan.changes:
        await say(interaction, reader.say(t("The directory says all of this already: nothing was changed.")))
        return
    else:
        text = t("Nothing was written. This file would bring: {summary}.", summary=summary(plan, reader))
        card, files = changes_told(plan.changes, directory.delegations, reader)
    await say(interaction, reader.say(text), embed=card, files=files)


async def _ask(interaction: discord.Interaction, asker: Asker, text: str, plan: Plan, directory: Directory) -> None:
    reader = asker.reader
    card, files = changes_told(plan.changes, directory.delegations, reader)
    question = t(
        "This file ends terms or erases something. It brings: {summary}. Nothing is written before you confirm.",
        summary=summary(plan, reader),
    )
    payload = {"csv": text, "consequences": sorted(plan.consequences)}
    await ask_confirmation(
        interaction, asker, ImportConfirmation, payload, reader.say(question), embed=card, files=files, destroys=True
    )


async def _work_out(
    interaction: discord.Interaction, services: Services, asker: Asker, text: str
) -> tuple[Plan, Directory]:
    directory = await services.directory.read(asker.guild_id)
    rows, problems = SHEET.rows_of(text)
    work = planning(asker.guild_id, directory, rows, problems, services.today(asker.network))
    progress = _Progress(interaction, asker, services.clock, len(rows))
    plan = await _paced(work, progress)
    await progress.end()
    return plan, directory


async def _paced(work: Generator[int, None, Plan], progress: "_Progress") -> Plan:
    pieces = 0
    while True:
        try:
            rows_read = next(work)
        except StopIteration as end:
            return cast(Plan, end.value)
        pieces += 1
        if pieces % _BREATH == 0:
            await asyncio.sleep(0)
        if rows_read and rows_read % LONG_FILE == 0:
            await progress.tell(rows_read)


class _Progress:
    """A line under a long import, renewed at most every two seconds."""

    def __init__(self, interaction: discord.Interaction, asker: Asker, clock: Clock, rows: int) -> None:
        self._interaction = interaction
        self._reader = asker.reader
        self._clock = clock
        self._rows = rows
        self._due = clock.now()
        self._told = False

    async def tell(self, row: int) -> None:
        """Say how far the reading has come, unless that was said just before or it is over."""
        now = self._clock.now()
        if now < self._due or row == self._rows:
            return
        self._due = now + _BETWEEN_LINES
        self._told = True
        text = t("Reading row {row} of {rows} …", row=row, rows=self._rows)
        await self._interaction.edit_original_response(content=self._reader.say(text))

    async def end(self) -> None:
        """Say that all is read, where anything was said before."""
        if self._told:
            text = nt("{count} row read.", "{count} rows read.", self._rows)
            await self._interaction.edit_original_response(content=self._reader.say(text))
