import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.audience import seats_of
from bot.errors import NotFoundError, UserError
from bot.names import REGIONAL_GROUPS
from bot.occasions import leads
from bot.outbox import MEMBERS, PEOPLE, SECRETARIAT, Owed
from bot.search.choosing import chosen
from bot.search.folding import normalise
from bot.texts import Text, nt, t
from bot.timeparse import parse_leads
from cogs.polls.counting import FEWEST_OPTIONS, MOST_OPTIONS, Count
from cogs.polls.methods import METHODS, USUAL
from storage.members.models import Seat
from storage.polls.models import Audience, Elector, Poll, PollPlan, Publish, Voters

SUBJECT: Final = "poll"
KEY_LOST: Final = "key_lost"
TEST: Final = "test"
ASKING: Final = ("invited", "reminder")
"""The kinds of message that ask somebody to vote."""
CALL: Final = "call"
"""Whether the members are called when a poll opens: in what was typed, "yes" or "no"."""
LONGEST_QUESTION: Final = 200
LONGEST_OPTION: Final = 100
"""Characters: Discord's lists hold no more."""
TOO_FEW: Final = "few"
"""The kind of the warning that a secret poll has too few ballots for a result."""
_WARNED: Final = "48h 6h"
FEWEST_FOR_RESULT: Final = 3
"""Secret ballots from which more than their number is published: two know each other's vote from the result."""
FEWEST_FOR_BALLOTS: Final = 5
"""Secret ballots from which they may be published one by one, in an electorate of at least the next number."""
SMALLEST_FOR_BALLOTS: Final = 10
FEWEST_FOR_DUELS: Final = 10
"""Secret rankings from which the figures of the duels are published: of fewer, whole rankings can be worked out."""
SMALL_ELECTORATE: Final = 10
"""Below so many voters each one is warned that a result in which all agree shows how everyone voted."""
SMALLEST_SECRET: Final = 3
"""Voters from which they can vote secretly: of two, each knows the other's vote from the result."""
FARTHEST: Final = timedelta(days=366)

_CALLS: Final = re.compile(r"<[@#:/a-z][^>\s]*>|@everyone|@here", re.IGNORECASE)
_BULLET: Final = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")


def question_of(typed: str) -> str:
    """Return the question on one line. Raises UserError when it asks nothing, is too long or calls somebody."""
    question = " ".join(typed.split())
    if not any(c.isalnum() for c in question):
        raise UserError(t("The poll asks nothing yet: write a question."))
    if len(question) > LONGEST_QUESTION:
        raise UserError(t("The question has more than {most} characters: shorten it.", most=LONGEST_QUESTION))
    if _CALLS.search(question):
        raise UserError(t("A question cannot call anybody: leave out the mention."))
    return question


def split_options(typed: str) -> list[str]:
    """Return the options typed: one a line, or on one line between semicolons, bars or, failing those, commas."""
    for separator in ("\n", ";", "|", ","):
        if separator in typed.strip():
            parts = typed.split(separator)
            break
    else:
        parts = [typed]
    cleaned = [" ".join(_BULLET.sub("", part).split()) for part in parts]
    return [part for part in cleaned if part]


def options_of(typed: str) -> list[str]:
    """Return the options of a poll. Raises UserError for fewer than two, too many, equal, long or calling ones."""
    options = split_options(typed)
    if len(options) < FEWEST_OPTIONS:
        raise UserError(
            t("A poll needs at least two options: write one on each line, or separate them with semicolons.")
        )
    if len(options) > MOST_OPTIONS:
        raise UserError(
            t(
                "There are {count} options and a poll takes {most} at most: leave some out.",
                count=len(options),
                most=MOST_OPTIONS,
            )
        )
    seen: dict[str, str] = {}
    for option in options:
        if len(option) > LONGEST_OPTION:
            raise UserError(
                t(
                    "“{option}…” has {length} characters and an option takes {most} at most: shorten it.",
                    option=option[:40],
                    length=len(option),
                    most=LONGEST_OPTION,
                )
            )
        if _CALLS.search(option):
            raise UserError(t("“{option}” would call somebody: leave out the mention.", option=option))
        key = normalise(option) or option
        if key in seen:
            raise UserError(t("“{option}” is there twice: leave one out.", option=option))
        seen[key] = option
    return options


def require_within_a_year(closes_at: datetime, now: datetime) -> None:
    """Raise UserError for a closing time more than a year ahead."""
    if closes_at - now > FARTHEST:
        raise UserError(t("A poll closes within a year: choose an earlier time."))


def quorum_of(typed: str, electorate: int) -> int:
    """Return the quorum typed; 0 where none is. Raises UserError for what is no number or exceeds the electorate."""
    text = typed.strip()
    if not text:
        return 0
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise UserError(t("The quorum is a number of ballots, such as 16; leave it empty for none."))
    quorum = int(text)
    if quorum > electorate:
        raise UserError(
            nt(
                "A quorum of {quorum} can never be met: only {count} has a ballot. Choose a lower one.",
                "A quorum of {quorum} can never be met: only {count} have a ballot. Choose a lower one.",
                electorate,
                quorum=quorum,
            )
        )
    return quorum


def electors(seats: Iterable[Seat], voters: Voters, audience: Audience, region: str | None) -> list[Elector]:
    """Return who has a ballot: vacant seats too where delegations vote; each person once where members do."""
    chosen = seats_of(list(seats), audience, region)
    if voters == "delegations":
        return [Elector(seat.delegation.id) for seat in chosen]
    first: dict[int, Elector] = {}
    for seat in chosen:
        for holder in seat.holders:
            first.setdefault(holder.person.id, Elector(seat.delegation.id, holder.person.id))
    return list(first.values())


def require_electorate(found: Sequence[Elector], audience: Audience, region: str | None) -> None:
    """Raise UserError where nobody could vote, or a region was asked for and not named."""
    if audience == "region" and region not in REGIONAL_GROUPS:
        raise UserError(t("Choose which region votes, with the option {option}.", option="region"))
    if not found:
        raise UserError(t("Nobody would have a ballot: choose another audience."))


def electorate_of(plan: PollPlan, seats: Sequence[Seat]) -> list[Elector]:
    """Return who would have a ballot if the poll opened now. Raises UserError where nobody would."""
    found = electors(seats, plan.voters, plan.audience, plan.region)
    require_electorate(found, plan.audience, plan.region)
    return found


def unsaved(plan: PollPlan, electorate: int, now: datetime, guild_id: int) -> Poll:
    """Return the poll that would open now; its id is 0."""
    return Poll(0, guild_id, plan, electorate, 0, now)


def require_possible(plan: PollPlan, electorate: int, now: datetime) -> None:
    """Raise UserError where a poll that was shown before can no longer open."""
    if plan.secret and electorate < SMALLEST_SECRET:
        raise UserError(t("The electorate has become too small for a secret ballot: create the poll again."))
    if now >= plan.closes_at:
        raise UserError(t("Its closing time has passed meanwhile: create the poll again with a later one."))
    if plan.quorum > electorate:
        raise UserError(t("The electorate has become smaller than the quorum: create the poll again."))


def require_two_sides(plan: PollPlan) -> None:
    """Raise UserError for a majority where there is no yes and no: it needs one choice between two options."""
    if plan.majority is not None and (plan.method != USUAL or len(plan.options) != FEWEST_OPTIONS):
        raise UserError(
            t(
                "A majority decides between yes and no: write two options, the first one for yes, and choose the"
                " method {method}; or leave {majority} out.",
                method=Text(METHODS[USUAL].name.singular),
                majority="majority",
            )
        )


def publish_of(chosen: Publish | None, *, secret: bool) -> Publish:
    """Return what a poll publishes at closing. Raises UserError for totals of a roll-call, which names each vote."""
    if secret:
        return chosen or "totals"
    if chosen == "totals":
        raise UserError(
            t(
                "A roll-call vote publishes how each delegation voted, so it cannot publish totals only: leave"
                " {publish} out, or make the ballot secret.",
                publish="publish",
            )
        )
    return "ballots"


def published_as(plan: PollPlan, electorate: int, ballots: int) -> Publish:
    """Return what a poll gives to check its count with. Few voters would be known by their ballots."""
    if not plan.secret:
        return "ballots"
    if METHODS[plan.method].instead_of_ballots is not None:
        return "totals"
    if electorate < SMALLEST_FOR_BALLOTS or ballots < FEWEST_FOR_BALLOTS:
        return "totals"
    return plan.publish


def publishable(plan: PollPlan, counted: Count, published: Publish) -> Count:
    """Return what may be published, and kept, of what was counted: nothing from which a secret vote can be worked out.

    Of a roll-call all is.
    """
    if not plan.secret:
        return counted
    # Abstentions hide nobody's ranking.
    ballots = counted.expressed if counted.matrix else counted.ballots
    if 0 < ballots < FEWEST_FOR_RESULT:
        return counted.turnout_only()
    if counted.matrix and 0 < ballots < FEWEST_FOR_DUELS:
        return counted.without_figures()
    return counted if published == "ballots" else counted.totals_only()


def reminders(plan: PollPlan) -> list[leads.DueLead]:
    """Return when those who have not voted are reminded, the first time first."""
    return leads.series(parse_leads(plan.reminders), plan.closes_at, plan.timezone)


def owed(plan: PollPlan) -> list[Owed]:
    """Return what a poll owes by its plan: reminders to those who have not voted, and its results."""
    ahead = [Owed(f"reminder:{due.lead}", due.at, PEOPLE, lead=due.lead.span) for due in reminders(plan)]
    warnings = [Owed(f"{TOO_FEW}:{due.lead}", due.at, SECRETARIAT) for due in _warnings(plan)]
    return [*ahead, *warnings, Owed("results", plan.closes_at, MEMBERS)]


def _warnings(plan: PollPlan) -> list[leads.DueLead]:
    return leads.series(parse_leads(_WARNED), plan.closes_at, plan.timezone) if plan.secret else []


def has_too_few_ballots(plan: PollPlan, ballots: int) -> bool:
    """Tell whether a poll that closed now would give no result, because few voters would be known by it."""
    return plan.secret and ballots < FEWEST_FOR_RESULT


def chosen_poll(polls: Sequence[Poll], typed: str) -> Poll:
    """Return the one poll that was chosen from the list, or that alone is so called. Raises NotFoundError."""
    if not polls:
        raise NotFoundError(t("There is no poll yet."))
    poll = chosen(polls, typed, lambda poll: str(poll.id), lambda poll: [poll.plan.question])
    if poll is None:
        raise NotFoundError(
            t(
                "“{typed}” does not match exactly one poll: choose one from the list that opens as you type.",
                typed=typed[:100],
            )
        )
    return poll
