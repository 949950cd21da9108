"""The shelf as a CSV file: its columns, what a row says, and what a file brings."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.commands import Command
from bot.csvfiles import MAX_PROBLEMS, Problem, Row, Sheet, spoiled
from bot.search.folding import cleaned
from bot.shelf import COLUMNS, comparison_key, differences, parsed
from bot.texts import t
from storage.meetings.models import Meeting
from storage.resources.models import NewResource, Resource

_MEETING: Final = "meeting"
"""The last column: the meeting that a link belongs to, as :func:`meeting_cell` writes it."""
SHEET: Final = Sheet(
    (*COLUMNS, _MEETING),
    Command("resource export"),
    t("This file has a header and no rows below it: add a row for each link."),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file brings: links to add, fields to change, how many say what the shelf says; or what is wrong."""

    added: Sequence[NewResource]
    changed: Sequence[tuple[Resource, dict[str, Any]]]
    same: int
    problems: Sequence[Problem]


def meeting_cell(meeting: Meeting) -> str:
    """Return what stands for a meeting: its first day, of one that is not annual with its kind and city."""
    day = meeting.starts_on.isoformat()
    return day if meeting.kind == "annual" else f"{day} {meeting.kind} {meeting.city}"


def planning(
    rows: Sequence[Row], problems: Sequence[Problem], there: Mapping[str, Resource], days: Mapping[str, int]
) -> Generator[int, None, Plan]:
    """Work out what ``rows`` bring to the shelf that is ``there``, yielding how many are read."""
    problems = list(problems)
    met: dict[str, int] = {}
    added: list[NewResource] = []
    changed: list[tuple[Resource, dict[str, Any]]] = []
    same = 0
    for count, row in enumerate(rows, 1):
        yield count
        new, wrong = _read(row, met, days)
        resource = there.get(comparison_key(new.url)) if new is not None else None
        if resource is not None and resource.state == "suggested":
            waits = t("This page waits as a suggestion in the secretariat's channel: decide on that first.")
            wrong.append(Problem(row.number, "url", waits))
        problems += wrong
        if len(problems) >= MAX_PROBLEMS:
            break
        if new is None or wrong:
            continue
        if resource is None:
            added.append(new)
        elif fields := differences(resource, new):
            changed.append((resource, fields))
        else:
            same += 1
    return Plan(added, changed, same, problems)


def _read(row: Row, met: dict[str, int], days: Mapping[str, int]) -> tuple[NewResource | None, list[Problem]]:
    broken = [Problem(row.number, c, text) for c in SHEET.columns if (text := spoiled(row.raw(c))) is not None]
    if broken:
        return None, broken
    *cells, day = row.values()
    fields, wrong = parsed(dict(zip(COLUMNS, cells, strict=True)))
    problems = [Problem(row.number, column, text) for column, text in wrong.items()]
    day = cleaned(day)
    if day and day not in days:
        unknown = t(
            "No meeting is known as {day}: write the first day of an annual meeting, such as 2025-05-15, a first day"
            " with kind and city, such as 2027-03-11 regional Ljubljana, or nothing.",
            day=day,
        )
        problems.append(Problem(row.number, _MEETING, unknown))
    if problems:
        return None, problems
    new = NewResource(**fields, meeting_id=days.get(day))
    first = met.setdefault(comparison_key(new.url), row.number)
    if first == row.number:
        return new, []
    return new, [Problem(row.number, "url", t("The same page is in row {row} too: keep one of them.", row=first))]
