"""The outbox of the whole network as the secretariat sees it, and what it writes to people itself."""

from datetime import date, timedelta

from tests.meetings.conftest import Room, at
from tests.world import said

FIRST_DAY = date(2026, 5, 1)


async def test_a_region_beside_another_audience_is_asked_back_not_passed_over(room: Room) -> None:
    secretary, channel = room.server.secretariat, room.server.channels["general"]
    told = said(await secretary.slash(channel, "message send", audience="all", region="african", text="Good day"))
    assert told == (
        "This would go beyond the regional group: choose *A regional group* as audience, or leave the option"
        " *region* out."
    )
    shown = await secretary.slash(channel, "message send", audience="region", region="african", text="Good day")
    assert "This goes to 9 people" in said(shown)


async def test_what_failed_is_one_press_away_with_its_reason_and_fix(room: Room) -> None:
    await room.plan(FIRST_DAY)
    announcements = room.server.channels["announcements"]
    room.world.env.inject_error("POST", f"/channels/{announcements.id}/messages", status=403, code=50013)
    await room.until(at(FIRST_DAY - timedelta(days=89), 12))
    secretary = room.server.secretariat
    listed = await secretary.slash(room.server.channels["general"], "outbox list")
    assert "60 days ahead" in said(listed)
    failed = said(await secretary.click(listed.response, label="Failed: 1"))
    assert "Annual meeting in Brussels, 2026: 90 days ahead" in failed
    assert "Failed: the bot may not write in the channel. Allow it *Send Messages* and *Embed Links* there" in failed
    back = await secretary.click(listed.response, label="Owed: 7")
    assert "60 days ahead" in said(back)
