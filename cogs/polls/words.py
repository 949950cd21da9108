from typing import Final

from bot.texts import Text, nt, t
from bot.values import REGIONS
from storage.poll_models import Audience, Poll, PollPlan, Publish, Voters

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
FEWEST_FOR_BALLOTS: Final = 5
SMALLEST_FOR_BALLOTS: Final = 10


def secrecy(plan: PollPlan) -> Text:
    """Say, before anybody votes, who can see what."""
    if plan.secret:
        return t(
            "Secret from members and the secretariat. Discord transmits your choices. Until closing they are encrypted"
            " on the bot's server, and only its operator could read them; a backup shows who had voted, never how. A"
            " receipt shows that your ballot was counted."
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
    if plan.method == "ranked":
        return t(
            "At closing the receipts and the table of all duels are published, which is enough to recount the result;"
            " whole rankings never are."
        )
    if electorate < SMALLEST_FOR_BALLOTS:
        return t("So few have a ballot that at closing only the receipts and the totals are published.")
    if plan.publish == "totals":
        return t("At closing the receipts and the totals are published, and no single ballot.")
    return t(
        "At closing the ballots are published without names, by receipt, for anyone to recount; only the totals,"
        " where fewer than {fewest} were cast.",
        fewest=FEWEST_FOR_BALLOTS,
    )


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
