"""An unfinished ballot: what is left to rank, *Undo* and *Move up*, and the pages of a list."""

import pytest

from cogs.polls.counting import Ballot
from cogs.polls.methods.ballot_state import LETTERS, PAGE, BallotState, on_page, pages_of

FIFTY = tuple(range(1, 51))


@pytest.mark.parametrize(("ballot", "unranked"), [((), (1, 2, 3)), ((2,), (1, 3)), ((3, 1), (2,)), ((1, 2, 3), ())])
def test_what_is_not_ranked_yet_is_offered_in_order(ballot: Ballot, unranked: Ballot) -> None:
    state = BallotState(3, ballot)
    assert state.all_options == (1, 2, 3)
    assert state.unranked == unranked


@pytest.mark.parametrize(
    ("ballot", "moving", "left", "then_moves"),
    [
        ((), 0, (), 0),
        ((4,), 0, (), 0),
        ((4, 2), 1, (4,), 0),
        ((4, 2, 3), 2, (4, 2), 1),
        # Moving up has left another option to be moved: after undoing it is again the last one.
        ((4, 2, 3, 1), 0, (4, 2, 3), 2),
    ],
)
def test_undo_takes_the_last_choice_back(ballot: Ballot, moving: int, left: Ballot, then_moves: int) -> None:
    assert BallotState(5, ballot, moving).undo() == BallotState(5, left, then_moves)


@pytest.mark.parametrize(
    ("ballot", "moving", "moved", "then_moves"),
    [
        ((), 0, (), 0),
        ((4,), 0, (4,), 0),
        ((4, 2), 0, (4, 2), 0),
        ((4, 2), 1, (2, 4), 0),
        ((4, 2, 3, 1), 3, (4, 2, 1, 3), 2),
        ((4, 2, 3, 1), 2, (4, 3, 2, 1), 1),
        ((4, 2, 3, 1), 1, (2, 4, 3, 1), 0),
        # A place beyond the end, as an old button may say, is the last one.
        ((4, 2, 3), 9, (4, 3, 2), 1),
        ((4,), 3, (4,), 3),
    ],
)
def test_an_option_moves_up_one_place_at_a_time(ballot: Ballot, moving: int, moved: Ballot, then_moves: int) -> None:
    assert BallotState(5, ballot, moving).move_up() == BallotState(5, moved, then_moves)


def test_what_was_ranked_last_goes_to_the_top_step_by_step_and_stays_there() -> None:
    state = BallotState(4, (1, 2, 3, 4), 3)
    ballots = [(state := state.move_up()).ballot for _ in range(4)]
    assert ballots == [(1, 2, 4, 3), (1, 4, 2, 3), (4, 1, 2, 3), (4, 1, 2, 3)]


@pytest.mark.parametrize(
    ("options", "pages"),
    [(0, [()]), (1, [(1,)]), (25, [FIFTY[:25]]), (26, [FIFTY[:25], (26,)]), (50, [FIFTY[:25], FIFTY[25:]])],
)
def test_a_list_holds_25_options(options: int, pages: list[Ballot]) -> None:
    numbers = FIFTY[:options]
    assert [on_page(numbers, page) for page in range(pages_of(numbers))] == pages
    assert on_page(numbers, len(pages)) == ()


def test_each_of_fifty_options_has_a_letter_of_its_own() -> None:
    assert len(set(LETTERS)) == len(LETTERS) == 2 * PAGE == 50
