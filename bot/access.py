"""Who may do what: one table, used by commands, autocomplete, buttons, forms and the tests."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

import discord

from bot.errors import NotAllowedError
from bot.languages import language_of_locale
from bot.services import Services
from bot.texts import Markdown, Reader, t
from storage.models import AccountSettings, Appointment, Network, Person


class Level(Enum):
    """Who is let in."""

    EVERYBODY = "everybody on the server"
    MEMBERS = "members, and the secretariat that serves them"
    DELEGATES = "members only: who holds an appointment"
    SECRETARIAT = "the secretariat"
    MANAGE_SERVER = "who may manage the server"


COMMANDS: Final[dict[str, Level]] = {
    "help": Level.EVERYBODY,
    "about": Level.EVERYBODY,
    "settings timezone": Level.EVERYBODY,
    "settings language": Level.EVERYBODY,
    "settings reminders": Level.EVERYBODY,
    "setup roles": Level.MANAGE_SERVER,
    "setup channels": Level.MANAGE_SERVER,
    "setup defaults": Level.MANAGE_SERVER,
    "setup privacy": Level.MANAGE_SERVER,
    "setup show": Level.MANAGE_SERVER,
    "audit": Level.SECRETARIAT,
    "outbox list": Level.SECRETARIAT,
    "outbox pause": Level.SECRETARIAT,
    "outbox resume": Level.SECRETARIAT,
    "message send": Level.SECRETARIAT,
    "member find": Level.MEMBERS,
    "member list": Level.MEMBERS,
    "member history": Level.MEMBERS,
    "member me": Level.MEMBERS,
    "Focal point card": Level.MEMBERS,
    "member import": Level.SECRETARIAT,
    "member export": Level.SECRETARIAT,
    "member name": Level.SECRETARIAT,
    "member steering": Level.SECRETARIAT,
    "resource search": Level.EVERYBODY,
    "resource list": Level.EVERYBODY,
    "resource show": Level.EVERYBODY,
    "resource suggest": Level.MEMBERS,
    "resource add": Level.SECRETARIAT,
    "resource edit": Level.SECRETARIAT,
    "resource remove": Level.SECRETARIAT,
    "resource digest": Level.SECRETARIAT,
    "resource import": Level.SECRETARIAT,
    "resource export": Level.SECRETARIAT,
    "meeting show": Level.EVERYBODY,
    "meeting history": Level.EVERYBODY,
    "meeting agenda": Level.EVERYBODY,
    "meeting register": Level.MEMBERS,
    "meeting plan": Level.SECRETARIAT,
    "meeting edit": Level.SECRETARIAT,
    "meeting cancel": Level.SECRETARIAT,
    "meeting session add": Level.SECRETARIAT,
    "meeting session edit": Level.SECRETARIAT,
    "meeting session remove": Level.SECRETARIAT,
    "meeting registrations": Level.SECRETARIAT,
    "meeting report": Level.SECRETARIAT,
    "privacy export": Level.EVERYBODY,
    "privacy erase": Level.EVERYBODY,
    "member claim": Level.EVERYBODY,
    "member overview": Level.SECRETARIAT,
    "member invite": Level.SECRETARIAT,
    "member nominate": Level.DELEGATES,
    "member appoint": Level.SECRETARIAT,
    "member handover": Level.SECRETARIAT,
    "member end": Level.SECRETARIAT,
    "member link": Level.SECRETARIAT,
    "meeting reminders": Level.SECRETARIAT,
    "webinar list": Level.EVERYBODY,
    "webinar show": Level.EVERYBODY,
    "webinar calendar": Level.EVERYBODY,
    "webinar schedule": Level.SECRETARIAT,
    "webinar edit": Level.SECRETARIAT,
    "webinar cancel": Level.SECRETARIAT,
    "webinar attendees": Level.SECRETARIAT,
    "webinar recording": Level.SECRETARIAT,
    "webinar slots": Level.SECRETARIAT,
    "topic propose": Level.DELEGATES,
    "topic list": Level.MEMBERS,
    "topic withdraw": Level.MEMBERS,
    "topic merge": Level.SECRETARIAT,
    "topic poll": Level.SECRETARIAT,
    "poll list": Level.MEMBERS,
    "poll results": Level.MEMBERS,
    "poll verify": Level.MEMBERS,
    "poll create": Level.SECRETARIAT,
    "poll edit": Level.SECRETARIAT,
    "poll cancel": Level.SECRETARIAT,
    "poll close": Level.SECRETARIAT,
    "poll export": Level.SECRETARIAT,
}
"""By qualified name, as Discord shows it; context menus by their name."""


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
            case Level.MEMBERS | Level.DELEGATES:
                raise NotAllowedError(
                    t(
                        "This is for members of the network: ask the secretariat for an invitation code, then type"
                        " {command} with it.",
                        command=Markdown("`/member claim`"),
                    )
                )
            case Level.SECRETARIAT if self.network.secretariat_role_id is None:
                raise NotAllowedError(
                    t(
                        "This is for the secretariat, and this server has none yet: whoever manages the server"
                        " names its role with {command}.",
                        command=Markdown("`/setup roles`"),
                    )
                )
            case Level.SECRETARIAT:
                raise NotAllowedError(t("This is for the secretariat: ask one of its staff to do it for you."))
            case _:
                raise NotAllowedError(
                    t("This is for whoever may manage this server (the permission *Manage Server*): ask them to do it.")
                )


async def identify(services: Services, interaction: discord.Interaction, guild_id: int | None = None) -> Asker:
    """Work out who asks. ``guild_id`` names the network for buttons pressed in direct messages.

    Remembers the locale of the interaction, for messages that answer none.
    """
    guild_id = guild_id or interaction.guild_id
    if guild_id is None:
        raise NotAllowedError(t("This works in the network's server: open it there."))
    account_id = interaction.user.id
    network, settings = await services.settings.network_and_account(guild_id, account_id)
    locale = str(interaction.locale)
    if settings.locale != locale:
        await services.together.write(
            account_id, lambda tx: services.settings.remember_locale(tx, guild_id, account_id, locale)
        )
    person, appointments = await services.members.person_and_appointments(guild_id, account_id)
    today = services.today(network)
    return Asker(
        network=network,
        settings=settings,
        reader=reader_of(services, network, settings, person, locale),
        person=person,
        appointments=tuple(a for a in appointments if a.is_current(today)),
        is_secretariat=_is_secretariat(interaction, network),
        manages_server=interaction.guild_id == guild_id and interaction.permissions.manage_guild,
    )


def reader_of(
    services: Services, network: Network, settings: AccountSettings, person: Person | None, locale: str | None
) -> Reader:
    """Return how an account reads: its own choice, else its Discord's, else the network's."""
    return Reader(
        settings.language or language_of_locale(locale) or network.language or services.defaults.default_language,
        settings.timezone or (person.timezone if person else None) or services.zone(network),
    )


def network_reader(services: Services, network: Network) -> Reader:
    """Return how public messages of the network read."""
    return Reader(network.language or services.defaults.default_language, services.zone(network))


def _is_secretariat(interaction: discord.Interaction, network: Network) -> bool:
    role_id = network.secretariat_role_id
    member = interaction.user
    if role_id is None or role_id == network.guild_id or not isinstance(member, discord.Member):
        return False
    return interaction.guild_id == network.guild_id and member.get_role(role_id) is not None
