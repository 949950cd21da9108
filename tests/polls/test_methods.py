"""How a ballot of each method is marked, and what a result says in figures: decided without Discord."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.texts import Reader
from cogs.polls.counting import ABSTENTION, Ballot, Count
from cogs.polls.methods import METHODS
from cogs.polls.methods.ballot_state import BallotState
from cogs.polls.methods.voting_method import BarChart, DuelChart
from cogs.polls.sentences import option_labels, options_shortened, saying, text_of
from storage.polls.models import PollOption, PollPlan
from tests.polls.booth import BALLOTS

MOMENT = datetime(2027, 1, 1, 9, tzinfo=UTC)
READER = Reader("en", "UTC")


def plan(method: str, options: int = 3, *, seats: int | None = None) -> PollPlan:
    """Return a poll on options that are named by the letters from A on; dates where the method is for dates."""
    numbers = range(1, options + 1)
    listed = tuple(PollOption(n, chr(64 + n), MOMENT.replace(day=n) if method == "date" else None) for n in numbers)
    return PollPlan("Which?", method, listed, MOMENT, "UTC", seats=seats)


def chosen(method: str, state: BallotState, name: Any, *numbers: int, page: int = 0) -> Ballot:
    return METHODS[method].choose(state, name, numbers, page).ballot


def shown(method: str, state: BallotState, page: int = 0) -> list[tuple[Any, ...]]:
    """Return what each list offers and allows."""
    lists = METHODS[method].lists(state, page)
    assert all(READER.label(text_of(one.placeholder)) for one in lists)
    return [(one.name, one.numbers, one.page, one.row, one.fewest, one.most, one.selected) for one in lists]


def test_each_way_to_vote_is_among_those_that_tests_vote_in() -> None:
    assert BALLOTS.keys() == METHODS.keys(), "say in BALLOTS of tests/polls/booth.py what is chosen in it"


# Marking


@pytest.mark.parametrize(("method", "ballot", "moving"), [("ranked", (3, 1, 2), 2), ("approval", (1, 3), 0)])
def test_a_ballot_that_was_cast_opens_as_it_was_marked_with_the_last_rank_to_move(
    method: str, ballot: Ballot, moving: int
) -> None:
    assert METHODS[method].marked(3, ballot) == BallotState(3, ballot, moving)
    assert METHODS[method].marked(3, ABSTENTION) == METHODS[method].blank(3)


def test_one_choice_is_the_one_chosen_last() -> None:
    assert METHODS["single"].blank(3) == BallotState(3)
    assert METHODS["single"].choose(BallotState(3, (1,)), "pick", (2,), 0) == BallotState(3, (2,))
    assert chosen("single", BallotState(3), "pick", 2, 3) == (2,)
    assert chosen("single", BallotState(3, (1,)), "pick") == ()
    assert shown("single", BallotState(3, (2,))) == [("pick", (1, 2, 3), 0, 0, 1, 1, {2})]


def test_approvals_on_one_page_leave_those_on_the_other() -> None:
    state = BallotState(27, (1, 25, 26))
    assert chosen("approval", state, "pick", 3, 2) == (2, 3, 26)
    assert chosen("approval", state, "pick", 27, page=1) == (1, 25, 27)
    assert METHODS["approval"].choose(state, "pick", (2,), 0).options == 27
    assert shown("approval", state) == [
        ("pick", tuple(range(1, 26)), 0, 0, 0, 25, {1, 25}),
        ("pick", (26, 27), 1, 1, 0, 2, {26}),
    ]


def test_a_ranking_grows_by_what_was_chosen_and_takes_nothing_twice() -> None:
    state = METHODS["ranked"].choose(BallotState(3, (2,)), "pick", (2, 3), 0)
    assert state == BallotState(3, (2, 3), moving=1)
    assert shown("ranked", BallotState(27, (2,)), 1) == [("pick", (27,), 1, 0, 1, 1, frozenset())]
    assert shown("ranked", BallotState(2, (2, 1))) == []
    assert METHODS["ranked"].pages(BallotState(26)) == 2
    assert METHODS["ranked"].pages(BallotState(26, (1,))) == 1
    assert METHODS["single"].pages(BallotState(26)) == 2


def test_a_date_is_a_no_until_it_is_marked_and_again_once_it_loses_its_mark() -> None:
    blank = METHODS["date"].blank(3)
    assert blank == BallotState(3, (0, 0, 0))
    marked = METHODS["date"].choose(blank, "yes", (1, 2), 0)
    assert marked == BallotState(3, (2, 2, 0))
    assert chosen("date", marked, "maybe", 2, 3) == (2, 1, 1)
    assert chosen("date", marked, "yes", 2) == (0, 2, 0)
    assert chosen("date", BallotState(3, (2, 1, 1)), "yes", 1) == (2, 1, 1), "the other mark stays"
    assert shown("date", BallotState(3, (2, 1, 0))) == [
        ("yes", (1, 2, 3), 0, 0, 0, 3, {1}),
        ("maybe", (1, 2, 3), 0, 1, 0, 3, {2}),
    ]


def test_a_date_on_one_page_leaves_those_on_the_other() -> None:
    state = BallotState(27, (2,) * 27)
    assert chosen("date", state, "yes", page=1) == (2,) * 25 + (0, 0)
    assert chosen("date", state, "yes", page=0) == (0,) * 25 + (2, 2)
    assert shown("date", replace(state, ballot=(0,) * 25 + (1, 2)), 1) == [
        ("yes", (26, 27), 1, 0, 0, 2, {27}),
        ("maybe", (26, 27), 1, 1, 0, 2, {26}),
    ]


@pytest.mark.parametrize(
    ("method", "ballot", "written"), [("ranked", (3, 1, 50), "20n"), ("single", (1,), "0"), ("date", (2, 0, 1), "201")]
)
def test_a_ballot_is_written_as_letters_and_read_again(method: str, ballot: Ballot, written: str) -> None:
    state = BallotState(50, ballot, moving=1)
    assert METHODS[method].written(state) == written
    assert METHODS[method].read(50, written, 1) == state
    assert METHODS[method].read(50, written) == replace(state, moving=0)


# Saying what is marked


def test_what_is_marked_is_shown_option_by_option() -> None:
    lines = METHODS["approval"].marked_lines(
        BallotState(3, (1, 3)), options_shortened(plan("approval"), READER), saying(READER.say)
    )
    assert [line[-1] for line in lines] == ["A", "C"]
    ranked = METHODS["ranked"].marked_lines(
        BallotState(3, (3, 1)), options_shortened(plan("ranked"), READER), saying(READER.say)
    )
    assert ranked[:2] == ["1. C", "2. A"]
    assert ranked[2].strip("*").startswith("1 "), "one option has no rank yet"
    assert METHODS["ranked"].marked_lines(
        BallotState(2, (2, 1)), options_shortened(plan("ranked", 2), READER), saying(READER.say)
    ) == ["1. B", "2. A"]
    for method in ("approval", "ranked"):
        [dated, *_] = METHODS[method].marked_lines(
            BallotState(3, (2,)), options_shortened(replace(plan("date"), method=method), READER), saying(READER.say)
        )
        assert f"<t:{int(MOMENT.replace(day=2).timestamp())}" in dated
    dates = METHODS["date"].marked_lines(
        BallotState(3, (2, 1, 0)), options_shortened(plan("date"), READER), saying(READER.say)
    )
    assert [line.rpartition(" · ")[2].strip("*") for line in dates] == ["yes", "if need be", "no"]
    assert [f"<t:{int(MOMENT.replace(day=day).timestamp())}" in line for day, line in enumerate(dates, 1)] == [True] * 3


def test_what_a_ballot_chooses_is_said_in_a_line() -> None:
    named = {1: "A", 2: "B", 3: "C"}
    assert METHODS["approval"].choice((1, 3), named, saying(READER.label)) == "A; C"
    assert METHODS["ranked"].choice((3, 1), named, saying(READER.label)) == "C > A"
    assert METHODS["date"].choice((2, 1, 0), named, saying(READER.label)) == "A: yes; B: if need be; C: no"
    assert option_labels(plan("single"), READER) == named
    assert option_labels(plan("date", 1), READER) == {1: READER.moment(MOMENT)}


def test_approving_for_several_seats_is_explained_otherwise() -> None:
    approval = METHODS["approval"]
    assert approval.how_to_vote(3).count == 3
    assert approval.how_to_vote(3).singular != approval.how_to_vote(None).singular


# The result

VALUES: dict[str, object] = {"question": "Which?", "chosen": "A", "turnout": "3 of 4"}
CHOICES = METHODS["approval"].count(3, [(1, 2), (2,), (2, 3)])
DATES = METHODS["date"].count(2, [(2, 0), (2, 1), (0, 1)])
RANKS = METHODS["ranked"].count(2, [(1, 2), (1,), (2, 1)])


@pytest.mark.parametrize("method", METHODS)
def test_who_won_is_said_with_the_question_and_the_turnout(method: str) -> None:
    assert METHODS[method].won(VALUES).values == VALUES


def test_the_total_of_an_option_is_its_own() -> None:
    totals = [METHODS["approval"].total(CHOICES, number) for number in (1, 2, 3)]
    assert [total.count for total in totals if total is not None] == [1, 3, 1]
    dates = [METHODS["date"].total(DATES, number) for number in (1, 2)]
    assert [total.values for total in dates if total is not None] == [
        {"yes": 2, "maybe": 0, "no": 1},
        {"yes": 0, "maybe": 2, "no": 1},
    ]
    assert [total.plural for total in totals if total is not None] == ["{count} ballots"] * 3
    without = Count("approval", 1, ())
    assert METHODS["approval"].total(without, 1) is None
    assert METHODS["date"].total(without, 1) is None
    duel = METHODS["ranked"].total(RANKS, 1)
    assert duel is not None
    assert duel.values == {"won": 2, "lost": 1}
    assert METHODS["ranked"].total(RANKS, 2) is None
    assert METHODS["ranked"].total(RANKS, 9) is None, "an option that the count does not have"
    assert METHODS["ranked"].total(RANKS.without_figures(), 1) is None


@pytest.mark.parametrize("method", ["single", "approval"])
def test_the_chart_of_choices_has_a_bar_for_each_option_in_the_order_given(method: str) -> None:
    chart = METHODS[method].chart(CHOICES, (2, 1))
    assert isinstance(chart, BarChart)
    assert chart.rows == [(2, (3,)), (1, (1,))]
    assert [one.singular for one in chart.series] == ["approvals" if method == "approval" else "ballots"]


def test_the_chart_of_dates_has_yes_and_if_need_be() -> None:
    chart = METHODS["date"].chart(DATES, (2, 1))
    assert isinstance(chart, BarChart)
    assert [one.singular for one in chart.series] == ["yes", "if need be"]
    assert chart.rows == [(2, (0, 2)), (1, (2, 0))]


def test_the_table_of_duels_is_in_the_order_of_the_result() -> None:
    table = METHODS["ranked"].chart(RANKS, (2, 1))
    assert isinstance(table, DuelChart)
    assert table.numbers == (2, 1)
    assert table.outcomes == [[0, -1], [1, 0]]
    assert table.figures == [[0, 1], [2, 0]]
    words = [word.singular for word in table.words]
    assert len(set(words)) == 3
    assert ["lose" in words[0], "win" in words[2]] == [True, True]
    hidden = METHODS["ranked"].chart(RANKS.without_figures(), (1, 2))
    assert isinstance(hidden, DuelChart)
    assert (hidden.outcomes, hidden.figures) == ([[0, 1], [-1, 0]], None)


@pytest.mark.parametrize("method", METHODS)
def test_figures_alone_have_no_places_and_a_count_has_a_place_for_each_option(method: str) -> None:
    ballot = (2, 0) if method == "date" else (1,)
    tallied = METHODS[method].tally(2, [ballot], None)
    assert (tallied.method, tallied.ballots, tallied.places) == (method, 1, ())
    places = METHODS[method].count(2, [ballot]).places
    assert sorted(places) == [(1,), (2,)], "which is first is the method's own"
