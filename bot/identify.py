"""Who asks, worked out from what Discord says of them and from what the network has on them."""

from dataclasses import dataclass, replace

import discord

from bot.access import Asker
from bot.languages import Language, language_of_locale
from bot.services import Services
from bot.texts import Reader
from storage.members.models import Person
from storage.models import AccountSettings, Network


@dataclass(frozen=True, slots=True)
class Source:
    """What Discord says of the person who asks, whatever they did: the account, its locale, and where they did it.

    ``locale`` is None for messages, with which Discord does not say it; ``guild_id`` in direct messages.
    ``manages_server`` is the permission *Manage Server* in that server.
    """

    account: discord.User | discord.Member
    locale: str | None
    guild_id: int | None
    manages_server: bool

    @classmethod
    def of(cls, interaction: discord.Interaction) -> "Source":
        """Read it from an interaction."""
        return cls(
            account=interaction.user,
            locale=str(interaction.locale),
            guild_id=interaction.guild_id,
            manages_server=interaction.permissions.manage_guild,
        )

    @classmethod
    def of_direct_message(cls, message: discord.Message) -> "Source":
        """Read it from a direct message."""
        return cls(account=message.author, locale=None, guild_id=None, manages_server=False)


async def member_of(guild: discord.Guild, account_id: int) -> discord.Member | None:
    """Return who an account is on a server, as Discord says it; None where it is not on it."""
    try:
        return await guild.fetch_member(account_id)
    except discord.NotFound:
        return None


async def identify(services: Services, source: Source, guild_id: int) -> Asker:
    """Work out who asks in the network ``guild_id``. Remembers their locale, for messages that answer nothing."""
    account_id = source.account.id
    network, settings, own = await services.claims.asker(guild_id, account_id)
    locale = source.locale or settings.locale
    if locale is not None and settings.locale != locale:
        await services.write_batcher.write(
            account_id, lambda tx: services.settings.remember_locale(tx, guild_id, account_id, locale)
        )
    person = None if own.is_claimed else own.person
    today = services.today(network)
    current = tuple(a for a in own.appointments if a.is_current(today))
    reader = reader_of(services, network, settings, person, locale)
    member = source.account if source.guild_id == guild_id else None
    return Asker(
        network=network,
        settings=settings,
        reader=replace(reader, command_ids=services.command_ids) if member is not None else reader,
        person=person,
        appointments=() if own.is_claimed else current,
        claimed=current if own.is_claimed else None,
        is_secretariat=_is_secretariat(member, network),
        manages_server=member is not None and source.manages_server,
    )


def reader_of(
    services: Services, network: Network, settings: AccountSettings, person: Person | None, locale: str | None
) -> Reader:
    """Return how an account reads, in direct messages too: its own choice, else its person's, else its Discord's.

    Of one that has never used the bot, the languages of its person in the directory come before the network's.
    """
    return Reader(
        language_of_locale(settings.language)
        or (language_of_locale(person.language) if person is not None else None)
        or language_of_locale(locale)
        or (_spoken(person) if person is not None else None)
        or language_of_locale(network.language)
        or services.defaults.default_language,
        settings.timezone or (person.timezone if person else None) or services.zone(network),
    )


async def reader_of_person(services: Services, network: Network, person: Person) -> Reader:
    """Return how a person of the directory reads what is sent outside of Discord, or where nobody has just asked.

    One without an account: as they once chose, else the first of their languages that the bot speaks, else the
    network's.
    """
    if person.account_id is not None:
        settings = await services.settings.account(network.guild_id, person.account_id)
        return reader_of(services, network, settings, person, settings.locale)
    reader = network_reader(services, network)
    language = language_of_locale(person.language) or _spoken(person) or reader.language
    return Reader(language, person.timezone or reader.zone)


def _spoken(person: Person) -> Language | None:
    """Return the first of a person's languages that the bot speaks."""
    return next((one for one in map(language_of_locale, person.languages) if one is not None), None)


def network_reader(services: Services, network: Network) -> Reader:
    """Return how the messages in the network's channels read."""
    language = language_of_locale(network.language) or services.defaults.default_language
    return Reader(language, services.zone(network), services.command_ids)


def _is_secretariat(member: discord.User | discord.Member | None, network: Network) -> bool:
    role_id = network.secretariat_role_id
    if role_id is None or role_id == network.guild_id or not isinstance(member, discord.Member):
        return False
    return member.get_role(role_id) is not None
