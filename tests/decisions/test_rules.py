"""When a procedure may expire, what moves it, and which objection counts: decided without Discord."""

from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import retention
from bot.errors import NotFoundError, UserError
from bot.names import delegations
from bot.outbox import MEMBERS, PEOPLE, SECRETARIAT
from bot.working_days import is_working_day
from bot.workplaces import Workplace, capital_of
from cogs.decisions import rules
from cogs.decisions.objecting import objection
from storage.decisions.models import Decision, DecisionAudience, DecisionSeat, Interruption
from storage.members.models import Appointment, Delegation, Holder, Person, Role, Seat

BRUSSELS = Workplace("Europe/Brussels", "BE")
NEW_YORK = Workplace("America/New_York", "US", "NY")
CAPITALS = [place for code in sorted(delegations()) if (place := capital_of(code)) is not None]
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone


def local(day: date, hour: int, place: Workplace) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(place.zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("sent_at", "place", "expires"),
    [
        # A Monday: Tuesday, Wednesday and Thursday are the three full days.
        ("2026-03-02T09:00+00:00", BRUSSELS, "2026-03-05T16:00+00:00"),
        # Three minutes before midnight in Brussels it is still Monday there.
        ("2026-03-02T22:57+00:00", BRUSSELS, "2026-03-05T16:00+00:00"),
        ("2026-03-02T23:03+00:00", BRUSSELS, "2026-03-09T09:00+00:00"),
        # A Tuesday: the third full day is a Friday, on which nothing expires, so it is Monday at 10:00.
        ("2026-03-03T09:00+00:00", BRUSSELS, "2026-03-09T09:00+00:00"),
        # Over a weekend, and over Easter: Good Friday is a working day in Belgium, Easter Monday is not.
        ("2026-03-05T09:00+00:00", BRUSSELS, "2026-03-10T16:00+00:00"),
        ("2026-04-02T09:00+00:00", BRUSSELS, "2026-04-08T15:00+00:00"),
        # Thanksgiving is a Thursday.
        ("2026-11-23T15:00+00:00", NEW_YORK, "2026-11-30T15:00+00:00"),
        # The clocks go forward on Sunday 29 March in Brussels.
        ("2026-03-26T09:00+00:00", BRUSSELS, "2026-03-31T15:00+00:00"),
    ],
)
def test_the_earliest_expiry(sent_at: str, place: Workplace, expires: str) -> None:
    found = rules.earliest_expiry(datetime.fromisoformat(sent_at), place)
    assert found == datetime.fromisoformat(expires)


@settings(max_examples=300, deadline=None)
@given(MOMENTS, st.sampled_from(CAPITALS))
def test_three_full_working_days_lie_before_the_earliest_expiry(sent_at: datetime, place: Workplace) -> None:
    found = rules.earliest_expiry(sent_at, place)
    zone = ZoneInfo(place.zone)
    sent_on, ends_on = sent_at.astimezone(zone).date(), found.astimezone(zone).date()
    between = [sent_on + timedelta(days=n) for n in range(1, (ends_on - sent_on).days + 1)]
    working = [day for day in between if is_working_day(day, place)]
    full = working if found.astimezone(zone).time() == time(17) else working[:-1]
    assert len(full) >= 3
    assert rules.is_permitted(found, place)
    # Nothing earlier would do: on the third full day at 17:00, and from then on at each full hour.
    third = local(working[2], 17, place)
    hour = third
    while hour < found:
        assert not rules.is_permitted(hour, place)
        hour += timedelta(hours=1)


@settings(max_examples=300, deadline=None)
@given(MOMENTS, st.sampled_from(CAPITALS))
def test_the_next_permitted_hour_is_permitted_and_the_first(at: datetime, place: Workplace) -> None:
    found = rules.next_permitted(at, place)
    here = found.astimezone(ZoneInfo(place.zone))
    assert found >= at
    assert rules.is_permitted(found, place)
    assert here.weekday() <= 3
    assert time(10) <= here.time() <= time(17)
    assert (here.minute, here.second) == (0, 0)
    assert is_working_day(here.date(), place)
    earlier = found - timedelta(hours=1)
    while earlier >= at:
        assert not rules.is_permitted(earlier, place)
        earlier -= timedelta(hours=1)


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("2026-03-05T10:00:00+01:00", "2026-03-05T10:00:00+01:00"),
        ("2026-03-05T10:00:01+01:00", "2026-03-05T11:00:00+01:00"),
        ("2026-03-05T17:00:00+01:00", "2026-03-05T17:00:00+01:00"),
        ("2026-03-05T17:00:01+01:00", "2026-03-09T10:00:00+01:00"),
        ("2026-03-05T07:30:00+01:00", "2026-03-05T10:00:00+01:00"),
    ],
)
def test_a_full_hour_that_is_permitted_is_the_next_one(at: str, found: str) -> None:
    assert rules.next_permitted(datetime.fromisoformat(at), BRUSSELS) == datetime.fromisoformat(found)


@pytest.mark.parametrize(
    ("at", "permitted"),
    [
        ("2026-03-05T08:59:59+00:00", False),
        ("2026-03-05T09:00:00+00:00", True),
        ("2026-03-05T16:00:00+00:00", True),
        ("2026-03-05T16:00:01+00:00", False),
        ("2026-03-06T12:00:00+00:00", False),
        ("2026-03-07T12:00:00+00:00", False),
        ("2026-04-06T12:00:00+00:00", False),
    ],
)
def test_it_expires_from_monday_to_thursday_between_ten_and_five(at: str, *, permitted: bool) -> None:
    assert rules.is_permitted(datetime.fromisoformat(at), BRUSSELS) is permitted


EXPIRES = datetime(2026, 3, 5, 16, tzinfo=UTC)
OPENED = datetime(2026, 3, 2, 9, tzinfo=UTC)


def decision(**changes: object) -> Decision:
    values: dict[str, object] = {
        "id": 1,
        "guild_id": 1,
        "title": "The agenda",
        "url": "",
        "audience": "all",
        "region": None,
        "timezone": "Europe/Brussels",
        "opened_at": OPENED,
        "made_up_at": OPENED,
        "expires_at": EXPIRES,
    }
    return Decision(**{**values, **changes})  # pyright: ignore[reportArgumentType] - names are checked by the class


def post(delegation_id: int, role: Role = "focal_point") -> Appointment:
    return Appointment(delegation_id, 1, delegation_id, delegation_id, role, "", "", date(2020, 1, 1))


def seat(number: int, code: str, *, held: bool = True, steering: bool = False) -> Seat:
    holders = (Holder(Person(number, 1, f"P{number}"), post(number)),) if held else ()
    return Seat(Delegation(number, 1, code, "state"), holders, steering)


SEATS = [seat(1, "GH", steering=True), seat(2, "DK", held=False, steering=True), seat(3, "FR"), seat(4, "JP")]


def away(begin: timedelta, length: timedelta, *, is_pause: bool = False) -> Interruption:
    return Interruption(EXPIRES - begin, EXPIRES - begin + length, is_pause)


H, M, S = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("interruptions", "delay"),
    [
        ([], 0 * M),
        # An hour in all is nothing, a minute more moves it by all of it.
        ([away(48 * H, 60 * M)], 0 * M),
        ([away(48 * H, 61 * M)], 61 * M),
        ([away(48 * H, 30 * M), away(40 * H, 31 * M)], 61 * M),
        # In the last six hours any is too long, and what came before counts with it.
        ([away(6 * H, 5 * M)], 5 * M),
        ([away(6 * H + 5 * M, 5 * M)], 0 * M),
        ([away(48 * H, 30 * M), away(1 * H, 5 * M)], 35 * M),
        # What is no outage at other times is one in the last two minutes, and after them again none.
        ([away(2 * M + S, 90 * S)], 90 * S),
        ([away(4 * M, 90 * S)], 0 * M),
        ([away(48 * H, 30 * M), away(150 * S, 30 * S)], 0 * M),
        ([away(4 * M, 91 * S)], 91 * S),
        ([away(0 * M, 30 * S)], 0 * M),
        # One that lasts over the hour counts in whole.
        ([away(10 * M, 3 * H)], 3 * H),
        # A pause always counts; what overlaps counts once.
        ([away(48 * H, 4 * M, is_pause=True)], 4 * M),
        ([away(48 * H, 2 * H, is_pause=True), away(47 * H, 2 * H)], 3 * H),
        (
            [away(start * M, length * M, is_pause=True) for start, length in ((2880, 120), (2850, 15), (2790, 60))],
            150 * M,
        ),
        ([away(48 * H, 4 * M, is_pause=True), away(30 * H, 10 * M)], 4 * M),
    ],
)
def test_what_moves_the_expiry(interruptions: list[Interruption], delay: timedelta) -> None:
    now = max([EXPIRES, *(one.ended_at for one in interruptions)])
    assert rules.delay_owed(interruptions, decision(), now) == delay


@pytest.mark.parametrize("ahead", [M, 30 * S])
def test_what_is_not_yet_makes_nothing_else_count(ahead: timedelta) -> None:
    interruptions = [away(48 * H, 30 * M), away(ahead, 10 * S)]
    assert not rules.delay_owed(interruptions, decision(), EXPIRES - M)
    assert rules.delay_owed(interruptions, decision(), EXPIRES) == 30 * M + 10 * S


def test_what_has_been_made_up_for_counts_no_more() -> None:
    outage = away(48 * H, 61 * M)
    assert not rules.delay_owed([outage], decision(made_up_at=outage.ended_at), EXPIRES)


@pytest.mark.parametrize(
    ("pressed", "confirmed", "state", "counts"),
    [
        (None, -M, "open", True),
        (None, 0 * M, "open", False),
        (-M, 0 * M, "open", True),
        (-M, 9 * M, "open", True),
        (-M, 9 * M + timedelta(seconds=1), "open", False),
        (-timedelta(seconds=1), 9 * M + timedelta(seconds=59), "open", True),
        (0 * M, M, "open", False),
        # Before the hour it counts however long ago *Object* was pressed.
        (-3 * H, -M, "open", True),
        (-M, -M, "unreached", False),
        (-M, -M, "adopted", False),
        (-M, -M, "cancelled", False),
    ],
)
def test_the_hour_of_an_objection_is_that_of_the_first_press(
    pressed: timedelta | None, confirmed: timedelta, state: str, *, counts: bool
) -> None:
    ended = {} if state in ("open", "unreached") else {"ended_at": EXPIRES}
    pressed_at = EXPIRES + pressed if pressed is not None else None
    assert rules.objection_counts(decision(state=state, **ended), pressed_at, EXPIRES + confirmed) is counts


def test_the_end_waits_for_what_is_on_its_way_and_for_whoever_has_pressed() -> None:
    assert rules.ends_at(decision()) == EXPIRES + timedelta(seconds=5)
    assert rules.ends_at(decision(), EXPIRES - M) == EXPIRES + 9 * M + timedelta(seconds=5)
    assert rules.ends_at(decision(), EXPIRES - 30 * M) == EXPIRES + timedelta(seconds=5)
    assert rules.ends_at(decision(state="unreached")) == EXPIRES + timedelta(hours=24)


def test_the_end_waits_for_what_was_pressed_in_time_and_is_not_dealt_with_yet() -> None:
    ends = rules.ends_at(decision())
    assert rules.waits_for(EXPIRES - timedelta(seconds=1), ends, ends)
    assert not rules.waits_for(None, ends, ends)
    assert not rules.waits_for(EXPIRES + timedelta(seconds=1), ends, ends)
    # What Discord takes no answer to any more is not waited for.
    assert rules.waits_for(EXPIRES - M, ends, ends + 15 * M - timedelta(seconds=1))
    assert not rules.waits_for(EXPIRES - M, ends, ends + 15 * M)


def test_the_messages_of_a_procedure() -> None:
    owed = {one.kind: (EXPIRES - one.due_at, one.target, one.lead) for one in rules.owed(decision())}
    assert owed == {
        "reminder:24h": (24 * H, PEOPLE, 24 * H),
        "unreached:48h": (48 * H, SECRETARIAT, 48 * H),
        "unreached:6h": (6 * H, SECRETARIAT, 6 * H),
        # To the members: a network without a channel of the secretariat still comes to an end. And owed again when it
        # has moved by a second.
        "expiry": (-timedelta(seconds=5), MEMBERS, timedelta(seconds=1)),
    }
    assert [one.kind for one in rules.owed(decision(state="unreached"))] == ["expiry"]
    assert rules.owed(decision(state="adopted", ended_at=EXPIRES, year=2026, number=1)) == []


def test_the_end_waits_for_a_press_and_is_not_looked_at_before_it_is_to_be() -> None:
    def end(*told: datetime | None) -> datetime:
        return next(one.due_at for one in rules.owed(decision(), *told) if one.kind == "expiry")

    assert end(EXPIRES - M) == EXPIRES + 9 * M + timedelta(seconds=5)
    assert end(None, EXPIRES + M) == EXPIRES + M
    assert end(None, EXPIRES - M) == EXPIRES + timedelta(seconds=5)
    assert end(EXPIRES - M, EXPIRES + 20 * M) == EXPIRES + 20 * M


def test_silence_of_those_not_reached_is_no_consent() -> None:
    seats = [
        DecisionSeat(1, reached_at=EXPIRES - M, reached_by="seen"),
        DecisionSeat(2),
        DecisionSeat(3, is_vacant=True),
        DecisionSeat(4, reached_at=EXPIRES, reached_by="reply"),
    ]
    assert [seat.delegation_id for seat in rules.unreached(seats, EXPIRES)] == [2, 4]


def test_a_message_reaches_a_delegation_only_while_its_person_holds_the_post() -> None:
    at = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)  # Already the 4th in Brussels.
    last_day = date(2026, 3, 4)
    terms = [
        (1, last_day, None),
        (2, date(2020, 1, 1), date(2026, 3, 3)),
        (3, date(2026, 3, 5), None),
        (4, date(2020, 1, 1), last_day),
    ]
    delivered = [(number, "direct_message", at, begins, ends) for number, begins, ends in terms]
    delivered.append((1, "reply", at + M, last_day, None))
    found = rules.first_reached(delivered, "Europe/Brussels")  # pyright: ignore[reportArgumentType] - a list of literals
    assert found == {1: ("direct_message", at), 4: ("direct_message", at)}


def test_the_electorate_is_the_audience_with_its_vacant_seats() -> None:
    def electorate(audience: DecisionAudience, region: str | None = None) -> list[DecisionSeat]:
        return rules.electorate_of(SEATS, audience, region)

    assert electorate("all") == [DecisionSeat(1), DecisionSeat(2, is_vacant=True), DecisionSeat(3), DecisionSeat(4)]
    assert electorate("steering") == [DecisionSeat(1), DecisionSeat(2, is_vacant=True)]
    assert electorate("region", "western_european_and_others") == [DecisionSeat(2, is_vacant=True), DecisionSeat(3)]
    assert [one.delegation_id for one in rules.counted(electorate("steering"))] == [1]


@pytest.mark.parametrize("region", [None, "", "atlantis"])
def test_a_region_has_to_be_said_where_one_decides(region: str | None) -> None:
    with pytest.raises(UserError) as refused:
        rules.electorate_of(SEATS, "region", region)
    assert refused.value.text.values == {"option": "region"}


def test_nothing_is_decided_by_vacant_seats() -> None:
    with pytest.raises(UserError) as refused:
        rules.electorate_of([seat(2, "DK", held=False)], "all", None)
    assert not refused.value.text.values
    with pytest.raises(UserError):
        rules.electorate_of(SEATS, "region", "eastern_european")


def test_an_adviser_acts_for_nobody() -> None:
    roles: tuple[Role, ...] = get_args(Role)
    posts = [post(number, role) for number, role in enumerate(roles, 1)]
    assert rules.acting_for(posts) == {number for number, role in enumerate(roles, 1) if role != "adviser"}


def test_a_decision_is_chosen_by_its_id_its_title_or_its_number() -> None:
    adopted = {"state": "adopted", "ended_at": EXPIRES, "year": 2026}
    decisions = [
        decision(id=11, title="The agenda", number=3, **adopted),
        decision(id=12, title="The budget", number=4, **adopted),
        decision(id=13, title="The venue"),
    ]
    assert [rules.number_of(one) for one in decisions] == ["2026/3", "2026/4", ""]
    for typed, number in [("11", 11), ("the budget", 12), ("venue", 13), ("2026/3", 11), ("2026/4", 12)]:
        assert rules.chosen_decision(decisions, typed).id == number
    # Several, or none, is no choice; what was typed is said in part.
    for typed in ("the", "2026", "x" * 120):
        with pytest.raises(NotFoundError) as refused:
            rules.chosen_decision(decisions, typed)
        assert refused.value.text.values == {"typed": typed[:100]}
    with pytest.raises(NotFoundError) as refused:
        rules.chosen_decision([], "11")
    assert not refused.value.text.values


def test_interruptions_are_kept_for_longer_than_a_procedure_can_be_open() -> None:
    assert 2 * rules.FARTHEST == retention.OUTAGES == timedelta(days=732)


def test_a_colleague_hears_of_an_objection_for_a_week() -> None:
    assert timedelta(days=7) == objection._TOLD_WITHIN
