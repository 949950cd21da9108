"""What ``/meeting report`` counts. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot import names
from bot.names import REGIONAL_GROUPS, RegionalGroup
from storage.meetings.models import Meeting, Registration

Row = RegionalGroup | str
"""A regional group, or the code of a delegation that stands apart from all of them (US, EU, OAS)."""


@dataclass(frozen=True, slots=True)
class Report:
    """The counts of a meeting as the summary of the first one gave them. None: not known.

    ``at_least`` marks ``countries`` as a number that the record says was exceeded. ``by_region`` has, for each
    group and delegation apart, how many came from the capital and how many from the mission.
    """

    countries: int | None
    at_least: bool
    organisations: int
    from_capital: int | None
    from_mission: int | None
    in_person: int | None
    online: int | None
    panelists: int | None
    observers: int | None
    by_region: Sequence[tuple[Row, int, int]]


def report(meeting: Meeting, registrations: Iterable[Registration]) -> Report:
    """Count who takes part; where nobody's answer is on record, give the counts that the record itself tells."""
    came = [registration for registration in registrations if registration.attends]
    states = [r for r in came if names.kind_of(r.code) != "organisation"]
    whence = Counter(r.representative for r in came)
    how = Counter(r.attendance for r in came)
    counted = bool(came) or not meeting.is_recorded
    recorded = meeting.countries if meeting.countries is not None else meeting.countries_more_than
    return Report(
        countries=len(states) if counted else recorded,
        at_least=not counted and meeting.countries is None and recorded is not None,
        organisations=len(came) - len(states),
        from_capital=whence["capital"] if counted else None,
        from_mission=whence["mission"] if counted else None,
        in_person=how["in_person"] if counted else None,
        online=how["online"] if counted else None,
        panelists=meeting.panelists,
        observers=meeting.observers,
        by_region=_by_region(came),
    )


def _by_region(came: Iterable[Registration]) -> list[tuple[Row, int, int]]:
    counts: Counter[tuple[Row, str | None]] = Counter()
    for registration in came:
        row = names.regional_group(registration.code) or registration.code
        counts[row, registration.representative] += 1
    found = {row for row, _ in counts}
    apart = sorted(row for row in found if row not in REGIONAL_GROUPS)
    rows: list[Row] = [*(group for group in REGIONAL_GROUPS if group in found), *apart]
    return [(row, counts[row, "capital"], counts[row, "mission"]) for row in rows]
