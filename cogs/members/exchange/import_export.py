"""What ``/member import`` and ``export`` do with the file. No role of its own: the commands' work."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace as replaced
from io import BytesIO
from typing import Final, cast

import discord

from bot.csvfiles import Problem, download, problems_card, problems_found
from bot.errors import UserError
from bot.guild_members import members_present
from bot.reach_sentences import who_is_informed
from bot.texts import Reader, Text, nt, t
from bot.ui import (
    Confirmation,
    Context,
    Progress,
    worked_out,
)
from cogs.members.exchange.cards import changes_card, question, summary, welcomes
from cogs.members.exchange.exchange import SHEET, all_values
from cogs.members.exchange.fields import EXACT_DIGITS, ROUNDED_FROM, damaged_number
from cogs.members.exchange.rules import Plan, planning
from cogs.members.posts.post import seats_changed
from cogs.members.welcome.owing import owe_welcome
from storage.database import Transaction
from storage.members.models import Directory, DirectoryChanges
from storage.models import Draft

MAX_BYTES: Final = 8_000_000

Say = Callable[..., Awaitable[None]]


async def export_directory(context: Context) -> None:
    """Answer with the whole directory as a CSV file, contact details that only the secretariat sees included."""
    await context.acknowledge()
    directory = await context.services.directory.read(context.guild_id)
    rows = await asyncio.to_thread(list, all_values(directory))
    data = await asyncio.to_thread(SHEET.file_of, rows)
    name = f"directory-{context.services.today(context.network).isoformat()}.csv"
    text = nt(
        "The directory, {count} row. It holds contact details that only the secretariat may see: keep it within"
        " the secretariat.",
        (
            "The directory, {count} rows. It holds contact details that only the secretariat may see: keep it"
            " within the secretariat."
        ),
        len(rows),
    )
    await context.answer(text, files=[discord.File(BytesIO(data), name)])


async def import_directory(context: Context, file: discord.Attachment, dry_run: bool = False) -> None:
    """Read the directory from a CSV file, all or nothing; with ``dry_run`` only say what it would change.

    What ends a term or erases something, what may not be meant, and giving people an account, which they are welcomed
    for, is done only after *Confirm*. Raises UserError for
    a file that cannot be read.
    """
    await context.acknowledge()
    text = await asyncio.to_thread(SHEET.text_of, await download(file, MAX_BYTES))
    plan, directory = await _work_out(context, text)
    if plan.problems or dry_run or not plan.changes:
        await _show(context.answer, context, plan, directory)
    elif plan.asks:
        await _ask(context, text, plan, directory)
    else:
        await _carry_out(context, text, None)


class ConfirmImport(Confirmation):
    """An import that ends terms or erases something, or that may not be meant, asked about first."""

    kind = "directory_import"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Import the file, worked out anew on the directory as it is now."""
        await context.acknowledge(in_place=True)
        await _carry_out(context, cast(str, draft.payload["csv"]), draft)


async def _carry_out(context: Context, text: str, draft: Draft | None) -> None:
    say = context.answer if draft is None else context.replace
    agreed = frozenset(cast(list[str], draft.payload["consequences"]) if draft else [])
    written = False
    plan = None
    welcomed: list[int] = []
    while not written:
        plan, directory = await _work_out(context, text)
        if plan.problems or not plan.changes:
            await _show(say, context, plan, directory)
            return
        if not plan.asks <= agreed:
            if draft is not None:
                moved = t("The directory has changed since: please check again what this file changes.")
                await context.replace(moved)
            await _ask(context, text, plan, directory)
            return
        async with context.write() as tx:
            # Somebody may have written while this was being worked out: then it is worked out again.
            written = await context.services.directory.is_still(tx, context.guild_id, plan.version)
            if written:
                if draft is not None:
                    await context.take(tx, draft)
                await context.services.directory.apply(tx, context.guild_id, plan.writes)
                welcomed = await _welcome(context, tx, plan)
                context.services.outbox.wake(tx, context.services.clock.now())
        seats_changed(context)
    if plan is not None:
        done = t("The directory is up to date: {summary}.", summary=summary(plan, context.reader))
        lines = [context.say(done)]
        if welcomed:
            lines.append(await who_is_informed(context.services, context.guild_id, welcomed, context.reader))
        await say("\n".join(lines))


async def _welcome(context: Context, tx: Transaction, plan: Plan) -> list[int]:
    """Owe each newcomer the welcome that people get who get an account in another way; return their ids."""
    if not plan.newcomers:
        return []
    services, guild_id = context.services, context.guild_id
    posts = await services.directory.first_posts(tx, guild_id, plan.newcomers, services.today(context.network))
    for post in posts:
        await owe_welcome(services, tx, guild_id, post.person_id, post.id, post.starts_on)
    return [post.person_id for post in posts]


def _with_welcomes(text: Text, plan: Plan, reader: Reader) -> str:
    return "\n".join(map(reader.say, [text, *([welcomes(plan)] if plan.newcomers else [])]))


async def _show(say: Say, context: Context, plan: Plan, directory: Directory) -> None:
    reader = context.reader
    if plan.problems:
        text = problems_found(plan.problems)
        card, files = await asyncio.to_thread(problems_card, plan.problems, reader)
    elif not plan.changes:
        await say(t("The directory has all of this already: nothing was changed."))
        return
    else:
        brings = t("Nothing was written. This file would bring: {summary}.", summary=summary(plan, reader))
        text = _with_welcomes(brings, plan, reader)
        card, files = await asyncio.to_thread(changes_card, plan, directory.delegations, reader)
    await say(text, embed=card, files=files)


async def _ask(context: Context, text: str, plan: Plan, directory: Directory) -> None:
    card, files = await asyncio.to_thread(changes_card, plan, directory.delegations, context.reader)
    payload = {"csv": text, "consequences": sorted(plan.asks)}
    await context.preview(
        ConfirmImport.kind,
        payload,
        _with_welcomes(question(plan, context.reader), plan, context.reader),
        embed=card,
        files=files,
        destroys=bool(plan.consequences),
    )


async def _work_out(context: Context, text: str) -> tuple[Plan, Directory]:
    directory = await context.services.directory.read(context.guild_id)
    rows, problems = await asyncio.to_thread(SHEET.rows_of, text)
    work = planning(context.guild_id, directory, rows, problems, context.services.today(context.network))
    plan = await worked_out(work, Progress(context, len(rows)))
    guild = context.interaction.guild
    if guild is not None and plan.accounts and not plan.problems:
        plan = await _with_accounts_looked_up(guild, plan)
    return plan, directory


async def _with_accounts_looked_up(guild: discord.Guild, plan: Plan) -> Plan:
    """Return the plan with a question about each account that is not on the server, or a problem if it was rounded."""
    try:
        present = await members_present(guild, plan.accounts)
    except (discord.HTTPException, discord.ClientException, TimeoutError, OSError) as error:
        raise UserError(
            t("Discord does not say just now whether these accounts are on the server: send the file again later.")
        ) from error
    absent = {account: row for account, row in plan.accounts.items() if account not in present}
    rounded = [
        Problem(row, "discord_user_id", damaged_number(str(account)))
        for account, row in absent.items()
        if str(account)[EXACT_DIGITS:].strip("0") == "" and len(str(account)) >= ROUNDED_FROM
    ]
    unknown = t(
        "No member of this server has this id: cancel and correct it, or confirm to enter the person without an"
        " account."
    )
    questions = {f"absent {account}": Problem(row, "discord_user_id", unknown) for account, row in absent.items()}
    return replaced(
        plan,
        problems=tuple(rounded),
        questions={**plan.questions, **questions},
        writes=_without_accounts(plan.writes, absent.keys()),
    )


def _without_accounts(writes: DirectoryChanges, accounts: Collection[int]) -> DirectoryChanges:
    """Return ``writes`` without links to accounts that are not on the server: the bot would undo them at once."""
    changed = [
        (replaced(person, account_id=None), tuple(field for field in fields if field != "account_id"))
        if "account_id" in fields and person.account_id in accounts
        else (person, fields)
        for person, fields in writes.changed_persons
    ]
    return replaced(
        writes,
        added_persons=tuple(
            replaced(person, account_id=None) if person.account_id in accounts else person
            for person in writes.added_persons
        ),
        changed_persons=tuple((person, fields) for person, fields in changed if fields),
    )
