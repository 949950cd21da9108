from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal, Self, cast

from bot.errors import UserError
from bot.identify import network_reader
from bot.names import REGIONAL_GROUPS, collation_key
from bot.texts import Listing, Reader, t
from bot.ui import Context, Field, Form, Values, Zone
from cogs.polls.counting import FEWEST_OPTIONS, MOST_OPTIONS
from cogs.polls.methods import METHODS, USUAL
from cogs.polls.opening.fields import read_closing, read_options, read_rest
from cogs.polls.opening.proposal import ask_to_open
from cogs.polls.queries import seats_now
from cogs.polls.rules import LONGEST_QUESTION, question_of
from cogs.polls.sentences import text_of
from storage.polls.models import Audience, PollOption, PollPlan, Publish, Voters

_NONE: Final = "-"
_Region = Annotated[str, "|".join((_NONE, *map(str, range(len(REGIONAL_GROUPS)))))]
_Method = Annotated[str, "|".join(METHODS)]
_LONGEST_TEXT: Final = 4000


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

    def written(self) -> tuple[str, ...]:
        """Return it for a form's ``custom_id``: a region by its place in the list, so that it fits."""
        region = str(REGIONAL_GROUPS.index(self.region)) if self.region in REGIONAL_GROUPS else _NONE
        return (self.method, self.voters, self.audience, region, "01"[self.secret], self.publish, self.zone)

    @classmethod
    def read(cls, written: Sequence[str]) -> Self:
        """Return what :meth:`written` wrote."""
        method, voters, audience, region, secret, publish, zone = written
        return cls(
            zone,
            method,
            cast(Voters, voters),
            cast(Audience, audience),
            REGIONAL_GROUPS[int(region)] if region != _NONE else None,
            secret == "1",  # noqa: S105 - the ballot is secret, not the word
            cast(Publish, publish),
        )


def _closing() -> Field:
    return Field("closes", t("Closes"), max_length=100, placeholder=t("2027-03-12 18:00, in 3 days at 18:00, or a day"))


def _quorum() -> Field:
    label, placeholder = t("Quorum"), t("How many ballots at least; empty for none")
    return Field("quorum", label, required=False, max_length=6, placeholder=placeholder)


def _reminders() -> Field:
    label, placeholder = t("Reminders before closing"), t("48h 6h if left empty; none for none")
    return Field("reminders", label, required=False, max_length=60, placeholder=placeholder)


class CreateForm(Form):
    """A poll's question, options and times; its kind is in the form's arguments."""

    kind = "poll_create"
    takes = (_Method, Voters, Audience, _Region, Literal["0", "1"], Publish, Zone)
    title = t("New poll")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the labels are the same for all
        """Return the lines of the form."""
        example = t("One on each line; for dates: 12 March 2027 15:00")
        return (
            Field("question", t("Question"), max_length=LONGEST_QUESTION),
            Field("options", t("Options"), long=True, max_length=_LONGEST_TEXT, placeholder=example),
            _closing(),
            _quorum(),
            _reminders(),
        )

    async def on_submit(self, context: Context, values: Values) -> None:
        """Read the poll and show it."""
        services, asker = context.services, context.asker
        kind, now = Kind.read(self.arguments), services.clock.now()
        plan = PollPlan(
            question=question_of(values.get("question", "")),
            method=kind.method,
            options=read_options(asker, kind.method, values.get("options", ""), kind.zone, now),
            closes_at=read_closing(asker, values.get("closes", ""), kind.zone, now),
            timezone=kind.zone,
            voters=kind.voters,
            audience=kind.audience,
            region=kind.region if kind.audience == "region" else None,
            secret=kind.secret,
            publish=kind.publish,
        )
        plan = read_rest(plan, values, await seats_now(services, asker))
        await ask_to_open(context, plan, self.correction(), values)


class TopicsPollForm(Form):
    """A poll of the topics on the list; its method is in the form's arguments."""

    kind = "poll_topics"
    takes = (_Method,)
    title = t("Poll on the topics")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the labels are the same for all
        """Return the lines of the form."""
        many = t("How many topics are chosen, in proportion; empty for one winner")
        return (
            Field("question", t("Question"), max_length=LONGEST_QUESTION),
            _closing(),
            Field("seats", t("Topics to choose"), required=False, max_length=2, placeholder=many),
            _quorum(),
            _reminders(),
        )

    async def on_submit(self, context: Context, values: Values) -> None:
        """Make a poll of all the topics on the list and show it."""
        services, asker = context.services, context.asker
        now, zone = services.clock.now(), asker.reader.zone
        topics = await services.topics.topics(asker.guild_id)
        if not FEWEST_OPTIONS <= len(topics) <= MOST_OPTIONS:
            raise UserError(
                t(
                    "There are {count} topics on the list, and a poll takes {fewest} to {most}: approve or merge some.",
                    count=len(topics),
                    fewest=FEWEST_OPTIONS,
                    most=MOST_OPTIONS,
                )
            )
        method = self.arguments[0]
        # By title: the order decides a tie for a seat, and should be nobody's merit.
        alphabet = network_reader(services, asker.network).language
        by_title = sorted(topics, key=lambda topic: collation_key(topic.title, alphabet))
        plan = PollPlan(
            question=question_of(values.get("question", "")),
            method=method,
            options=tuple(
                PollOption(number, topic.title, topic_id=topic.id) for number, topic in enumerate(by_title, 1)
            ),
            closes_at=read_closing(asker, values.get("closes", ""), zone, now),
            timezone=zone,
            seats=_seats(values.get("seats", ""), method, len(topics)),
        )
        plan = read_rest(plan, values, await seats_now(services, asker))
        await ask_to_open(context, plan, self.correction(), values)


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
