"""What is said of a statement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, cast

from bot.labels import REGIONS
from bot.names import RegionalGroup
from bot.occasions.kinds import complete, series_of
from bot.occasions.leads import mark_named
from bot.texts import Markdown, Reader, Text, nt, t
from bot.ui.embed_limits import listed
from cogs.statements.rules import FEWEST_FOR_COUNT, Kind
from storage.statements.models import Statement, StatementAudience
from storage.statements.states import StatementState

STATES: Final[Mapping[StatementState, Text]] = {
    "draft": t("Draft"),
    "final": t("Final text, not yet open for joining"),
    "open": t("Open: delegations can join"),
    "closed": t("Closed, not yet delivered"),
    "delivered": t("Delivered"),
    "cancelled": t("Cancelled"),
}
AUDIENCES: Final[Mapping[StatementAudience, Text]] = {
    "all": t("All delegations"),
    "steering": t("The steering group"),
    "region": t("One regional group"),
    "delegations": t("Chosen delegations"),
}
JOIN: Final = t("Join")
WITHDRAW: Final = t("Withdraw")
MORE_TIME: Final = t("Ask for more time")
NO_REMINDERS: Final = t("No more reminders")
JOINS_LATE: Final = t(
    "The statement has closed: until it is delivered the delegation is listed as one that joined later."
)
IN_THE_SERVER: Final = t("The text is in the network's server only.")


def confirmation(delegation: str) -> Text:
    """Say what somebody confirms by joining; ``delegation`` is what the delegation is called."""
    return t("I confirm that I am authorised to join this statement on behalf of {delegation}.", delegation=delegation)


def audience(statement: Statement, chosen: Sequence[str], reader: Reader) -> str:
    """Say in markdown which delegations are invited; ``chosen`` are the names of those that were chosen."""
    if statement.region is not None:
        return reader.say(REGIONS[cast(RegionalGroup, statement.region)])
    if statement.audience == "delegations":
        return listed(chosen, reader)
    return reader.say(AUDIENCES[statement.audience])


def has_joined(count: int) -> Text:
    """Say how many delegations have joined."""
    return nt("{count} delegation has joined.", "{count} delegations have joined.", count)


def count_of(statement: Statement, shown: int | None) -> Text:
    """Say to members how many have joined (``shown`` None: they do not see it), or from when they see it."""
    if shown is not None:
        return has_joined(shown)
    if statement.show_count:
        return t("The number is shown from {fewest} on.", fewest=FEWEST_FOR_COUNT)
    return t("Members see the names when the statement closes.")


def said(kind: Kind, statement: Statement, reader: Reader, values: Mapping[str, object]) -> Text:
    """Say what a message of that kind says; ``values`` are a delegation's name and a reference, where it names one."""
    if statement.state == "cancelled" and kind in (*_ASKING, Kind.CLOSED):
        return cancelled(statement)
    if statement.state in ("closed", "delivered") and kind in _ASKING:
        return closed(statement)
    if statement.state == "open" and kind is Kind.FINAL:
        kind = Kind.OPENED
    named: dict[str, object] = {
        "title": statement.title,
        "when": reader.stamp(statement.closes_at, statement.timezone),
        "version": statement.version,
        **values,
    }
    if kind in _OF_STATES:
        return _OF_STATES[kind](statement)
    if kind in (Kind.REVISED, Kind.COLLEAGUE_JOINED):
        return _with_choice(kind, statement, named)
    return replace(_SENTENCES[kind], values=named)


def replaced(statement: Statement) -> Text:
    """Say in the place of an earlier text that there is another one."""
    return t(
        "The text of “{title}” that was here has been replaced. The text is now version {version}, in a later message.",
        title=statement.title,
        version=statement.version,
    )


def new_text(statement: Statement) -> Text:
    """Say to somebody who was about to join an earlier text that there is another one."""
    return t(
        "“{title}” has a new text, version {version}: read it before your delegation joins.",
        title=statement.title,
        version=statement.version,
    )


def text_now(statement: Statement) -> Text:
    """Say to somebody who was about to join that this is the text, where it is not known which one they have read."""
    return t(
        "This is the text of “{title}” as it is now, version {version}: read it before your delegation joins.",
        title=statement.title,
        version=statement.version,
    )


def closed(statement: Statement) -> Text:
    """Say that it has closed, and how many have joined."""
    return nt(
        "The statement “{title}” is closed: {count} delegation has joined it.",
        "The statement “{title}” is closed: {count} delegations have joined it.",
        statement.joined,
        title=statement.title,
    )


def delivered(statement: Statement) -> Text:
    """Say that it was delivered, and for how many."""
    return nt(
        "The statement “{title}” was delivered on behalf of {count} delegation.",
        "The statement “{title}” was delivered on behalf of {count} delegations.",
        statement.joined,
        title=statement.title,
    )


def cancelled(statement: Statement) -> Text:
    """Say that it is cancelled, and why."""
    if statement.cancel_reason:
        return t(
            "The statement “{title}” is cancelled: {reason}", title=statement.title, reason=statement.cancel_reason
        )
    return t("The statement “{title}” is cancelled.", title=statement.title)


def _with_choice(kind: Kind, statement: Statement, named: Mapping[str, object]) -> Text:
    if kind is Kind.REVISED and statement.state == "open":
        return t(
            "The statement “{title}” has a new text, version {version}. Joinings of the text before no longer count."
            " Delegations can join the new text until {when}.",
            **named,
        )
    if kind is Kind.REVISED:
        return t("The statement “{title}” has a new final text, version {version}.", **named)
    if named.get("by_secretariat"):
        return t("The secretariat has recorded that {delegation} joins the statement “{title}” ({reference}).", **named)
    return t("A colleague has joined the statement “{title}” for {delegation}.", **named)


_ASKING: Final = (
    Kind.OPENED,
    Kind.REVISED,
    Kind.MOVED,
    Kind.FINAL,
    Kind.ASKED,
    Kind.ASKED_AGAIN,
    Kind.NOT_JOINED,
    Kind.MORE_TIME,
)
_OF_STATES: Final[Mapping[Kind, Callable[[Statement], Text]]] = {
    Kind.CLOSED: lambda statement: closed(statement) if statement.state == "closed" else delivered(statement),
    Kind.DELIVERED: delivered,
    Kind.CANCELLED: cancelled,
}
_SENTENCES: Final[Mapping[Kind, Text]] = {
    Kind.FINAL: t("The text of the statement “{title}” is final. Delegations can join it once it is opened."),
    Kind.OPENED: t("Delegations can join the statement “{title}” until {when}."),
    Kind.MOVED: t("The statement “{title}” has a new closing time: delegations can join it until {when}."),
    Kind.ASKED: t(
        "Your delegation can join the statement “{title}” until {when}. The text is in the network's server."
    ),
    Kind.ASKED_AGAIN: t(
        "The statement “{title}” has a new text, so your delegation's joining no longer counts. Your delegation can"
        " join the new text until {when}. It is in the network's server."
    ),
    Kind.NOT_JOINED: t("The statement “{title}” closes {when}. Your delegation can still join it."),
    Kind.MORE_TIME: t(
        "You asked for more time: the statement “{title}” closes {when}. Your delegation can still join it."
    ),
    Kind.COLLEAGUE_WITHDREW: t("{delegation} no longer joins the statement “{title}”."),
    Kind.WITHDRAWN: t(
        "{delegation} has withdrawn from the statement “{title}”. Only the secretariat and the penholders are informed."
    ),
    Kind.WITHDRAWAL: t(
        "{delegation} has withdrawn from the statement “{title}”. Only the secretariat and the penholders are informed."
    ),
}
_TITLES: Final = complete(
    Kind,
    {
        Kind.FINAL: t("the final text of “{title}”"),
        Kind.OPENED: t("the statement “{title}”"),
        Kind.REVISED: t("the new text of “{title}”"),
        Kind.MOVED: t("the new closing time of “{title}”"),
        Kind.CLOSED: t("the closing of “{title}”"),
        Kind.DELIVERED: t("the delivered statement “{title}”"),
        Kind.CANCELLED: t("the end of “{title}”, which is cancelled"),
        Kind.ASKED: t("the statement “{title}”, to those who can join"),
        Kind.ASKED_AGAIN: t("the new text of “{title}”, to those who joined the text before"),
        Kind.NOT_JOINED: t("the reminder {lead} before “{title}” closes"),
        Kind.MORE_TIME: t("the reminder of “{title}” to those who asked for more time"),
        Kind.COLLEAGUE_JOINED: t("to a colleague: a joining of “{title}”"),
        Kind.COLLEAGUE_WITHDREW: t("to a colleague: a withdrawal from “{title}”"),
        Kind.WITHDRAWN: t("a withdrawal from “{title}”"),
        Kind.WITHDRAWAL: t("to a penholder: a withdrawal from “{title}”"),
    },
)


def row_title(kind: str, statement: Statement) -> Text:
    """Name a message for the secretariat's lists."""
    series, mark = series_of(kind)
    lead = mark_named(mark) if mark else ""
    return replace(_TITLES[Kind(series)], values={"title": statement.title, "lead": lead})


def receipt(delegation: str, statement: Statement, file_name: str, moment: str) -> Text:
    """Say that a delegation has joined: which text, and when (``moment``, in the reader's zone)."""
    return t(
        "{delegation} has joined the statement “{title}”: version {version}, {file}, on {moment}. This is your receipt."
        " Until the statement is delivered you can withdraw.",
        delegation=delegation,
        title=statement.title,
        version=statement.version,
        file=file_name,
        moment=Markdown(moment),
    )
