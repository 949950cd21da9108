from dataclasses import dataclass

from bot.access.table import Level
from bot.commands import Command
from bot.errors import NotAllowedError
from bot.texts import Reader, t
from storage.members.models import Appointment, Person
from storage.models import AccountSettings, Network


@dataclass(frozen=True, slots=True)
class Asker:
    """The person who asks, in one network: what they chose, what they are, and how they read."""

    network: Network
    settings: AccountSettings
    reader: Reader
    person: Person | None
    appointments: tuple[Appointment, ...]
    is_secretariat: bool
    manages_server: bool

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
