"""What ``/setup`` asks for: each setting's name and the command that sets it, and how one is found missing."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bot.commands import Command
from bot.texts import Text, t
from storage.models import Network

NOTHING_CHOSEN: Final = t("Nothing was chosen, so nothing was changed: add at least one of the options.")
ROLES: Final[dict[str, Text]] = {
    "secretariat_role_id": t("Secretariat role"),
    "member_role_id": t("Member role"),
}
CHANNELS: Final[dict[str, Text]] = {
    "announcements_channel_id": t("Announcements channel"),
    "members_channel_id": t("Members' channel"),
    "secretariat_channel_id": t("Secretariat's channel"),
    "welcome_channel_id": t("Welcome channel"),
}
OPTIONAL: Final = frozenset({"welcome_channel_id"})
PRIVATE_CHANNELS: Final = ("members_channel_id", "secretariat_channel_id")
COMMANDS: Final = {
    "secretariat_role_id": Command("setup roles", "secretariat"),
    "member_role_id": Command("setup roles", "member"),
    "announcements_channel_id": Command("setup channels", "announcements"),
    "members_channel_id": Command("setup channels", "members"),
    "secretariat_channel_id": Command("setup channels", "secretariat"),
    "welcome_channel_id": Command("setup channels", "welcome"),
    "privacy_contact": Command("setup privacy"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to put right, and how."""

    problem: Text
    fix: Text


def digests_begun(network: Network, given: Collection[str]) -> dict[str, bool]:
    """Return the digests that are on from now on: the channel that they go to is ``given`` for the first time."""
    first_named = {field for field in given if getattr(network, field) is None}
    digests = {"secretariat_channel_id": "weekly_digest", "members_channel_id": "monthly_digest"}
    return {digest: True for field, digest in digests.items() if field in first_named}
