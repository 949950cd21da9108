from collections.abc import Mapping

import discord

from bot.audit_labels import ACTIONS, FIELDS, SUBJECTS
from bot.texts import Markdown, Reader, Text, escaped, t
from bot.ui import Page, joined, page_label
from storage.models import AuditEntry

PAGE = 10
RowNames = Mapping[tuple[str, int], str]
"""What each row is called, as Markdown, by its subject and id."""


def audit_card(page: Page[AuditEntry], rows: RowNames, seats: Mapping[str, str], reader: Reader) -> discord.Embed:
    """Show one page of the audit log, newest first: who, what, when, which row, which fields; never the values.

    ``seats`` are the names of delegations by their codes, as typed text.
    """
    lines = [_entry(entry, rows, seats, reader) for entry in page.items]
    said = joined(lines, reader) or reader.say(t("The log has no entry that matches: leave an option out."))
    card = discord.Embed(title=reader.label(t("Audit log")), description=said)
    card.set_footer(text=page_label(page, reader))
    return card


def _entry(entry: AuditEntry, rows: RowNames, seats: Mapping[str, str], reader: Reader) -> str:
    who = f"<@{entry.account_id}>" if entry.account_id is not None else reader.say(t("the bot"))
    subject = reader.say(SUBJECTS.get(entry.subject, _raw(entry.subject)))
    name = rows.get((entry.subject, entry.subject_id), "") if entry.subject_id is not None else ""
    # Who changes their own settings is named once.
    row = f" {name}" if name and name != who else ""
    word, _, code = entry.action.partition(" ")
    action = f"{reader.say(ACTIONS.get(word, _raw(word)))} {escaped(seats.get(code, code))}".strip()
    fields = reader.listing([reader.say(FIELDS.get(field, _raw(field))) for field in entry.fields])
    if entry.day is not None:
        return f"{reader.day(entry.day)} · {subject}{row} · {action}"
    stamp = Markdown(f"<t:{int(entry.at.timestamp())}:f>")
    return f"{stamp} · {who} · {subject}{row} · {action}" + (f" ({fields})" if fields else "")


def _raw(word: str) -> Text:
    """Show a word that a newer or older version has written, rather than hide the entry."""
    return Text(word.replace("_", " "))
