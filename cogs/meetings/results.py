"""Who comes, and what a meeting came to: cards, files and a chart. Pure."""

from collections.abc import Sequence
from typing import Final

import discord

from bot import names
from bot.charts import Bars
from bot.csvfiles import file_of
from bot.names import REGIONAL_GROUPS
from bot.texts import Markdown, Reader, Text, escaped, nt, t
from bot.values import REGIONS
from cogs.meetings import cards, words
from cogs.meetings.rules import Report, Row
from cogs.meetings.words import Delegations
from storage.meeting_models import ATTENDANCES, Meeting, Registration

_PAGE: Final = 3600
_AT_LEAST: Final = "countries_more_than"


def registration_pages(
    answers: Sequence[Registration], unanswered: Sequence[str], delegations: Delegations, reader: Reader
) -> list[str]:
    """Cut who comes, who does not and who has not answered into pages that fit a card."""
    by_code = {answer.code: answer for answer in answers}
    sections: list[tuple[str, list[str]]] = []
    for attendance in ATTENDANCES:
        codes = [code for code, answer in by_code.items() if answer.attendance == attendance]
        ordered = delegations.in_order(codes, reader.language)
        lines = [_line(by_code[code], delegations, reader) for code in ordered]
        sections.append((_heading(words.ATTENDANCE[attendance], lines, reader), lines))
    ordered = delegations.in_order(unanswered, reader.language)
    lines = [str(escaped(delegations.with_flag(code, reader.language))) for code in ordered]
    sections.append((_heading(t("Not answered"), lines, reader), lines))
    return _paged(sections)


def _heading(name: Text, lines: Sequence[str], reader: Reader) -> str:
    return f"**{reader.say(name)} · {reader.number(len(lines))}**"


def _line(answer: Registration, delegations: Delegations, reader: Reader) -> str:
    parts: list[str] = [escaped(delegations.with_flag(answer.code, reader.language))]
    if answer.attends and answer.representative is not None:
        parts.append(reader.say(words.REPRESENTATIVE[answer.representative]))
    if answer.source == "note_verbale":
        parts.append(reader.say(t("by note verbale")))
    return cards.with_who(" · ".join(parts), answer)


def _paged(sections: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Cut sections into pages, each of which names the section that it goes on with."""
    pages: list[str] = []
    for heading, lines in sections:
        headed = False
        for line in lines:
            fits = bool(pages) and len(pages[-1]) + len(heading) + len(line) < _PAGE
            block = line if fits and headed else f"{heading}\n{line}"
            if fits:
                pages[-1] = f"{pages[-1]}{'' if headed else chr(10)}\n{block}"
            else:
                pages.append(block)
            headed = True
    return pages


def registrations_file(
    answers: Sequence[Registration], unanswered: Sequence[str], delegations: Delegations, reader: Reader
) -> bytes:
    """Return every delegation's answer as CSV."""
    by_code = {answer.code: answer for answer in answers}
    columns = ("delegation", "name", "regional_group", "attendance", "representative", "who", "source")
    rows: list[tuple[str, ...]] = []
    for code in delegations.in_order({*by_code, *unanswered}, reader.language):
        answer = by_code.get(code)
        coming = answer if answer is not None and answer.attends else None
        rows.append(
            (
                code,
                delegations.called(code, reader.language),
                names.regional_group(code) or "",
                answer.attendance if answer else "",
                (coming.representative or "") if coming else "",
                coming.comes if coming else "",
                answer.source if answer else "",
            )
        )
    return file_of(rows, columns)


def measures(report: Report) -> list[tuple[str, Text, str]]:
    """Return each count with its key in files, its name and itself; counts that are not known are left out."""
    return [(key, name, str(count)) for key, name, count in _counts(report) if count is not None]


def _counts(report: Report) -> list[tuple[str, Text, int | None]]:
    countries, organisations = report.countries or 0, report.organisations or 0
    return [
        (_AT_LEAST if report.at_least else "countries", nt("country", "countries", countries), report.countries),
        ("organisations", nt("regional organisation", "regional organisations", organisations), organisations or None),
        ("from_capital", nt("from a capital", "from capitals", report.from_capital or 0), report.from_capital),
        ("from_mission", nt("from a mission", "from missions", report.from_mission or 0), report.from_mission),
        ("in_person", t("in person"), report.in_person if report.online else None),
        ("online", t("online"), report.online or None),
        ("panelists", nt("panelist", "panelists", report.panelists or 0), report.panelists),
        ("observers", nt("observer", "observers", report.observers or 0), report.observers),
    ]


def report_card(meeting: Meeting, report: Report, delegations: Delegations, reader: Reader) -> discord.Embed:
    """Show the counts of a meeting, in all and by regional group."""
    title = f"{words.heading(meeting, reader)} · {words.place(meeting, delegations, reader)}"
    card = discord.Embed(title=escaped(title)[:256], description=words.days(meeting, reader), colour=cards.BLUE)
    counts = [
        f"{reader.say(t('more than'))} **{count}** {reader.say(name)}"
        if key == _AT_LEAST
        else f"**{count}** {reader.say(name)}"
        for key, name, count in measures(report)
    ]
    card.add_field(
        name=reader.label(t("Took part") if meeting.is_recorded else t("Registered")),
        value="\n".join(counts) or reader.say(t("Nothing is known yet.")),
        inline=False,
    )
    if report.by_region:
        lines = [
            reader.say(
                t(
                    "{name}: {value}",
                    name=row_name(row, delegations, reader),
                    value=Markdown(f"**{capital + mission}**"),
                )
            )
            for row, capital, mission in rows_in_order(report, delegations, reader)
        ]
        card.add_field(name=reader.label(t("By regional group")), value="\n".join(lines)[:1024], inline=False)
    if meeting.source:
        card.add_field(name=reader.label(t("Source")), value=meeting.source[:1024], inline=False)
    return card


def rows_in_order(report: Report, delegations: Delegations, reader: Reader) -> list[tuple[Row, int, int]]:
    """Return the counts of the regional groups, then of the delegations apart from them, in the reader's alphabet."""
    groups = [row for row in report.by_region if row[0] in REGIONAL_GROUPS]
    counts = {row[0]: row for row in report.by_region if row[0] not in REGIONAL_GROUPS}
    return groups + [counts[code] for code in delegations.in_order(counts, reader.language)]


def row_name(row: Row, delegations: Delegations, reader: Reader) -> str:
    """Name a regional group, or a delegation that stands apart from all of them, as typed text."""
    for group in REGIONAL_GROUPS:
        if row == group:
            return reader.label(REGIONS[group])
    return delegations.called(row, reader.language)


def report_file(report: Report, delegations: Delegations, reader: Reader) -> bytes:
    """Return the counts as CSV: in all, then by regional group, from capitals and from missions."""
    rows = [(key, reader.label(name), count) for key, name, count in measures(report)]
    for row, capital, mission in rows_in_order(report, delegations, reader):
        name = row_name(row, delegations, reader)
        rows += [(f"{row}:capital", name, str(capital)), (f"{row}:mission", name, str(mission))]
    return file_of(rows, ("measure", "name", "count"))


def report_chart(meeting: Meeting, report: Report, delegations: Delegations, reader: Reader) -> Bars | None:
    """Return the chart of who came, by regional group; None where nobody's answer is on record."""
    if not report.by_region:
        return None
    return Bars(
        title=reader.label(
            t(
                "Delegations by regional group: {meeting}",
                meeting=f"{words.title(meeting, reader)}, {words.city(meeting, reader)}",
            )
        ),
        series=[reader.label(words.REPRESENTATIVE["capital"]), reader.label(words.REPRESENTATIVE["mission"])],
        rows=[
            (row_name(row, delegations, reader), (capital, mission))
            for row, capital, mission in rows_in_order(report, delegations, reader)
        ],
    )
