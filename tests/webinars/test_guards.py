"""Reminders of webinars over a clock change."""

from datetime import UTC, datetime

from tests.webinars.staging import rows_of, scheduled
from tests.world import World


async def test_a_lead_in_days_keeps_the_time_of_day_over_a_clock_change_and_one_in_hours_does_not(
    world: World,
) -> None:
    # In 2026 the summer time of Brussels begins on 29 March, at 02:00.
    webinar = await scheduled(world, starts="2026-03-29 18:00", timezone="Europe/Brussels", reminders="7d 1d 20h")
    assert webinar.starts_at == datetime(2026, 3, 29, 16, tzinfo=UTC)
    public = [row.due_at for row in await rows_of(world, webinar, "pending") if row.target == "announcements"]
    assert sorted(public) == [
        datetime(2026, 3, 22, 17, tzinfo=UTC),
        datetime(2026, 3, 28, 17, tzinfo=UTC),
        datetime(2026, 3, 28, 20, tzinfo=UTC),
    ]
