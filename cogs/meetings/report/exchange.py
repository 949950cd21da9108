"""The counts of a meeting as CSV."""

from bot.csvfiles import file_of
from bot.texts import Reader
from cogs.meetings.report.cards import measures, row_name, rows_in_order
from cogs.meetings.report.rules import Report
from cogs.meetings.sentences import Delegations


def report_file(report: Report, delegations: Delegations, reader: Reader) -> bytes:
    """Return the counts as CSV: in all, then by regional group, from capitals and from missions."""
    rows = [(key, reader.label(name), count) for key, name, count in measures(report)]
    for row, capital, mission in rows_in_order(report, delegations, reader):
        name = row_name(row, delegations, reader)
        rows += [(f"{row}:capital", name, str(capital)), (f"{row}:mission", name, str(mission))]
    return file_of(rows, ("measure", "name", "count"))
