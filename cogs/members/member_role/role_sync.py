"""Discord's member role follows appointments. No role of its own: what the listeners have done.

The bot grants the role and takes it back, and never reads it to decide.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Final

import discord

from bot.guild_members import members_present
from bot.outbox import SECRETARIAT
from bot.services import Services
from storage.members.role_grants import LinkedAccount, RoleGrant

_log: Final = logging.getLogger("bot.members")


class MemberRoleSync:
    """Makes the role of each network what its appointments say."""

    def __init__(self, client: discord.Client, services: Services) -> None:
        self._client = client
        self._services = services
        self._turn = asyncio.Lock()
        self._refused: dict[int, tuple[int, str]] = {}
        """For each network the role that could not be changed, and what was seen to stand in the way."""

    def is_refused(self, guild: discord.Guild, role_id: int) -> bool:
        """Whether the role could not be changed when last tried, and all is as it was then, as far as the bot sees.

        A whole comparison tries again.
        """
        return self._refused.get(guild.id) == (role_id, _problem(guild, guild.get_role(role_id)))

    async def reconcile(self, guild_id: int) -> None:
        """Compare all linked accounts of a network with Discord: unlink who has left, grant and withdraw."""
        async with self._turn:
            self._refused.pop(guild_id, None)
            try:
                await self._reconcile(guild_id)
            except (discord.HTTPException, discord.ClientException, TimeoutError, OSError) as error:
                _log.warning("the member role could not be compared: %s", type(error).__name__)

    async def _reconcile(self, guild_id: int) -> None:
        guild = self._client.get_guild(guild_id)
        if guild is None or guild.unavailable:
            return
        network = await self._services.settings.network(guild_id)
        today = self._services.today(network)
        linked = await self._services.role_grants.linked_accounts(guild_id, today)
        wanted = {one.account_id: one.is_member for one in linked}
        granted = await self._services.role_grants.granted(guild_id)
        holding = {grant.account_id for grant in granted}
        claims = {c.account_id: c for c in await self._services.claims.waiting(guild_id) if c.account_id is not None}
        found = await members_present(guild, wanted.keys() | holding | claims.keys())
        present = {number: found[number] for number in found.keys() & (wanted.keys() | holding)}
        for one in linked:
            if one.account_id not in present and await self._has_left(guild, one.account_id):
                await self._unlink(guild_id, one)
        for account_id, claim in claims.items():
            if account_id not in found and await self._has_left(guild, account_id):
                async with self._services.transaction() as tx:
                    await self._services.claims.decide(tx, claim, "withdrawn")
                    self._services.outbox.wake(tx, self._services.clock.now())
        for account_id in holding - present.keys():
            async with self._services.transaction() as tx:
                await self._services.role_grants.drop(tx, guild_id, account_id)
        if network.member_role_id is not None:
            trouble = await self._grant_or_withdraw(guild, network.member_role_id, present, wanted)
            former = [grant for grant in granted if grant.role_id != network.member_role_id]
            left = await self._take_back(
                guild_id, [(present[g.account_id], g) for g in former if g.account_id in present]
            )
            self._remember(guild, network.member_role_id, trouble)
            await self._alert_secretariat(guild_id, trouble or left)

    async def _has_left(self, guild: discord.Guild, account_id: int) -> bool:
        """Ask once more for somebody who was not found: only Discord's own word unlinks."""
        try:
            await guild.fetch_member(account_id)
        except discord.NotFound:
            return True
        return False

    async def _unlink(self, guild_id: int, one: LinkedAccount) -> None:
        async with self._services.transaction() as tx:
            # Discord was asked in between: the person may have another account by now.
            if await self._services.role_grants.unlink(tx, guild_id, one):
                await self._services.outbox.plan_now(tx, guild_id, "member_role", one.person_id, "left", SECRETARIAT)

    async def _grant_or_withdraw(
        self, guild: discord.Guild, role_id: int, present: Mapping[int, discord.Member], wanted: Mapping[int, bool]
    ) -> str:
        """Grant and withdraw the role, and return what stands in the way ('' for nothing)."""
        due = [
            (member, wanted.get(account_id, False))
            for account_id, member in present.items()
            if wanted.get(account_id, False) != (member.get_role(role_id) is not None)
        ]
        role = guild.get_role(role_id)
        trouble = _problem(guild, role) if due or role is None else ""
        for member, grant in due:
            if trouble or role is None:
                break
            try:
                await (member.add_roles(role) if grant else member.remove_roles(role))
            except discord.Forbidden:
                return "no_permission"
            await self._record_grant(guild.id, member.id, role_id, grant=grant)
        return trouble

    async def _take_back(self, guild_id: int, former: Iterable[tuple[discord.Member, RoleGrant]]) -> str:
        """Take former member roles from whom the bot gave them, and return what stands in the way ('' for nothing)."""
        for member, grant in former:
            role = member.get_role(grant.role_id)
            if role is not None:
                try:
                    await member.remove_roles(role)
                except discord.Forbidden:
                    return "former"
            await self._record_grant(guild_id, member.id, grant.role_id, grant=False)
        return ""

    async def _record_grant(self, guild_id: int, account_id: int, role_id: int, *, grant: bool) -> None:
        grants = self._services.role_grants
        async with self._services.transaction() as tx:
            await (grants.keep if grant else grants.drop)(tx, guild_id, account_id, role_id)

    async def _alert_secretariat(self, guild_id: int, trouble: str) -> None:
        """Owe the secretariat one line for a trouble that is new."""
        async with self._services.transaction() as tx:
            if await self._services.role_grants.note_role_trouble(tx, guild_id, trouble) and trouble:
                payload = {"trouble": trouble}
                await self._services.outbox.plan_now(
                    tx, guild_id, "member_role", 0, "trouble", SECRETARIAT, payload=payload
                )

    def _remember(self, guild: discord.Guild, role_id: int, trouble: str) -> None:
        if trouble:
            self._refused[guild.id] = (role_id, _problem(guild, guild.get_role(role_id)))

    async def update_one(self, member: discord.Member, role_id: int, *, wanted: bool) -> None:
        """Grant or withdraw the role of somebody who is using the bot right now.

        Many at once do not queue up: one who comes while another is put right is so the next time.
        """
        if wanted == (member.get_role(role_id) is not None) or self._turn.locked():
            return
        async with self._turn:
            try:
                trouble = await self._grant_or_withdraw(member.guild, role_id, {member.id: member}, {member.id: wanted})
                if trouble:
                    self._remember(member.guild, role_id, trouble)
                    await self._alert_secretariat(member.guild.id, trouble)
            except (discord.HTTPException, OSError) as error:
                _log.warning("the member role could not be changed: %s", type(error).__name__)


def _problem(guild: discord.Guild, role: discord.Role | None) -> str:
    if role is None:
        return "gone"
    if not guild.me.guild_permissions.manage_roles:
        return "no_permission"
    return "too_low" if role >= guild.me.top_role else ""
