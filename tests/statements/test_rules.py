"""What follows from a statement, as plain rules."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import get_args

import pytest

from bot.errors import UserError
from bot.languages import Language
from bot.outbox import MEMBERS, PEOPLE
from bot.texts import Reader, t
from cogs.statements import rules, sentences
from cogs.statements.rules import Kind
from storage.members.models import Appointment, Delegation, Holder, Person, Role, Seat
from storage.statements.models import Joining, Statement
from storage.statements.states import STATEMENT_STATES, STEPS, IllegalStatementStepError, check_step
from storage.unlisted_messages import COLLEAGUE_VOTED, hides_recipients, is_unlisted

CLOSES = datetime(2026, 3, 12, 17, tzinfo=UTC)


def statement(**fields: object) -> Statement:
    return rules.unsaved(1, {"title": "T", "closes_at": CLOSES, "timezone": "Europe/Brussels", **fields})


def post(number: int, role: Role, delegation: int = 1) -> Holder:
    return Holder(
        Person(number, 1, f"P{number}"), Appointment(number, 1, delegation, number, role, "", "", date(2020, 1, 1))
    )


def seat(number: int, code: str, *holders: Holder, steering: bool = False) -> Seat:
    kind = "state" if len(code) == 2 else "organisation"
    return Seat(Delegation(number, 1, code, kind), holders, steering)


def test_a_new_draft_has_no_id_and_nothing_said_of_it_yet() -> None:
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    assert rules.unsaved(7, {}) == Statement(id=0, guild_id=7, title="", closes_at=long_ago, timezone="UTC")
    assert rules.unsaved(7, {"title": "T", "show_count": True}).title == "T"


def test_a_statement_goes_forward_and_never_back() -> None:
    order = ["draft", "final", "open", "closed", "delivered"]
    forward = {(one, order[place + 1]) for place, one in enumerate(order[:-1])}
    assert forward | {(one, "cancelled") for one in order[:-1]} == STEPS
    for before, after in product(STATEMENT_STATES, STATEMENT_STATES):
        if (before, after) in STEPS:
            check_step(before, after)
        else:
            with pytest.raises(IllegalStatementStepError):
                check_step(before, after)


def test_reminders_come_three_days_and_one_day_before_closing() -> None:
    day = timedelta(hours=24)
    owed = {one.kind: (CLOSES - one.due_at, one.target, one.lead) for one in rules.owed(statement(state="open"))}
    # What was sent is owed again where the closing has moved by as much as it was ahead.
    assert owed == {
        "not_joined:72h": (3 * day, PEOPLE, 3 * day),
        "not_joined:24h": (day, PEOPLE, day),
        "more_time:24h": (day, PEOPLE, day),
        "closed": (timedelta(0), MEMBERS, None),
    }


def test_an_adviser_does_not_join() -> None:
    roles: tuple[Role, ...] = get_args(Role)
    posts = [post(number, role, number).appointment for number, role in enumerate(roles, 1)]
    assert rules.joinable(posts) == {number for number, role in enumerate(roles, 1) if role != "adviser"}
    people = rules.people_of([seat(1, "GH", post(1, "focal_point"), post(2, "adviser"))])
    assert [person.id for person in people] == [1]


def test_who_is_invited() -> None:
    seats = [seat(1, "GH", steering=True), seat(2, "DK"), seat(3, "EU")]

    def codes(**fields: object) -> list[str]:
        return [one.delegation.code for one in rules.invited(statement(**fields), seats)]

    assert codes() == ["GH", "DK", "EU"]
    assert codes(audience="steering") == ["GH"]
    assert codes(audience="steering", penholders=(2,)) == ["GH", "DK"]
    assert codes(audience="region", region="western_european_and_others") == ["DK"]
    assert codes(audience="delegations", chosen=(3,)) == ["EU"]


def test_who_is_reminded() -> None:
    seats = [seat(1, "GH", post(1, "focal_point"), post(2, "alternate")), seat(2, "DK", post(3, "mission", 2))]
    joined = [Joining(2, 1, CLOSES)]
    assert rules.reminded(statement(), seats, [], {}, None) == [1, 2, 3]
    assert rules.reminded(statement(), seats, joined, {}, None) == [1, 2]
    assert rules.reminded(statement(), seats, joined, {1: "no_reminders"}, None) == [2]
    assert rules.reminded(statement(), seats, joined, {1: "more_time", 3: "more_time"}, "more_time") == [1]


@pytest.mark.parametrize(("joined", "show", "shown"), [(5, True, 5), (4, True, None), (63, False, None)])
def test_members_see_how_many_have_joined_from_five_on_if_the_opening_said_so(
    joined: int, show: bool, shown: int | None
) -> None:
    assert rules.shown_count(statement(joined=joined, show_count=show)) == shown


def test_penholders_come_first_and_organisations_after_states() -> None:
    delegations = [seat(n, code).delegation for n, code in enumerate(("DE", "EU", "CI", "ES", "GH"), 1)]
    ordered = rules.in_protocol_order(delegations, {5, 2}, "fr")
    assert [one.code for one in ordered] == ["GH", "EU", "DE", "CI", "ES"]
    assert [one.code for one in rules.in_protocol_order(delegations, (), "es")] == ["DE", "CI", "ES", "GH", "EU"]


def test_whom_a_reminder_goes_to_is_listed_nowhere() -> None:
    hidden = {kind for kind in Kind if hides_recipients("statement", f"{kind}:24h")}
    assert hidden == {Kind.NOT_JOINED, Kind.MORE_TIME, Kind.ASKED_AGAIN}
    assert is_unlisted("statement", "not_joined:72h", "person:7")
    assert is_unlisted("statement", "more_time:24h", "person:7:email")
    assert is_unlisted("poll", COLLEAGUE_VOTED, "person:7")
    assert not is_unlisted("statement", "not_joined:72h", "people")
    assert not is_unlisted("statement", "asked", "person:7")
    # Another subject's message of the same name is none of these.
    assert not is_unlisted("decision", "more_time", "secretariat")


def test_a_statement_closes_within_a_year() -> None:
    now = CLOSES - timedelta(days=366)
    rules.require_closing(CLOSES, now)
    with pytest.raises(UserError):
        rules.require_closing(CLOSES + timedelta(seconds=1), now)
    assert not rules.is_due(statement(state="open"), CLOSES - timedelta(seconds=1))
    assert rules.is_due(statement(state="open"), CLOSES)
    assert not rules.is_due(statement(state="final"), CLOSES)


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_state_open_is_not_said_as_the_button_that_opens(language: Language) -> None:
    """In English one text was both, which cannot be in other languages."""
    reader = Reader(language, "UTC")
    assert reader.label(sentences.STATES["open"]) != reader.label(t("Open for joining"))
