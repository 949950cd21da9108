"""How long before an event its reminders go out, as people type it and as it is stored."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from bot.errors import UserError
from bot.texts import nt, t
from bot.timeparse.typed_text import LONGEST, folded, quotable
from bot.timeparse.vocabulary import NUMBER, NUMBERS, any_of, words

MOST_LEADS: Final = 10
FARTHEST: Final = timedelta(days=366)

_NONE: Final = words(lambda times: times.nothing)
_DAYS: Final = any_of(lambda times: (*times.day_letters, times.day))
_WEEKS: Final = any_of(lambda times: (*times.week_letters, times.week))
_HOURS: Final = any_of(lambda times: times.hour)
_LEAD: Final = re.compile(rf"(\d{{1,5}}|{NUMBER})\s*(?:(?P<d>{_DAYS})|(?P<w>{_WEEKS})|(?P<h>{_HOURS}))(?![a-z])")
_JOIN: Final = re.compile(rf"(?:[\s,;+/]|\b{any_of(lambda times: times.conjunctions)}\b)+")


@dataclass(frozen=True, slots=True)
class Lead:
    """A distance before an event: so many calendar days ("d") or so many hours ("h"). ``str`` gives "90d"."""

    amount: int
    unit: Literal["d", "h"]

    def __str__(self) -> str:
        """Return the canonical text, which :func:`parse_leads` reads back."""
        return f"{self.amount}{self.unit}"

    @property
    def span(self) -> timedelta:
        """The distance, a calendar day counted as 24 hours: for ordering, not for due times."""
        return timedelta(days=self.amount) if self.unit == "d" else timedelta(hours=self.amount)


def parse_leads(typed: str) -> tuple[Lead, ...]:
    """Return the leads in ``typed`` ("90d 7d 1d", "24 hours, 1 hour"), the longest first, each once.

    "none" (aucun, ninguno) is no leads. Weeks become days. Raises UserError for anything else, for more
    than ten, for zero and for more than 366 days.
    """
    text = folded(typed)
    if text in _NONE:
        return ()
    if len(typed) > LONGEST:
        raise _unreadable(typed)
    leads: set[Lead] = set()
    position = 0
    while position < len(text):
        match = _LEAD.match(text, position)
        if match is None:
            raise _unreadable(typed)
        amount = (NUMBERS.get(match[1]) or int(match[1])) * (7 if match["w"] else 1)
        lead = Lead(amount, "h" if match["h"] else "d")
        if not timedelta() < lead.span <= FARTHEST:
            raise UserError(
                t(
                    "“{typed}” has a reminder that is not 1 hour to 366 days ahead; correct that one.",
                    typed=quotable(typed),
                )
            )
        leads.add(lead)
        joined = _JOIN.match(text, match.end())
        position = joined.end() if joined else match.end()
    if not leads:
        raise _unreadable(typed)
    if len(leads) > MOST_LEADS:
        raise UserError(
            nt(
                "“{typed}” has more than {count} reminder; type fewer.",
                "“{typed}” has more than {count} reminders; type fewer.",
                MOST_LEADS,
                typed=quotable(typed),
            )
        )
    return tuple(sorted(leads, key=lambda lead: (lead.span, lead.unit == "d"), reverse=True))


def written_leads(leads: tuple[Lead, ...]) -> str:
    """Return the canonical text of ``leads``, for storing: "90d 7d 1d", or "none"."""
    return " ".join(str(lead) for lead in leads) or "none"


def _unreadable(typed: str) -> UserError:
    if not typed.strip():
        return UserError(t("Type when to remind, such as 90d 7d 1d or 24h 1h, or “none”."))
    return UserError(
        t(
            "“{typed}” was not understood; type days and hours ahead, such as 90d 7d 1d or 24h 1h, or “none”.",
            typed=quotable(typed),
        )
    )
