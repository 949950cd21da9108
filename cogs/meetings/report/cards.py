"""The counts of a meeting as a card and a chart."""

from typing import Final

import discord

from bot.charts.bars import Bars
from bot.charts.figures import fitted, note_of
from bot.labels import REGIONS
from bot.meeting_names import days, full_name
from bot.names import REGIONAL_GROUPS
from bot.request_reach import RequestReach
from bot.texts import Markdown, Reader, Text, escaped, nt, t
from bot.ui import colours
from cogs.meetings import sentences
from cogs.meetings.report.rules import Report, Row
from cogs.meetings.sentences import Delegations, not_answered
from storage.meetings.models import Meeting

_AT_LEAST: Final = "countries_more_than"


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


def report_card(
    meeting: Meeting, report: Report, missing: RequestReach, delegations: Delegations, reader: Reader
) -> discord.Embed:
    """Show the counts of a meeting, in all and by regional group, and who is still to answer (``missing``)."""
    card = discord.Embed(title=escaped(full_name(meeting, reader))[:256], colour=colours.EVENT)
    card.description = f"{days(meeting, reader)} · {escaped(sentences.place(meeting, delegations, reader))}"
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
    if missing.total:
        card.add_field(name=reader.label(t("Not answered")), value=reader.say(not_answered(missing)), inline=False)
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


def report_chart(meeting: Meeting, report: Report, delegations: Delegations, reader: Reader) -> Bars | None:
    """Return the chart of who came, by regional group; None where nobody's answer is on record."""
    if not report.by_region:
        return None
    bars = Bars(
        note=note_of(reader),
        title=reader.label(
            t(
                "Delegations by regional group: {meeting}",
                meeting=full_name(meeting, reader),
            )
        ),
        series=[
            reader.label(sentences.REPRESENTATIVE["capital"]),
            reader.label(sentences.REPRESENTATIVE["mission"]),
        ],
        rows=[
            (row_name(row, delegations, reader), (capital, mission))
            for row, capital, mission in rows_in_order(report, delegations, reader)
        ],
    )
    return fitted(bars, reader)
