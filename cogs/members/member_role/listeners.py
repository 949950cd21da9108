"""When the member role is compared: at start, nightly, at the day of a change, after a change, and on interaction."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

import discord
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # pyright: ignore[reportMissingTypeStubs]
from discord.ext import commands

from bot.identify import Source, identify
from bot.services import Services
from bot.ui import Context
from cogs.members.member_role.role_sync import MemberRoleSync

if TYPE_CHECKING:
    from bot.app import Focalbot


class MemberRoleCog(commands.Cog):
    """Keeps the member role in step with appointments."""

    def __init__(self, bot: "Focalbot") -> None:
        self.services: Services = bot.services
        self.roles = MemberRoleSync(bot, bot.services)
        self._scheduler: AsyncIOScheduler = bot.scheduler
        self._scheduler.add_job(  # pyright: ignore[reportUnknownMemberType] - APScheduler 3 has no types
            self.reconcile_all, "cron", hour=3, minute=10, id="roles-nightly", misfire_grace_time=None, coalesce=True
        )

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Compare every network, once the bot is connected."""
        await self.reconcile_all()

    @commands.Cog.listener()
    async def on_seats_changed(self, guild_id: int) -> None:
        """Let the role follow what somebody has just written."""
        await self.roles.reconcile(guild_id)
        await self._schedule_next_change()

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Tell the secretariat that the members' role is gone."""
        network = await self.services.settings.network(role.guild.id)
        if role.id == network.member_role_id:
            await self.roles.reconcile(role.guild.id)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Grant what could not be granted, once a permission or the order of the roles lets the bot."""
        if (before.permissions, before.position) != (after.permissions, after.position):
            await self.roles.reconcile(after.guild.id)

    @commands.Cog.listener()
    async def on_app_command_completion(self, interaction: discord.Interaction, _command: object) -> None:
        """Put the role of the person who has used a command right."""
        await self._follow(interaction)

    @commands.Cog.listener()
    async def on_answered(self, interaction: discord.Interaction) -> None:
        """Put the role of the person who has pressed a button or sent a form right."""
        await self._follow(interaction)

    async def _follow(self, interaction: discord.Interaction) -> None:
        asker, member = Context.of(interaction).asker, interaction.user
        role_id = asker.network.member_role_id
        if asker.person is None or role_id is None or not isinstance(member, discord.Member):
            return
        differs = asker.is_member != (member.get_role(role_id) is not None)
        if differs and not self.roles.is_refused(member.guild, role_id):
            # What was done may have ended or begun the membership: who asked is not who they are now.
            now = await identify(self.services, Source.of(interaction), asker.guild_id)
            await self.roles.update_one(member, role_id, wanted=now.is_member)

    async def reconcile_all(self) -> None:
        """Compare every network, and wake at the next day on which a term begins or has ended."""
        for guild_id in await self.services.settings.guild_ids():
            await self.roles.reconcile(guild_id)
        await self._schedule_next_change()

    async def _schedule_next_change(self) -> None:
        """Ring at the first midnight, in its network's zone, at which somebody's membership changes."""
        midnights: list[datetime] = []
        for guild_id in await self.services.settings.guild_ids():
            network = await self.services.settings.network(guild_id)
            day = await self.services.role_grants.next_change(guild_id, self.services.today(network))
            if day is not None:
                midnights.append(datetime.combine(day, time(), ZoneInfo(self.services.zone(network))))
        if midnights:
            cast(Any, self._scheduler).add_job(
                self.reconcile_all,
                "date",
                run_date=min(midnights),
                id="terms",
                replace_existing=True,
                misfire_grace_time=None,
                coalesce=True,
            )
