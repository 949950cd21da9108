from dataclasses import dataclass
from typing import Final

from bot.access.table import Level
from bot.commands import Command
from bot.errors import NotAllowedError
from bot.texts import Reader, t
from storage.members.models import Appointment, Person
from storage.models import AccountSettings, Network

CLAIM_WAITS: Final = t(
    "The secretariat has not confirmed yet that you are the person whose code you entered: it has been asked, and you"
    " need not do anything. Until then you can read what is public, and your delegation's registration with {command}.",
    command=Command("meeting show"),
)


@dataclass(frozen=True, slots=True)
class Asker:
    """The person who asks, in one network: what they chose, what they are, and how they read.

    Who has come in with a code is neither a ``person`` nor in any of the ``appointments`` until that is confirmed.
    """

    network: Network
    settings: AccountSettings
    reader: Reader
    person: Person | None
    appointments: tuple[Appointment, ...]
    is_secretariat: bool
    manages_server: bool
    claimed: tuple[Appointment, ...] | None = None
    """The current posts of the person whom the account has claimed to be, until the secretariat confirms that.

    Nothing follows from them but that the answers of these delegations may be read. None: no claim waits.
    """

    @property
    def guild_id(self) -> int:
        """The network's server."""
        return self.network.guild_id

    @property
    def account_id(self) -> int:
        """The Discord account that asks."""
        return self.settings.account_id

    @property
    def is_member(self) -> bool:
        """Whether the account is linked to a person with a current appointment."""
        return bool(self.appointments)

    @property
    def delegation_ids(self) -> frozenset[int]:
        """The delegations that the account speaks for today."""
        return frozenset(appointment.delegation_id for appointment in self.appointments)

    @property
    def readable_delegation_ids(self) -> frozenset[int]:
        """The delegations whose own answers the account may read: those that it speaks for, or has claimed to."""
        return self.delegation_ids | {appointment.delegation_id for appointment in self.claimed or ()}

    def may(self, level: Level) -> bool:
        """Tell whether the asker is let in at ``level``."""
        match level:
            case Level.EVERYBODY:
                return True
            case Level.MEMBERS:
                return self.is_member or self.is_secretariat
            case Level.DELEGATES:
                return self.is_member
            case Level.SECRETARIAT:
                return self.is_secretariat
            case Level.MANAGE_SERVER:
                return self.manages_server

    def require(self, level: Level) -> None:
        """Raise NotAllowedError, saying how to get in, unless the asker is let in at ``level``."""
        if self.may(level):
            return
        match level:
            case Level.MEMBERS | Level.DELEGATES if self.claimed is not None:
                raise NotAllowedError(CLAIM_WAITS)
            case Level.DELEGATES if self.is_secretariat:
                raise NotAllowedError(
                    t(
                        "This is for the delegations themselves, and your account does not represent one: {command}"
                        " shows what the secretariat can do.",
                        command=Command("help"),
                    )
                )
            case Level.MEMBERS | Level.DELEGATES:
                raise NotAllowedError(
                    t(
                        "This is for members of the network: ask the secretariat for an invitation code, then type"
                        " {command} with it.",
                        command=Command("member claim"),
                    )
                )
            case Level.SECRETARIAT if self.network.secretariat_role_id is None:
                raise NotAllowedError(
                    t(
                        "This is for the secretariat, and this server has none yet: a person who manages the"
                        " server names its role with {command}.",
                        command=Command("setup roles"),
                    )
                )
            case Level.SECRETARIAT:
                raise NotAllowedError(t("This is for the secretariat: ask one of its staff to do it for you."))
            case _:
                raise NotAllowedError(
                    t("This needs the permission *Manage Server*: ask a person who has it on this server.")
                )
