"""Why a message did not arrive, and what mends it: pure."""

from typing import Final

from bot.commands import Command
from bot.smtp.transport import Problem
from bot.texts import Text, t
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, Reason, has_reason
from storage.unlisted_messages import is_unlisted

_NOTHING: Final = t("There is nothing to do.")
_CHANNELS: Final = Command("setup channels")
_LIST: Final = Command("outbox list")

_FAILED: Final[dict[str, tuple[Text, Text]]] = {
    Reason.NO_CHANNEL: (
        t("Failed: no channel is set for it."),
        t("Name one with {command}, then choose *Send again* in {list}.", command=_CHANNELS, list=_LIST),
    ),
    Reason.UNKNOWN_CHANNEL: (
        t("Failed: its channel is gone from the server."),
        t("Name another with {command}, then choose *Send again* in {list}.", command=_CHANNELS, list=_LIST),
    ),
    Reason.NO_ACCESS: (
        t("Failed: the bot cannot see the channel."),
        t("Allow it *View Channel* there, then choose *Send again* in {list}.", list=_LIST),
    ),
    Reason.NO_PERMISSION: (
        t("Failed: the bot may not write in the channel."),
        t(
            "Allow it *Send Messages* and *Embed Links* there, then choose *Send again* in {list}.",
            list=_LIST,
        ),
    ),
    Reason.DELETED: (
        t("Gone: somebody deleted it by hand."),
        t("If that was a mistake, choose *Send again* in {list}.", list=_LIST),
    ),
    Reason.CLOSED: (
        t("Failed: the person's Discord settings refuse direct messages from this server."),
        t("Inform them by other means."),
    ),
    Reason.UNKNOWN_USER: (t("Failed: the person's Discord account is gone."), t("Inform them by other means.")),
    Reason.NO_SUBJECT: (
        t("Failed: this version of the bot does not know what it is about."),
        t("Ask the operator of the bot to update it."),
    ),
}


MAIL_PROBLEMS: Final[dict[str, Text]] = {
    Problem.NO_TLS: t("the mail server offers no encryption"),
    Problem.CERTIFICATE: t("the mail server's certificate is not valid"),
    Problem.LOGIN: t("the mail server refuses the name or the password"),
    Problem.SENDER: t("the mail server refuses the sender's address"),
}
"""What keeps every e-mail from being sent, by the detail of ``Reason.MAIL_SETTINGS``."""
MEND_MAIL_SETTINGS: Final = t(
    "The operator of the bot must correct SMTP_URL or MAIL_FROM; the bot then sends them by itself."
)

_NOT_REACHED: Final[dict[str, Text]] = {
    Reason.NO_ACCOUNT: t("Not reached: no account is linked to the person."),
    Reason.LATE: t(
        "Not reached: it waited at the top of the bot's next reply, and the person did not use the bot in time."
    ),
    Reason.CLOSED: t("Not reached: the person's Discord settings refuse direct messages from this server."),
    Reason.RETURNED: t("Not reached: the e-mail came back to the secretariat."),
}


def in_trouble(row: OutboxRow) -> bool:
    """Tell whether a row did not arrive as it should: the secretariat is told, and :func:`described` says why.

    Never of one whose time alone would say when a delegation voted, or whose recipient who has not joined a statement.
    """
    if is_unlisted(row.subject, row.kind, row.target):
        return False
    if row.state in {OutboxState.MISSED, OutboxState.FAILED, OutboxState.UNKNOWN}:
        return True
    if row.state is OutboxState.NOT_REACHED:
        # That somebody has no account or never reads is no news: a list of its own has it.
        return row.reason not in _NOT_REACHED
    if row.state is OutboxState.NOTICE:
        return has_reason(row.reason, Reason.CLOSED) or has_reason(row.reason, Reason.ADDRESS)
    return row.state in {OutboxState.PENDING, OutboxState.SENDING} and (
        has_reason(row.reason, Reason.FAULT) or has_reason(row.reason, Reason.MAIL_SETTINGS)
    )


def why_not_reached(row: OutboxRow) -> Text:
    """Say why nothing brought a row to its person."""
    by_email = _of_email(row)
    return by_email[0] if by_email is not None else _NOT_REACHED.get(row.reason) or _failed(row.reason)[0]


def described(row: OutboxRow) -> tuple[Text, Text]:
    """Return what went wrong with a row that is :func:`in_trouble`, and what to do."""
    by_email = _of_email(row)
    if by_email is not None:
        return by_email
    match row.state:
        case OutboxState.NOTICE:
            return (
                t(
                    "The person's Discord settings refuse direct messages from this server: the message waits at the"
                    " top of the bot's next reply to them."
                ),
                t("If it cannot wait, inform them by other means."),
            )
        case OutboxState.PENDING | OutboxState.SENDING:
            reference = row.reason.partition(":")[2]
            return (
                t("An error in the bot is holding this message up, reference {reference}.", reference=reference),
                t("The bot will try again by itself. Give the reference to the operator of the bot."),
            )
        case OutboxState.MISSED:
            return t("Missed: it could not be sent while it still made sense."), _NOTHING
        case OutboxState.UNKNOWN:
            return (
                t("Unknown: the connection broke while it was sent, and it cannot be seen whether it is there."),
                t("Look for it, then choose *It arrived* or *Send again* in {list}.", list=_LIST),
            )
        case _:
            return _failed(row.reason)


def _of_email(row: OutboxRow) -> tuple[Text, Text] | None:
    """Return what went wrong with an e-mail, and what to do; None where it is nothing of e-mail's."""
    kind, _, detail = row.reason.partition(":")
    match kind:
        case Reason.MAIL_SETTINGS:
            return t("E-mails cannot be sent now: {problem}.", problem=MAIL_PROBLEMS[detail]), MEND_MAIL_SETTINGS
        case Reason.NO_ANSWER:
            return (
                t("Unknown: the mail server did not say whether it has taken the e-mail."),
                t("Ask the person, then choose *It arrived* or *Send again* in {list}.", list=_LIST),
            )
        case Reason.ADDRESS:
            return (
                t("The mail server refused the e-mail (its answer is {detail}).", detail=detail),
                t("Correct the address with {command}.", command=Command("member edit")),
            )
        case _:
            return None


def _failed(reason: str) -> tuple[Text, Text]:
    known = _FAILED.get(reason)
    if known is not None:
        return known
    kind, _, detail = reason.partition(":")
    if kind == Reason.FAULT:
        return (
            t("Failed by a fault of the bot, reference {reference}.", reference=detail),
            t("Tell the operator of the bot this reference."),
        )
    return (
        t("Failed: Discord refused it ({detail}).", detail=detail or reason),
        t("Tell the operator of the bot."),
    )


STATES: Final[dict[OutboxState, Text]] = {
    OutboxState.PENDING: t("owed"),
    OutboxState.SENDING: t("being sent"),
    OutboxState.EXPANDED: t("sent to each person"),
    OutboxState.NOTICE: t("waits at the top of the bot's next reply"),
    OutboxState.SENT: t("sent"),
    OutboxState.NOT_OWED: t("no longer owed"),
    OutboxState.NOT_REACHED: t("not reached"),
    OutboxState.MISSED: t("missed"),
    OutboxState.FAILED: t("failed"),
    OutboxState.UNKNOWN: t("unknown"),
    OutboxState.CANCELLED: t("cancelled before sending"),
    OutboxState.WITHDRAWING: t("being taken back"),
    OutboxState.WITHDRAWN: t("taken back"),
}
