"""Why a message did not arrive, and what mends it: pure."""

from typing import Final

from bot.outbox.outcome import CLOSED
from bot.texts import Markdown, Text, t
from storage.models import OutboxRow, OutboxState
from storage.outbox import UNTOLD

_NOTHING: Final = t("There is nothing to do.")
_CHANNELS: Final = Markdown("`/setup channels`")
_LIST: Final = Markdown("`/outbox list`")

_FAILED: Final[dict[str, tuple[Text, Text]]] = {
    "no_channel": (
        t("Failed: no channel is set for it."),
        t("Name one with {command}, then choose *Send again* in {list}.", command=_CHANNELS, list=_LIST),
    ),
    "unknown_channel": (
        t("Failed: its channel is gone from the server."),
        t("Name another with {command}, then choose *Send again* in {list}.", command=_CHANNELS, list=_LIST),
    ),
    "no_access": (
        t("Failed: the bot cannot see the channel."),
        t("Allow it *View Channel* there, then choose *Send again* in {list}.", list=_LIST),
    ),
    "no_permission": (
        t("Failed: the bot may not write in the channel."),
        t(
            "Allow it *Send Messages* and *Embed Links* there, then choose *Send again* in {list}.",
            list=_LIST,
        ),
    ),
    "deleted": (
        t("Gone: somebody deleted it by hand."),
        t("If that was a mistake, choose *Send again* in {list}.", list=_LIST),
    ),
    "closed": (
        t("Failed: the person's Discord settings refuse direct messages from this server."),
        t("Tell them in another way."),
    ),
    "unknown_user": (t("Failed: the person's Discord account is gone."), t("Tell them in another way.")),
    "no_subject": (
        t("Failed: this version of the bot does not know what it is about."),
        t("Ask the operator of the bot to update it."),
    ),
}


def in_trouble(row: OutboxRow) -> bool:
    """Tell whether a row did not arrive as it should: the secretariat is told, and :func:`described` says why.

    Never of one whose time alone would say when a delegation voted.
    """
    if row.kind == UNTOLD:
        return False
    return row.state in {"missed", "failed", "unknown"} or (row.state == "notice" and row.reason == CLOSED)


def described(row: OutboxRow) -> tuple[Text, Text]:
    """Return what went wrong with a row that is :func:`in_trouble`, and what to do."""
    match row.state:
        case "notice":
            return (
                t(
                    "The person's Discord settings refuse direct messages from this server: it waits above their"
                    " next answer."
                ),
                t("If it cannot wait, tell them in another way."),
            )
        case "missed":
            return t("Missed: it could not be sent while it still made sense."), _NOTHING
        case "unknown":
            return (
                t("Unknown: the connection broke while it was sent, and it cannot be seen whether it is there."),
                t("Look for it, then choose *It arrived* or *Send again* in {list}.", list=_LIST),
            )
        case _:
            return _failed(row.reason)


def _failed(reason: str) -> tuple[Text, Text]:
    known = _FAILED.get(reason)
    if known is not None:
        return known
    kind, _, detail = reason.partition(":")
    if kind == "fault":
        return (
            t("Failed by a fault of the bot, reference {reference}.", reference=detail),
            t("Tell the operator of the bot this reference."),
        )
    return (
        t("Failed: Discord refused it ({detail}).", detail=detail or reason),
        t("Tell the operator of the bot."),
    )


STATES: Final[dict[OutboxState, Text]] = {
    "pending": t("owed"),
    "sending": t("being sent"),
    "expanded": t("sent to each person"),
    "notice": t("waits above the next answer"),
    "sent": t("sent"),
    "not_owed": t("no longer owed"),
    "missed": t("missed"),
    "failed": t("failed"),
    "unknown": t("unknown"),
    "cancelled": t("cancelled"),
    "withdrawing": t("being taken back"),
    "withdrawn": t("taken back"),
}
