"""What the rows mean. Instants are aware UTC datetimes, days are dates in the network's zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

RemindersChannel = Literal["not_asked", "direct_message", "email", "both", "none"]


@dataclass(frozen=True, slots=True)
class Network:
    """One Discord server that uses the bot. None means: not set up. ``language`` is an ISO 639 code.

    ``country`` (ISO 3166-1 alpha-2) is whose public holidays the secretariat keeps; None: that of the time zone.
    ``email_links`` allows e-mails to name the link by which a webinar is joined.
    """

    guild_id: int
    secretariat_role_id: int | None = None
    member_role_id: int | None = None
    announcements_channel_id: int | None = None
    members_channel_id: int | None = None
    secretariat_channel_id: int | None = None
    welcome_channel_id: int | None = None
    language: str | None = None
    timezone: str | None = None
    privacy_contact: str | None = None
    email_enabled: bool = False
    email_reply_to: str | None = None
    email_links: bool = False
    invitation_link: str | None = None
    country: str | None = None
    weekly_digest: bool = False
    monthly_digest: bool = False


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """What one account chose in one network. ``locale`` is Discord's, of the last interaction.

    ``channel`` is the choice of the person whom the account is linked to; linked to nobody, it has one of its own until
    it is linked. ``monthly_email`` asks for the monthly digest by e-mail.
    """

    guild_id: int
    account_id: int
    timezone: str | None = None
    language: str | None = None
    locale: str | None = None
    channel: RemindersChannel = "not_asked"
    monthly_email: bool = False


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who changed which fields of which row, never to what. ``account_id`` None: the bot itself, or nobody is named.

    ``day`` is set where only the day is known (in the network's zone): a secret vote has no hour and no ``id``.
    """

    id: int
    guild_id: int
    at: datetime
    account_id: int | None
    action: str
    subject: str
    subject_id: int | None
    fields: tuple[str, ...]
    day: date | None = None


ERASED_SINCE: Final = "erased_since"
"""The key that alone is left in the payload of a draft that named a person who was erased."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What its owner typed and has not yet confirmed; gone after a day."""

    id: int
    guild_id: int
    account_id: int
    kind: str
    payload: Mapping[str, object]
    created_at: datetime

    @property
    def names_somebody_erased(self) -> bool:
        """Whether it named a person who was erased since; nothing else of it is left, and it is to be begun again."""
        return ERASED_SINCE in self.payload
