"""What the secretariat calls the states of messages, and the audiences that it writes to."""

from collections.abc import Mapping
from typing import Final, Literal

from bot.meeting_names import in_any_language
from bot.texts import Text, nt, t
from storage.meetings.models import Meeting
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
    "notice": t("Waiting for the bot's next reply"),
    "not_reached": t("Not reached"),
    "missed": t("Missed"),
    "failed": t("Failed"),
    "unknown": t("Unknown"),
    "dropped": t("No longer owed"),
}
AUDIENCES: Final[Mapping[str, Text]] = {
    "all": t("Everybody with a current post"),
    "unanswered": t("Delegations without an answer to a meeting"),
    "attending": t("Delegations coming to a meeting"),
    "region": t("A regional group"),
    "steering": t("The steering group"),
}
OF_A_MEETING: Final = ("attending", "unanswered")
"""The audiences that are those of one meeting."""


def audience_name(audience: str, meeting: Meeting | None) -> Text:
    """Name an audience; that of a meeting with the meeting."""
    if meeting is None or audience not in OF_A_MEETING:
        return AUDIENCES[audience]
    if audience == "attending":
        return t("delegations coming to the {meeting}", meeting=in_any_language(meeting))
    return t("delegations without an answer to the {meeting}", meeting=in_any_language(meeting))


def troubles(settled: Mapping[OutboxState, int]) -> dict[ListName, Text]:
    """Say how many messages went wrong in the last week, by the list that has them; lists without any are left out."""
    found: dict[ListName, Text] = {
        "failed": nt(
            "{count} message of the last week could not be sent.",
            "{count} messages of the last week could not be sent.",
            settled.get(OutboxState.FAILED, 0),
        ),
        "unknown": nt(
            "{count} message of the last week may not have arrived.",
            "{count} messages of the last week may not have arrived.",
            settled.get(OutboxState.UNKNOWN, 0),
        ),
        "missed": nt(
            "{count} message of the last week came too late to be sent.",
            "{count} messages of the last week came too late to be sent.",
            settled.get(OutboxState.MISSED, 0),
        ),
    }
    return {which: text for which, text in found.items() if text.count}
