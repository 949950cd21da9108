"""What the secretariat sent in another way is put together by person and time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cogs.outbox.unreached.rules import Sending, UnreachedList, sendings
from storage.outbox.models import OutboxRow

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def row(number: int, person_id: int | None, settled_at: datetime | None) -> OutboxRow:
    target = f"person:{person_id}" if person_id is not None else "members"
    return OutboxRow(number, 7, "note", 1, "note", 0, target, NOW, settled_at=settled_at)


def test_what_one_person_was_sent_at_one_time_is_one_sending_the_last_first() -> None:
    rows = [row(1, 5, NOW), row(2, 4, NOW), row(3, 5, LATER), row(4, 5, NOW), row(5, 4, None), row(6, 4, NOW)]
    assert sendings(rows) == [Sending(5, LATER, [3]), Sending(4, NOW, [2, 6]), Sending(5, NOW, [1, 4])]
    assert sendings([]) == []
    assert sendings([replace(row(1, 5, NOW), address="ama@mfa.gov.gh")]) == [Sending(5, NOW, [1], "ama@mfa.gov.gh")]


def test_a_sending_is_known_by_its_person_and_second() -> None:
    keys = {one.key for one in sendings([row(1, 5, NOW), row(2, 5, LATER), row(3, 4, NOW)])}
    assert keys == {f"5:{int(NOW.timestamp())}", f"5:{int(LATER.timestamp())}", f"4:{int(NOW.timestamp())}"}
    assert UnreachedList([]).people == 0
