from typing import Final

from bot.texts import Text, nt, t
from bot.values import REGIONS
from storage.poll_models import Audience, Poll, PollMethod, PollPlan, Publish, Voters

METHODS: Final[dict[PollMethod, Text]] = {
    "single": t("One choice"),
    "approval": t("Approve as many as you like"),
    "ranked": t("Rank by preference"),
    "date": t("Dates: yes, if need be, no"),
}
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


def how_to_vote(plan: PollPlan) -> Text:
    """Say what a voter does, and how the count goes, in two sentences at most."""
    match plan.method:
        case "single":
            return t("Choose one. The option with the most ballots wins; a tie is said as a tie.")
        case "approval" if plan.seats:
            return nt(
                "Approve as many as you like. {count} is chosen: the one that most ballots approve.",
                "Approve as many as you like. {count} are chosen one after the other, each time the one with the most"
                " support; a ballot counts half once one of its topics is chosen, a third after two, and so on, so"
                " that no large group takes the whole programme.",
                plan.seats,
            )
        case "approval":
            return t("Approve as many as you like. The option that most ballots approve wins; a tie is said as a tie.")
        case "ranked":
            return t(
                "Rank the options from your first choice on; those you leave out share the last place. The winner is"
                " the one that beats the others in pairs (Schulze's method); a tie is said as a tie."
            )
        case "date":
            return t(
                "Say for each date yes, if need be, or no. The date that suits the most wins, then the one with the"
                " most yes; a tie is said as a tie."
            )


def secrecy(plan: PollPlan) -> Text:
    """Say, before anybody votes, who can see what."""
    if plan.secret:
        return t(
            "Hidden from members and the secretariat. Discord transmits your choices, and whoever runs the bot's"
            " server could read them until closing. A receipt lets anyone you show it to see that your ballot was"
            " counted."
        )
    if plan.voters == "members":
        return t("Open vote (roll-call): at closing, how each member voted is published by name.")
    return t("Open vote (roll-call): at closing, how each delegation voted is published by name.")


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
