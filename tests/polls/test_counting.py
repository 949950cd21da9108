"""Every method against published examples, and against a second implementation on any ballots."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations
from itertools import pairwise as pairwise_of

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schulze_condorcet import schulze_evaluate

from cogs.polls.counting import ABSTENTION, Ballot, Count, Step, ballot_of, is_adopted
from cogs.polls.methods import METHODS
from cogs.polls.methods.approval import sequential_proportional_approval
from cogs.polls.methods.date import date_totals
from cogs.polls.methods.ranked import pairwise, schulze_places

LETTERS = "ABCDEFGH"


def ballots_of(*groups: tuple[int, str]) -> list[Ballot]:
    return [tuple(LETTERS.index(letter) + 1 for letter in letters) for voters, letters in groups for _ in range(voters)]


def named(places: tuple[tuple[int, ...], ...]) -> str:
    return ">".join("=".join(LETTERS[option - 1] for option in tied) for tied in places)


# The 45 voters of Schulze's article (Voting matters 17, 2003), also known from the encyclopaedias.
ARTICLE = ballots_of(
    (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC")
)


def test_the_45_voters_of_schulzes_article() -> None:
    counted = METHODS["ranked"].count(5, ARTICLE)
    assert counted.matrix[0] == (0, 20, 26, 30, 22)
    assert named(counted.places) == "E>A>C>B>D"


def test_a_condorcet_cycle_goes_by_its_weakest_link() -> None:
    cycle = ballots_of((4, "ABC"), (3, "BCA"), (2, "CAB"))
    assert named(METHODS["ranked"].count(3, cycle).places) == "A>B>C"


def test_an_even_cycle_is_a_tie_and_said_as_one() -> None:
    counted = METHODS["ranked"].count(3, ballots_of((1, "ABC"), (1, "BCA"), (1, "CAB")))
    assert counted.places == ((1, 2, 3),)
    assert counted.winners == (1, 2, 3)


def test_options_left_out_share_the_last_place() -> None:
    assert named(METHODS["ranked"].count(4, ballots_of((2, "B"), (1, "BC"))).places) == "B>C>A=D"


# M. Lackner and P. Skowron, "Multi-Winner Voting with Approval Preferences" (2023), the example that tells
# sequential from optimal proportional approval voting: 3 ab, 6 ad, 4 b, 5 c, 5 cd; two seats go to c and d.
def test_an_option_that_wins_no_duel_has_no_strength() -> None:
    drawn: list[Ballot] = [(1, 2), (2, 1), (3,), (1, 2, 3), (2, 3, 1), (3,)]
    assert schulze_places(pairwise(3, drawn)) == ((1, 2), (3,))
    lost: list[Ballot] = [(3,), (2, 3, 1), (1, 2), (3,), (3,)]
    assert schulze_places(pairwise(3, lost)) == ((3,), (1, 2))


def test_the_published_example_of_sequential_proportional_approval() -> None:
    ballots = ballots_of((3, "AB"), (6, "AD"), (4, "B"), (5, "C"), (5, "CD"))
    steps = sequential_proportional_approval(4, ballots, 2)
    assert steps == (Step(4, "11"), Step(3, "15/2"))


# T. N. Thiele's own example (1895), as in S. Janson, "Phragmén's and Thiele's election methods", example 13.3.
def test_thieles_example() -> None:
    ballots = ballots_of(
        (960, "ACD"), (3000, "BCD"), (520, "BC"), (1620, "AB"), (1081, "AD"), (1240, "AC"), (360, "BD"), (360, "D"),
        (120, "C"), (60, "B"),
    )  # fmt: skip
    assert {step.option for step in sequential_proportional_approval(4, ballots, 2)} == {1, 3}


def test_a_large_group_does_not_take_every_seat() -> None:
    ballots = ballots_of((6, "ABC"), (3, "D"))
    assert [step.option for step in sequential_proportional_approval(4, ballots, 3)] == [1, 2, 4]
    assert METHODS["approval"].count(4, ballots).places == ((1, 2, 3), (4,))


def test_a_tie_for_a_seat_is_told_with_what_decided_it() -> None:
    first, second, third = sequential_proportional_approval(3, ballots_of((2, "A"), (2, "B"), (1, "C")), 3)
    assert first == Step(1, "2", (1, 2), "order")
    assert second == Step(2, "2")
    assert third == Step(3, "1")
    more = sequential_proportional_approval(3, ballots_of((2, "AB"), (2, "A"), (2, "C")), 3)
    assert more[1] == Step(3, "2")


def test_equal_weights_go_to_the_more_approved() -> None:
    steps = sequential_proportional_approval(3, ballots_of((3, "A"), (2, "AB"), (1, "C")), 2)
    assert steps[1] == Step(2, "1", (2, 3), "approvals")


def test_an_option_that_nobody_approves_takes_no_seat() -> None:
    assert len(sequential_proportional_approval(4, ballots_of((2, "A"), (1, "B")), 4)) == 2


def test_a_date_is_better_the_more_can_come_then_the_more_gladly() -> None:
    counted = METHODS["date"].count(3, [(2, 1, 2), (2, 1, 0), (0, 1, 0)])
    assert counted.totals == ((2, 0, 1), (0, 3, 0), (1, 0, 2))
    assert counted.places == ((2,), (1,), (3,))


@pytest.mark.parametrize("method", ["single", "approval", "ranked", "date"])
def test_without_ballots_nobody_wins(method: str) -> None:
    counted = METHODS[method].count(3, [])
    assert counted.places == ()
    assert counted.winners == ()


# Any ballots

options = st.integers(2, 6)


def rankings(number: int) -> st.SearchStrategy[list[Ballot]]:
    ranking = st.permutations(range(1, number + 1)).flatmap(
        lambda order: st.integers(1, number).map(lambda length: tuple(order[:length]))
    )
    return st.lists(ranking, min_size=1, max_size=20)


def approvals(number: int) -> st.SearchStrategy[list[Ballot]]:
    approval = st.sets(st.integers(1, number), min_size=1).map(lambda chosen: tuple(sorted(chosen)))
    return st.lists(approval, max_size=20)


ranked_polls = options.flatmap(lambda number: st.tuples(st.just(number), rankings(number)))
approval_polls = options.flatmap(lambda number: st.tuples(st.just(number), approvals(number)))


@given(ranked_polls)
@settings(max_examples=80)
def test_schulze_agrees_with_the_library_of_the_cde(poll: tuple[int, list[Ballot]]) -> None:
    number, ballots = poll
    votes: list[str] = []
    for ballot in ballots:
        rest = "=".join(LETTERS[o - 1] for o in range(1, number + 1) if o not in ballot)
        votes.append(">".join([*(LETTERS[o - 1] for o in ballot), *([rest] if rest else [])]))
    theirs = schulze_evaluate(votes, LETTERS[:number])
    # The library counts the losers of each place again without the options above them; the winners are the same.
    assert set(theirs.split(">")[0].split("=")) == {
        LETTERS[o - 1] for o in METHODS["ranked"].count(number, ballots).winners
    }


@given(options.flatmap(lambda n: st.tuples(st.just(n), rankings(n))))
@settings(max_examples=40)
def test_schulze_agrees_with_walking_every_path(poll: tuple[int, list[Ballot]]) -> None:
    number, ballots = poll
    number = min(number, 5)
    matrix = pairwise(number, [tuple(o for o in ballot if o <= number) for ballot in ballots])

    def strongest(start: int, end: int) -> tuple[int, int]:
        between = [o for o in range(number) if o not in (start, end)]
        best = (0, 0)
        for length in range(len(between) + 1):
            for middle in permutations(between, length):
                path = (start, *middle, end)
                links = [(matrix[i][j], matrix[j][i]) for i, j in pairwise_of(path)]
                if all(won > lost for won, lost in links):
                    best = max(best, min((won, -lost) for won, lost in links))
        return best

    first = tuple(
        i + 1 for i in range(number) if all(strongest(j, i) <= strongest(i, j) for j in range(number) if j != i)
    )
    assert schulze_places(matrix)[0] == first


@given(approval_polls, st.integers(1, 6))
@settings(max_examples=80)
def test_proportional_approval_agrees_with_its_definition(poll: tuple[int, list[Ballot]], seats: int) -> None:
    number, ballots = poll
    steps = sequential_proportional_approval(number, ballots, seats)

    def worth(committee: set[int]) -> Fraction:
        harmonic = (len(committee.intersection(ballot)) for ballot in ballots)
        return sum((sum((Fraction(1, k) for k in range(1, h + 1)), Fraction()) for h in harmonic), Fraction())

    chosen: set[int] = set()
    for step in steps:
        gains = {o: worth(chosen | {o}) - worth(chosen) for o in range(1, number + 1) if o not in chosen}
        assert Fraction(step.score) == max(gains.values()) == gains[step.option]
        tied = tuple(o for o, gain in gains.items() if gain == gains[step.option])
        assert step.tied == (tied if len(tied) > 1 else ())
        chosen.add(step.option)
    approved = {o for ballot in ballots for o in ballot}
    assert len(steps) == min(seats, len(approved))
    if seats == 1 and steps:
        assert steps[0].option == min(METHODS["approval"].count(number, ballots).winners)


@given(approval_polls)
@settings(max_examples=40)
def test_approvals_agree_with_a_counter(poll: tuple[int, list[Ballot]]) -> None:
    number, ballots = poll
    counted = METHODS["approval"].count(number, ballots)
    by_counter = Counter(option for ballot in ballots for option in ballot)
    assert counted.totals == tuple((by_counter[option],) for option in range(1, number + 1))
    flat = [o for tied in counted.places for o in tied]
    assert [by_counter[o] for o in flat] == sorted(by_counter[o] for o in flat)[::-1]
    for one, other in combinations(flat, 2):
        together = any({one, other} <= set(tied) for tied in counted.places)
        assert together == (by_counter[one] == by_counter[other])


@given(st.lists(st.integers(1, 4), min_size=1, max_size=30))
@settings(max_examples=40)
def test_single_choices_agree_with_a_counter(chosen: list[int]) -> None:
    counted = METHODS["single"].count(4, [(option,) for option in chosen])
    by_counter = Counter(chosen)
    most = max(by_counter.values())
    assert set(counted.winners) == {option for option, votes in by_counter.items() if votes == most}
    assert sum(total for (total,) in counted.totals) == len(chosen)


@given(st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=1, max_size=20))
@settings(max_examples=40)
def test_dates_agree_with_a_sort(marks: list[Ballot]) -> None:
    counted = METHODS["date"].count(3, marks)
    worth = [(sum(m[o] > 0 for m in marks), sum(m[o] == 2 for m in marks)) for o in range(3)]
    assert set(counted.winners) == {o + 1 for o in range(3) if worth[o] == max(worth)}


@given(ranked_polls)
@settings(max_examples=40)
def test_the_order_of_the_ballots_changes_nothing(poll: tuple[int, list[Ballot]]) -> None:
    number, ballots = poll
    assert METHODS["ranked"].count(number, ballots) == METHODS["ranked"].count(number, ballots[::-1])


@pytest.mark.parametrize(
    ("method", "ballot", "valid"),
    [
        ("single", (2,), True),
        ("single", (), False),
        ("single", (1, 2), False),
        ("single", (4,), False),
        ("approval", (1, 3), True),
        ("approval", (3, 1), False),
        ("approval", (1, 1), False),
        ("ranked", (3, 1), True),
        ("ranked", (3, 3), False),
        ("ranked", (0,), False),
        ("date", (2, 1, 0), True),
        ("date", (2, 1), False),
        ("date", (3, 0, 0), False),
    ],
)
def test_only_what_can_be_counted_is_a_ballot(method: str, ballot: Ballot, valid: bool) -> None:
    assert METHODS[method].is_ballot(3, ballot) is valid


def test_a_count_survives_storing() -> None:
    counted = METHODS["approval"].count(3, ballots_of((2, "AB"), (1, "C")), 2)
    assert Count.from_json(counted.as_json()) == counted


def test_abstentions_survive_storing() -> None:
    counted = Count("single", 5, ((1, 2),), totals=((1,), (1,)), abstentions=3)
    assert Count.from_json(counted.as_json()) == counted
    # A count of before there were any.
    before = {name: value for name, value in counted.as_json().items() if name != "abstentions"}
    assert Count.from_json(before).abstentions == 0


@pytest.mark.parametrize(
    ("yes", "no", "simple", "two_thirds"),
    [
        (0, 0, False, False),
        (1, 0, True, True),
        (0, 1, False, False),
        (1, 1, False, False),
        (2, 1, True, True),
        (3, 2, True, False),
        (5, 3, True, False),
        (6, 3, True, True),
        (7, 3, True, True),
        (199, 100, True, False),
        (200, 100, True, True),
    ],
)
def test_a_majority_is_of_those_who_vote_yes_or_no(yes: int, no: int, simple: bool, two_thirds: bool) -> None:
    for abstentions in (0, 9):
        counted = METHODS["single"].count(2, [(1,)] * yes + [(2,)] * no + [ABSTENTION] * abstentions)
        assert (is_adopted(counted, "simple"), is_adopted(counted, "two_thirds")) == (simple, two_thirds)


def test_a_count_without_duels_is_stored_as_before_there_were_any() -> None:
    counted = METHODS["ranked"].count(2, [(1, 2), (1,)])
    assert "duels" not in counted.as_json()
    duels = counted.without_figures()
    assert duels.as_json()["duels"] == ((0, 1), (-1, 0))
    assert Count.from_json(duels.as_json()) == duels
    assert Count.from_json(counted.as_json()) == counted


def test_what_is_left_out_of_a_count_is_all_that_is_left_out() -> None:
    counted = METHODS["approval"].count(3, ballots_of((3, "AB"), (1, "C")), 2)
    assert [step.score for step in counted.steps] == ["3", "3/2"]
    without = counted.totals_only()
    assert without.steps == (Step(1, "", (1, 2), "order"), Step(2, ""))
    assert (without.places, without.totals, without.ballots) == (counted.places, counted.totals, 4)
    turnout = {"approval": counted, "ranked": METHODS["ranked"].count(2, [(1, 2)]).without_figures()}
    turnout["approval"] = replace(counted, abstentions=2)
    for method, full in turnout.items():
        assert full.turnout_only() == Count(method, full.ballots, ())  # type: ignore[arg-type]


def test_a_duel_is_won_by_the_option_that_more_prefer() -> None:
    counted = Count("ranked", 5, (), matrix=((0, 3, 1), (2, 0, 2), (4, 2, 0)))
    for one in (counted, counted.without_figures()):
        assert [[one.duel(a, b) for b in (1, 2, 3)] for a in (1, 2, 3)] == [[0, 1, -1], [-1, 0, 0], [1, 0, 0]]


@pytest.mark.parametrize("method", ["single", "approval", "ranked", "date"])
def test_published_totals_give_the_places_of_the_count(method: str) -> None:
    ballots: list[Ballot] = {
        "single": [(1,), (3,), (3,)],
        "approval": [(1, 2), (2,)],
        "ranked": [(2, 1), (3, 2)],
        "date": [(2, 1, 0), (0, 1, 0)],
    }[method]
    counted = METHODS[method].count(3, ballots)
    assert len(counted.places) > 1
    assert METHODS[method].places(replace(counted, places=())) == counted.places
    assert METHODS[method].places(replace(counted, ballots=0)) == ()


def test_only_a_list_of_whole_numbers_is_read_as_a_ballot() -> None:
    assert ballot_of([3, 1]) == (3, 1)
    assert ballot_of([]) == ()
    for wrong in (None, "12", {1: 2}, (1, 2), [1, "2"], [1, True], [1.0]):
        with pytest.raises(TypeError):
            ballot_of(wrong)


def test_a_ballot_for_other_dates_is_not_counted_in_part() -> None:
    with pytest.raises(ValueError, match="zip"):
        date_totals(3, [(1, 2)])
