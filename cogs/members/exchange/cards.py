"""What the secretariat is told of an import: what is wrong with the file, or what it brings."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import discord

from bot import names
from bot.csvfiles import Problem, card_and_file, shortened
from bot.csvfiles.cards import problem_line
from bot.names.delegation_names import called
from bot.texts import Reader, Text, nt, t
from cogs.members.exchange.rules import Change, Plan, What
from cogs.members.sentences import ROLES
from storage.members.models import Delegation

_WHAT: Final[dict[What, Text]] = {
    "seat": t("new vacant seat"),
    "added": t("new term"),
    "changed": t("row changed"),
    "ended": t("ended"),
}


def summary(plan: Plan, reader: Reader) -> str:
    """Say in one phrase how many rows do what, such as "2 terms added, 1 row changed and 1 term ended"."""
    count = Counter(change.what for change in plan.changes)
    phrases = {
        "seat": nt("{count} vacant seat added", "{count} vacant seats added", count["seat"]),
        "added": nt("{count} term added", "{count} terms added", count["added"]),
        "changed": nt("{count} row changed", "{count} rows changed", count["changed"]),
        "ended": nt("{count} term ended", "{count} terms ended", count["ended"]),
    }
    said = [reader.say(phrase) for what, phrase in phrases.items() if count[what]]
    if plan.unchanged:
        same = nt("{count} row as it is already", "{count} rows as they are already", plan.unchanged)
        said.append(reader.say(same))
    return reader.listing(said)


def question(plan: Plan, reader: Reader) -> Text:
    """Ask whether a plan is to be carried out that ends or erases something, writes to people, or may not be meant."""
    brings = summary(plan, reader)
    if not plan.questions and not plan.consequences:
        return t("This file brings: {summary}. Nothing is written before you confirm.", summary=brings)
    if not plan.questions:
        return t(
            "This file ends terms or erases something. It brings: {summary}. Nothing is written before you confirm.",
            summary=brings,
        )
    if not plan.consequences:
        return nt(
            "Please look at {count} row first. The file brings: {summary}. Nothing is written before you confirm.",
            "Please look at {count} rows first. The file brings: {summary}. Nothing is written before you confirm.",
            len(plan.questions),
            summary=brings,
        )
    return nt(
        "This file ends terms or erases something, and there is {count} question. It brings: {summary}. Nothing is"
        " written before you confirm.",
        "This file ends terms or erases something, and there are {count} questions. It brings: {summary}. Nothing is"
        " written before you confirm.",
        len(plan.questions),
        summary=brings,
    )


def welcomes(plan: Plan) -> Text:
    """Say how many people get an account by a plan, and what they are sent."""
    return nt(
        "{count} person gets an account by this file and is sent the welcome.",
        "{count} people get an account by this file, and each is sent the welcome.",
        len(plan.newcomers),
    )


def changes_card(
    plan: Plan, delegations: Sequence[Delegation], reader: Reader
) -> tuple[discord.Embed, list[discord.File]]:
    """Return a card of what is asked and of what each row does and, where that is long, a file with all of it."""
    changes = plan.changes
    own = {d.code: called(d, reader.language) for d in delegations}
    seats = {c.code: own.get(c.code) or names.name(c.code, reader.language) for c in changes}
    asked: Mapping[int, Problem] = {asked.row: asked for asked in plan.questions.values()}
    # What is asked, ends or is erased is read first.
    lines: list[Problem | Change] = sorted(plan.questions.values(), key=lambda asked: asked.row)
    lines += sorted(changes, key=lambda change: (change.what != "ended", not change.erased))

    def line(one: Problem | Change) -> str:
        said = problem_line(one) if isinstance(one, Problem) else _change_line(one, seats[one.code], reader)
        return reader.say(said)

    columns = ("row", "change", "delegation", "name", "role", "starts_on", "ends_on", "fields", "erased", "question")
    cells = (_change_cells(change, seats[change.code], asked.get(change.row), reader) for change in changes)
    return card_and_file(lines, line, "changes.csv", columns, cells)


def _change_line(change: Change, seat: str, reader: Reader) -> Text:
    role = next((reader.label(name) for value, name in ROLES.items() if value == change.role), "")
    who = ", ".join(part for part in (seat, shortened(change.name), role) if part)
    return t("Row {row}: {who}: {what}", row=change.row, who=who, what=_what(change))


def _what(change: Change) -> Text:
    changed = ", ".join(field for field in change.fields if field not in change.erased)
    erased = ", ".join(change.erased)
    if change.what == "ended" and change.ends_on is not None:
        return t("ends on {day}", day=change.ends_on)
    if change.what != "changed":
        return _WHAT[change.what]
    if not erased:
        return t("changed: {fields}", fields=changed)
    if not changed:
        return t("erased: {erased}", erased=erased)
    return t("changed: {fields}; erased: {erased}", fields=changed, erased=erased)


def _change_cells(change: Change, seat: str, asked: Problem | None, reader: Reader) -> tuple[str, ...]:
    return (
        str(change.row),
        reader.label(_WHAT[change.what]),
        seat,
        change.name,
        change.role,
        change.starts_on.isoformat() if change.starts_on else "",
        change.ends_on.isoformat() if change.ends_on else "",
        ";".join(change.fields),
        ";".join(change.erased),
        reader.label(asked.text) if asked is not None else "",
    )
