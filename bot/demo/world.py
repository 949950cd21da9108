"""The server of the demo: its channels, roles and accounts, made in SimCord before the bot starts.

Made in the same order at the same instant every time, so that every id is the same on every machine.
"""

from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, Literal

from discord import PermissionOverwrite, Permissions
from simcord.backend.cdn import CDN_BASE
from simcord.builders import GuildHandle, RoleHandle
from simcord.env import Env

from bot.facts import facts

SERVER: Final = "Global Network of R2P Focal Points"
NEW_YORK: Final = "America/New_York"

# Account name, zone of the capital. The names of accounts are the demo's; cards bear the United Nations' names.
_CAPITALS: Final = {
    "AR": ("Argentina", "America/Argentina/Buenos_Aires"),
    "AU": ("Australia", "Australia/Sydney"),
    "BA": ("Bosnia and Herzegovina", "Europe/Sarajevo"),
    "BD": ("Bangladesh", "Asia/Dhaka"),
    "BE": ("Belgium", "Europe/Brussels"),
    "BJ": ("Benin", "Africa/Porto-Novo"),
    "BW": ("Botswana", "Africa/Gaborone"),
    "CH": ("Switzerland", "Europe/Zurich"),
    "CI": ("Côte d'Ivoire", "Africa/Abidjan"),
    "CR": ("Costa Rica", "America/Costa_Rica"),
    "CZ": ("Czechia", "Europe/Prague"),
    "DK": ("Denmark", "Europe/Copenhagen"),
    "ES": ("Spain", "Europe/Madrid"),
    "FI": ("Finland", "Europe/Helsinki"),
    "GB": ("United Kingdom", "Europe/London"),
    "GH": ("Ghana", "Africa/Accra"),
    "GT": ("Guatemala", "America/Guatemala"),
    "ID": ("Indonesia", "Asia/Jakarta"),
    "KR": ("Republic of Korea", "Asia/Seoul"),
    "MX": ("Mexico", "America/Mexico_City"),
    "MZ": ("Mozambique", "Africa/Maputo"),
    "NL": ("Netherlands", "Europe/Amsterdam"),
    "NZ": ("New Zealand", "Pacific/Auckland"),
    "PH": ("Philippines", "Asia/Manila"),
    "RW": ("Rwanda", "Africa/Kigali"),
    "SE": ("Sweden", "Europe/Stockholm"),
    "SL": ("Sierra Leone", "Africa/Freetown"),
    "SN": ("Senegal", "Africa/Dakar"),
    "US": ("United States of America", NEW_YORK),
    "UY": ("Uruguay", "America/Montevideo"),
    "ZA": ("South Africa", "Africa/Johannesburg"),
}
_TOPICS: Final = {
    "announcements": "From the secretariat to everybody",
    "members": "Between the focal points",
    "secretariat": "For the secretariat only",
    "general": "Open to every guest of the server",
}

Kind = Literal["secretariat", "delegation", "guest"]


@dataclass(frozen=True, slots=True)
class Account:
    """One Discord account of the demo, called by its delegation; ``code`` is ISO 3166-1 alpha-2, else None."""

    user_id: int
    name: str
    kind: Kind
    zone: str
    code: str | None = None
    mission: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """The ids of all that the demo's server holds; ``channels`` by name, in the order people see them."""

    guild_id: int
    secretariat_role_id: int
    member_role_id: int
    channels: dict[str, int]
    accounts: tuple[Account, ...]

    def account(self, user_id: int) -> Account:
        """Return the account with that id; KeyError where the demo has none."""
        for account in self.accounts:
            if account.user_id == user_id:
                return account
        raise KeyError(user_id)


def build_server(env: Env) -> World:
    """Make the server in a SimCord that has not started yet."""
    _name_bot(env)
    secretariat_user = env.create_user("secretariat", global_name="Secretariat")
    guild = env.create_guild(SERVER, owner=secretariat_user)
    secretariat = guild.create_role(
        "Secretariat", permissions=Permissions(manage_guild=True), color=0x009EDB, hoist=True
    )
    member = guild.create_role("Focal Point", color=0xE0B252, hoist=True, mentionable=True)
    guild.add_member(secretariat_user, roles=[secretariat])
    accounts = [Account(secretariat_user.id, "Secretariat", "secretariat", NEW_YORK)]
    accounts += _delegations(env, guild, member)
    guest = env.create_user("guest", global_name="Guest")
    guild.add_member(guest)
    accounts.append(Account(guest.id, "Guest", "guest", NEW_YORK))
    channels = _channels(guild, secretariat, member)
    return World(guild.id, secretariat.id, member.id, channels, tuple(accounts))


def _name_bot(env: Env) -> None:
    bot = env.backend.bot_user
    bot.name, bot.avatar = "Focalbot", "mark"
    picture = (files("bot.demo") / "static" / "mark.png").read_bytes()
    env.backend.cdn.__dict__["_blobs"][f"{CDN_BASE}/avatars/{bot.id}/{bot.avatar}.png"] = picture


def _delegations(env: Env, guild: GuildHandle, member: RoleHandle) -> list[Account]:
    first = facts("meetings")["meetings"][0]
    accounts: list[Account] = []
    for code in sorted([*first["from_capital"], *first["from_mission"]]):
        name, zone = _CAPITALS[code]
        mission = code in first["from_mission"]
        user = env.create_user(name.lower().replace(" ", "_").replace("'", ""), global_name=name)
        guild.add_member(user, roles=[member])
        accounts.append(Account(user.id, name, "delegation", NEW_YORK if mission else zone, code, mission))
    return accounts


def _channels(guild: GuildHandle, secretariat: RoleHandle, member: RoleHandle) -> dict[str, int]:
    bot = next(role for role in guild.roles.values() if role.name == "Focalbot")
    hidden = PermissionOverwrite(view_channel=False)
    shown = PermissionOverwrite(view_channel=True)
    spoken = PermissionOverwrite(view_channel=True, send_messages=True)
    everyone = guild.default_role
    overwrites: dict[str, dict[Any, PermissionOverwrite]] = {
        "announcements": {
            everyone: PermissionOverwrite(send_messages=False),
            secretariat: spoken,
            bot: spoken,
        },
        "members": {everyone: hidden, member: shown, secretariat: shown, bot: spoken},
        "secretariat": {everyone: hidden, secretariat: shown, bot: spoken},
        "general": {},
    }
    return {
        name: guild.create_text_channel(name, topic=_TOPICS[name], overwrites=permissions).id
        for name, permissions in overwrites.items()
    }
