"""What the secretariat calls the states of messages, and the audiences that it writes to."""

from collections.abc import Mapping
from typing import Final, Literal

from bot.texts import Text, t
from storage.outbox.states import OutboxState

ListName = Literal["owed", "sent", "notice", "not_reached", "missed", "failed", "unknown", "dropped"]
LISTS: Final[Mapping[ListName, tuple[OutboxState, ...]]] = {
    "owed": (OutboxState.PENDING, OutboxState.SENDING),
    "sent": (OutboxState.SENT, OutboxState.EXPANDED, OutboxState.WITHDRAWING, OutboxState.WITHDRAWN),
    "notice": (OutboxState.NOTICE,),
    "not_reached": (OutboxState.NOT_REACHED,),
    "missed": (OutboxState.MISSED,),
    "failed": (OutboxState.FAILED,),
    "unknown": (OutboxState.UNKNOWN,),
    "dropped": (OutboxState.NOT_OWED, OutboxState.CANCELLED),
}
"""The lists of ``/outbox list``, each with the states it shows."""
LIST_NAMES: Final[Mapping[ListName, Text]] = {
    "owed": t("Owed"),
    "sent": t("Sent"),
    "notice": t("Waiting above an answer"),
    "not_reached": t("Not reached"),
    "missed": t("Missed"),
    "failed": t("Failed"),
    "unknown": t("Unknown"),
    "dropped": t("No longer owed"),
}
AUDIENCES: Final[Mapping[str, Text]] = {
    "all": t("Everybody with a current post"),
    "unanswered": t("Delegations without an answer to the next meeting"),
    "attending": t("Delegations coming to the next meeting"),
    "region": t("A regional group"),
    "steering": t("The steering group"),
}
