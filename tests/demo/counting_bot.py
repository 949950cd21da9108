"""A small bot whose answers can be counted: what the demo promises is promised for any bot."""

import asyncio
import re
import time
from datetime import datetime, timedelta
from typing import Self, cast

import discord
from discord.ext import commands


class Counter(discord.ui.DynamicItem[discord.ui.Button], template=r"counter:(?P<count>\d+)"):
    def __init__(self, count: int) -> None:
        super().__init__(discord.ui.Button(label=f"Count {count}", custom_id=f"counter:{count}"))
        self.count = count

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item, match: re.Match[str]
    ) -> Self:
        return cls(int(match["count"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=counting(self.count + 1))


def counting(count: int) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(Counter(count))
    return view


class CountingBot(commands.Bot):
    next_reminder: datetime | None = None

    def __init__(self) -> None:
        super().__init__(commands.when_mentioned, intents=discord.Intents.none() | discord.Intents(guilds=True))

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Counter)
        self.tree.add_command(discord.app_commands.Command(name="count", description="A button", callback=count))
        self.tree.add_command(discord.app_commands.Command(name="later", description="In an hour", callback=later))
        self.tree.add_command(discord.app_commands.Command(name="busy", description="For a while", callback=busy))
        await self.tree.sync()


async def count(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("Count with me.", view=counting(0))


async def busy(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("Busy", view=counting(0))
    channel = interaction.channel
    assert isinstance(channel, discord.abc.Messageable)

    async def work() -> None:
        await asyncio.to_thread(time.sleep, 2)
        await channel.send("Done", view=counting(7))

    interaction.client.loop.create_task(work())


async def later(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(f"{interaction.locale}", ephemeral=True)
    channel, user, bot = interaction.channel, interaction.user, cast(CountingBot, interaction.client)
    assert isinstance(channel, discord.abc.Messageable)

    async def speak() -> None:
        await channel.send("An hour later")
        await user.send("Privately")

    bot.next_reminder = discord.utils.utcnow() + timedelta(hours=1)
    bot.loop.call_later(3600, lambda: bot.loop.create_task(speak()))
