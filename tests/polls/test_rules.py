"""What a poll may ask, who has a ballot, what is published and when it reminds: decided without Discord."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.audience import eligible
from bot.errors import NotFoundError, UserError
from bot.outbox import MEMBERS, PEOPLE, SECRETARIAT
from bot.texts import Text
from cogs.polls import rules
from cogs.polls.methods import METHODS
from storage.members.models import Appointment, Delegation, Holder, Person, Seat
from storage.polls.models import Elector, Poll, PollOption, PollPlan

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLAN = PollPlan(
    "Which topic?",
    "single",
    (PollOption(1, "Peace"), PollOption(2, "Law")),
    datetime(2026, 3, 29, 16, tzinfo=UTC),
    "Europe/Brussels",
)


def person(number: int, account: int | None = None) -> Person:
    return Person(number, 1, f"Person {number}", account_id=account)


def seat(number: int, code: str, *people: Person, steering: bool = False) -> Seat:
    posts = [Appointment(p.id, 1, number, p.id, "focal_point", "", "", date(2020, 1, 1)) for p in people]
    holders = tuple(Holder(p, post) for p, post in zip(people, posts, strict=True))
    return Seat(Delegation(number, 1, code, "state"), holders, in_steering_group=steering)


TWICE = person(3, 33)
SEATS = [
    seat(1, "GH", person(1, 11), person(2), steering=True),
    seat(2, "DK", TWICE),
    seat(3, "US", TWICE, person(4, 44)),
    seat(4, "FR"),
]


def refusal(what: Any, *arguments: Any, **named: Any) -> dict[str, object]:
    """Return the values that the refusal names."""
    with pytest.raises(UserError) as refused:
        what(*arguments, **named)
    return dict(refused.value.text.values)


def test_a_question_is_one_line_of_at_most_200_characters() -> None:
    assert rules.question_of("  Which\n topic? ") == "Which topic?"
    assert rules.question_of("q" * 200) == "q" * 200
    assert refusal(rules.question_of, "q" * 201) == {"most": 200}


@pytest.mark.parametrize("typed", ["", " ?! ", "Ask <@123>", "@everyone, when?", "@HERE?", "see <#5>", "<@&7> or not"])
def test_a_question_that_asks_nothing_or_calls_somebody_is_refused(typed: str) -> None:
    refusal(rules.question_of, typed)


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("Peace; Law", ["Peace", "Law"]),
        ("Peace, order; Law", ["Peace, order", "Law"]),
        ("Peace; order | Law", ["Peace", "order | Law"]),
        ("Peace\nLaw; order\n\n", ["Peace", "Law; order"]),
        ("Peace | Law", ["Peace", "Law"]),
        ("Peace, Law , ", ["Peace", "Law"]),
        (
            "- Peace\n* Law\n• Early   warning\n3. Youth\n12) Courts",
            ["Peace", "Law", "Early warning", "Youth", "Courts"],
        ),
        ("Peace", ["Peace"]),
        ("Peace\n", ["Peace"]),
        ("", []),
    ],
)
def test_options_are_split_by_lines_semicolons_bars_or_commas(typed: str, options: list[str]) -> None:
    assert rules.split_options(typed) == options


def test_options_have_bounds() -> None:
    assert rules.options_of("a;b") == ["a", "b"]
    assert len(rules.options_of(";".join(f"o{n}" for n in range(50)))) == 50
    refusal(rules.options_of, "a")
    assert refusal(rules.options_of, ";".join(f"o{n}" for n in range(51))) == {"count": 51, "most": 50}
    assert rules.options_of("a;" + "b" * 100) == ["a", "b" * 100]
    assert refusal(rules.options_of, "a;" + "b" * 101) == {"option": "b" * 40, "length": 101, "most": 100}
    assert refusal(rules.options_of, "a;ask @everyone") == {"option": "ask @everyone"}
    assert refusal(rules.options_of, "Sénégal; senegal") == {"option": "senegal"}
    assert rules.options_of("?;!") == ["?", "!"]


def test_a_poll_closes_within_a_year() -> None:
    rules.require_within_a_year(NOW + timedelta(days=366), NOW)
    refusal(rules.require_within_a_year, NOW + timedelta(days=366, seconds=1), NOW)


def test_a_quorum_is_a_number_that_can_be_met() -> None:
    assert rules.quorum_of("", 5) == rules.quorum_of("  ", 5) == rules.quorum_of("0", 5) == 0
    assert rules.quorum_of(" 5 ", 5) == 5
    assert refusal(rules.quorum_of, "6", 5) == {"quorum": 6, "count": 5}
    for typed in ("half", "-1", "1.5", "1234567", "²"):
        refusal(rules.quorum_of, typed, 9_999_999)
    assert rules.quorum_of("123456", 9_999_999) == 123456


def test_each_seat_has_a_ballot_the_vacant_one_too_and_each_person_has_one() -> None:
    assert rules.electors(SEATS, "delegations", "all", None) == [Elector(n) for n in (1, 2, 3, 4)]
    members = [Elector(1, 1), Elector(1, 2), Elector(2, 3), Elector(3, 4)]
    assert rules.electors(SEATS, "members", "all", None) == members


@pytest.mark.parametrize(
    ("audience", "region", "delegations"),
    [
        ("steering", None, [1]),
        ("region", "african", [1]),
        ("region", "western_european_and_others", [2, 3, 4]),
        ("region", "asia_pacific", []),
        ("all", "african", [1, 2, 3, 4]),
    ],
)
def test_an_audience_is_who_is_meant(audience: Any, region: str | None, delegations: list[int]) -> None:
    found = rules.electors(SEATS, "delegations", audience, region)
    assert [elector.delegation_id for elector in found] == delegations


def test_somebody_must_have_a_ballot_and_a_region_be_named() -> None:
    rules.require_electorate([Elector(1)], "all", None)
    rules.require_electorate([Elector(1)], "region", "african")
    refusal(rules.require_electorate, [], "all", None)
    assert refusal(rules.require_electorate, [Elector(1)], "region", None) == {"option": "region"}
    refusal(rules.require_electorate, [Elector(1)], "region", "atlantis")


def test_whoever_has_an_account_and_a_post_can_cast_the_ballot() -> None:
    def able(elector: Elector) -> list[int]:
        return [holder.person.id for holder in eligible(elector, SEATS)]

    assert able(Elector(1)) == [1], "the other one has no account"
    assert able(Elector(3)) == [3, 4]
    assert able(Elector(4)) == []
    assert able(Elector(2, 3)) == [3], "once, though they hold two posts"
    assert able(Elector(1, 2)) == []
    assert able(Elector(1, 4)) == [4], "a member's ballot goes along to another delegation"


@pytest.mark.parametrize(
    ("changes", "electorate", "ballots", "published"),
    [
        ({}, 10, 5, "ballots"),
        ({}, 9, 5, "totals"),
        ({}, 10, 4, "totals"),
        ({"publish": "totals"}, 31, 31, "totals"),
        ({"method": "ranked"}, 31, 31, "totals"),
        ({"secret": False}, 1, 1, "ballots"),
        ({"secret": False, "publish": "totals"}, 31, 31, "ballots"),
    ],
)
def test_few_ballots_are_never_published_one_by_one(
    changes: dict[str, Any], electorate: int, ballots: int, published: str
) -> None:
    assert rules.published_as(replace(PLAN, **changes), electorate, ballots) == published


def test_a_roll_call_publishes_its_votes_and_a_secret_ballot_what_was_chosen() -> None:
    assert rules.publish_of(None, secret=True) == "totals"
    assert rules.publish_of("ballots", secret=True) == "ballots"
    assert rules.publish_of("totals", secret=True) == "totals"
    assert rules.publish_of(None, secret=False) == rules.publish_of("ballots", secret=False) == "ballots"
    assert refusal(rules.publish_of, "totals", secret=False) == {"publish": "publish"}


def test_reminders_go_to_people_and_results_to_the_members() -> None:
    day, hours, *warnings, results = rules.owed(replace(PLAN, reminders="1d 20h"))
    assert (day.target, day.due_at, day.lead) == (PEOPLE, datetime(2026, 3, 28, 17, tzinfo=UTC), timedelta(days=1))
    assert (hours.target, hours.due_at, hours.lead) == (
        PEOPLE,
        datetime(2026, 3, 28, 20, tzinfo=UTC),
        timedelta(hours=20),
    )
    assert (results.target, results.due_at, results.lead) == (MEMBERS, PLAN.closes_at, None)
    assert (day.kind, hours.kind, results.kind) == ("reminder:1d", "reminder:20h", "results")
    assert day.due_at.tzinfo is UTC
    assert [(one.kind, one.target, PLAN.closes_at - one.due_at) for one in warnings] == [
        ("few:48h", SECRETARIAT, timedelta(hours=48)),
        ("few:6h", SECRETARIAT, timedelta(hours=6)),
    ]
    assert rules.owed(replace(PLAN, reminders="none")) == [*warnings, results]
    assert rules.owed(replace(PLAN, reminders="none", secret=False)) == [results], "an open vote needs no warning"


def test_one_poll_is_meant_or_none() -> None:
    polls = [Poll(n, 1, replace(PLAN, question=q), 3, 0, NOW) for n, q in ((1, "Peace?"), (2, "Law?"))]
    assert rules.chosen_poll(polls, "2") is polls[1]
    assert rules.chosen_poll(polls, "peace?") is polls[0]
    for found, typed in ((polls, "x" * 150), ([], "1")):
        with pytest.raises(NotFoundError) as refused:
            rules.chosen_poll(found, typed)
        assert dict(refused.value.text.values) == ({"typed": "x" * 100} if found else {})


def test_the_electorate_of_a_plan_is_its_audience() -> None:
    by_members = replace(PLAN, voters="members")
    assert rules.electorate_of(PLAN, SEATS) == [Elector(number) for number in (1, 2, 3, 4)]
    assert rules.electorate_of(by_members, SEATS) == [
        Elector(1, 1),
        Elector(1, 2),
        Elector(2, 3),
        Elector(3, 4),
    ]
    assert rules.electorate_of(replace(PLAN, audience="steering"), SEATS) == [Elector(1)]
    assert rules.electorate_of(replace(PLAN, audience="region", region="african"), SEATS) == [Elector(1)]
    assert refusal(rules.electorate_of, replace(PLAN, audience="region"), SEATS) == {"option": "region"}
    for nobody in (PLAN, replace(PLAN, audience="region", region="african")):
        assert refusal(rules.electorate_of, nobody, []) == {}


def test_a_poll_that_is_shown_before_it_opens_has_no_ballot_yet() -> None:
    assert rules.unsaved(PLAN, 4, NOW, 7) == Poll(
        id=0, guild_id=7, plan=PLAN, electorate=4, turnout=0, opened_at=NOW, state="open"
    )


@pytest.mark.parametrize(
    ("changes", "electorate", "before_closing", "is_possible"),
    [
        ({}, 3, timedelta(seconds=1), True),
        ({}, 2, timedelta(seconds=1), False),
        ({"secret": False}, 1, timedelta(seconds=1), True),
        ({}, 3, timedelta(), False),
        ({}, 3, -timedelta(seconds=1), False),
        ({"quorum": 3}, 3, timedelta(seconds=1), True),
        ({"quorum": 4}, 3, timedelta(seconds=1), False),
    ],
)
def test_a_poll_that_was_shown_opens_while_it_is_possible(
    changes: dict[str, Any], electorate: int, before_closing: timedelta, is_possible: bool
) -> None:
    given = (replace(PLAN, **changes), electorate, PLAN.closes_at - before_closing)
    if is_possible:
        rules.require_possible(*given)
    else:
        refusal(rules.require_possible, *given)


@pytest.mark.parametrize(
    ("secret", "ballots", "too_few"), [(True, 0, True), (True, 2, True), (True, 3, False), (False, 1, False)]
)
def test_few_secret_ballots_give_no_result(secret: bool, ballots: int, too_few: bool) -> None:
    assert rules.has_too_few_ballots(replace(PLAN, secret=secret), ballots) is too_few


@pytest.mark.parametrize(
    ("majority", "method", "options", "refused"),
    [
        (None, "ranked", 3, False),
        (None, "single", 2, False),
        ("simple", "single", 2, False),
        ("two_thirds", "single", 3, True),
        ("simple", "single", 1, True),
        ("simple", "ranked", 2, True),
    ],
)
def test_a_majority_is_asked_of_a_choice_between_two(majority: Any, method: Any, options: int, refused: bool) -> None:
    listed = tuple(PollOption(number, f"Option {number}") for number in range(1, options + 1))
    plan = replace(PLAN, majority=majority, method=method, options=listed)
    if not refused:
        rules.require_two_sides(plan)
    else:
        said = refusal(rules.require_two_sides, plan)
        assert said == {"method": Text(METHODS["single"].name.singular), "majority": "majority"}
