"""Every period, in hours or longer, that a page states is the one in the code: a change of either alone fails here."""

import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from bot import backups, retention
from bot.delivery import lookback
from bot.takeover import fence
from bot.timeparse.leads import parse_leads
from cogs.decisions import rules as decisions
from cogs.meetings import rules as meetings
from cogs.outbox.unreached import rules as unreached
from cogs.polls.opening import fields as polls
from cogs.statements import rules as statements
from cogs.webinars import rules as webinars
from tests.house.test_pages import PAGES, ROOT

_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WORDS: Final = {word: number for number, word in enumerate(_NUMBERS, 1)}
PERIOD: Final = re.compile(
    rf"(?:\b(\d+|{'|'.join(WORDS)})|(?<=for )a)[ \u00a0](hour|day|week|month|year)s?\b", re.IGNORECASE
)
UNITS: Final = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365.25),
}
KEPT: Final = retention.KEPT_COPIES
ROTATION: Final = retention.BACKUPS


def leads(typed: str) -> list[timedelta]:
    """Return how long ahead each lead is, the longest first."""
    return [lead.amount * {"d": UNITS["day"], "h": UNITS["hour"]}[lead.unit] for lead in parse_leads(typed)]


STATED: Final[dict[str, Sequence[timedelta]]] = {
    "SECURITY.md": [
        retention.FORMER_APPOINTEES,
        KEPT,
        KEPT,
        timedelta(hours=24),  # Litestream's, in docs/copies.md
        retention.DRAFTS,
    ],
    "docs/copies.md": [
        backups.OVERDUE,
        timedelta(days=ROTATION.daily),
        timedelta(weeks=ROTATION.weekly),
        timedelta(days=30 * ROTATION.monthly),
        retention.FORMER_APPOINTEES,
        KEPT,
        lookback.SEARCH_AFTER_COPY,
        fence.SHOWN_ANEW,
    ],
    "docs/email.md": [unreached.SENT_LISTED],
    "docs/engineer.md": [timedelta(days=7)],  # an example
    "docs/operator.md": [*[KEPT] * 4],
    "docs/reliability.md": [timedelta(days=7)],  # a case among the tests
    "docs/secretariat.md": [
        *leads(webinars.DEFAULT_REMINDERS),
        leads(webinars.DEFAULT_REMINDERS)[1],  # the link
        leads(polls.DEFAULT_REMINDERS)[1],
        leads(statements.REMINDERS)[1],
        decisions.LISTS[1].span,
        leads(meetings.DEFAULT_REMINDERS)[-1],
        leads(meetings.DEADLINE_REMINDERS)[-1],
        leads(meetings.PERSONAL_REMINDERS)[-1],
    ],
    "docs/glossary.md": [timedelta(days=1)],  # what a word means
}
"""What the periods of each page are, in the order in which it states them."""
REPORTS: Final = frozenset({"decade.md"})
"""Pages of what a run took, and of what was played in it."""
READ: Final = [page for page in PAGES if page.parent.name != "tests" and page.name not in REPORTS]


def stated_in(text: str) -> list[timedelta]:
    """Return the periods that a text states, months of 30 days, years of 365¼ rounded to whole days."""
    found = [(one[1] or "1", one[2]) for one in PERIOD.finditer(re.sub(r"\s+", " ", text))]
    periods = [((WORDS.get(number.lower()) or int(number)) * UNITS[unit.lower()], unit) for number, unit in found]
    return [timedelta(days=round(one / UNITS["day"])) if unit.lower() == "year" else one for one, unit in periods]


@pytest.mark.parametrize("page", READ, ids=lambda page: page.name)
def test_each_period_that_a_page_states_is_the_codes(page: Path) -> None:
    meant = STATED.get(page.relative_to(ROOT).as_posix(), [])
    assert stated_in(page.read_text("utf-8")) == list(meant)


def test_periods_are_found_however_they_are_written() -> None:
    text = "after 30 days, for\na day, Five years; 24 hours; twelve months; a day's work, today"
    meant = [timedelta(days=30), UNITS["day"], timedelta(days=1826), timedelta(hours=24), timedelta(days=360)]
    assert stated_in(text) == meant
