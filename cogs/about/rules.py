"""What ``/help`` offers first, and what it says of the person who asks."""

from collections.abc import Sequence
from typing import Final

from bot.access import CLAIM_WAITS, Asker
from bot.commands import Command
from bot.texts import Text, t

BUTTON_LABELS: Final[dict[str, Text]] = {
    "about": t("About the network"),
    "audit": t("Audit log"),
    "meeting show": t("Next meeting"),
    "member list": t("Directory"),
    "outbox list": t("Messages owed"),
    "pending": t("What awaits my delegation"),
    "poll list": t("Polls"),
    "resource list": t("Resources"),
    "setup show": t("How it is set up"),
    "topic propose": t("Propose a topic"),
    "webinar list": t("Webinars"),
}
"""Commands that need nothing typed, with their buttons."""
TO_SECRETARIAT: Final = ("outbox list", "webinar list", "poll list", "member list", "audit")
TO_DELEGATES: Final = ("pending", "meeting show", "webinar list", "topic propose", "member list")
TO_MANAGERS: Final = ("setup show", "meeting show", "webinar list", "resource list", "about")
TO_GUESTS: Final = ("meeting show", "webinar list", "resource list", "about")


def likeliest(asker: Asker) -> Sequence[str]:
    """Return the commands that the asker most likely wants next, best first: five at most, a row of buttons."""
    if asker.is_secretariat:
        return TO_SECRETARIAT
    if asker.is_member:
        return TO_DELEGATES
    return TO_MANAGERS if asker.manages_server else TO_GUESTS


def who_you_are(asker: Asker) -> Text:
    """Say to the asker what they are here."""
    if asker.is_secretariat:
        return t("You are with the secretariat of this network.")
    if asker.is_member:
        return t("You are a member of this network.")
    if asker.claimed is not None:
        return CLAIM_WAITS
    if asker.manages_server:
        return t("You manage this server: start with {command}.", command=Command("setup show"))
    return t(
        "You are a guest here. If you represent a state or an organisation, enter the code from the secretariat"
        " with {command}.",
        command=Command("member claim"),
    )
