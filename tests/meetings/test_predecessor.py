"""A registration is marked as the predecessor's after a hand-over, until somebody of the delegation confirms it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cogs.meetings.rules import is_by_predecessor
from storage.meetings.models import AnswerSource, Registration
from storage.members.models import Appointment, Holder, Person
from tests.meetings.conftest import Room, filled
from tests.world import said

WRITTEN = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = date(2026, 5, 4)


def answer(account_id: int | None = 1, source: AnswerSource = "delegation") -> Registration:
    return Registration(7, 3, "GH", "in_person", "capital", "Mr Old", source, WRITTEN, account_id)


def held(account_id: int | None, starts_on: date, ends_on: date | None = None, *, alternate: bool = False) -> Holder:
    person = Person(account_id or 99, 7, "P", account_id=account_id)
    role = "alternate" if alternate else "focal_point"
    return Holder(person, Appointment(person.id, 7, 5, person.id, role, "", "", starts_on, ends_on))


LEFT = held(1, date(2020, 1, 1), date(2026, 5, 1))
NEW = held(2, date(2026, 5, 2))


@pytest.mark.parametrize(
    ("written", "holders", "expected"),
    [
        (answer(), [LEFT, NEW], True),
        (answer(None), [NEW], True),  # The predecessor's data were erased.
        (answer(), [held(1, date(2020, 1, 1)), held(2, date(2026, 5, 2), alternate=True)], False),
        (answer(1), [held(1, date(2020, 1, 1), alternate=True), NEW], False),  # An alternate wrote it, who stays.
        (answer(1), [held(1, date(2020, 1, 1), date(2026, 4, 1), alternate=True), held(2, date(2020, 1, 1))], False),
        (answer(source="note_verbale"), [LEFT, NEW], False),
        (answer(source="record"), [LEFT, NEW], False),
        (answer(), [LEFT], False),  # The seat is vacant.
        (answer(), [LEFT, held(2, date(2026, 5, 5))], False),  # The next one has not begun.
        (answer(), [held(1, date(2020, 1, 1), date(2026, 3, 9)), held(2, date(2026, 3, 10))], True),  # The same day.
        (answer(), [held(1, date(2020, 1, 1), date(2026, 3, 8)), held(2, date(2026, 3, 9))], False),
    ],
)
def test_whose_registration_it_is(written: Registration, holders: list[Holder], expected: bool) -> None:
    assert is_by_predecessor(written, holders, TODAY, "America/New_York") is expected


@pytest.mark.parametrize(("zone", "expected"), [("America/New_York", True), ("Europe/Brussels", False)])
def test_on_which_day_it_was_written_is_told_by_the_networks_zone(zone: str, expected: bool) -> None:
    # In New York it was still 9 March, on which the present focal point's term began.
    late = replace(answer(), changed_at=datetime(2026, 3, 10, 3, 59, tzinfo=UTC))
    holders = [held(1, date(2020, 1, 1), date(2026, 3, 8)), held(2, date(2026, 3, 9))]
    assert is_by_predecessor(late, holders, TODAY, zone) is expected


async def test_the_successor_confirms_who_travels(room: Room) -> None:
    server, world = room.server, room.world
    channel = server.channels["general"]
    old, new = server.members["GH"], world.add_member(server, "new")
    first = (room.now + timedelta(days=90)).date()
    await room.plan(first, register_by=str(first - timedelta(days=20)))
    await room.slash("register", old, attendance="in_person", representative="capital", who="Mr Old")
    asked = await server.secretariat.slash(
        channel, "member handover", delegation="GH", name="Ama Mensah", user=new, starts_on="2026-01-10"
    )
    await room.confirm(asked)
    assert "predecessor" not in await room.told("registrations")
    await world.travel(timedelta(days=12))
    shown = await room.slash("registrations")
    assert "Mr Old" in said(shown)
    assert "registered by the predecessor" in said(shown)
    assert shown.response is not None
    csv = (await shown.response.attachments[0].read()).decode("utf-8-sig")
    (line,) = [line for line in csv.splitlines() if line.startswith("GH")]
    assert line.split(",")[-2] == "predecessor"
    assert "registered by the predecessor" in said(await room.slash("show", new))
    pending = await new.slash(channel, "pending")
    assert "Confirm who travels" in said(pending)
    form = await new.click(pending.response, label="1. Confirm")
    assert filled(form)["who"] == "Mr Old"
    await new.submit_modal(form, {"representative": ["capital"], "who": "Ms Mensah"})
    assert "registered by the predecessor" not in await room.told("registrations")
    assert "Ms Mensah" in await room.told("registrations")
    assert "Confirm who travels" not in said(await new.slash(channel, "pending"))
