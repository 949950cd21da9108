"""What can become of a message that is owed: its states, the steps between them, and the reasons that a row keeps.

``docs/outbox.md`` shows :func:`diagram`. Whatever changes a row's state does so by a step of :data:`STEPS`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class OutboxState(StrEnum):
    """Where a message is on its way."""

    PENDING = "pending"
    """Owed, and not tried yet, or known not to have been sent."""
    SENDING = "sending"
    """Claimed: a request for it was made or is about to be, and whether it arrived is not known yet."""
    EXPANDED = "expanded"
    """A message to people that became one row for each of them."""
    NOTICE = "notice"
    """Waits for the person's next private answer, and is shown at its top."""
    SENT = "sent"
    """It is there, or was shown."""
    NOT_OWED = "not_owed"
    """When it fell due it no longer concerned anybody."""
    NOT_REACHED = "not_reached"
    """Nothing brought it to the person: it is for the secretariat to send it in another way."""
    MISSED = "missed"
    """It could not be sent while it made sense."""
    FAILED = "failed"
    """It was proven not to be there, and trying again would not mend that."""
    UNKNOWN = "unknown"
    """Whether it is there cannot be proven: the secretariat decides."""
    CANCELLED = "cancelled"
    """It was called off before it was sent."""
    WITHDRAWING = "withdrawing"
    """Somebody took it back; it is looked for and deleted."""
    WITHDRAWN = "withdrawn"
    """Taken back: it is not there any more."""


class SentBy(StrEnum):
    """What brought a message to its person. A row keeps it while it is sent; one to a channel keeps none."""

    DIRECT_MESSAGE = "direct_message"
    """A direct message on Discord."""
    EMAIL = "email"
    """An e-mail that a mail server has taken."""
    REPLY = "reply"
    """The top of the bot's next private answer."""
    SECRETARIAT = "secretariat"
    """The secretariat, outside of Discord, which said so."""


class Reason(StrEnum):
    """Why a row is in its state. A row keeps one as text, some with a detail after a colon ("fault:1A2B3C4D")."""

    NONE = ""
    """The state says all."""
    LATE = "late"
    """Its last sensible moment had passed."""
    NO_ACCOUNT = "no_account"
    """The person has no linked account."""
    RETURNED = "returned"
    """It came back to the secretariat: what it had sent itself, or an e-mail of the bot's."""
    NO_CHANNEL = "no_channel"
    """The network has not named a channel for it."""
    NO_SUBJECT = "no_subject"
    """This version of the bot does not know what the row is about."""
    NO_HISTORY = "no_history"
    """The channel's history could not be read to the end, so that nothing is proven."""
    UNKNOWN_CHANNEL = "unknown_channel"
    """The channel is gone, with all that was in it."""
    UNKNOWN_USER = "unknown_user"
    """The account is gone."""
    NO_ACCESS = "no_access"
    """The bot cannot see the channel."""
    NO_PERMISSION = "no_permission"
    """The bot may not write in the channel."""
    UNVERIFIED = "unverified"
    """Discord wants the bot's account verified first."""
    CLOSED = "closed"
    """The person's Discord settings refuse direct messages."""
    ADDRESS = "address"
    """The mail server refused the e-mail; detail: its answer, a number."""
    NO_ANSWER = "no_answer"
    """The mail server was given the e-mail and did not say whether it has taken it; it cannot be looked for."""
    MAIL_SETTINGS = "mail_settings"
    """No e-mail can be sent until the operator mends the settings; detail: what is wrong with them."""
    HTTP = "http"
    """Discord refused it in another way; detail: the HTTP status and Discord's code."""
    DELETED = "deleted"
    """Somebody deleted it by hand."""
    FAULT = "fault"
    """An error in our code; detail: its reference in the log."""
    NOT_WITHDRAWN = "not_withdrawn"
    """Discord refused to delete it; detail: the reason of that refusal."""
    SEEN = "seen"
    """Somebody saw it arrive and said so."""
    STOPPED = "stopped"
    """Somebody stopped it by hand: no plan owes it again as if nothing had been said."""
    REMOVED = "removed"
    """The bot was removed from the server."""

    def of(self, detail: str) -> str:
        """Return the reason with its detail, as a row keeps it."""
        return f"{self}:{detail}"


def has_reason(stored: str, reason: Reason) -> bool:
    """Tell whether what a row keeps is ``reason``, with any detail."""
    return stored.partition(":")[0] == reason


@dataclass(frozen=True, slots=True)
class Step:
    """One way from a state to another: what happens, and the reasons that the row may keep then."""

    before: OutboxState
    after: OutboxState
    event: str
    reasons: tuple[Reason, ...] = ()


class IllegalTransitionError(RuntimeError):
    """The code would take a row from one state to another by no step of the table: a fault of ours."""


_S = OutboxState
_R = Reason
_REFUSALS: Final = (
    _R.UNKNOWN_CHANNEL,
    _R.UNKNOWN_USER,
    _R.NO_ACCESS,
    _R.NO_PERMISSION,
    _R.UNVERIFIED,
    _R.CLOSED,
    _R.HTTP,
)
_NOT_REACHED: Final = (_R.NO_ACCOUNT, _R.LATE, _R.RETURNED, *_REFUSALS)
STEPS: Final[tuple[Step, ...]] = (
    Step(_S.PENDING, _S.SENDING, "claimed"),
    Step(_S.PENDING, _S.SENT, "found in the channel before it was sent, or brought by the e-mail beside it"),
    Step(_S.PENDING, _S.EXPANDED, "fell due to people"),
    Step(_S.PENDING, _S.NOTICE, "due to a person without direct messages", (_R.CLOSED,)),
    Step(_S.PENDING, _S.NOT_OWED, "no longer concerns anybody"),
    Step(_S.PENDING, _S.NOT_REACHED, "nothing reaches the person", (_R.NO_ACCOUNT, *_REFUSALS)),
    Step(_S.PENDING, _S.MISSED, "too late", (_R.LATE,)),
    Step(_S.PENDING, _S.FAILED, "cannot be sent", (_R.NO_CHANNEL, _R.NO_SUBJECT, _R.FAULT, *_REFUSALS)),
    Step(_S.PENDING, _S.UNKNOWN, "absence not provable", (_R.NO_HISTORY, _R.NO_ANSWER, *_REFUSALS)),
    Step(_S.PENDING, _S.CANCELLED, "called off", (_R.STOPPED, _R.REMOVED)),
    Step(_S.SENDING, _S.SENT, "answered, or found in the channel"),
    Step(_S.SENDING, _S.PENDING, "proven absent, to be decided anew", (_R.FAULT, _R.MAIL_SETTINGS, *_REFUSALS)),
    Step(_S.SENDING, _S.UNKNOWN, "absence not provable", (_R.NO_HISTORY, _R.NO_ANSWER, _R.FAULT, *_REFUSALS)),
    Step(_S.SENDING, _S.FAILED, "refused", (_R.NO_CHANNEL, _R.NO_SUBJECT, _R.FAULT, _R.ADDRESS, *_REFUSALS)),
    Step(_S.SENDING, _S.NOTICE, "refused by the person's settings or mail server", (_R.CLOSED, _R.ADDRESS)),
    Step(_S.SENDING, _S.NOT_OWED, "proven absent, no longer concerns anybody"),
    Step(_S.SENDING, _S.NOT_REACHED, "refused, or nothing reaches the person", (_R.NO_ACCOUNT, _R.ADDRESS, *_REFUSALS)),
    Step(_S.SENDING, _S.MISSED, "proven absent, too late", (_R.LATE,)),
    Step(_S.SENDING, _S.WITHDRAWING, "taken back"),
    Step(_S.NOTICE, _S.SENT, "shown, or sent by the secretariat", (_R.CLOSED, _R.LATE)),
    Step(_S.NOTICE, _S.NOT_OWED, "made no sense any more"),
    Step(
        _S.NOTICE,
        _S.NOT_REACHED,
        "not read in time, or no account any more",
        (_R.LATE, _R.NO_ACCOUNT, _R.CLOSED, _R.ADDRESS),
    ),
    Step(_S.NOTICE, _S.CANCELLED, "called off"),
    Step(_S.NOT_REACHED, _S.PENDING, "the person can be reached now"),
    Step(_S.NOT_REACHED, _S.SENT, "sent by the secretariat", _NOT_REACHED),
    Step(_S.NOT_REACHED, _S.CANCELLED, "called off"),
    Step(_S.SENT, _S.WITHDRAWING, "taken back"),
    Step(_S.SENT, _S.NOT_REACHED, "came back to the secretariat, or was not sent after all", _NOT_REACHED),
    Step(_S.SENT, _S.FAILED, "found deleted when it was to be edited", (_R.DELETED,)),
    Step(_S.UNKNOWN, _S.SENT, "somebody saw it arrive", (_R.SEEN,)),
    Step(_S.UNKNOWN, _S.PENDING, "to be sent again"),
    Step(_S.UNKNOWN, _S.WITHDRAWING, "taken back"),
    Step(_S.FAILED, _S.PENDING, "to be sent again"),
    Step(_S.MISSED, _S.PENDING, "to be sent again"),
    Step(_S.CANCELLED, _S.PENDING, "planned anew, or the bot is back"),
    Step(_S.WITHDRAWING, _S.WITHDRAWN, "deleted, or proven absent"),
    Step(_S.WITHDRAWING, _S.SENT, "could not be deleted", (_R.NOT_WITHDRAWN,)),
    Step(_S.WITHDRAWING, _S.UNKNOWN, "absence not provable", (_R.NO_HISTORY, _R.FAULT, *_REFUSALS)),
)
_ALLOWED: Final = frozenset((step.before, step.after) for step in STEPS)


def check_step(before: OutboxState, after: OutboxState) -> None:
    """Raise IllegalTransitionError unless a row may go from ``before`` to ``after``."""
    if before is not after and (before, after) not in _ALLOWED:
        raise IllegalTransitionError(f"{before} to {after}")


def among(after: OutboxState, *before: OutboxState) -> str:
    """Return the SQL list of the states from which a statement takes rows to ``after``.

    Raises IllegalTransitionError where the table has no such step: at import, before any row is touched.
    """
    for state in before:
        check_step(state, after)
    listed = ", ".join(f"'{state}'" for state in before)
    return f"({listed})"


def diagram(steps: Iterable[Step] = STEPS) -> str:
    """Return the table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> pending: planned or asked for"]
    lines += [f"    {step.before} --> {step.after}: {step.event}" for step in steps]
    return "\n".join(lines)


def table(steps: Iterable[Step] = STEPS) -> str:
    """Return the table as Markdown, with the reasons that a row may keep after each step."""
    lines = ["| From | To | When | Reasons kept |", "| --- | --- | --- | --- |"]
    for step in steps:
        kept = ", ".join(f"`{reason}`" for reason in step.reasons)
        lines.append(f"| {step.before} | {step.after} | {step.event} | {kept} |")
    return "\n".join(lines)
