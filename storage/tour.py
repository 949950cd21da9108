"""Which steps of the demo's tour somebody has taken, as far as the bot has written them down."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final, Literal

WrittenStep = Literal["webinar", "register", "vote", "schedule", "chase", "topics", "handover"]
_BY_DATABASE: Final[Mapping[WrittenStep, str]] = {
    "webinar": "SELECT 1 FROM audit WHERE account_id = :me AND action = 'answer' AND subject = 'webinar'",
    "register": "SELECT 1 FROM audit WHERE account_id = :me AND action = 'register ' || :code AND subject = 'meeting'",
    "vote": (
        "SELECT 1 FROM elector AS e JOIN delegation AS d ON d.guild_id = e.guild_id AND d.id = e.delegation_id"
        " WHERE d.code = :code AND e.voted"
    ),
    "schedule": "SELECT 1 FROM audit WHERE account_id = :me AND action = 'schedule' AND subject = 'webinar'",
    "chase": (
        "SELECT 1 FROM outbox WHERE (subject, kind) = ('meeting', 'chased') AND parent_id IS NULL"
        " AND state NOT IN ('cancelled', 'withdrawing', 'withdrawn')"
    ),
    "topics": "SELECT 1 FROM audit WHERE account_id = :me AND action = 'open' AND subject = 'poll'",
    "handover": "SELECT 1 FROM audit WHERE account_id = :me AND action = 'appoint' AND subject = 'appointment'",
}
"""What shows each step, for the account ``:me`` of the delegation ``:code``.

What the demo begins with was written by no account.
"""


def steps_written(path: Path, account_id: int, code: str | None) -> set[WrittenStep]:
    """Return the steps that an account of the delegation ``code`` (None: of none) has taken in the bot's file."""
    asked = {"me": account_id, "code": code}
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return {step for step, query in _BY_DATABASE.items() if connection.execute(query, asked).fetchone()}
