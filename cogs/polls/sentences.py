from collections.abc import Callable, Sequence
from typing import Final

from bot.audience import eligible
from bot.labels import REGIONS
from bot.names.delegation_names import in_order, with_flag
from bot.request_reach import RequestReach
from bot.texts import Reader, Text, escaped, nt, t
from cogs.polls.methods import METHODS
from cogs.polls.methods.wording import Say, Wording
from cogs.polls.rules import (
    FEWEST_FOR_BALLOTS,
    FEWEST_FOR_DUELS,
    FEWEST_FOR_RESULT,
    SMALL_ELECTORATE,
    SMALLEST_FOR_BALLOTS,
)
from storage.members.models import Seat
from storage.polls.models import Audience, Elector, Majority, Poll, PollOption, PollPlan, Publish, Voters

VOTERS: Final[dict[Voters, Text]] = {
    "delegations": t("Each delegation has one ballot"),
    "members": t("Each member has a ballot"),
}
AUDIENCES: Final[dict[Audience, Text]] = {
    "all": t("All delegations"),
    "steering": t("The steering group"),
    "region": t("One regional group"),
}
PUBLISH: Final[dict[Publish, Text]] = {
    "ballots": t("The ballots, without names"),
    "totals": t("Totals only"),
}
MAJORITIES: Final[dict[Majority, Text]] = {
    "simple": t("Simple majority of those voting yes or no"),
    "two_thirds": t("Two thirds of those voting yes or no"),
}
_ROOM: Final = 3000
"""Characters for a list of options in a card, which holds 6,000 in all."""
_SHORTEST: Final = 24


def text_of(wording: Wording, **values: object) -> Text:
    """Return what a method says as a text for people; ``values`` are put in beside its own."""
    return Text(wording.singular, wording.plural, wording.count, {**wording.values, **values})


def saying(render: Callable[[Text], str]) -> Say:
    """Return what says a method's words as ``render``, of a reader, says a text."""
    return lambda wording: render(text_of(wording))


def option_text(option: PollOption, reader: Reader, zone: str) -> str:
    """Write an option in markdown: a date as a stamp, with the time in the poll's zone beside it."""
    return reader.stamp(option.at, zone) if option.at is not None else escaped(option.text)


def option_label(option: PollOption, reader: Reader) -> str:
    """Write an option where markdown does not render: a date in the reader's own zone, named."""
    return reader.moment(option.at) if option.at is not None else option.text


def shortened(option: PollOption, plan: PollPlan, reader: Reader) -> str:
    """Write an option in markdown, cut so that all the options of the poll fit into one card."""
    if option.at is not None:
        return reader.stamp(option.at, plan.timezone)
    most = max(_SHORTEST, _ROOM // len(plan.options))
    return escaped(option.text if len(option.text) <= most else f"{option.text[: most - 1]}…")


def options_shortened(plan: PollPlan, reader: Reader) -> dict[int, str]:
    """Return each option in markdown, by its number, cut so that all fit into one card."""
    return {option.number: shortened(option, plan, reader) for option in plan.options}


def option_labels(plan: PollPlan, reader: Reader) -> dict[int, str]:
    """Return the label of each option, by its number."""
    return {option.number: option_label(option, reader) for option in plan.options}


def secrecy(plan: PollPlan) -> Text:
    """Say, before anybody votes, who can see what."""
    if plan.secret:
        return t(
            "Secret from members and the secretariat. Discord transmits your choices. Until closing they are encrypted"
            " on the bot's server: only its operator could read them, or somebody with a copy of its whole folder made"
            " before closing, because that includes the key. A backup of the database shows who had voted when it was"
            " made, never how. A receipt shows that your ballot was counted."
        )
    if plan.voters == "members":
        return t("Open vote (roll-call): at closing, how each member voted is published by name.")
    return t("Open vote (roll-call): at closing, how each delegation voted is published by name.")


def key_lost(poll: Poll) -> Text:
    """Say why a poll ended without a result, and what to do."""
    return t(
        "The poll “{question}” has no result and must be run again: the bot moved to another machine or a backup was"
        " restored, and the key to its secret ballots was not copied. Nobody can read them.",
        question=poll.plan.question,
    )


def publication(plan: PollPlan, electorate: int) -> Text | None:
    """Say, before anybody votes, what is published at closing; None where the roll-call says it all."""
    if not plan.secret:
        return None
    instead = METHODS[plan.method].instead_of_ballots
    if instead is not None:
        return text_of(instead, figures=FEWEST_FOR_DUELS, fewest=FEWEST_FOR_RESULT)
    if plan.publish == "totals" or electorate < SMALLEST_FOR_BALLOTS:
        return t(
            "At closing the receipts and the totals are published, and no single ballot; with fewer than {fewest}"
            " ballots only the turnout is published.",
            fewest=FEWEST_FOR_RESULT,
        )
    return t(
        "At closing the ballots are published without names, by receipt, for anyone to recount: somebody who sees a"
        " receipt can then see that vote. With fewer than {ballots} ballots only the totals are published, with fewer"
        " than {fewest} only the turnout.",
        ballots=FEWEST_FOR_BALLOTS,
        fewest=FEWEST_FOR_RESULT,
    )


def small_electorate(plan: PollPlan, electorate: int) -> Text | None:
    """Warn before anybody votes that few voters can be known by a result; None where there is nothing to warn of."""
    if not plan.secret or electorate >= SMALL_ELECTORATE:
        return None
    return nt(
        "Only {count} voter: a result in which all agree shows how everyone voted.",
        "Only {count} voters: a result in which all agree shows how everyone voted.",
        electorate,
    )


def what_decides(plan: PollPlan) -> list[Text]:
    """Say what an abstention counts for and what majority decides; nothing where neither is asked for."""
    said: list[Text] = []
    if plan.majority is not None:
        first, second = plan.options
        said.append(
            t(
                "{majority}: “{first}” is yes, “{second}” is no.",
                majority=MAJORITIES[plan.majority],
                first=first.text,
                second=second.text,
            )
        )
    if plan.abstain:
        said.append(t("A ballot may abstain: that counts for the quorum and for no option."))
    return said


def abstained(count: int) -> Text:
    """Say how many abstained."""
    return nt("{count} abstained.", "{count} abstained.", count)


def audience(plan: PollPlan) -> Text:
    """Name the electorate."""
    region = next((name for key, name in REGIONS.items() if key == plan.region), None)
    return region if plan.audience == "region" and region is not None else AUDIENCES[plan.audience]


def turnout(poll: Poll) -> Text:
    """Say how many have voted, of how many."""
    if poll.plan.voters == "members":
        return nt("{turnout} of {count} member", "{turnout} of {count} members", poll.electorate, turnout=poll.turnout)
    return nt(
        "{turnout} of {count} delegation", "{turnout} of {count} delegations", poll.electorate, turnout=poll.turnout
    )


def quorum(poll: Poll) -> Text | None:
    """Say whether the quorum is met; None where there is none."""
    wanted = poll.plan.quorum
    if not wanted:
        return None
    if poll.turnout >= wanted:
        return t("The quorum of {quorum} is met.", quorum=wanted)
    if poll.state == "open":
        return t("The quorum of {quorum} is not met yet.", quorum=wanted)
    return t("The quorum of {quorum} was not met.", quorum=wanted)


def not_voted(reach: RequestReach) -> Text:
    """Say how many have not voted, and how many of them were asked with success."""
    return reach.said(nt("{count} has not voted", "{count} have not voted", reach.total))


def unable_to_vote(electors: Sequence[Elector], seats: Sequence[Seat], reader: Reader) -> list[str]:
    """Return the names of the delegations whose ballot nobody with a linked account can cast now."""
    without = {elector.delegation_id for elector in electors if not eligible(elector, seats)}
    listed = in_order(seats, reader.language)
    return [with_flag(s.delegation, reader.language) for s in listed if s.delegation.id in without]
