"""What was typed about a poll, read into its plan. Pure: the present instant is given."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.access import Asker
from bot.errors import UserError
from bot.texts import t
from bot.timeparse import parse_deadline, parse_instant, parse_leads, require_future, written_leads
from cogs.polls import rules
from cogs.polls.methods import METHODS
from cogs.polls.rules import electorate_of
from storage.members.models import Seat
from storage.polls.models import PollOption, PollPlan

DEFAULT_REMINDERS: Final = "48h 6h"
YES: Final = "yes"


def read_closing(asker: Asker, typed: str, zone: str, now: datetime) -> datetime:
    """Return when a poll closes. Raises UserError for what is no time, past, or more than a year ahead."""
    language = asker.reader.language
    if not typed.strip():
        raise UserError(t("Say when the poll closes, such as {example}.", example="2027-03-12 18:00"))
    closes_at = parse_deadline(typed, zone, now=now, language=language).instant
    require_future(closes_at, now, zone=zone, language=language)
    rules.require_within_a_year(closes_at, now)
    return closes_at


def read_options(asker: Asker, method: str, typed: str, zone: str, now: datetime) -> tuple[PollOption, ...]:
    """Return the options typed; of a date poll, as instants in ``zone``, in their order. Raises UserError."""
    if not METHODS[method].asks_for_dates:
        return tuple(PollOption(number, text) for number, text in enumerate(rules.options_of(typed), 1))
    language = asker.reader.language
    instants: set[datetime] = set()
    # A comma stands inside dates: they are told apart by lines, semicolons and bars only.
    for text in rules.options_of(typed if any(mark in typed for mark in "\n;|") else typed.replace(",", ";")):
        instant = parse_instant(text, zone, now=now, language=language)
        require_future(instant, now, zone=zone, language=language)
        if instant in instants:
            raise UserError(t("“{option}” is there twice: leave one out.", option=text))
        instants.add(instant)
    return tuple(
        PollOption(number, at.strftime("%Y-%m-%dT%H:%MZ"), at) for number, at in enumerate(sorted(instants), 1)
    )


def read_rest(plan: PollPlan, values: Mapping[str, str], seats: list[Seat]) -> PollPlan:
    """Return ``plan`` with the quorum and the reminders typed. Raises UserError."""
    electorate = electorate_of(plan, seats)
    return replace(
        plan,
        quorum=rules.quorum_of(values.get("quorum", ""), len(electorate)),
        reminders=written_leads(parse_leads(values.get("reminders", "").strip() or DEFAULT_REMINDERS)),
    )
