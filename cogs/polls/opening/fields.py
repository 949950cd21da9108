"""What is typed and chosen of a poll, read into its plan. Pure: the present instant is given."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self, cast

from discord.app_commands import locale_str

from bot.errors import UserError
from bot.names import REGIONAL_GROUPS, collation_key
from bot.occasions.fields import OccasionField
from bot.texts import Listing, Reader, t
from bot.timeparse import parse_deadline, parse_instant, parse_leads, require_future, written_leads
from bot.ui import Values
from cogs.polls import rules
from cogs.polls.counting import FEWEST_OPTIONS, MOST_OPTIONS
from cogs.polls.methods import METHODS, USUAL
from cogs.polls.sentences import text_of
from storage.members.models import Seat
from storage.polls.models import Audience, Majority, PollOption, PollPlan, Publish, Voters
from storage.topics.models import Topic

DEFAULT_REMINDERS: Final = "48h 6h"
YES: Final = "yes"
NO_REGION: Final = "-"
MAJORITIES: Final[tuple[Majority | None, ...]] = (None, "simple", "two_thirds")
SIDES: Final = t("Yes; No")
"""The options of a poll that asks for a majority and names none."""
QUESTION: Final = OccasionField(
    "question", locale_str("What is asked"), t("Question"), required=True, max_length=rules.LONGEST_QUESTION
)
CLOSES: Final = OccasionField(
    "closes",
    locale_str("Such as 2027-03-12 18:00, or a day"),
    t("Closes"),
    t("2027-03-12 18:00, in 3 days at 18:00, or a day"),
    required=True,
    max_length=100,
)
QUORUM: Final = OccasionField(
    "quorum",
    locale_str("How many ballots at least; none if left out"),
    t("Quorum"),
    t("How many ballots at least; empty for none"),
    max_length=6,
)
REMINDERS: Final = OccasionField(
    "reminders",
    locale_str("How long before closing, such as 48h 6h"),
    t("Reminders before closing"),
    t("48h 6h if left empty; none for none"),
    max_length=60,
)
OPTIONS: Final = OccasionField(
    "options",
    locale_str("The answers, separated by semicolons; for dates, days with times"),
    t("Options"),
    t("One on each line; for dates: 12 March 2027 15:00"),
    required=True,
    long=True,
)
SEATS: Final = OccasionField(
    "seats",
    locale_str("How many topics are chosen, in proportion; one winner if left out"),
    t("Topics to choose"),
    t("How many topics are chosen, in proportion; empty for one winner"),
    max_length=2,
)
OF_POLL: Final = (QUESTION, OPTIONS, CLOSES, QUORUM, REMINDERS)
OF_TOPICS: Final = (QUESTION, CLOSES, SEATS, QUORUM, REMINDERS)
"""A poll on the topics: its options are those on the list."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a poll is like, chosen from lists: how it votes, who, what is hidden and published, its zone."""

    zone: str
    method: str = USUAL
    voters: Voters = "delegations"
    audience: Audience = "all"
    region: str | None = None
    secret: bool = True
    publish: Publish = "ballots"
    abstain: bool = False
    majority: Majority | None = None

    def written(self) -> tuple[str, ...]:
        """Return it for a form's ``custom_id``: a region by its place in the list, so that it fits.

        For the same reason one digit says whether ballots may abstain (in ones) and the majority (in twos).
        """
        region = str(REGIONAL_GROUPS.index(self.region)) if self.region in REGIONAL_GROUPS else NO_REGION
        rule = str(self.abstain + 2 * MAJORITIES.index(self.majority))
        return (self.method, self.voters, self.audience, region, "01"[self.secret], self.publish, self.zone, rule)

    @classmethod
    def read(cls, written: Sequence[str]) -> Self:
        """Return what :meth:`written` wrote; earlier versions left the last part out."""
        method, voters, audience, region, secret, publish, zone, rule = written
        majority, abstain = divmod(int(rule or 0), 2)
        return cls(
            zone,
            method,
            cast(Voters, voters),
            cast(Audience, audience),
            REGIONAL_GROUPS[int(region)] if region != NO_REGION else None,
            secret == "1",  # noqa: S105 - the ballot is secret, not the word
            cast(Publish, publish),
            bool(abstain),
            MAJORITIES[majority],
        )


def plan_of(typed: Values, kind: Kind, reader: Reader, now: datetime, seats: Sequence[Seat]) -> PollPlan:
    """Return the poll that is typed, in the words of ``reader``. Raises UserError."""
    plan = PollPlan(
        question=rules.question_of(typed.get("question", "")),
        method=kind.method,
        options=read_options(typed.get("options", ""), kind, reader, now),
        closes_at=read_closing(typed.get("closes", ""), kind.zone, reader, now),
        timezone=kind.zone,
        voters=kind.voters,
        audience=kind.audience,
        region=kind.region if kind.audience == "region" else None,
        secret=kind.secret,
        publish=kind.publish,
        abstain=kind.abstain,
        majority=kind.majority,
    )
    rules.require_two_sides(plan)
    return _with_rest(plan, typed, seats)


def plan_of_topics(
    typed: Values,
    method: str,
    topics: Sequence[Topic],
    reader: Reader,
    public: Reader,
    now: datetime,
    seats: Sequence[Seat],
) -> PollPlan:
    """Return the poll on the ``topics`` that is typed; ``public`` reads the network's language. Raises UserError."""
    if not FEWEST_OPTIONS <= len(topics) <= MOST_OPTIONS:
        raise UserError(
            t(
                "There are {count} topics on the list, and a poll takes {fewest} to {most}: approve or merge some.",
                count=len(topics),
                fewest=FEWEST_OPTIONS,
                most=MOST_OPTIONS,
            )
        )
    # By title: the order decides a tie for a seat, and should be nobody's merit.
    by_title = sorted(topics, key=lambda topic: collation_key(topic.title, public.language))
    plan = PollPlan(
        question=rules.question_of(typed.get("question", "")),
        method=method,
        options=tuple(PollOption(number, topic.title, topic_id=topic.id) for number, topic in enumerate(by_title, 1)),
        closes_at=read_closing(typed.get("closes", ""), reader.zone, reader, now),
        timezone=reader.zone,
        seats=_seats(typed.get("seats", ""), method, len(topics)),
    )
    return _with_rest(plan, typed, seats)


def read_closing(typed: str, zone: str, reader: Reader, now: datetime) -> datetime:
    """Return when a poll closes. Raises UserError for what is no time, past, or more than a year ahead."""
    if not typed.strip():
        raise UserError(t("Say when the poll closes, such as {example}.", example="2027-03-12 18:00"))
    closes_at = parse_deadline(typed, zone, now=now, language=reader.language).instant
    require_future(closes_at, now, zone=zone, language=reader.language)
    rules.require_within_a_year(closes_at, now)
    return closes_at


def read_options(typed: str, kind: Kind, reader: Reader, now: datetime) -> tuple[PollOption, ...]:
    """Return the options typed; dates as instants in the poll's zone, in their order. Raises UserError."""
    if not METHODS[kind.method].asks_for_dates:
        return tuple(PollOption(number, text) for number, text in enumerate(rules.options_of(typed), 1))
    instants: set[datetime] = set()
    # A comma stands inside dates: they are told apart by lines, semicolons and bars only.
    for text in rules.options_of(typed if any(mark in typed for mark in "\n;|") else typed.replace(",", ";")):
        instant = parse_instant(text, kind.zone, now=now, language=reader.language)
        require_future(instant, now, zone=kind.zone, language=reader.language)
        if instant in instants:
            raise UserError(t("“{option}” is there twice: leave one out.", option=text))
        instants.add(instant)
    return tuple(
        PollOption(number, at.strftime("%Y-%m-%dT%H:%MZ"), at) for number, at in enumerate(sorted(instants), 1)
    )


def _with_rest(plan: PollPlan, typed: Values, seats: Sequence[Seat]) -> PollPlan:
    electorate = rules.electorate_of(plan, seats)
    return replace(
        plan,
        quorum=rules.quorum_of(typed.get("quorum", ""), len(electorate)),
        reminders=written_leads(parse_leads(typed.get("reminders", "").strip() or DEFAULT_REMINDERS)),
    )


def _seats(typed: str, method: str, topics: int) -> int | None:
    text = typed.strip()
    if not text:
        return None
    if not METHODS[method].fills_seats:
        raise UserError(
            t(
                "Several topics are chosen in proportion by approvals: choose the method {method}, or leave the number"
                " empty.",
                method=Listing(text_of(one.name) for one in METHODS.values() if one.fills_seats),
            )
        )
    if not text.isdecimal() or not 1 <= int(text) < topics:
        raise UserError(t("Choose a number from 1 to {most}: fewer than there are topics.", most=topics - 1))
    return int(text)
