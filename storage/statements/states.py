"""What can become of a statement: its states and the steps between them."""

from typing import Final, Literal, get_args

StatementState = Literal["draft", "final", "open", "closed", "delivered", "cancelled"]
STATEMENT_STATES: Final[tuple[StatementState, ...]] = get_args(StatementState)
STEPS: Final[frozenset[tuple[StatementState, StatementState]]] = frozenset(
    {
        ("draft", "final"),
        ("final", "open"),
        ("open", "closed"),
        ("closed", "delivered"),
        ("draft", "cancelled"),
        ("final", "cancelled"),
        ("open", "cancelled"),
        ("closed", "cancelled"),
    }
)
"""From which state a statement goes to which. It never goes back: another text is another version, or another one."""


class IllegalStatementStepError(RuntimeError):
    """The code would take a statement from one state to another by no step of the table: a fault of ours."""


def check_step(before: StatementState, after: StatementState) -> None:
    """Raise IllegalStatementStepError unless a statement may go from ``before`` to ``after``."""
    if (before, after) not in STEPS:
        raise IllegalStatementStepError(f"{before} to {after}")
